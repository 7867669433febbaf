package parsers

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Frontend reads one language.
type Frontend struct {
	// Kind is what a person calls an input of it, such as "CloudFormation template".
	Kind string
	// Recognises tells by name and content whether a file is one. It says yes to a file with broken syntax that
	// clearly means to be one, so that the error is seen.
	Recognises func(name string, text []byte) bool
	// Parse reads a file. With a nil Unit the diagnostics say why it cannot be read; else they are notices.
	Parse func(f *source.File) (Unit, []source.Diagnostic)
}

// Unit is a parsed file.
type Unit interface {
	// Parameters lists the names that the unit takes values for.
	Parameters() []string
	// Network builds and links the network of the deployment whose root the unit is. With nil the diagnostics say why
	// there is none; else they are notices.
	Network(d Deployment) (*graph.Network, []source.Diagnostic)
}

// Deployment is what a Unit is deployed with.
type Deployment struct {
	// Root is the name of the unit's file.
	Root string
	Values
	// Open finds another unit of the run by the name of its file, for nested stacks; nil when there is none.
	Open func(name string) Unit
}

// Values are what the user knows about a deployment.
type Values struct {
	Parameters map[string]string
	// Region is empty when it is not known.
	Region string
}

// Loaded are the networks of a run, in the order of their files.
type Loaded struct {
	Files    *source.FileSet
	Networks []*graph.Network
	// Inputs is how many files were read as units.
	Inputs int
	// Declared are the names of all parameters of all units, sorted.
	Declared        []string
	Errors, Notices []source.Diagnostic
}

// Load has the front ends parse the inputs, in parallel, and build a network of each. What cannot be read becomes a
// diagnostic, and the others go on.
func Load(inputs []Input, fronts []Frontend, values Values) *Loaded {
	out := &Loaded{Files: source.NewFileSet()}
	var jobs []*job
	for _, in := range inputs {
		i := slices.IndexFunc(fronts, func(f Frontend) bool { return recognises(f, in) })
		if i >= 0 {
			jobs = append(jobs, &job{input: in, front: fronts[i], file: out.Files.Add(in.Name, in.Text)})
		} else if in.Named {
			out.Errors = append(out.Errors, source.Diagnostic{File: in.Name, Message: "not a " + kinds(fronts)})
		}
	}
	each(jobs, (*job).parse)
	units := map[string]Unit{}
	for _, j := range jobs {
		if j.unit != nil {
			units[j.input.Name] = j.unit
			out.Declared = append(out.Declared, j.unit.Parameters()...)
		}
	}
	slices.Sort(out.Declared)
	out.Declared = slices.Compact(out.Declared)
	each(jobs, func(j *job) {
		j.lower(Deployment{Root: j.input.Name, Values: values, Open: func(name string) Unit { return units[name] }})
	})
	for _, j := range jobs {
		j.collect(out)
	}
	out.Errors, out.Notices = tidy(out.Errors), tidy(out.Notices)
	return out
}

// Sniff is an Options.Sniff that asks the front ends.
func Sniff(fronts []Frontend) func(name string, text []byte) bool {
	return func(name string, text []byte) bool {
		return slices.ContainsFunc(fronts, func(f Frontend) bool { return recognises(f, Input{Name: name, Text: text}) })
	}
}

// recognises counts a front end that fails on a file as one that knows it: parsing will fail as well, and say so.
func recognises(f Frontend, in Input) (yes bool) {
	defer func() {
		if recover() != nil {
			yes = true
		}
	}()
	return f.Recognises(in.Name, in.Text)
}

// job is one input on its way.
type job struct {
	input           Input
	front           Frontend
	file            *source.File
	unit            Unit
	network         *graph.Network
	errors, notices []source.Diagnostic
}

func (j *job) parse() {
	defer j.rescue()
	unit, ds := j.front.Parse(j.file)
	j.unit = unit
	j.tell(unit == nil, ds)
}

func (j *job) lower(d Deployment) {
	if j.unit == nil {
		return
	}
	defer j.rescue()
	network, ds := j.unit.Network(d)
	j.network = network
	j.tell(network == nil, ds)
}

// tell puts what a front end said among the errors or the notices.
func (j *job) tell(failed bool, ds []source.Diagnostic) {
	for i := range ds {
		if ds[i].File == "" {
			ds[i].File = j.input.Name
		}
	}
	if failed {
		j.errors = append(j.errors, ds...)
	} else {
		j.notices = append(j.notices, ds...)
	}
}

// rescue turns a panic into an error on the input.
func (j *job) rescue() {
	if p := recover(); p != nil {
		j.unit, j.network = nil, nil
		j.errors = append(j.errors, source.Diagnostic{File: j.input.Name, Message: fmt.Sprintf("the analyzer failed on this file, which is a defect in it: %v", p)})
	}
}

// collect adds the job to out. A file that nobody named and that does not parse is an error only if it clearly means
// to be a template.
func (j *job) collect(out *Loaded) {
	out.Notices = append(out.Notices, j.notices...)
	switch {
	case j.network != nil:
		out.Inputs++
		out.Networks = append(out.Networks, j.network)
	case j.input.Named:
		out.Errors = append(out.Errors, j.errors...)
	case !LooksLikeTemplate(j.input.Text):
	case isGenerator(j.input.Text):
		out.Notices = append(out.Notices, source.Diagnostic{File: j.input.Name, Message: "holds Jinja or Helm markers and was not read; lint what is generated from it"})
	default:
		out.Errors = append(out.Errors, j.errors...)
	}
}

// each runs f for all jobs, as many at a time as there are processors.
func each(jobs []*job, f func(*job)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		group.Go(func() error {
			f(j)
			return nil
		})
	}
	_ = group.Wait()
}

func kinds(fronts []Frontend) string {
	names := make([]string, len(fronts))
	for i, f := range fronts {
		names[i] = f.Kind
	}
	return strings.Join(names, " or ")
}
