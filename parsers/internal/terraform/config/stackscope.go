package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// scope says what the names in one file of a unit mean in the stack.
type scope struct {
	*stack
	unit         *Unit
	prefix       string            // of its locals
	dependencies map[string]string // files of units, by label
	locals       map[string]bool
	configs      map[string]gives // by the locals that read other files
	depth        int              // of files that read this one
}

func (s *stack) scope(
	u *Unit, prefix string, body *hclsyntax.Body, dependencies map[string]string, depth int,
) *scope {
	sc := &scope{
		stack: s, unit: u, prefix: prefix, dependencies: dependencies, locals: map[string]bool{},
		configs: map[string]gives{}, depth: depth,
	}
	all := localsOf(body)
	for _, name := range slices.Sorted(maps.Keys(all)) { // the same files in every run
		sc.locals[name] = true
		if f := u.config(all[name].Expr); f != nil && depth < mostDepth && s.reads[u] < mostReads {
			s.reads[u]++
			sc.readConfig(name, f)
		}
	}
	for name, a := range all {
		a.Expr = sc.translate(a.Expr)
		s.module.Locals[prefix+"."+name] = a
	}
	return sc
}

// mostDepth bounds how many files read each other in turn, and mostReads how often a unit has files read.
const (
	mostDepth = 3
	mostReads = 64
)

// inputs puts the inputs of the file into the call of the module. open says that there may be more inputs than can be
// read. Inputs that those may replace are taken out of the call.
func (s *scope) inputs(into, body *hclsyntax.Body, module *Module) (open bool) {
	a := body.Attributes["inputs"]
	if a == nil {
		return false
	}
	items, open := inputs(a.Expr, s.items)
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
		at := it.KeyExpr.Range()
		into.Attributes[name] = &hclsyntax.Attribute{
			Name: name, Expr: x, SrcRange: hcl.RangeBetween(at, it.ValueExpr.Range()), NameRange: at,
		}
	}
	return open
}

// translate gives the expression with the names of the stack. Outputs of a dependency become outputs of its module.
// Locals get the name of their file in front. What only Terragrunt knows becomes a variable without a value.
func (s *scope) translate(x hclsyntax.Expression) hclsyntax.Expression {
	return replace(x, func(x hclsyntax.Expression) hclsyntax.Expression {
		switch x := x.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			return s.reference(x)
		case *hclsyntax.FunctionCallExpr:
			if x.Name == "get_env" && len(x.Args) == 2 && isPlain(x.Args[1]) {
				return s.translate(x.Args[1]) // the default, as for a variable
			}
			if isTerragrunt(x.Name) {
				return s.unknown(callText(x), x.Range())
			}
		}
		return nil
	})
}

// isPlain reports a default that can be used as it is. An empty text often means that a value must be given. Terraform
// reads a text in brackets from the environment as a list or an object.
func isPlain(x hclsyntax.Expression) bool {
	end, whole := literalEnd(x)
	return !whole || end != "" && !strings.ContainsAny(end[:1], "[{")
}

func (s *scope) reference(x *hclsyntax.ScopeTraversalExpr) hclsyntax.Expression {
	attr := func(i int) string { return attrAt(x.Traversal, i) }
	at := x.Range()
	named := func(root, name string, rest hcl.Traversal) hclsyntax.Expression {
		t := hcl.Traversal{hcl.TraverseRoot{Name: root, SrcRange: at}, hcl.TraverseAttr{Name: name, SrcRange: at}}
		return &hclsyntax.ScopeTraversalExpr{Traversal: append(t, rest...), SrcRange: at}
	}
	// local.NAME.inputs.KEY, or the same behind include.LABEL.locals: the rest begins three steps behind NAME.
	ofConfig := func(file string, name int) string { return s.fromConfig(s.prefix+file, x.Traversal, name) }
	switch root := x.Traversal.RootName(); {
	case root == "local" && ofConfig("", 1) != "":
		return named("local", ofConfig("", 1), x.Traversal[4:])
	case root == "include" && attr(2) == "locals" && ofConfig(".include."+attr(1), 3) != "":
		return named("local", ofConfig(".include."+attr(1), 3), x.Traversal[6:])
	case root == "dependency" && attr(2) == "outputs" && s.names[s.dependencies[attr(1)]] != "":
		return named("module", s.names[s.dependencies[attr(1)]], x.Traversal[3:])
	case root == "local" && s.locals[attr(1)]:
		return named("local", s.prefix+"."+attr(1), x.Traversal[2:])
	case root == "include" && attr(2) == "locals" && s.module.Locals[s.prefix+".include."+attr(1)+"."+attr(3)] != nil:
		return named("local", s.prefix+".include."+attr(1)+"."+attr(3), x.Traversal[4:])
	case slices.Contains(terragruntNames, root):
		return s.unknown(traversalText(x.Traversal), at)
	}
	return nil
}

// terragruntNames are the names in expressions that only Terragrunt knows.
var terragruntNames = []string{"dependency", "local", "include", "feature", "values", "unit", "stack"}

// unknown is a variable of the stack that nobody gives a value.
func (s *stack) unknown(name string, at hcl.Range) hclsyntax.Expression {
	if s.module.Variables[name] == nil {
		v := emptyBlock(name, at)
		v.Outside = true
		s.module.Variables[name] = v
	}
	t := hcl.Traversal{hcl.TraverseRoot{Name: "var", SrcRange: at}, hcl.TraverseAttr{Name: name, SrcRange: at}}
	return &hclsyntax.ScopeTraversalExpr{SrcRange: at, Traversal: t}
}

// isTerragrunt reports whether Terraform lacks the function and Terragrunt adds it.
// https://terragrunt.gruntwork.io/docs/reference/hcl/functions/
func isTerragrunt(name string) bool {
	switch name {
	case "find_in_parent_folders", "path_relative_to_include", "path_relative_from_include", "path_relative_to_module",
		"read_terragrunt_config", "read_tfvars_file", "sops_decrypt_file", "mark_as_read", "mark_glob_as_read",
		"run_cmd", "render_aws_provider", "constraint_check":
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
