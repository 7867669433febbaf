package lsp_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
)

// TestMain makes a server of the test program itself when it is asked to, for clients in other programs.
func TestMain(m *testing.M) {
	if os.Getenv("LAMBDA_VPC_LINT_SERVE") != "" {
		if err := lsp.Serve(context.Background(), os.Stdin, os.Stdout, lsp.Options{}); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// at is a position, and span a range.
type at struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type span struct {
	Start at `json:"start"`
	End   at `json:"end"`
}

type told struct {
	URI         string
	Version     *int
	Diagnostics []struct {
		Range    span
		Severity int
		Code     string
		Message  string
		Source   string
	}
}

// editor is a client in the same program.
type editor struct {
	t    *testing.T
	conn *jsonrpc2.Conn
	dir  string
	// settings are what the server gets when it asks for them.
	settings any

	mu       sync.Mutex
	told     map[string]told // by URI
	messages []string
	news     chan told
	compared int // diagnostics
	done     chan error
}

// newEditor starts a server in dir and opens a workspace there.
func newEditor(t *testing.T, dir string, o lsp.Options, hello map[string]any) *editor {
	t.Helper()
	toServer, fromEditor := io.Pipe()
	toEditor, fromServer := io.Pipe()
	e := &editor{t: t, dir: dir, told: map[string]told{}, news: make(chan told, 10_000), done: make(chan error, 1)}
	go func() {
		e.done <- lsp.Serve(context.Background(), toServer, fromServer, o)
		_ = fromServer.Close()
		_, _ = io.Copy(io.Discard, toServer)
	}()
	stream := jsonrpc2.NewBufferedStream(duplex{toEditor, fromEditor}, jsonrpc2.VSCodeObjectCodec{})
	e.conn = jsonrpc2.NewConn(context.Background(), stream, e)
	t.Cleanup(func() { _ = e.conn.Close() })
	if hello == nil {
		hello = map[string]any{}
	}
	hello["rootUri"] = "file://" + dir
	e.ask("initialize", hello, nil)
	e.tell("initialized", map[string]any{})
	return e
}

type duplex struct {
	io.ReadCloser
	io.WriteCloser
}

func (d duplex) Close() error {
	_ = d.WriteCloser.Close()
	return d.ReadCloser.Close()
}

// Handle implements jsonrpc2.Handler.
func (e *editor) Handle(ctx context.Context, c *jsonrpc2.Conn, r *jsonrpc2.Request) {
	switch r.Method {
	case "textDocument/publishDiagnostics":
		var p told
		if err := json.Unmarshal(*r.Params, &p); err != nil {
			e.t.Error(err)
		}
		e.mu.Lock()
		e.told[p.URI] = p
		e.mu.Unlock()
		e.news <- p
	case "window/showMessage":
		e.mu.Lock()
		e.messages = append(e.messages, string(*r.Params))
		e.mu.Unlock()
	case "workspace/configuration":
		var p struct{ Items []any }
		_ = json.Unmarshal(*r.Params, &p)
		out := make([]any, len(p.Items))
		for i := range out {
			out[i] = e.settings
		}
		_ = c.Reply(ctx, r.ID, out)
	default:
		if !r.Notif {
			_ = c.Reply(ctx, r.ID, nil)
		}
	}
}

func (e *editor) ask(method string, params, result any) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := e.conn.Call(ctx, method, params, result); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) tell(method string, params any) {
	e.t.Helper()
	if err := e.conn.Notify(context.Background(), method, params); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(e.dir, name))
}

func (e *editor) open(name, text string) {
	e.t.Helper()
	doc := map[string]any{"uri": e.uri(name), "languageId": "yaml", "version": 0, "text": text}
	e.tell("textDocument/didOpen", map[string]any{"textDocument": doc})
}

// change replaces the range, or all without one.
func (e *editor) change(name string, version int, where *span, text string) {
	e.t.Helper()
	change := map[string]any{"text": text}
	if where != nil {
		change["range"] = where
	}
	doc := map[string]any{"uri": e.uri(name), "version": version}
	e.tell("textDocument/didChange", map[string]any{"textDocument": doc, "contentChanges": []any{change}})
}

// heard waits for what the server says of the version of a document.
func (e *editor) heard(name string, version int) told {
	e.t.Helper()
	limit := time.After(time.Minute)
	for {
		select {
		case p := <-e.news:
			if p.URI == e.uri(name) && p.Version != nil && *p.Version == version {
				return p
			}
		case <-limit:
			e.t.Fatalf("the server says nothing of version %d of %s", version, name)
		}
	}
}

// leave ends the server as an editor does.
func (e *editor) leave() {
	e.t.Helper()
	e.ask("shutdown", nil, nil)
	e.tell("exit", nil)
	if err := <-e.done; err != nil {
		e.t.Error(err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func sample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/app.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
