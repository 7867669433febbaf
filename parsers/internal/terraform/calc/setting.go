package calc

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Whether an evaluation fails matters to try and can alone. Everywhere else Terraform would not go on, so that what is
// evaluated may be taken to succeed. In their arguments, what fails or not as a value turns out is a choice with a
// failing branch. https://developer.hashicorp.com/terraform/language/functions/can

// Setting is where a calculation stands: inside of an argument of try or can, or elsewhere.
type Setting struct {
	*Run
	// Tries is set inside an argument of try or can, where a failure is a value like others.
	Tries bool
	// doubts counts, for one such argument, what may fail or not.
	doubts *int
}

var errDoubt = errors.New("it depends on a value that is not known")

// Trying is the setting inside an argument of try or can.
func (r *Run) Trying() Setting { return Setting{r, true, new(int)} }

// maxDoubts is how many doubts one argument of try or can has. More of them would only make more cases, which all say
// that it is not known whether it fails.
const maxDoubts = 2

// Unless is v where the condition does not hold; there the evaluation fails.
func (s Setting) Unless(fails fact.Cond, v cty.Value) cty.Value {
	if !s.Tries {
		return v
	}
	return s.Choice(fails, Failed(errDoubt), v)
}

// Doubt is v, or a failure: which, depends on args. The key names the computation.
func (s Setting) Doubt(v cty.Value, key string, args ...cty.Value) cty.Value {
	if !s.Tries || failedWholly(v) || *s.doubts >= maxDoubts {
		return v
	}
	*s.doubts++
	return s.Unless(Opaque("can("+key+")", s.FirstMissing(args...)).Not(), v)
}

// Failing is the condition of the branches of v that fail.
func (s Setting) Failing(v cty.Value) fact.Cond {
	switch src, _ := SourceOf(v); {
	case !s.Tries || !MayFail(v):
		return fact.Never()
	case src.Choice == nil:
		return fact.Always()
	case failedWholly(src.Choice.Then) && !MayFail(src.Choice.Else):
		return src.Choice.When
	case failedWholly(src.Choice.Else) && !MayFail(src.Choice.Then):
		return src.Choice.When.Not()
	}
	return Opaque("fails("+s.Canonical(v)+")", s.FirstMissing(v))
}

// AnyNull is the condition under which one of the values is null that nobody may have given.
func (s Setting) AnyNull(vs []cty.Value) fact.Cond {
	out := fact.Never()
	for _, v := range vs {
		if sym, ok := OnlySymbol(v, s.Table); ok && sym.Unset == "null" {
			out = out.Or(s.EqualsNull(v))
		}
	}
	return out
}

// IsOpen reports a value that is not wholly known.
func (s Setting) IsOpen(v cty.Value) bool {
	return v.ContainsMarked() || !v.IsWhollyKnown() || len(s.Inputs([]cty.Value{v})) > 0
}

// Access is Index, as the expression at hand has it: inside of try and can, an element that is not there is a failing
// branch.
func (s Setting) Access(v, key cty.Value) (cty.Value, error) {
	if !s.Tries {
		return s.Index(v, key)
	}
	return s.Spread([]cty.Value{v, key}, func(args []cty.Value) (cty.Value, error) {
		v, key := args[0], args[1]
		plain, _ := v.Unmark()
		if IsMapping(plain) && plain.IsKnown() && !plain.IsNull() {
			none := Failed(errDoubt)
			out, err := s.IndexMapping(plain, key, &none)
			if failedWholly(out) {
				return s.IndexOne(v, key) // for its message
			}
			return out, err
		}
		out, err := s.IndexOne(v, key)
		if err != nil {
			return out, err
		}
		return s.stepped(v, key, out), nil
	})
}

// stepped puts the element of a collection that is not known in doubt.
func (s Setting) stepped(v, key, out cty.Value) cty.Value {
	src, unknown := SourceOf(v)
	plain, _ := v.Unmark()
	n, isNumber := SmallNumber(key)
	switch {
	case IsHandle(v), unknown && isNumber && src.Front != nil && n < len(src.Front.Items):
		return out
	case unknown && isNumber && n == 0 && src.Key != "" && (src.Each != nil || plain.Type().IsListType()):
		return s.Unless(s.Empty(v), out)
	case unknown, !plain.IsKnown(), HasToken(v):
		return s.Doubt(out, s.Name(v)+s.StepText(key), v, key)
	case s.IsOpen(key):
		return s.Doubt(out, s.Canonical(v)+s.StepText(key), key)
	}
	return out
}

// Operated puts in doubt what an operator makes of texts that may not be numbers or truth values, and of a divisor that
// may be 0.
func (s Setting) Operated(op *hclsyntax.Operation, v cty.Value, args []cty.Value) cty.Value {
	divides := op == hclsyntax.OpDivide || op == hclsyntax.OpModulo
	if slices.ContainsFunc(args, HasToken) || divides && s.IsOpen(args[len(args)-1]) {
		return s.Doubt(v, "operator on "+s.Canonical(args...), args...)
	}
	return v
}

// Joined puts a text in doubt if a part of it may be null.
func (s Setting) Joined(v cty.Value, parts []cty.Value) cty.Value {
	isOpen := func(p cty.Value) bool { return IsText(p) && symbol.Has(p.AsString()) }
	if !s.Tries || !slices.ContainsFunc(parts, isOpen) {
		return v
	}
	return s.Unless(s.AnyNull(parts), v)
}
