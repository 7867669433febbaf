package eval

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// A module that others call is tried with what they may give it: with lists of a few elements that are not known, and
// small numbers, where those say how many routes there are or where they lead. Its switches are open in any case. So an
// index beyond the last NAT gateway is found, and a second route to one destination.

const (
	maxTrials  = 12
	trialZones = 3 // elements of the lists while numbers are tried
)

// guess is a variable that may be tried.
type guess struct {
	name     string
	isList   bool
	required bool
	// subnets says that subnets are counted by it. isSwitch tells a number that counts routes as it is, which is how
	// Terraform 0.11 wrote switches.
	subnets, isSwitch bool
	standard          cty.Value // the default
}

// Trials are what to try the module with, each of them "var.x" equals a number or "length(var.x)" equals one. Nil:
// there is nothing to try. An empty trial leaves all but the switches as it is.
func Trials(m *config.Module) [][]fact.Assignment {
	if !triesRoutes(m) {
		return nil
	}
	f := newFrame(newRun("", nil, Inputs{Library: true}, symbol.NewTable()), m, "")
	guesses := f.guesses()
	var out [][]fact.Assignment
	add := func(zones, optional int, number string, value int) {
		t := []fact.Assignment{}
		for _, g := range guesses {
			if a, ok := g.assume(zones, optional, number, value); ok {
				t = append(t, a)
			}
		}
		same := func(o []fact.Assignment) bool { return slices.EqualFunc(o, t, fact.Assignment.Equal) }
		if len(out) < maxTrials && !slices.ContainsFunc(out, same) {
			out = append(out, t)
		}
	}
	add(trialZones, 0, "", 0)
	add(trialZones-1, 0, "", 0)
	add(trialZones-1, 1, "", 0)
	for _, value := range []int{1, 2, 0, 3} {
		for _, g := range guesses {
			if !g.isList && !(g.isSwitch && value > 1) {
				add(trialZones, 0, g.name, value)
			}
		}
	}
	return out
}

// assume is what is tried of the variable, if anything. Lists that have to be given, and those that subnets are counted
// by, have an element for each zone, and so have numbers that have to be given; other lists are as long as optional
// says, which sets all other numbers to 1, and one number has the value.
func (g guess) assume(zones, optional int, number string, value int) (fact.Assignment, bool) {
	subject, n := "var."+g.name, zones
	switch {
	case g.isList:
		subject = "length(" + subject + ")"
		if !g.required && !g.subnets {
			n = optional
		}
		return fact.Assignment{Subject: subject, Literal: strconv.Itoa(n), Is: true}, n > 0
	case g.name == number:
		n = value
	case g.isSwitch && n > 1, !g.required && optional > 0:
		n = 1
	case !g.required:
		return fact.Assignment{}, false
	}
	standard, isNumber := calc.SmallNumber(g.standard)
	isStandard := !g.required && isNumber && n == standard
	return fact.Assignment{Subject: subject, Literal: strconv.Itoa(n), Is: true}, !isStandard
}

// triesRoutes says that there are routes that are counted, several of them or with a target that is chosen by an index.
func triesRoutes(m *config.Module) bool {
	repeated := 0
	for _, r := range m.Resources {
		if r.Data || r.Type != "aws_route" && r.Type != "aws_route_table" || repetition(r.Body) == nil {
			continue
		}
		if r.Type == "aws_route" {
			repeated++
		}
		if repeated > 1 || hasIndex(r.Body) {
			return true
		}
	}
	return false
}

// hasIndex says that an index that is no constant chooses the target of a route.
func hasIndex(b *hclsyntax.Body) bool {
	for name, a := range b.Attributes {
		found := false
		_ = hclsyntax.VisitAll(a.Expr, func(n hclsyntax.Node) hcl.Diagnostics {
			_, is := n.(*hclsyntax.IndexExpr)
			found = found || is
			return nil
		})
		if found && name != "route_table_id" && !meta[name] {
			return true
		}
	}
	return slices.ContainsFunc(b.Blocks, func(in *hclsyntax.Block) bool { return hasIndex(in.Body) })
}

// guesses are the variables to try: those that say how many network resources there are, or where routes lead.
func (f *frame) guesses() (out []guess) {
	reads, switches := map[string]bool{}, map[string]bool{}
	for _, r := range f.module.Resources {
		if x, ok := repetition(r.Body).(*hclsyntax.ScopeTraversalExpr); ok && r.Type == "aws_route" {
			switches[attrName(x.Traversal, 1)] = true
		}
		switch {
		case r.Data:
		case r.Type == "aws_route" || r.Type == "aws_route_table":
			f.readByBody(r.Body, reads)
		case r.Type == "aws_subnet" || r.Type == "aws_nat_gateway":
			if x := repetition(r.Body); x != nil {
				f.readBy(x, reads)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.module.Variables)) {
		b := f.module.Variables[name]
		if !reads["var."+name] || b.Outside {
			continue
		}
		g, ty := guess{name: name, required: true, isSwitch: switches[name], standard: cty.Zero}, f.typeOf(b).ty
		if d := b.Attr("default"); d != nil {
			v, err := f.scope().settled(d)
			if err != nil || v.IsMarked() {
				continue
			}
			g.required, g.standard = false, v
			if ty == cty.DynamicPseudoType {
				ty = v.Type()
			}
		}
		g.isList = ty.IsListType() || ty.IsTupleType()
		switch {
		case g.isList && (g.required || isEmptyList(g.standard)):
			g.subnets = f.isForCallers(name)
			out = append(out, g)
		case ty == cty.Number:
			out = append(out, g)
		}
	}
	return out
}

// tried is the value that the run tries the variable of the root module with.
func (f *frame) tried(name string, b *config.Block) (cty.Value, bool) {
	for _, a := range f.in.Trial {
		n, _ := strconv.Atoi(a.Literal)
		switch a.Subject {
		case "var." + name:
			return cty.NumberIntVal(int64(n)), true
		case "length(var." + name + ")":
			of := cty.DynamicPseudoType
			if ty := f.typeOf(b).ty; ty.IsListType() {
				of = ty.ElementType().WithoutOptionalAttributesDeep()
			}
			items := make([]cty.Value, n)
			for i := range items {
				key := "var." + name + "[" + strconv.Itoa(i) + "]"
				items[i] = f.Unknown(of, key, f.missingOf("var."+name, b))
			}
			return cty.TupleVal(items), true
		}
	}
	return cty.NilVal, false
}

// triesNumber says that the run tries a number. Switches then keep their defaults: a case that fails, such as an index
// that is too large, is only found where nothing else decides whether it occurs.
func (r *run) triesNumber() bool {
	return slices.ContainsFunc(r.in.Trial, func(a fact.Assignment) bool { return strings.HasPrefix(a.Subject, "var.") })
}

// refusal is the condition under which the module does not take what it is tried with: an expression fails, or a
// validation or a precondition does not hold. A validation of the variable alone, such as of how its texts are written,
// counts if it certainly fails.
func (f *frame) refusal() fact.Cond {
	out := calc.Settled(f.run.failed)
	for _, name := range slices.Sorted(maps.Keys(f.module.Variables)) {
		for _, x := range conditionsIn(f.module.Variables[name].Body, "validation") {
			holds := f.holds(f.scope(), x)
			if !readsOnly(x, name) || holds.IsNever() {
				out = out.Or(holds.Not())
			}
		}
	}
	for _, r := range f.module.Resources {
		s := f.sets[r.Address()]
		for _, b := range r.Body.Blocks {
			if s == nil || b.Type != "lifecycle" {
				continue
			}
			for _, x := range conditionsIn(b.Body, "precondition") {
				for _, key := range slices.Sorted(maps.Keys(s.objects)) {
					o := s.objects[key]
					out = out.Or(o.turn.when.And(f.holds(o.scope, x).Not()))
				}
			}
		}
	}
	return out
}

func (f *frame) holds(s *scope, x hclsyntax.Expression) fact.Cond {
	v, err := s.settled(x)
	if err != nil {
		return fact.Never()
	}
	c, err := f.Cond(v)
	if err != nil {
		return fact.Never()
	}
	return c
}

// conditionsIn are the conditions of the blocks of a type.
func conditionsIn(b *hclsyntax.Body, kind string) (out []hclsyntax.Expression) {
	for _, in := range b.Blocks {
		if a := in.Body.Attributes["condition"]; in.Type == kind && a != nil {
			out = append(out, a.Expr)
		}
	}
	return out
}

// readsOnly says that an expression reads nothing but the variable.
func readsOnly(x hclsyntax.Expression, name string) bool {
	return !slices.ContainsFunc(x.Variables(), func(t hcl.Traversal) bool {
		return t.RootName() != "var" || attrName(t, 1) != name
	})
}
