package picture_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"
)

// browser drives a Chromium by the Chrome DevTools Protocol over two pipes: each message is JSON with a zero byte after
// it. A library for the protocol takes longer to compile than all that is tested here.
// https://chromedevtools.github.io/devtools-protocol/
type browser struct {
	to io.Writer
	// ended is closed when the browser has gone.
	ended chan struct{}

	mu      sync.Mutex
	calls   int
	replies map[int]chan message
	tabs    map[string]func(method string, params json.RawMessage) // who is told of events, by session
}

// message is a call, a reply or an event.
type message struct {
	ID      int                       `json:"id,omitempty"`
	Session string                    `json:"sessionId,omitempty"`
	Method  string                    `json:"method,omitempty"`
	Params  json.RawMessage           `json:"params,omitempty"`
	Result  json.RawMessage           `json:"result,omitempty"`
	Error   *struct{ Message string } `json:"error,omitempty"`
}

// object is what a method of the protocol takes.
type object map[string]any

// startBrowser starts a Chromium without a display, or skips the test where there is none.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("chromium is not installed, or cannot be given pipes")
	}
	in, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	chromium := exec.Command(program, "--headless", "--remote-debugging-pipe", "--no-sandbox", "--no-first-run",
		"--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
		"--disable-breakpad", "--hide-scrollbars", "--window-size=1500,950", "--user-data-dir="+profile)
	chromium.ExtraFiles = []*os.File{in, out} // the browser reads from 3 and writes to 4
	if err := errors.Join(chromium.Start(), in.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
	b := &browser{
		to: to, ended: make(chan struct{}), replies: map[int]chan message{},
		tabs: map[string]func(string, json.RawMessage){},
	}
	go b.listen(from)
	t.Cleanup(func() {
		_ = b.call("", "Browser.close", nil, nil)
		kill := time.AfterFunc(10*time.Second, func() { _ = chromium.Process.Kill() })
		defer kill.Stop()
		_ = errors.Join(chromium.Wait(), to.Close(), from.Close())
		<-b.ended
		_ = os.RemoveAll(profile) // a process of the browser may still write there
	})
	return b
}

// listen hands on what the browser says, in its order, until it ends.
func (b *browser) listen(from io.Reader) {
	defer close(b.ended)
	for r := bufio.NewReader(from); ; {
		text, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
			return
		}
		b.mu.Lock()
		reply, tell := b.replies[m.ID], b.tabs[m.Session]
		delete(b.replies, m.ID)
		b.mu.Unlock()
		switch {
		case reply != nil:
			reply <- m
		case tell != nil:
			tell(m.Method, m.Params)
		}
	}
}

// call calls a method, in a session unless that is "", and waits for the result, a minute at most.
func (b *browser) call(session, method string, params object, result any) error {
	if params == nil {
		params = object{}
	}
	arguments, err := json.Marshal(params)
	if err != nil {
		return err
	}
	reply := make(chan message, 1)
	b.mu.Lock()
	b.calls++
	id := b.calls
	b.replies[id] = reply
	text, err := json.Marshal(message{ID: id, Session: session, Method: method, Params: arguments})
	if err == nil {
		_, err = b.to.Write(append(text, 0))
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case m := <-reply:
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-b.ended:
		return errors.New(method + ": the browser has gone")
	case <-time.After(time.Minute):
		return errors.New(method + ": no reply within a minute")
	}
}

// open opens a file in a new tab and gives its session, when it has loaded. media are what the page is made to believe
// of the screen. What happens in the tab is told from before it loads.
func (b *browser) open(file string, media object, tell func(string, json.RawMessage)) (session string, err error) {
	var target struct{ TargetID string }
	if err := b.call("", "Target.createTarget", object{"url": "about:blank"}, &target); err != nil {
		return "", err
	}
	var attached struct{ SessionID string }
	err = b.call("", "Target.attachToTarget", object{"targetId": target.TargetID, "flatten": true}, &attached)
	if err != nil {
		return "", err
	}
	session = attached.SessionID
	b.mu.Lock()
	b.tabs[session] = tell
	b.mu.Unlock()
	for _, domain := range []string{"Page", "Network", "Log", "Runtime"} {
		err = errors.Join(err, b.call(session, domain+".enable", nil, nil))
	}
	return session, errors.Join(err, b.call(session, "Emulation.setEmulatedMedia", media, nil),
		b.call(session, "Page.navigate", object{"url": "file://" + file}, nil), b.evaluate(session, loaded, nil))
}

const loaded = `document.readyState === "complete" || new Promise((done) => addEventListener("load", done))`

// evaluate evaluates an expression, and waits for its value if it is a promise. A result of nil wants no value.
func (b *browser) evaluate(session, expression string, result any) error {
	var reply struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	err := b.call(session, "Runtime.evaluate",
		object{"expression": expression, "awaitPromise": true, "returnByValue": result != nil}, &reply)
	if err == nil && reply.ExceptionDetails != nil {
		err = errors.New(string(reply.ExceptionDetails))
	}
	if err != nil || result == nil {
		return err
	}
	return json.Unmarshal(reply.Result.Value, result)
}
