package eval

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// split cuts a text at the separator. A token in it is taken to hold no separator: ids and names have none.
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
	if sym, ok := onlySymbol(of, s.table); ok && !sym.Single || !isText(of) || !isText(sep) || symbol.Has(sep.AsString()) {
		return cty.UnknownVal(cty.List(cty.String)).Mark(Source{Missing: s.firstMissing(of), Key: "split(" + s.canonical(args...) + ")"}), nil
	}
	parts := strings.Split(of.AsString(), sep.AsString())
	if sep.AsString() == "" && symbol.Has(of.AsString()) {
		return s.derived(cty.List(cty.String), "split("+s.canonical(args...)+")", args...), nil
	}
	items := make([]cty.Value, len(parts))
	for i, p := range parts {
		items[i] = cty.StringVal(p)
	}
	return cty.ListVal(items), s.charge(len(items))
}

// replaced is replace. A pattern in slashes, or a text with tokens that has the searched text nowhere, tells nothing.
func (s *scope) replaced(args []cty.Value) (cty.Value, error) {
	if slices.ContainsFunc(args, hasToken) && len(args) == 3 {
		search := args[1]
		if isText(search) && !hasToken(search) && !isPattern(search.AsString()) && isText(args[0]) && isText(args[2]) && !s.mayHold(args[0], search.AsString()) {
			return cty.StringVal(strings.ReplaceAll(args[0].AsString(), search.AsString(), args[2].AsString())), nil
		}
		return s.derived(cty.String, "replace("+s.canonical(args...)+")", args...), nil
	}
	if len(args) == 3 && isText(args[1]) && isPattern(args[1].AsString()) {
		search := args[1].AsString()
		pattern := search[1 : len(search)-1]
		return s.library("replace", stdlib.RegexReplaceFunc, []cty.Value{args[0], cty.StringVal(pattern), args[2]}, true)
	}
	return s.library("replace", stdlib.ReplaceFunc, args, false)
}

func isPattern(p string) bool { return len(p) > 1 && p[0] == '/' && p[len(p)-1] == '/' }

// mayHold reports that a token in the text may stand for something with the searched text in it.
func (s *scope) mayHold(text cty.Value, search string) bool {
	for _, p := range s.table.Split(text.AsString()) {
		if sym, ok := p.(symbol.Symbol); ok && !(sym.Key == "AWS::Region" && strings.Trim(search, "abcdefghijklmnopqrstuvwxyz0123456789-") != "") {
			return true
		}
	}
	return false
}
