package plan

import (
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// follow counts a reference that is depth references away from the first, and says whether to follow it. Terraform
// writes no modules that refer to each other in a circle, but somebody else may have written the file.
func (b *builder) follow(depth int) bool {
	b.steps++
	switch {
	case depth > budget.HCLModules.Max:
		b.cut = &budget.HCLModules
		return false
	case b.steps > budget.PlanSteps.Max:
		b.cut = &budget.PlanSteps
		return false
	}
	return true
}

// scope is an instance of a module with its configuration.
type scope struct {
	builder *builder
	address string // of the module instance, "" for the root
	module  *tfjson.ConfigModule
	parent  *scope
	call    *tfjson.ModuleCall
}

// scope finds the configuration of a module instance by its address.
func (b *builder) scope(address string) *scope {
	s := &scope{builder: b}
	if b.plan.config != nil {
		s.module = b.plan.config.RootModule
	}
	for _, step := range steps(address) {
		s = s.enter(step)
	}
	return s
}

// enter gives the module instance that a step such as net["a"] leads to.
func (s *scope) enter(step string) *scope {
	in := &scope{builder: s.builder, address: s.address + dot(s.address) + "module." + step, parent: s}
	name, _, _ := strings.Cut(step, "[")
	if s.module != nil && s.module.ModuleCalls[name] != nil {
		in.call = s.module.ModuleCalls[name]
		in.module = in.call.Module
	}
	return in
}

func dot(prefix string) string {
	if prefix == "" {
		return ""
	}
	return "."
}

// steps cuts the address of a module into the names of its calls, with their indexes.
func steps(address string) (out []string) {
	for _, part := range parts(address) {
		if part != "module" {
			out = append(out, part)
		}
	}
	return out
}

// parts cuts an address at the dots outside of indexes.
func parts(address string) (out []string) {
	quoted, start := false, 0
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			out = append(out, address[start:i])
			start = i + 1
		}
	}
	if start < len(address) {
		out = append(out, address[start:])
	}
	return out
}

// resource is the configuration of the resource, or nil.
func (s *scope) resource(r *tfjson.StateResource) *tfjson.ConfigResource {
	if s.module == nil {
		return nil
	}
	for _, c := range s.module.Resources {
		if c != nil && c.Mode == r.Mode && c.Type == r.Type && c.Name == r.Name {
			return c
		}
	}
	return nil
}

// chains drops references that are only the beginning of another one. Terraform lists a.b.id as a.b.id and a.b.
func chains(references []string) (out []string) {
	for _, r := range references {
		longer := func(o string) bool { return strings.HasPrefix(o, r+".") || strings.HasPrefix(o, r+"[") }
		if !slices.ContainsFunc(references, longer) && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// variableIn is the variable that a reference names, or "".
func variableIn(reference string) string {
	name, found := strings.CutPrefix(reference, "var.")
	if !found {
		return ""
	}
	return name
}

// targets gives the attributes of instances that the references lead to, through variables and outputs. ok is false
// if one of them leads elsewhere, or to one of several instances.
func (s *scope) targets(references []string, depth int) (out []target, ok bool) {
	if !s.builder.follow(depth) {
		return nil, false
	}
	for _, r := range chains(references) {
		more, ok := s.target(r, depth)
		if !ok {
			return nil, false
		}
		out = append(out, more...)
	}
	return out, true
}

func (s *scope) target(reference string, depth int) ([]target, bool) {
	ps := parts(reference)
	switch {
	case len(ps) == 2 && ps[0] == "var":
		if s.call == nil {
			return nil, false
		}
		return s.parent.through(s.call.Expressions[ps[1]], depth)
	case len(ps) == 3 && ps[0] == "module":
		in := s.enter(ps[1])
		if in.module == nil || in.module.Outputs[ps[2]] == nil {
			return nil, false
		}
		isRepeated := in.call.CountExpression != nil || in.call.ForEachExpression != nil
		if isRepeated && !strings.Contains(ps[1], "[") {
			return nil, false
		}
		return in.through(in.module.Outputs[ps[2]].Expression, depth)
	case len(ps) == 3:
		address := s.address + dot(s.address) + ps[0] + "." + ps[1]
		if s.builder.instances[address] != nil {
			return []target{{address, ps[2]}}, true
		}
	}
	return nil, false
}

// through follows an expression of the scope that refers to something.
func (s *scope) through(e *tfjson.Expression, depth int) ([]target, bool) {
	if e == nil || e.ExpressionData == nil || len(e.References) == 0 {
		return nil, false
	}
	return s.targets(e.References, depth+1)
}

// depends are the addresses of the resources and modules that a resource depends on.
func (s *scope) depends(c *tfjson.ConfigResource) (out []string) {
	add := func(address string) {
		if !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	for _, d := range c.DependsOn {
		add(s.address + dot(s.address) + d)
	}
	for _, e := range c.Expressions {
		s.visit(e, 0, add)
	}
	s.visit(c.CountExpression, 0, add)
	s.visit(c.ForEachExpression, 0, add)
	slices.Sort(out)
	return out
}

// visit adds what the expression refers to, through variables and outputs.
func (s *scope) visit(e *tfjson.Expression, depth int, add func(address string)) {
	if e == nil || e.ExpressionData == nil || !s.builder.follow(depth) {
		return
	}
	for _, block := range e.NestedBlocks {
		for _, inner := range block {
			s.visit(inner, depth+1, add)
		}
	}
	for _, r := range chains(e.References) {
		ps := parts(r)
		switch {
		case len(ps) < 2:
		case ps[0] == "var":
			if s.call != nil {
				s.parent.visit(s.call.Expressions[ps[1]], depth+1, add)
			}
		case ps[0] == "module":
			in := s.enter(ps[1])
			if len(ps) > 2 && in.module != nil && in.module.Outputs[ps[2]] != nil {
				in.visit(in.module.Outputs[ps[2]].Expression, depth+1, add)
			} else {
				add(in.address)
			}
		case ps[0] == "data" && len(ps) > 2:
			add(s.address + dot(s.address) + strings.Join(ps[:3], "."))
		case !slices.Contains([]string{"local", "each", "count", "path", "terraform", "self", "data"}, ps[0]):
			add(s.address + dot(s.address) + ps[0] + "." + ps[1])
		}
	}
}
