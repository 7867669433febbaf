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

// Stack makes of units that take each other's outputs the root module that would deploy them together: it calls the
// module of each unit, as from the directory dir, with the unit's inputs, and hands outputs on as the units do. Within is the
// folder that all units are in. Load gives the module in a directory, or nil. Called are the modules as they are deployed: with the inputs that Terragrunt generates variables for.
func Stack(dir, within string, units []*Unit, load func(dir string) *Module) (root *Module, called map[string]*Module) {
	s := &stack{
		names: map[string]string{}, load: load, called: map[string]*Module{},
		module: &Module{
			Variables: map[string]*Block{}, Locals: map[string]*hclsyntax.Attribute{}, Outputs: map[string]*Block{},
			byAddress: map[string]*Resource{}, calls: map[string]*Block{}, sources: map[string]*source.File{},
		},
	}
	for _, u := range units {
		s.names[u.Name] = unitName(within, u.Name)
	}
	for _, u := range units {
		s.add(dir, u)
	}
	return s.module, s.called
}

type stack struct {
	module *Module
	names  map[string]string // of the calls, by the file of the unit
	load   func(dir string) *Module
	called map[string]*Module // by directory
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
		more := s.scope(name+".include."+label, included, nil).inputs(call.Body, included, module)
		open = open || more || hasFiles(included)
	}
	more := s.scope(name, body, u.dependencies(body)).inputs(call.Body, body, module)
	if open || more {
		s.open(call, module)
	}
	for name := range call.Body.Attributes {
		if module.Variables != nil && module.Variables[name] == nil {
			module.Variables[name] = emptyBlock(name, call.Range)
		}
	}
	call.Body.Attributes["source"] = &hclsyntax.Attribute{Name: "source", Expr: &hclsyntax.LiteralValueExpr{Val: cty.StringVal(from), SrcRange: call.Range}, SrcRange: call.Range, NameRange: call.Range}
	s.module.calls[name] = call
	s.module.Calls = append(s.module.Calls, call)
}

func emptyBlock(name string, at hcl.Range) *Block {
	return &Block{Name: name, Range: at, Body: &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: at, EndRange: at}}
}

// hasFiles reports that the unit hands files of values to Terraform, of which it is not known what is in them.
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

// open leaves the variables of the module that the call does not set to whatever sets them.
func (s *stack) open(call *Block, module *Module) {
	for name, v := range module.Variables {
		if call.Body.Attributes[name] == nil {
			x := s.unknown(call.Name+".inputs."+name, call.Range)
			s.typed(x, v)
			call.Body.Attributes[name] = &hclsyntax.Attribute{Name: name, Expr: x, SrcRange: call.Range, NameRange: call.Range}
		}
	}
}

// typed gives an unknown variable the type of the one that it is for.
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

// labels are those of what the unit includes, sorted.
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

// scope is one file of a unit: what its names mean in the stack.
type scope struct {
	*stack
	prefix       string            // of its locals
	dependencies map[string]string // files of units, by label
	locals       map[string]bool
}

func (s *stack) scope(prefix string, body *hclsyntax.Body, dependencies map[string]string) *scope {
	sc := &scope{stack: s, prefix: prefix, dependencies: dependencies, locals: map[string]bool{}}
	for _, b := range body.Blocks {
		if b.Type == "locals" {
			for name := range b.Body.Attributes {
				sc.locals[name] = true
			}
		}
	}
	for _, b := range body.Blocks {
		if b.Type == "locals" {
			for name, a := range b.Body.Attributes {
				a.Expr = sc.translate(a.Expr)
				s.module.Locals[prefix+"."+name] = a
			}
		}
	}
	return sc
}

// inputs puts the inputs of the file into the call of the module, and says whether there may be others. Those that may be
// given anew are taken out.
func (s *scope) inputs(into, body *hclsyntax.Body, module *Module) (open bool) {
	a := body.Attributes["inputs"]
	if a == nil {
		return false
	}
	items, open := inputs(a.Expr)
	if open {
		clear(into.Attributes)
	}
	for _, it := range items {
		name := keyOf(it)
		if name == "" {
			open = true
			continue
		}
		x := s.translate(it.ValueExpr)
		s.typed(x, module.Variables[name])
		into.Attributes[name] = &hclsyntax.Attribute{
			Name: name, Expr: x, SrcRange: hcl.RangeBetween(it.KeyExpr.Range(), it.ValueExpr.Range()), NameRange: it.KeyExpr.Range(),
		}
	}
	return open
}

// translate gives the expression with the names of the stack: outputs of a dependency are those of its module, locals have
// the name of their file in front, and what only Terragrunt knows is a variable.
func (s *scope) translate(x hclsyntax.Expression) hclsyntax.Expression {
	return replace(x, func(x hclsyntax.Expression) hclsyntax.Expression {
		switch x := x.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			return s.reference(x)
		case *hclsyntax.FunctionCallExpr:
			if isTerragrunt(x.Name) {
				return s.unknown(callText(x), x.Range())
			}
		}
		return nil
	})
}

func (s *scope) reference(x *hclsyntax.ScopeTraversalExpr) hclsyntax.Expression {
	attr := func(i int) string {
		if i < len(x.Traversal) {
			if a, ok := x.Traversal[i].(hcl.TraverseAttr); ok {
				return a.Name
			}
		}
		return ""
	}
	at := x.Range()
	named := func(root, name string, rest hcl.Traversal) hclsyntax.Expression {
		t := hcl.Traversal{hcl.TraverseRoot{Name: root, SrcRange: at}, hcl.TraverseAttr{Name: name, SrcRange: at}}
		return &hclsyntax.ScopeTraversalExpr{Traversal: append(t, rest...), SrcRange: at}
	}
	switch root := x.Traversal.RootName(); {
	case root == "dependency" && attr(2) == "outputs" && s.names[s.dependencies[attr(1)]] != "":
		return named("module", s.names[s.dependencies[attr(1)]], x.Traversal[3:])
	case root == "local" && s.locals[attr(1)]:
		return named("local", s.prefix+"."+attr(1), x.Traversal[2:])
	case root == "include" && attr(2) == "locals" && s.module.Locals[s.prefix+".include."+attr(1)+"."+attr(3)] != nil:
		return named("local", s.prefix+".include."+attr(1)+"."+attr(3), x.Traversal[4:])
	case root == "dependency", root == "local", root == "include", root == "feature", root == "values", root == "unit", root == "stack":
		return s.unknown(traversalText(x.Traversal), at)
	}
	return nil
}

// unknown is a variable of the stack that nobody gives a value.
func (s *stack) unknown(name string, at hcl.Range) hclsyntax.Expression {
	if s.module.Variables[name] == nil {
		s.module.Variables[name] = emptyBlock(name, at)
	}
	return &hclsyntax.ScopeTraversalExpr{SrcRange: at, Traversal: hcl.Traversal{hcl.TraverseRoot{Name: "var", SrcRange: at}, hcl.TraverseAttr{Name: name, SrcRange: at}}}
}

// isTerragrunt tells the functions that Terragrunt adds to those of Terraform.
// https://terragrunt.gruntwork.io/docs/reference/hcl/functions/
func isTerragrunt(name string) bool {
	switch name {
	case "find_in_parent_folders", "path_relative_to_include", "path_relative_from_include", "path_relative_to_module", "run_cmd",
		"read_terragrunt_config", "read_tfvars_file", "sops_decrypt_file", "mark_as_read", "render_aws_provider", "constraint_check", "mark_glob_as_read":
		return true
	}
	return strings.HasPrefix(name, "get_")
}

func callText(x *hclsyntax.FunctionCallExpr) string {
	if len(x.Args) > 0 {
		if first, whole := literalEnd(x.Args[0]); whole && first != "" {
			return x.Name + "(\"" + first + "\")"
		}
	}
	return x.Name + "()"
}

func traversalText(t hcl.Traversal) string {
	parts := []string{t.RootName()}
	for _, step := range t[1:] {
		if a, ok := step.(hcl.TraverseAttr); ok {
			parts = append(parts, a.Name)
		}
	}
	return strings.Join(parts, ".")
}
