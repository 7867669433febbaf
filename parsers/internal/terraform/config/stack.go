package config

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Stack joins units that take each other's outputs into one root module that deploys them together. The root module
// calls the module of each unit with the unit's inputs, and hands outputs on as the units do. names are those of the
// calls, by the files of the units.
//
// Sources of calls are relative to dir, and within is the folder that all units are in. load gives the module in a
// directory, or nil. given holds values for variables, by name; they win over inputs. called are the modules of the
// units by directory, with a variable for each input that their files do not declare.
func Stack(
	dir, within string, units []*Unit, load func(dir string) *Module, given map[string]Given,
) (root *Module, called map[string]*Module, names map[string]string) {
	s := &stack{
		names: map[string]string{}, load: load, given: given, called: map[string]*Module{}, reads: map[*Unit]int{},
		module: &Module{
			Variables: map[string]*Block{}, Locals: map[string]*hclsyntax.Attribute{}, Outputs: map[string]*Block{},
			byAddress: map[string]*Resource{}, calls: map[string]*Block{}, sources: map[string]*source.File{},
		},
	}
	taken := map[string]bool{}
	for _, u := range units {
		name := unitName(within, u.Name)
		for taken[name] {
			name += "_"
		}
		taken[name], s.names[u.Name] = true, name
	}
	for _, u := range units {
		s.add(dir, u)
	}
	return s.module, s.called, s.names
}

type stack struct {
	module *Module
	names  map[string]string // of the calls, by the file of the unit
	load   func(dir string) *Module
	given  map[string]Given
	called map[string]*Module // by directory
	reads  map[*Unit]int      // of other files
}

// moduleIn gives a copy of the module in the directory that variables may be added to.
func (s *stack) moduleIn(dir string) *Module {
	if s.called[dir] == nil {
		m := s.load(dir)
		if m == nil {
			return &Module{}
		}
		copied := *m
		copied.Variables = map[string]*Block{}
		for name, v := range m.Variables {
			copied.Variables[name] = v
		}
		s.called[dir] = &copied
	}
	return s.called[dir]
}

var notWord = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// unitName is what the call of a unit is named: its folder within dir.
func unitName(dir, file string) string {
	at := path.Dir(file)
	rest := strings.TrimPrefix(at, dir)
	if rest == "" {
		rest = path.Base(at)
	}
	return strings.Trim(notWord.ReplaceAllString(rest, "_"), "_")
}

// add calls the module of the unit.
func (s *stack) add(dir string, u *Unit) {
	r := &reader{module: &Module{sources: map[string]*source.File{}}}
	body := r.parse(u.file, false)
	s.module.sources[u.file.Name] = u.file
	s.module.Files = append(s.module.Files, u.file.Name)
	name := s.names[u.Name]
	start := hcl.Range{Filename: u.file.Name, Start: hcl.InitialPos, End: hcl.InitialPos}
	call := emptyBlock(name, start)
	for _, b := range body.Blocks {
		if b.Type == "terraform" {
			call.Range = b.DefRange()
		}
	}
	module := &Module{}
	from := u.remote
	if u.Source != "" {
		from = "./" + relative(dir, u.Source)
		module = s.moduleIn(u.Source)
	}
	open := hasFiles(body)
	for _, label := range u.labels() {
		included := r.parse(u.included[label], false)
		more := s.scope(u, name+".include."+label, included, nil, 0).inputs(call.Body, included, module)
		open = open || more || hasFiles(included)
	}
	more := s.scope(u, name, body, u.dependencies(body), 0).inputs(call.Body, body, module)
	// Files of values win over inputs, which Terragrunt gives as environment variables.
	for _, values := range module.Values {
		for name, a := range values.Attributes {
			call.Body.Attributes[name] = a
		}
	}
	for name, v := range module.Variables {
		if given, ok := s.given[name]; ok {
			call.set(name, given.as(v))
		}
	}
	if open || more {
		s.open(call, module)
	}
	for name := range call.Body.Attributes {
		if module.Variables != nil && module.Variables[name] == nil {
			module.Variables[name] = emptyBlock(name, call.Range)
		}
	}
	call.set("source", &hclsyntax.LiteralValueExpr{Val: cty.StringVal(from), SrcRange: call.Range})
	s.module.calls[name] = call
	s.module.Calls = append(s.module.Calls, call)
}

func emptyBlock(name string, at hcl.Range) *Block {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: at, EndRange: at}
	return &Block{Name: name, Range: at, Body: body}
}

// set gives the block an argument. Its place is that of the block, since it stands in no file.
func (b *Block) set(name string, x hclsyntax.Expression) {
	b.Body.Attributes[name] = &hclsyntax.Attribute{Name: name, Expr: x, SrcRange: b.Range, NameRange: b.Range}
}

// hasFiles reports that the unit hands files of values to Terraform. What is in them is not known.
func hasFiles(body *hclsyntax.Body) bool {
	for _, b := range body.Blocks {
		for _, inner := range b.Body.Blocks {
			if b.Type == "terraform" && inner.Type == "extra_arguments" {
				return true
			}
		}
	}
	return false
}

// open makes the variables of the module unknown that the call does not set.
func (s *stack) open(call *Block, module *Module) {
	for name, v := range module.Variables {
		if call.Body.Attributes[name] == nil {
			x := s.unknown(call.Name+".inputs."+name, call.Range)
			s.typed(x, v)
			call.set(name, x)
		}
	}
}

// typed gives an unknown variable the type of the variable of, whose value it is.
func (s *stack) typed(x hclsyntax.Expression, of *Block) {
	t, ok := x.(*hclsyntax.ScopeTraversalExpr)
	if !ok || of == nil || t.Traversal.RootName() != "var" {
		return
	}
	v := s.module.Variables[t.Traversal[1].(hcl.TraverseAttr).Name]
	if ty := of.Body.Attributes["type"]; v != nil && ty != nil && v.Body.Attributes["type"] == nil {
		v.Body.Attributes["type"] = ty
	}
}

// labels lists the labels of the unit's include blocks, sorted.
func (u *Unit) labels() (labels []string) {
	for label := range u.included {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	return labels
}

// relative is the path of to as seen from a directory; both are relative to one directory.
func relative(from, to string) string {
	up, down := strings.Split(path.Clean(from), "/"), strings.Split(path.Clean(to), "/")
	if up[0] == "." {
		up = nil
	}
	for len(up) > 0 && len(down) > 0 && up[0] == down[0] && up[0] != ".." {
		up, down = up[1:], down[1:]
	}
	return strings.Repeat("../", len(up)) + path.Join(down...)
}

// dependencies are the files of the units whose outputs the body names, by the label of the dependency.
func (u *Unit) dependencies(body *hclsyntax.Body) map[string]string {
	out := map[string]string{}
	for _, b := range body.Blocks {
		if b.Type != "dependency" || len(b.Labels) != 1 {
			continue
		}
		if a := b.Body.Attributes["config_path"]; a != nil {
			if dir, whole := literalEnd(a.Expr); whole && dir != "" {
				out[b.Labels[0]] = unitAt(u.Name, dir)
			}
		}
	}
	return out
}
