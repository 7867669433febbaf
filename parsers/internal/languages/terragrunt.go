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
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// terragruntFrontend reads units of Terragrunt. Units that take outputs from each other are one deployment.
func terragruntFrontend() frontend.Frontend {
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
			return &unit{u, known.neighbours(s.Files[0], s.Within), declaredIn(s.Within, u.Source)}, nil
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
	units := u.together(d)
	dir := path.Dir(u.Name)
	var own []*config.Unit
	for _, v := range units {
		for !strings.HasPrefix(path.Dir(v.Name)+"/", dir+"/") && dir != "." {
			dir = path.Dir(dir)
		}
		own = append(own, v.Unit)
	}
	b := d.Builder(dir, "terraform")
	if !slices.ContainsFunc(own, func(u *config.Unit) bool { return u.Source != "" }) {
		return b.Link(), nil // nothing of it is here
	}
	from := path.Join(dir, config.UnitFile) // no module is there, as one may be in dir
	in := terraformInputs(d)
	in.Apart = true
	root, called := config.Stack(from, dir, own, func(dir string) *config.Module {
		if m, ok := d.Open(dir).(*module); ok {
			return m.Module
		}
		return nil
	}, given(in))
	loader := config.NewLoader(files{d.Within, d.Open})
	loader.Keep(from, root, nil)
	for dir, as := range called {
		m := d.Open(dir).(*module)
		loader.Keep(dir, as, m.diagnostics)
		for _, dir := range m.Calls() {
			if callee, ok := d.Open(dir).(*module); ok {
				keep(d, loader, callee)
			}
		}
	}
	return lower(b, eval.Run(from, loader, in))
}

// together are the units that u hangs together with, itself too, by name.
func (u *unit) together(d frontend.Deployment) []*unit {
	units := map[string]*unit{}
	for next := []string{u.Name}; len(next) > 0; next = next[1:] {
		if units[next[0]] != nil {
			continue
		}
		if v, ok := d.Open(next[0]).(*unit); ok {
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
