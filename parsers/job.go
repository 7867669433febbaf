package parsers

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// job is one unit on its way.
type job struct {
	name            string
	front           Frontend
	within          *Boundary
	named           bool // by the user, or one of its files
	files           []*source.File
	unit            Unit
	calls           []string
	network         *graph.Network
	failed          bool // nothing of the unit could be read, or no network be built
	errors, notices []source.Diagnostic
	done            chan struct{} // closed when the network is built
}

func (j *job) parse() {
	if len(j.files) == 0 {
		return
	}
	defer j.rescue(func() { j.unit = nil })
	unit, ds := j.front.Parse(Sources{Name: j.name, Files: j.files, Within: j.within})
	j.tell(unit == nil, ds)
	if unit != nil {
		j.calls = unit.Calls()
	}
	j.unit = unit
}

func (j *job) lower(d Deployment) {
	defer close(j.done)
	defer j.rescue(func() { j.network = nil })
	network, ds := j.unit.Network(d)
	j.network = network
	j.tell(network == nil, ds)
}

// tell puts what a front end said among the errors or the notices.
func (j *job) tell(failed bool, ds []source.Diagnostic) {
	j.failed = failed
	for _, d := range ds {
		if d.File == "" {
			d.File = j.name
		}
		if failed || d.Error {
			d.Error = false
			j.errors = append(j.errors, d)
		} else {
			j.notices = append(j.notices, d)
		}
	}
}

// rescue turns a panic into an error on the unit, after undo.
func (j *job) rescue(undo func()) {
	if p := recover(); p != nil {
		undo()
		j.failed = true
		j.errors = append(j.errors, source.Diagnostic{File: j.name, Message: fmt.Sprintf("the analyzer failed on this file, which is a defect in it: %v", p)})
	}
}

// collect adds the job to out. A lone file that nobody named and that does not parse is an error only if it clearly
// means to be a template; a file that generates inputs is none.
func (j *job) collect(out *Loaded) {
	out.Notices = append(out.Notices, j.notices...)
	if j.network != nil {
		out.Networks = append(out.Networks, j.network)
	}
	lone := j.front.Belongs == nil
	switch {
	case !j.failed:
		out.Inputs += len(j.files)
	case lone && !j.named && !slices.ContainsFunc(j.files, func(f *source.File) bool { return LooksLikeTemplate(f.Text) }):
		return
	}
	for _, e := range j.errors {
		if f := j.holding(e); f != nil && !j.named && isGenerator(f.Text) {
			out.Notices = append(out.Notices, source.Diagnostic{File: f.Name, Message: "holds Jinja or Helm markers and was not read; lint what is generated from it"})
		} else {
			out.Errors = append(out.Errors, e)
		}
	}
}

// holding is the file of the job that the diagnostic is about, or nil.
func (j *job) holding(d source.Diagnostic) *source.File {
	for _, f := range j.files {
		if f.Name == d.File || f.Holds(d.Span) {
			return f
		}
	}
	return nil
}
