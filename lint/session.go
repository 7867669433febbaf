package lint

import (
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// Session is what runs keep from one another, so that those of a server do not search the same directories again. Its
// runs find what they would find without it, if Forget is told what changes on disk. One run goes on at a time.
type Session struct {
	running sync.Mutex
	mu      sync.Mutex
	// known are by the configuration that holds and what it leaves out of directories.
	known map[string]*parsers.Known
}

// NewSession returns a Session that knows nothing yet.
func NewSession() *Session { return &Session{known: map[string]*parsers.Known{}} }

// Forget says that files have changed on disk, were made or removed. The names are absolute. Without names, anything
// may have changed.
func (s *Session) Forget(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(names) == 0 {
		clear(s.known)
	}
	for _, k := range s.known {
		k.Forget(names...)
	}
}

// mostKnown bounds how many configurations are served at a time.
const mostKnown = 8

// of is what runs with the settings know of one another, nil outside of a session.
func (s *Session) of(of *settings) *parsers.Known {
	if s == nil {
		return nil
	}
	var key strings.Builder
	key.WriteString(boundary.Absolute(of.dir, of.file))
	for _, glob := range of.Paths.Exclude {
		key.WriteString("\x00" + string(glob))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[key.String()] == nil {
		if len(s.known) >= mostKnown {
			clear(s.known)
		}
		s.known[key.String()] = &parsers.Known{}
	}
	return s.known[key.String()]
}

// stride is what the positions of texts in a session are multiples of. A snapshot may be longer, and moves those behind
// it if it changes.
const stride = 8 << 20

// set is for the texts of a run.
func (s *Session) set() *source.FileSet {
	if s == nil {
		return source.NewFileSet()
	}
	return source.NewSpreadSet(stride)
}

// alone waits for the run before.
func (s *Session) alone() (done func()) {
	if s == nil {
		return func() {}
	}
	s.running.Lock()
	return s.running.Unlock
}

// Unsaved is a text that is read in place of a file, such as what an editor has not saved. The file need not exist.
type Unsaved struct {
	// Name is relative to the working directory, or absolute.
	Name string
	Text []byte
}

// TooLarge says that a text is larger than a file may be, and would not be read.
func (u Unsaved) TooLarge() bool { return len(u.Text) > budget.File.Max }

// buffers are the texts that are read in place of files.
func (o *Options) buffers(stdin *boundary.Buffer) (out boundary.Buffers) {
	if stdin != nil {
		out = append(out, *stdin)
	}
	for _, u := range o.Unsaved {
		out = append(out, boundary.Buffer{Name: u.Name, Text: u.Text})
	}
	return out
}
