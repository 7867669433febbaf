package eval

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// textFunc is a function of texts.
func textFunc(n int, ty cty.Type, f func([]string) (cty.Value, error)) function.Function {
	params := make([]function.Parameter, n)
	for i := range params {
		params[i] = function.Parameter{Name: string(rune('a' + i)), Type: cty.String}
	}
	return function.New(&function.Spec{
		Params: params, Type: function.StaticReturnType(ty),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			texts := make([]string, len(args))
			for i, a := range args {
				texts[i] = a.AsString()
			}
			return f(texts)
		},
	})
}

func predicate(name string) function.Function {
	test := map[string]func(a, b string) bool{
		"startswith": strings.HasPrefix, "endswith": strings.HasSuffix, "strcontains": strings.Contains,
	}[name]
	return textFunc(2, cty.Bool, func(a []string) (cty.Value, error) { return cty.BoolVal(test(a[0], a[1])), nil })
}

func pathFunc(name string) function.Function {
	part := map[string]func(string) string{"basename": path.Base, "dirname": path.Dir}[name]
	return textFunc(1, cty.String, func(a []string) (cty.Value, error) { return cty.StringVal(part(a[0])), nil })
}

func hashFunc(name string) function.Function {
	return textFunc(1, cty.String, func(a []string) (cty.Value, error) {
		if name == "base64sha512" {
			sum := sha512.Sum512([]byte(a[0]))
			return cty.StringVal(base64.StdEncoding.EncodeToString(sum[:])), nil
		}
		sum := sha256.Sum256([]byte(a[0]))
		return cty.StringVal(base64.StdEncoding.EncodeToString(sum[:])), nil
	})
}

var timecmpFunc = textFunc(2, cty.Number, func(a []string) (cty.Value, error) {
	x, err := time.Parse(time.RFC3339, a[0])
	if err != nil {
		return cty.NilVal, err
	}
	y, err := time.Parse(time.RFC3339, a[1])
	return cty.NumberIntVal(int64(x.Compare(y))), err
})

// base64DecodeFunc is not that of the library, which writes what it cannot decode to the log.
var base64DecodeFunc = textFunc(1, cty.String, func(a []string) (cty.Value, error) {
	text, err := base64.StdEncoding.DecodeString(a[0])
	if err == nil && !utf8.Valid(text) {
		err = errors.New("the result is not UTF-8")
	}
	return cty.StringVal(symbol.Escape(string(text))), err
})

// jsonEncode writes JSON in which tokens stand as they are, one for each list or map that is not known. With a number
// or boolean in it that is not known, all of it is one symbol.
func (s *scope) jsonEncode(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	v := s.materialize(args[0])
	if v.ContainsMarked() || !v.IsWhollyKnown() {
		return s.jsonCases(v)
	}
	return s.encoded(v)
}

func (s *scope) encoded(v cty.Value) (cty.Value, error) {
	if err := s.checkNumbers(v); err != nil {
		return v, err
	}
	out, err := safely(func() (cty.Value, error) { return stdlib.JSONEncode(v) })
	if err == nil {
		err = s.chargeText(len(out.AsString()))
	}
	return out, err
}

// jsonCases encodes a value in each case of the conditions inside it.
func (s *scope) jsonCases(v cty.Value) (cty.Value, error) {
	var found *Choice
	_ = cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) {
		if src, ok := SourceOf(x); ok && src.Choice != nil && found == nil {
			found = src.Choice
		}
		return found == nil, nil
	})
	if found == nil && v.IsKnown() && !v.IsMarked() && !v.IsNull() && v.CanIterateElements() {
		if whole := s.symbolsIn(v); !whole.ContainsMarked() && whole.IsWhollyKnown() {
			return s.encoded(whole)
		}
	}
	if found == nil || s.depth > budget.HCLNesting.Max-maxCases {
		return s.derived(cty.String, "jsonencode("+s.canonical(v)+")", v), nil
	}
	s.depth += budget.HCLNesting.Max / 4 // no more than four conditions one in the other
	defer func() { s.depth -= budget.HCLNesting.Max / 4 }()
	a, err := s.jsonEncode([]cty.Value{s.assumeDeep(v, found.When, true)})
	if err != nil {
		return a, err
	}
	b, err := s.jsonEncode([]cty.Value{s.assumeDeep(v, found.When, false)})
	if err != nil {
		return b, err
	}
	return s.choice(found.When, a, b), nil
}

// symbolsIn puts a symbol in the place of each list or map inside v that is not known, so that what stands beside it is
// read: the other statements of a policy, or the other parts of the same one.
func (s *scope) symbolsIn(v cty.Value) cty.Value {
	plain, _ := v.Unmark()
	switch ty := v.Type(); {
	case s.spend(1) != nil || ty.IsPrimitiveType() || v.IsNull() || v.IsWhollyKnown() && !v.ContainsMarked():
		return v
	case !plain.IsKnown() || ty.IsSetType():
		return s.derived(cty.String, s.canonical(v), v)
	}
	if isMapping(plain) {
		attrs := plain.AsValueMap()
		for _, name := range sortedKeys(attrs) {
			attrs[name] = s.symbolsIn(attrs[name])
		}
		return cty.ObjectVal(attrs)
	}
	items := plain.AsValueSlice()
	for i, x := range items {
		items[i] = s.symbolsIn(x)
	}
	return cty.TupleVal(items)
}

// assumeDeep settles choices anywhere inside v.
func (s *scope) assumeDeep(v cty.Value, when fact.Cond, holds bool) cty.Value {
	v = s.assume([]cty.Value{v}, when, holds)[0]
	if v.IsMarked() || !v.IsKnown() || v.IsNull() || !v.CanIterateElements() || v.Type().IsSetType() {
		return v
	}
	if isMapping(v) {
		attrs := v.AsValueMap()
		for _, name := range sortedKeys(attrs) {
			attrs[name] = s.assumeDeep(attrs[name], when, holds)
		}
		return cty.ObjectVal(attrs)
	}
	items := v.AsValueSlice()
	for i, x := range items {
		items[i] = s.assumeDeep(x, when, holds)
	}
	return cty.TupleVal(items)
}

// checkNumbers refuses numbers anywhere in v that would be too long to write out.
func (s *scope) checkNumbers(v cty.Value) error {
	return cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) { return true, checkNumber(x) })
}

// jsonDecode reads JSON, also when it holds tokens. A text that is one token tells nothing, but its parts have
// identities.
func (s *scope) jsonDecode(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	v, err := s.to(args[0], cty.String)
	if err != nil {
		return v, err
	}
	if _, whole := onlySymbol(v, s.table); whole || !isText(v) {
		return s.derived(cty.DynamicPseudoType, "jsondecode("+s.canonical(v)+")", v), nil
	}
	out, err := safely(func() (cty.Value, error) { return stdlib.JSONDecode(v) })
	switch {
	case err != nil && hasToken(v):
		return s.derived(cty.DynamicPseudoType, "jsondecode("+s.canonical(v)+")", v), nil
	case err != nil:
		return v, err
	}
	return out, s.checkNumbers(out)
}

// mapOf is map(key, value, …) of Terraform 0.11.
func (s *scope) mapOf(args []cty.Value) (cty.Value, error) {
	if len(args)%2 != 0 {
		return cty.NilVal, errArguments
	}
	attrs := map[string]cty.Value{}
	for i := 0; i < len(args); i += 2 {
		key, err := s.to(args[i], cty.String)
		if err != nil || !isText(key) {
			return key, errors.New("map: a key must be a text")
		}
		attrs[key.AsString()] = args[i+1]
	}
	return cty.ObjectVal(attrs), nil
}
