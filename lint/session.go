package lint

import (
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// Session is what runs keep from one another, so that those of a server do not search the same directories again. Its
// runs find what they would find without it, if Forget is told what changes on disk. It serves several goroutines.
type Session struct {
	mu sync.Mutex
	// indexes are by the configuration that holds and what it leaves out of directories.
	indexes map[string]*parsers.Index
}

// NewSession returns a Session that knows nothing yet.
func NewSession() *Session { return &Session{indexes: map[string]*parsers.Index{}} }

// Forget says that files have changed on disk, were made or removed. The names are absolute. Without names, anything
// may have changed.
func (s *Session) Forget(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(names) == 0 {
		clear(s.indexes)
	}
	for _, index := range s.indexes {
		index.Forget(names...)
	}
}

// mostIndexes bounds how many configurations are served at a time.
const mostIndexes = 8

// index is that of runs with the settings, nil outside of a session.
func (s *Session) index(of *settings) *parsers.Index {
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
	if s.indexes[key.String()] == nil {
		if len(s.indexes) >= mostIndexes {
			clear(s.indexes)
		}
		s.indexes[key.String()] = &parsers.Index{}
	}
	return s.indexes[key.String()]
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
