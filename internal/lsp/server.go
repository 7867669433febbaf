// Package lsp is a server of the Language Server Protocol: it lints the documents of an editor as they are typed. What
// it says is what package lint finds in the same files, with the texts of the editor in the place of those on disk.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// Options say what the server is made of.
type Options struct {
	// Base are the options of each run, apart from those of the client and of documents.
	Base lint.Options
	// Run lints; nil is lint.Run.
	Run func(ctx context.Context, paths []string, o lint.Options) (*report.Report, error)
}

// Serve answers a client until it says exit or leaves. The error says that it left without a farewell.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	if o.Run == nil {
		o.Run = lint.Run
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{
		Options: o, stop: stop, connected: make(chan struct{}),
		cancels: map[jsonrpc2.ID]context.CancelFunc{}, session: &frontend.Session{},
	}
	s.desk = newDesk(s)
	stream := jsonrpc2.NewBufferedStream(pipe{in, out}, jsonrpc2.VSCodeObjectCodec{})
	s.client = jsonrpc2.NewConn(ctx, stream, handler{s}, jsonrpc2.SetLogger(silent{}))
	close(s.connected)
	var work sync.WaitGroup
	work.Go(func() { s.desk.work(ctx) })
	select {
	case <-s.client.DisconnectNotify():
	case <-ctx.Done():
	}
	stop()
	_ = s.client.Close()
	work.Wait()
	if !s.leaving {
		return errors.New("the client has left without shutdown and exit")
	}
	return nil
}

// pipe is what a client is connected by.
type pipe struct {
	io.Reader
	io.Writer
}

func (pipe) Close() error { return nil }

// silent drops what the library logs about connections that end.
type silent struct{}

func (silent) Printf(string, ...any) {}

// server is one client's.
type server struct {
	Options
	client *jsonrpc2.Conn
	// connected is closed when client is set, which messages may be faster than.
	connected chan struct{}
	stop      context.CancelFunc
	desk      *desk
	session   *frontend.Session
	offers    initializeParams
	// leaving says that the client has asked for the shutdown.
	leaving bool

	mu      sync.Mutex
	cancels map[jsonrpc2.ID]context.CancelFunc // of requests that are not answered yet
}

// handler takes messages in their order.
type handler struct{ *server }

// Handle implements jsonrpc2.Handler. Notifications change the state at once; requests that take time are answered from
// goroutines of their own, so that a client can cancel them.
func (s handler) Handle(ctx context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	<-s.connected
	if r.Notif {
		if err := s.guard(r.Method, func() error { return s.notified(ctx, r) }); err != nil {
			s.desk.complain(err.Error())
		}
		return
	}
	answer := s.answerTo(r)
	if answer == nil {
		err := &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "no method is called " + r.Method}
		_ = s.client.ReplyWithError(ctx, r.ID, err)
		return
	}
	if r.Method == "initialize" || r.Method == "shutdown" {
		s.reply(ctx, r, answer)
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	s.cancels[r.ID] = cancel
	s.mu.Unlock()
	go func() {
		defer func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			cancel()
			delete(s.cancels, r.ID)
		}()
		s.reply(ctx, r, answer)
	}()
}

// cancelled is the code of the protocol for a request that the client has taken back.
const cancelled = -32800

// reply answers a request, were it with an error.
func (s *server) reply(ctx context.Context, r *jsonrpc2.Request, answer func(context.Context) (any, error)) {
	var result any
	err := s.guard(r.Method, func() (err error) {
		result, err = answer(ctx)
		return err
	})
	switch {
	case ctx.Err() != nil:
		refusal := &jsonrpc2.Error{Code: cancelled, Message: "cancelled"}
		_ = s.client.ReplyWithError(context.WithoutCancel(ctx), r.ID, refusal)
	case err != nil:
		refusal := &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		_ = s.client.ReplyWithError(ctx, r.ID, refusal)
	default:
		_ = s.client.Reply(ctx, r.ID, result)
	}
}

// guard does something that may fail. A defect ends what is done, and not the server.
func (s *server) guard(what string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s failed, which is a defect of the server: %v", what, p)
			s.notify("window/logMessage", messageParams{4, string(debug.Stack())})
		}
	}()
	return do()
}

// answerTo is what answers the request; nil if nothing does.
func (s *server) answerTo(r *jsonrpc2.Request) func(context.Context) (any, error) {
	switch r.Method {
	case "initialize":
		return with(r, s.initialize)
	case "shutdown":
		return func(context.Context) (any, error) {
			s.leaving = true
			return nil, nil
		}
	case "textDocument/hover":
		return with(r, s.hover)
	case "textDocument/definition":
		return with(r, s.definition)
	case "textDocument/codeAction":
		return with(r, s.actions)
	}
	return nil
}

// with is f with the parameters of the request.
func with[P any](r *jsonrpc2.Request, f func(context.Context, *P) (any, error)) func(context.Context) (any, error) {
	return func(ctx context.Context) (any, error) {
		p, err := read[P](r)
		if err != nil {
			return nil, err
		}
		return f(ctx, p)
	}
}

func read[P any](r *jsonrpc2.Request) (*P, error) {
	p := new(P)
	if r.Params == nil {
		return p, nil
	}
	return p, json.Unmarshal(*r.Params, p)
}

// notified takes a message that has no answer.
func (s *server) notified(ctx context.Context, r *jsonrpc2.Request) error {
	switch r.Method {
	case "initialized":
		go s.introduce(ctx)
	case "exit":
		s.stop()
	case "$/cancelRequest":
		return take(r, func(p *struct{ ID jsonrpc2.ID }) { s.cancel(p.ID) })
	case "textDocument/didOpen":
		return take(r, s.desk.open)
	case "textDocument/didChange":
		return take(r, s.desk.change)
	case "textDocument/didClose":
		return take(r, s.desk.close)
	case "textDocument/didSave":
		return take(r, s.desk.saved)
	case "workspace/didChangeWatchedFiles":
		return take(r, s.desk.watched)
	case "workspace/didChangeWorkspaceFolders":
		return take(r, s.desk.foldersChanged)
	case "workspace/didChangeConfiguration":
		return take(r, func(p *settingsParams) { go s.configure(ctx, p.Settings) })
	}
	return nil
}

func take[P any](r *jsonrpc2.Request, f func(*P)) error {
	p, err := read[P](r)
	if err == nil {
		f(p)
	}
	return err
}

func (s *server) cancel(id jsonrpc2.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.cancels[id]; cancel != nil {
		cancel()
	}
}

func (s *server) notify(method string, params any) {
	_ = s.client.Notify(context.Background(), method, params) // a client that has left hears nothing
}

// say shows a message to the user: 1 is an error, 2 a warning.
func (s *server) say(level int, message string) {
	s.notify("window/showMessage", messageParams{level, message})
}
