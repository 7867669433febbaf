package eval

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// literal is a value of the file in which no text looks like a token.
func literal(v cty.Value) cty.Value {
	if hasToken(v) {
		return cty.StringVal(symbol.Escape(v.AsString()))
	}
	return v
}

// maxSpread is how many conditional parts a text may have to become one text for each case. With more of them, their
// tokens stand in it.
const maxSpread = 3

func (s *scope) template(x *hclsyntax.TemplateExpr) (cty.Value, error) {
	if len(x.Parts) == 1 {
		if part, ok := x.Parts[0].(*hclsyntax.LiteralValueExpr); ok {
			return literal(part.Val), nil
		}
	}
	vs := make([]cty.Value, len(x.Parts))
	for i, p := range x.Parts {
		v, err := s.eval(p)
		if err != nil {
			return v, err
		}
		vs[i] = v
	}
	v, err := s.concat(vs)
	if err != nil {
		return v, err
	}
	return s.joined(v, vs), nil
}

func (s *scope) templateJoin(x *hclsyntax.TemplateJoinExpr) (cty.Value, error) {
	v, err := s.eval(x.Tuple)
	if err != nil {
		return v, err
	}
	return s.spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		plain, _ := args[0].Unmark()
		if !plain.IsKnown() || !plain.CanIterateElements() {
			return s.derived(cty.String, "join("+s.canonical(args[0])+")", args[0]), nil
		}
		return s.concat(plain.AsValueSlice())
	})
}

// concat puts the parts of a template together.
func (r *run) concat(vs []cty.Value) (cty.Value, error) {
	choices := 0
	mustSpread := false
	for _, v := range vs {
		if _, ok := AsChoice(v, r.table); ok {
			choices++
			mustSpread = mustSpread || !isText(v)
		}
		mustSpread = mustSpread || mayFail(v)
	}
	if choices > 0 && choices <= maxSpread || mustSpread {
		return r.spread(vs, r.concatPlain)
	}
	return r.concatPlain(vs)
}

var errNoText = errors.New("only texts, numbers and booleans can be part of a text")

func (r *run) concatPlain(vs []cty.Value) (cty.Value, error) {
	var b strings.Builder
	for _, v := range vs {
		plain, _ := v.Unmark()
		switch {
		case plain.IsNull():
			return v, errors.New("null cannot be part of a text")
		case !plain.IsKnown():
			v = r.derived(cty.String, r.canonical(v), v)
		case !plain.Type().IsPrimitiveType():
			return v, errNoText
		}
		text, err := r.to(v, cty.String)
		if err != nil {
			return v, err
		}
		b.WriteString(text.AsString())
		if err := r.chargeText(b.Len()); err != nil {
			return v, err
		}
	}
	return cty.StringVal(b.String()), nil
}
