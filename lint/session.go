package lint

import (
	"maps"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
)

// stride is what the positions of texts in a session are multiples of. A snapshot may be longer, and moves those behind
// it if it changes.
const stride = 8 << 20

// newFiles is the set for the texts of a run, which may be one of a session.
func newFiles(of *frontend.Session) *source.FileSet {
	if of == nil {
		return source.NewFileSet()
	}
	return source.NewSpreadSet(stride)
}

// alone waits for the run of the session before.
func (r *run) alone() (done func()) {
	if r.session == nil {
		return func() {}
	}
	r.session.Running.Lock()
	return r.session.Running.Unlock
}

// kind tells runs of a session apart by the configuration that holds, and by what it leaves out of directories.
func (s *settings) kind() string {
	var key strings.Builder
	key.WriteString(boundary.Absolute(s.dir, s.file))
	for _, glob := range s.Paths.Exclude {
		key.WriteString("\x00" + string(glob))
	}
	return key.String()
}

// buffers are the texts that are read in place of files.
func (o *Options) buffers(stdin *boundary.Buffer) (out boundary.Buffers) {
	if stdin != nil {
		out = append(out, *stdin)
	}
	for _, name := range slices.Sorted(maps.Keys(o.Unsaved)) {
		out = append(out, boundary.Buffer{Name: name, Text: o.Unsaved[name]})
	}
	return out
}
