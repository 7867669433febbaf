package languages

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// terragruntFrontend reads units of Terragrunt. Units that take outputs from each other are one deployment.
func terragruntFrontend(all *others) frontend.Frontend {
	known := &dependents{searched: map[folder]map[string][]string{}}
	return frontend.Frontend{
		Kind:       "Terragrunt unit",
		Flag:       "var",
		Recognises: config.IsUnit,
		Callees:    config.UnitDependencies,
		Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
			var unread []source.Diagnostic
			find := func(name string) *source.File {
				text, err := s.Within.Read(name)
				if err != nil {
					if s.Within.Has(name) {
						unread = append(unread, source.Diagnostic{File: name, Message: boundary.Reason(err)})
					}
					return nil
				}
				return source.NewFileSet().Add(name, text)
			}
			u, ds := config.ReadUnit(s.Files[0], find, func(dir string) bool { return isModule(s.Within, dir) })
			if ds = append(ds, unread...); len(ds) > 0 {
				return nil, ds
			}
			return &unit{
				Unit: u, neighbours: known.neighbours(s.Files[0], s.Within),
				variables: declaredIn(s.Within, u.Source), others: all,
			}, nil
		},
	}
}

func isModule(within *boundary.Boundary, dir string) bool {
	names, _ := within.List(dir) // what cannot be listed is none
	return slices.ContainsFunc(names, config.IsConfig)
}

// unit is one unit of Terragrunt.
type unit struct {
	*config.Unit
	neighbours []string // files of units whose outputs it takes, or that take its own
	variables  []string // of its module
	others     *others
}

func (u *unit) Parameters() []string { return u.variables }

// declaredIn are the variables that the files of the module in a directory declare.
func declaredIn(within *boundary.Boundary, dir string) (names []string) {
	if dir == "" {
		return nil
	}
	files, _ := within.List(dir) // what cannot be listed declares none
	for _, f := range files {
		if config.IsConfig(f) {
			text, _ := within.Read(path.Join(dir, f))
			names = append(names, config.VariableNames(text)...)
		}
	}
	return names
}

// given are the values that Terraform is given for variables of any unit; those named last win.
func given(in eval.Inputs) map[string]config.Given {
	out := map[string]config.Given{}
	for name, text := range in.Env {
		if name, ok := strings.CutPrefix(name, "TF_VAR_"); ok {
			out[name] = config.Given{Text: text}
		}
	}
	for _, f := range in.VarFiles {
		body, _ := config.ReadValues(f) // the evaluation says what is wrong with it
		for name, a := range body.Attributes {
			out[name] = config.Given{Expr: a.Expr}
		}
	}
	for name, text := range in.Vars {
		out[name] = config.Given{Text: text}
	}
	return out
}

func (u *unit) Calls() []string {
	if u.Source == "" {
		return u.neighbours
	}
	return append(slices.Clip(u.neighbours), u.Source)
}

// Network is that of all units that hang together.
func (u *unit) Network(d frontend.Deployment) (*graph.Network, []source.Diagnostic) {
	s := u.stack(d, d.Open)
	b := d.Builder(s.dir, "terraform")
	if s.loader == nil {
		return b.Link(), nil
	}
	run := func(in eval.Inputs) *eval.Program { return eval.Run(s.from, s.loader, in) }
	return u.others.network(d, b, s.inputs, run)
}

// stack is one root module of units that hang together. Without a loader, nothing of it is here.
type stack struct {
	dir    string // that all units are in
	from   string // that of the root module
	loader *config.Loader
	inputs eval.Inputs
	units  []*unit
	names  map[string]string // of the calls of modules, by the files of the units
}

func (u *unit) stack(d frontend.Deployment, open func(string) frontend.Parsed) *stack {
	s := &stack{dir: path.Dir(u.Name), units: u.together(open)}
	var own []*config.Unit
	for _, v := range s.units {
		for !strings.HasPrefix(path.Dir(v.Name)+"/", s.dir+"/") && s.dir != "." {
			s.dir = path.Dir(s.dir)
		}
		own = append(own, v.Unit)
	}
	if !slices.ContainsFunc(own, func(u *config.Unit) bool { return u.Source != "" }) {
		return s
	}
	s.from = path.Join(s.dir, config.UnitFile) // no module is there, as one may be in dir
	s.inputs = terraformInputs(d)
	s.inputs.Name, s.inputs.Apart = s.dir, true
	root, called, names := config.Stack(s.from, s.dir, own, func(dir string) *config.Module {
		if m, ok := open(dir).(*module); ok {
			return m.Module
		}
		return nil
	}, given(s.inputs))
	s.names, s.loader = names, config.NewLoader(files{d.Within, open})
	s.loader.Keep(s.from, root, nil)
	for dir, as := range called {
		m := open(dir).(*module)
		s.loader.Keep(dir, as, m.diagnostics)
		for _, dir := range m.Calls() {
			if callee, ok := open(dir).(*module); ok {
				keep(open, s.loader, callee)
			}
		}
	}
	return s
}

// root is the stack for others to take values from, nil if nothing of it is here. The deployment is that of u.
func (u *unit) root(d frontend.Deployment) *eval.Root {
	s := u.stack(d, d.Look)
	if s.loader == nil {
		return nil
	}
	root := &eval.Root{Name: s.dir, Dir: s.from, Inputs: s.inputs, Loader: s.loader}
	for _, v := range s.units {
		m, ok := d.Look(v.Source).(*module)
		if !ok {
			continue
		}
		root.Looks = root.Looks || m.has(terraform.Looks, d.Look, map[string]bool{})
		root.Writes = root.Writes || m.has(terraform.Writes, d.Look, map[string]bool{})
		kind, arguments := v.State()
		states := []eval.State{{Kind: kind, Arguments: arguments}}
		if kind == "" {
			states, _ = m.states()
		}
		for _, state := range states {
			if state.Kind == "local" { // Terragrunt runs in a copy of the module
				continue
			}
			state.Call = s.names[v.Name]
			root.States = append(root.States, state)
		}
	}
	return root
}

// together are the units that u hangs together with, itself too, by name.
func (u *unit) together(open func(string) frontend.Parsed) []*unit {
	units := map[string]*unit{}
	for next := []string{u.Name}; len(next) > 0; next = next[1:] {
		if units[next[0]] != nil {
			continue
		}
		if v, ok := open(next[0]).(*unit); ok {
			units[next[0]] = v
			next = append(next, v.neighbours...)
		}
	}
	out := make([]*unit, 0, len(units))
	for _, v := range units {
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b *unit) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// dependents knows which units take outputs from a unit, by the folders that were searched for them.
type dependents struct {
	mu       sync.Mutex
	searched map[folder]map[string][]string
}

type folder struct {
	within *boundary.Boundary
	name   string
}

// The limits of one search.
const (
	deepest  = 3
	mostDirs = 400
)

// neighbours are the units whose outputs f takes, and those in the folders beside its own that take its outputs.
func (s *dependents) neighbours(f *source.File, within *boundary.Boundary) (names []string) {
	for _, name := range config.UnitDependencies(f.Name, f.Text) {
		if text, err := within.Read(name); err == nil && config.IsUnit(name, text) {
			names = append(names, name)
		}
	}
	names = append(names, s.below(folder{within, path.Join(path.Dir(f.Name), "..")})[f.Name]...)
	slices.Sort(names)
	return slices.Compact(names)
}

// below are the units in the folder by the ones whose outputs they take.
func (s *dependents) below(in folder) map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.searched[in]; ok {
		return found
	}
	found := map[string][]string{}
	dirs := 0
	var search func(dir string, depth int)
	search = func(dir string, depth int) {
		entries, err := in.within.List(dir)
		if dirs++; err != nil || dirs > mostDirs {
			return
		}
		for _, e := range entries {
			name := path.Join(dir, e)
			if depth > 0 && !strings.Contains(e, ".") {
				search(name, depth-1)
			}
			if e != config.UnitFile {
				continue
			}
			if text, err := in.within.Read(name); err == nil && config.IsUnit(name, text) {
				for _, on := range config.UnitDependencies(name, text) {
					found[on] = append(found[on], name)
				}
			}
		}
	}
	search(in.name, deepest)
	s.searched[in] = found
	return found
}
