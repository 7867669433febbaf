package eval

import (
	"regexp"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// split cuts a text at the separator. Where a token may hold one, it is not known how many parts there are; those
// before the token are.
func (s *scope) split(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	sep, err := s.to(args[0], cty.String)
	if err != nil {
		return sep, err
	}
	of, err := s.to(args[1], cty.String)
	if err != nil {
		return of, err
	}
	if isText(of) && isText(sep) && hasToken(of) {
		if v, ok := s.onSamples(stdlib.SplitFunc, []cty.Value{sep, of}); ok {
			return v, s.charge(v.LengthInt())
		}
		of = s.spelled(of)
	}
	open := func(known *front) (cty.Value, error) {
		src := Source{Missing: s.firstMissing(of), Key: "split(" + s.canonical(args...) + ")", front: known}
		return cty.UnknownVal(cty.List(cty.String)).Mark(src), nil
	}
	sym, ok := onlySymbol(of, s.table)
	if ok && !sym.Single || !isText(of) || !isText(sep) || symbol.Has(sep.AsString()) {
		return open(nil)
	}
	parts := strings.Split(of.AsString(), sep.AsString())
	if sep.AsString() == "" && symbol.Has(of.AsString()) {
		return s.derived(cty.List(cty.String), "split("+s.canonical(args...)+")", args...), nil
	}
	items := make([]cty.Value, len(parts))
	for i, p := range parts {
		items[i] = cty.StringVal(p)
		if s.mayHold(items[i], sep.AsString()) {
			return open(&front{items[:i]})
		}
	}
	return cty.ListVal(items), s.charge(len(items))
}

// replaced is replace. A pattern in slashes, or a text with tokens that has the searched text nowhere, tells nothing.
func (s *scope) replaced(args []cty.Value) (cty.Value, error) {
	if slices.ContainsFunc(args, hasToken) && len(args) == 3 {
		search := args[1]
		isPlain := isText(search) && !hasToken(search) && !isPattern(search.AsString())
		if isPlain && isText(args[0]) && isText(args[2]) && !s.mayHold(args[0], search.AsString()) {
			return cty.StringVal(strings.ReplaceAll(args[0].AsString(), search.AsString(), args[2].AsString())), nil
		}
		f, texts := stdlib.ReplaceFunc, args
		if isText(search) && isPattern(search.AsString()) {
			f, texts = stdlib.RegexReplaceFunc, []cty.Value{args[0], unquoted(search), args[2]}
		}
		if v, ok := s.onSamples(f, texts); ok {
			return v, nil
		}
		return s.derived(cty.String, "replace("+s.canonical(args...)+")", args...), nil
	}
	if len(args) == 3 && isText(args[1]) && isPattern(args[1].AsString()) {
		return s.library("replace", stdlib.RegexReplaceFunc, []cty.Value{args[0], unquoted(args[1]), args[2]}, true)
	}
	return s.library("replace", stdlib.ReplaceFunc, args, false)
}

// unquoted is a pattern without its slashes.
func unquoted(p cty.Value) cty.Value { return cty.StringVal(p.AsString()[1 : len(p.AsString())-1]) }

func isPattern(p string) bool { return len(p) > 1 && p[0] == '/' && p[len(p)-1] == '/' }

// mayHold reports that a token in the text may stand for something with the searched text in it. Regions and the ids of
// resources consist of letters, digits and hyphens, most of them; no ARN is without a colon and a slash.
func (r *run) mayHold(text cty.Value, search string) bool {
	odd := strings.Trim(search, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != ""
	for _, p := range r.table.Split(text.AsString()) {
		sym, ok := p.(symbol.Symbol)
		plain := sym.Single && strings.HasPrefix(sym.Key, "AWS::") || isIdentity(sym) && sym.Attribute == "id"
		if ok && !(odd && plain) {
			return true
		}
	}
	return false
}

// formatted is format or formatlist. A verb that looks at its text, such as %5s, tells nothing of one that is not
// known.
func (s *scope) formatted(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	isOpen := func(format cty.Value) bool {
		return !isText(format) || hasToken(format) || !plainVerbs(format.AsString())
	}
	if len(args) > 0 && len(s.inputs(args)) > 0 && isOpen(args[0]) {
		return s.derived(cty.DynamicPseudoType, name+"("+s.canonical(args...)+")", args...), nil
	}
	v, err := s.library(name, f, args, false)
	if err != nil && len(s.inputs(args)) > 0 { // a number may be wanted where a text stands that is not known
		return s.derived(cty.DynamicPseudoType, name+"("+s.canonical(args...)+")", args...), nil
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
