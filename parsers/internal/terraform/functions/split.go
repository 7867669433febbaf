package functions

import (
	"regexp"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// split cuts a text at the separator. Where a token may hold one, it is not known how many parts there are; those
// before the token are.
func (c call) split(args []cty.Value) (cty.Value, error) {
	sep, err := c.To(args[0], cty.String)
	if err != nil {
		return sep, err
	}
	of, err := c.To(args[1], cty.String)
	if err != nil {
		return of, err
	}
	if calc.IsText(of) && calc.IsText(sep) && calc.HasToken(of) {
		if v, ok := c.onSamples(stdlib.SplitFunc, []cty.Value{sep, of}); ok {
			return v, c.Charge(v.LengthInt())
		}
		of = c.Spelled(of)
	}
	open := func(known *calc.Front) (cty.Value, error) {
		src := calc.Source{Missing: c.FirstMissing(of), Key: c.key(args...), Front: known}
		return cty.UnknownVal(cty.List(cty.String)).Mark(src), nil
	}
	sym, ok := calc.OnlySymbol(of, c.Table)
	if ok && !sym.Single || !calc.IsText(of) || !calc.IsText(sep) || symbol.Has(sep.AsString()) {
		return open(nil)
	}
	parts := strings.Split(of.AsString(), sep.AsString())
	if sep.AsString() == "" && symbol.Has(of.AsString()) {
		return c.open(cty.List(cty.String), args...), nil
	}
	items := make([]cty.Value, len(parts))
	for i, p := range parts {
		items[i] = cty.StringVal(p)
		if c.MayHold(items[i], sep.AsString()) {
			return open(&calc.Front{Items: items[:i]})
		}
	}
	return cty.ListVal(items), c.Charge(len(items))
}

// replaced is replace. A pattern in slashes, or a text with tokens that has the searched text nowhere, tells nothing.
func (c call) replaced(args []cty.Value) (cty.Value, error) {
	if slices.ContainsFunc(args, calc.HasToken) && len(args) == 3 {
		search := args[1]
		isPlain := calc.IsText(search) && !calc.HasToken(search) && !isPattern(search.AsString())
		if isPlain && calc.IsText(args[0]) && calc.IsText(args[2]) && !c.MayHold(args[0], search.AsString()) {
			return cty.StringVal(strings.ReplaceAll(args[0].AsString(), search.AsString(), args[2].AsString())), nil
		}
		f, texts := stdlib.ReplaceFunc, args
		if calc.IsText(search) && isPattern(search.AsString()) {
			f, texts = stdlib.RegexReplaceFunc, []cty.Value{args[0], unquoted(search), args[2]}
		}
		if v, ok := c.onSamples(f, texts); ok {
			return v, nil
		}
		return c.open(cty.String, args...), nil
	}
	if len(args) == 3 && calc.IsText(args[1]) && isPattern(args[1].AsString()) {
		return c.library(stdlib.RegexReplaceFunc, []cty.Value{args[0], unquoted(args[1]), args[2]}, true)
	}
	return c.library(stdlib.ReplaceFunc, args, false)
}

// unquoted is a pattern without its slashes.
func unquoted(p cty.Value) cty.Value { return cty.StringVal(p.AsString()[1 : len(p.AsString())-1]) }

func isPattern(p string) bool { return len(p) > 1 && p[0] == '/' && p[len(p)-1] == '/' }

// formatted is format or formatlist. A verb that looks at its text, such as %5s, tells nothing of one that is not
// known.
func (c call) formatted(args []cty.Value) (cty.Value, error) {
	isOpen := func(format cty.Value) bool {
		return !calc.IsText(format) || calc.HasToken(format) || !plainVerbs(format.AsString())
	}
	if len(args) > 0 && len(c.Inputs(args)) > 0 && isOpen(args[0]) {
		return c.open(cty.DynamicPseudoType, args...), nil
	}
	v, err := c.library(behind[c.name], args, false)
	if err != nil && len(c.Inputs(args)) > 0 { // a number may be wanted where a text stands that is not known
		return c.open(cty.DynamicPseudoType, args...), nil
	}
	return v, err
}

// plainVerbs reports a format that puts texts in as they are. Verbs for numbers do not matter: no token is a number.
func plainVerbs(format string) bool {
	for _, verb := range verbs.FindAllString(format, -1) {
		if strings.HasSuffix(verb, "q") || len(verb) > 2 && strings.ContainsAny(verb[len(verb)-1:], "sv") {
			return false
		}
	}
	return true
}

var verbs = regexp.MustCompile(`%[-+# 0]*(?:\[\d+\])?\d*(?:\.\d*)?[a-zA-Z%]`)
