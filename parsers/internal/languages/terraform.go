package languages

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// terraformFrontend reads root modules, each a directory.
func terraformFrontend(all *others) frontend.Frontend {
	return frontend.Frontend{
		Kind:       "Terraform module",
		Flag:       "var",
		Recognises: func(name string, _ []byte) bool { return config.IsConfig(name) },
		Belongs:    func(name string) bool { return config.IsConfig(name) || config.IsValues(name) },
		Callees:    config.Callees,
		Takes:      func(_ string, text []byte) bool { return terraform.MayTake(text) },
		Offers:     func(_ string, text []byte) bool { return config.Offers(text) },
		Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
			read := frontend.OfFiles(s, func() *module {
				m := &module{}
				m.Module, m.diagnostics = config.Read(s.Files)
				return m
			})
			return &module{
				Module: read.Module, diagnostics: read.diagnostics,
				dir: s.Name, within: s.Within, sources: s.Files, others: all,
				isBare: !slices.Contains(s.Entries, config.DataDir),
			}, nil
		},
	}
}

// module is a directory of Terraform files. What is wrong with them is said by the deployments that use it.
type module struct {
	*config.Module
	dir         string
	within      *boundary.Boundary
	sources     []*source.File
	diagnostics []source.Diagnostic
	others      *others
	// isBare says that nothing is downloaded for it.
	isBare bool
	once   sync.Once // of calls
	calls  []string
}

func (m *module) Parameters() (names []string) {
	for name := range m.Variables {
		names = append(names, name)
	}
	return names
}

// Calls lists the directories of the modules that this one calls by a path, and of those that are downloaded below it.
func (m *module) Calls() []string {
	m.once.Do(func() { m.calls = m.findCalls() })
	return m.calls
}

func (m *module) findCalls() (dirs []string) {
	for _, c := range m.Module.Calls {
		if from, ok := config.Local(c); ok {
			dirs = append(dirs, path.Join(m.dir, from))
		}
	}
	if m.isBare {
		return dirs
	}
	installed := config.NewLoader(files{within: m.within}).Installed(m.dir)
	for _, key := range slices.Sorted(maps.Keys(installed)) {
		if strings.Contains("/"+installed[key], "/.terraform/") {
			dirs = append(dirs, installed[key])
		}
	}
	return dirs
}

// IsLibrary says so of modules that others call, and of those that no one does and that configure no provider: a module
// that is made to be called leaves that to its callers. What is downloaded is not the user's to change.
// https://developer.hashicorp.com/terraform/language/modules/develop/providers
func (m *module) IsLibrary(called bool) bool {
	if strings.Contains("/"+m.dir, "/.terraform/") || len(m.Variables) == 0 {
		return false
	}
	return called || m.isCallable()
}

func (m *module) isCallable() bool { return len(m.Providers) == 0 && len(m.Values) == 0 }

func (m *module) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	in := terraformInputs(d)
	in.Callable = m.isCallable()
	in.Trial, in.Calls = d.Trial, m.callsFrom(d)
	var refused fact.Cond
	b := d.Builder(d.Root, "terraform")
	network, ds := m.others.network(d, b, in, func(in eval.Inputs) *eval.Program {
		program := m.evaluate(d, in)
		refused = program.Refused
		return program
	})
	if d.Trial != nil {
		network.Trial = &graph.Trial{Values: d.Trial, Refused: refused}
	}
	return network, ds
}

// LetGo implements frontend.Bulky. Libraries still read the calls.
func (m *module) LetGo() {
	if m.others.areApart(m.within) && !m.IsLibrary(false) {
		m.Module = &config.Module{
			Variables: m.Variables, Providers: m.Providers, Values: m.Values, Calls: m.Module.Calls,
		}
	}
}

// callsFrom are the calls of m that the callers of the deployment make.
func (m *module) callsFrom(d frontend.Deployment) (calls []*config.Block) {
	for _, name := range d.Callers {
		caller, ok := d.Look(name).(*module)
		if !ok {
			continue
		}
		for _, c := range caller.Module.Calls {
			if from, ok := config.Local(c); ok && path.Join(caller.dir, from) == m.dir {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// Trials implements frontend.Tried.
func (m *module) Trials() [][]fact.Assignment { return eval.Trials(m.Module) }

func (m *module) evaluate(d frontend.Deployment, in eval.Inputs) *eval.Program {
	loader := config.NewLoader(files{d.Within, d.Open})
	keep(d.Open, loader, m)
	return eval.Run(m.dir, loader, in)
}

func lower(b *graph.Builder, program *eval.Program) (*graph.Network, []source.Diagnostic) {
	return among(terraform.Others{}, b, program)
}

func among(
	others terraform.Others, b *graph.Builder, program *eval.Program,
) (*graph.Network, []source.Diagnostic) {
	others.Lower(b, program)
	ds := program.Notices
	for _, e := range program.Errors {
		e.Error = true
		ds = append(ds, e)
	}
	return b.Link(), ds
}

// keep gives the loader the modules that were read for the run: m and what it calls.
func keep(open func(dir string) frontend.Parsed, loader *config.Loader, m *module) {
	if !loader.Keep(m.dir, m.Module, m.diagnostics) {
		return
	}
	for _, dir := range m.Calls() {
		if callee, ok := open(dir).(*module); ok {
			keep(open, loader, callee)
		}
	}
}

// terraformInputs keeps the order of the command line: a file takes back what was said before it.
func terraformInputs(d frontend.Deployment) eval.Inputs {
	in := eval.Inputs{Name: d.Root, Vars: map[string]string{}, Env: d.Environment, Region: d.Region, Library: d.Library,
		Until: d.Until, InNetwork: terraform.InNetwork}
	if d.Account != nil {
		in.Account = d.Account
	}
	for _, given := range d.Variables {
		if given.File == nil {
			in.Vars[given.Name] = given.Value
			continue
		}
		in.VarFiles = append(in.VarFiles, given.File)
		body, _ := config.ReadValues(given.File) // the evaluation says what is wrong with it
		for name := range body.Attributes {
			delete(in.Vars, name)
		}
	}
	return in
}

// files reads what file functions name. Directories were read before; open finds those that are asked for by another
// name than their own, because a path leads out of the working directory and back.
type files struct {
	within *boundary.Boundary
	open   func(dir string) frontend.Parsed
}

func (f files) ReadFile(name string) ([]byte, error) { return f.within.Read(name) }

func (f files) Dir(dir string) ([]*source.File, error) {
	if m, ok := f.open(dir).(*module); ok {
		return m.sources, nil
	}
	if _, err := f.within.Relative(dir); err != nil {
		return nil, config.ErrOutside
	}
	return nil, fs.ErrNotExist
}
