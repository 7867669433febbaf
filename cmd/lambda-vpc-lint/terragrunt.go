package main

import (
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/terraform/eval"
)

// terragruntFrontend reads units of Terragrunt. Units that take outputs from each other are one deployment.
func terragruntFrontend() parsers.Frontend {
	return parsers.Frontend{
		Kind:       "Terragrunt unit",
		Flag:       "var",
		Recognises: config.IsUnit,
		Callees:    config.UnitDependencies,
		Parse: func(s parsers.Sources) (parsers.Unit, []source.Diagnostic) {
			find := func(name string) *source.File {
				text, err := s.Within.Read(name)
				if err != nil {
					return nil
				}
				return source.NewFileSet().Add(name, text)
			}
			u, ds := config.ReadUnit(s.Files[0], find, func(dir string) bool { return isModule(s.Within, dir) })
			if len(ds) > 0 {
				return nil, ds
			}
			return &unit{u, neighbours(s.Files[0], s.Within)}, nil
		},
	}
}

func isModule(within *parsers.Boundary, dir string) bool {
	names, _ := within.List(dir) // what cannot be listed is none
	return slices.ContainsFunc(names, config.IsConfig)
}

// unit is one unit of Terragrunt.
type unit struct {
	*config.Unit
	neighbours []string // files of units whose outputs it takes, or that take its own
}

func (u *unit) Parameters() []string { return nil }

func (u *unit) Calls() []string {
	if u.Source == "" {
		return u.neighbours
	}
	return append(slices.Clip(u.neighbours), u.Source)
}

// Network is that of all units that hang together.
func (u *unit) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	units := u.together(d)
	dir := path.Dir(u.Name)
	var own []*config.Unit
	for _, v := range units {
		for !strings.HasPrefix(path.Dir(v.Name)+"/", dir+"/") && dir != "." {
			dir = path.Dir(dir)
		}
		own = append(own, v.Unit)
	}
	root, called := config.Stack(dir, own, func(dir string) *config.Module {
		if m, ok := d.Open(dir).(*module); ok {
			return m.Module
		}
		return nil
	})
	loader := config.NewLoader(files{d.Within, d.Open})
	loader.Keep(dir, root, nil)
	for dir, as := range called {
		m := d.Open(dir).(*module)
		loader.Keep(dir, as, m.diagnostics)
		for _, dir := range m.Calls() {
			if callee, ok := d.Open(dir).(*module); ok {
				keep(d, loader, callee)
			}
		}
	}
	d.Root = dir
	return lower(d, eval.Run(dir, loader, terraformInputs(d)))
}

// together are the units that u hangs together with, itself too, by name.
func (u *unit) together(d parsers.Deployment) []*unit {
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

// The limits of the search for units.
const (
	deepest  = 3
	mostDirs = 400
)

// neighbours are the units whose outputs f takes, and those in the folders beside its own that take its outputs.
func neighbours(f *source.File, within *parsers.Boundary) (names []string) {
	add := func(name string) {
		if text, err := within.Read(name); err == nil && config.IsUnit(name, text) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range config.UnitDependencies(f.Name, f.Text) {
		add(name)
	}
	dirs := 0
	var search func(dir string, depth int)
	search = func(dir string, depth int) {
		entries, err := within.List(dir)
		if dirs++; err != nil || dirs > mostDirs {
			return
		}
		for _, e := range entries {
			name := path.Join(dir, e)
			switch {
			case e == path.Base(f.Name) && name != f.Name:
				if text, err := within.Read(name); err == nil && slices.Contains(config.UnitDependencies(name, text), f.Name) {
					add(name)
				}
			case depth > 0 && !strings.Contains(e, "."):
				search(name, depth-1)
			}
		}
	}
	search(path.Join(path.Dir(f.Name), ".."), deepest)
	return names
}
