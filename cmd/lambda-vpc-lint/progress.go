package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

const (
	// patience is how long a run shows nothing: most are over by then.
	patience = time.Second
	// pause is the least time between two changes of the line, which is as fast as anyone reads.
	pause = 100 * time.Millisecond
)

// progress shows on a terminal how far a run is: one line, which is written over and, at the end, erased. A nil
// progress shows nothing.
type progress struct {
	terminal io.Writer
	columns  func() int
	timer    *time.Timer

	mu    sync.Mutex
	text  string    // the latest
	late  bool      // patience is over
	over  bool      // nothing is shown any more
	width int       // of what the terminal shows
	since time.Time // it shows that
}

// progress starts to wait until there is something to show. It is nil unless messages go to a terminal.
func (t *tool) progress() *progress {
	if t.columns == nil {
		return nil
	}
	p := &progress{terminal: t.err, columns: t.columns}
	p.timer = time.AfterFunc(patience, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.late = true
		p.draw()
	})
	return p
}

// show says what the run is at. It may be called from several goroutines, and costs little.
func (p *progress) show(text string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
	if time.Since(p.since) >= pause {
		p.draw()
	}
}

// draw writes the latest text over the line, cut so that the terminal does not break it: a broken line could not be
// erased. The texts are ASCII.
func (p *progress) draw() {
	if !p.late || p.over {
		return
	}
	text := p.text[:max(0, min(len(p.text), p.columns()-1))]
	_, _ = fmt.Fprintf(p.terminal, "\r%s%s", text, strings.Repeat(" ", max(0, p.width-len(text))))
	p.width, p.since = len(text), time.Now()
}

// stop erases the line, for good. It is called before anything else is printed, and may be called again.
func (p *progress) stop() {
	if p == nil {
		return
	}
	p.timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over && p.width > 0 {
		_, _ = fmt.Fprintf(p.terminal, "\r%s\r", strings.Repeat(" ", p.width))
	}
	p.over = true
}

// columns asks for the width of the terminal that w leads to. It is nil if w leads to none, or to one that cannot go
// back in a line.
func columns(w io.Writer) func() int {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func() int {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil || width == 0 {
			return 80 // it does not say: what all are made for
		}
		return width
	}
}
