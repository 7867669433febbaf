package budget

import (
	"sync"
	"sync/atomic"
	"time"
)

// Deadline bounds the CPU time of something, whatever it does. It stands behind the meters, which count what they know
// to be work: it sees what they do not, but where it ends a run differs from machine to machine. A nil one has no end.
type Deadline struct {
	Of Budget

	passed atomic.Bool
	gone   chan struct{} // closed when it is given up
	spent  time.Duration // under the clock's lock
}

// NewDeadline is a deadline of the CPU time that b allows, whose Max is in seconds.
func NewDeadline(b Budget) *Deadline { return &Deadline{Of: b, gone: make(chan struct{})} }

// Passed says that the time is over.
func (d *Deadline) Passed() bool { return d != nil && d.passed.Load() }

// Check panics with Spent when the time is over.
func (d *Deadline) Check() {
	if d.Passed() {
		panic(Spent{d.Of})
	}
}

// Run calls f, and again says whether f has come to its end. What asks Passed ends soon after the deadline. What does
// not is left alone a while later: f goes on by itself, until the program ends, and must not touch what others use. A
// panic of f is one of Run.
func (d *Deadline) Run(f func()) (done bool) {
	var panicked any
	ended := make(chan struct{})
	processor.join(d)
	go func() {
		defer close(ended)
		defer processor.leave(d)
		defer func() { panicked = recover() }()
		f()
	}()
	select {
	case <-ended:
	case <-d.gone:
		return false
	}
	if panicked != nil {
		panic(panicked)
	}
	return true
}

// Watch tells whether the process has taken too much CPU time since it was started, for whatever.
type Watch struct {
	of    Budget
	start time.Duration
}

// NewWatch starts a watch of the CPU time that b allows, whose Max is in seconds.
func NewWatch(b Budget) Watch { return Watch{b, processTime()} }

// Passed says that the time is over.
func (w Watch) Passed() bool { return processTime()-w.start > time.Duration(w.of.Max)*time.Second }

// charge adds to what is spent.
func (d *Deadline) charge(t time.Duration) {
	most := time.Duration(d.Of.Max) * time.Second
	if d.spent += t; d.spent > most {
		d.passed.Store(true)
	}
	if was := d.spent - t; d.spent > most+most/4 && was <= most+most/4 {
		close(d.gone)
	}
}

// clock shares the CPU time of the process out among what runs, in equal parts: no operating system tells it of a
// goroutine, and one that only waits is none that runs. What collects the garbage is paid by those who make it.
type clock struct {
	mu      sync.Mutex
	running map[*Deadline]int
	last    time.Duration // the process's time at the last look
	idle    chan struct{} // closed when nothing runs any more
}

var processor = clock{running: map[*Deadline]int{}}

// tick is how often the clock is looked at.
const tick = 20 * time.Millisecond

func (c *clock) join(d *Deadline) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.running) == 0 {
		c.last, c.idle = processTime(), make(chan struct{})
		go c.tick(c.idle)
	}
	c.running[d]++
}

func (c *clock) leave(d *Deadline) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[d]--; c.running[d] == 0 {
		delete(c.running, d)
	}
	if len(c.running) == 0 {
		close(c.idle)
	}
}

// tick charges what runs until nothing does.
func (c *clock) tick(idle <-chan struct{}) {
	for {
		select {
		case <-idle:
			return
		case <-time.After(tick):
			c.look()
		}
	}
}

func (c *clock) look() {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := processTime()
	for d := range c.running {
		d.charge((now - c.last) / time.Duration(len(c.running)))
	}
	c.last = now
}
