package parsers

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// job is one unit on its way.
type job struct {
	name     string
	front    Frontend
	within   *Boundary
	named    bool // by the user, or one of its files
	wanted   bool // for its own sake, and not only because of what it calls or is called by
	beside   bool // not even that: only others may take values from it
	spare    bool // none of them does
	part     bool // of a deployment that was not looked for
	files    []*source.File
	unit     Unit
	calls    []string // by the text
	opened   []string // by the network
	deployed bool     // tried to be
	network  *graph.Network
	// panicked makes the job an error, whatever its text looks like.
	panicked bool
	// Errors of the texts, and what was said of the network built from them.
	parsing, errors, notices []source.Diagnostic
	done                     chan struct{} // closed when the network is built
}

func (j *job) parse() {
	if len(j.files) == 0 {
		return
	}
	defer j.rescue(&j.parsing)
	unit, ds := j.front.Parse(Sources{Name: j.name, Files: j.files, Within: j.within})
	j.parsing = append(j.parsing, j.placed(ds)...)
	if unit != nil {
		for _, name := range unit.Calls() {
			j.calls = append(j.calls, j.within.clean(name))
		}
	}
	j.unit = unit
}

func (j *job) lower(d Deployment) {
	defer close(j.done)
	defer j.rescue(&j.errors)
	j.deployed = true
	network, ds := j.unit.Network(d)
	for _, d := range j.placed(ds) {
		if network == nil || d.Error {
			d.Error = false
			j.errors = append(j.errors, d)
		} else {
			j.notices = append(j.notices, d)
		}
	}
	j.network = network
}

// placed names the unit in diagnostics that have no place.
func (j *job) placed(ds []source.Diagnostic) []source.Diagnostic {
	ds = slices.Clone(ds)
	for i := range ds {
		if ds[i].File == "" {
			ds[i].File = j.name
		}
	}
	return ds
}

// rescue turns a panic into an error on the unit.
func (j *job) rescue(ds *[]source.Diagnostic) {
	if p := recover(); p != nil {
		j.panicked = true
		*ds = append(*ds, Defect(j.name, p))
	}
}

// Defect is the error on an input that made the program panic.
func Defect(name string, panicked any) source.Diagnostic {
	return source.Diagnostic{File: name, Message: fmt.Sprintf("the analyzer failed on this file, which is a defect in it: %v", panicked)}
}

// collect adds the job to out. A nested unit counts as read, and its network is part of another.
func (j *job) collect(out *Loaded, nested bool) {
	j.reject(out, j.parsing)
	generated := j.generated(out.Files)
	switch {
	case j.unit == nil:
		return
	case nested || !j.deployed:
	case j.network == nil:
		j.reject(out, j.errors)
		return
	case generated != nil:
		out.Notices = append(out.Notices, notRead(generated))
		return
	default:
		out.Networks = append(out.Networks, j.network)
		out.Errors = append(out.Errors, j.errors...)
		out.Notices = append(out.Notices, j.notices...)
	}
	out.Inputs += len(j.files)
}

// collectLibrary adds the network of a library to out. What is odd about the unit has been said of its deployments.
func (j *job) collectLibrary(out *Loaded) {
	if j.panicked {
		out.Errors = append(out.Errors, j.errors...)
	}
	if j.network != nil && j.generated(out.Files) == nil {
		out.Libraries = append(out.Libraries, j.network)
	}
}

// reject reports why a unit cannot be read, or not all of it. For a lone file that nobody named this is an error only if
// the file clearly means to be a template; a file that generates inputs is none.
func (j *job) reject(out *Loaded, why []source.Diagnostic) {
	lone := j.front.Belongs == nil
	for _, e := range why {
		f := j.holding(e)
		switch {
		case j.named || j.panicked || f == nil:
			out.Errors = append(out.Errors, e)
		case lone && !LooksLikeTemplate(f.Text):
		case isGenerator(f.Text):
			out.Notices = append(out.Notices, notRead(f))
		default:
			out.Errors = append(out.Errors, e)
		}
	}
}

// generated is the file for which the deployment cannot be one yet: an error in it stands on a line with markers, which a
// generator replaces before anything is deployed. What the user names is read as it stands.
func (j *job) generated(files *source.FileSet) *source.File {
	for _, e := range j.errors {
		if f := files.File(e.Span); f != nil && !j.named && isGenerator([]byte(f.Line(f.LineOf(e.Span)))) {
			return f
		}
	}
	return nil
}

func notRead(f *source.File) source.Diagnostic {
	return source.Diagnostic{File: f.Name, Message: "holds Jinja or Helm markers, or tags that include files, and was not read; lint what is generated from it"}
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
