package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// fillings are the variables that expressions may name, and values that somebody may give to each.
var fillings = map[string][]string{
	`variable "s" { type = string }`: {`""`, `"a"`, `"public-a"`, `"a,b"`, `"10.0.0.0/16"`, `"7"`, `"true"`,
		`"aGk="`, `"[1]"`, `"2026-01-01T00:00:00Z"`},
	`variable "t" { type = string }`:             {`"a"`, `"b"`, `"a,b"`},
	`variable "z" { default = null }`:            {`null`, `"a"`},
	`variable "n" { type = number }`:             {`0`, `1`, `3`, `-1`, `0.5`},
	`variable "b" { type = bool }`:               {`true`, `false`},
	`variable "l" { type = list(string) }`:       {`[]`, `["a"]`, `["a", "b"]`, `["b", "a", "a"]`, `["", "b"]`},
	`variable "k" { type = set(string) }`:        {`[]`, `["a"]`, `["c", "b"]`},
	`variable "ns" { type = list(number) }`:      {`[]`, `[1]`, `[2, 1]`},
	`variable "m" { type = map(string) }`:        {`{}`, `{ a = "x" }`, `{ a = "x", b = "y" }`},
	`variable "lm" { type = map(list(string)) }`: {`{}`, `{ x = ["a"] }`, `{ x = ["a"], y = ["b"] }`},
	`variable "u" {}`:                            {`"a"`, `["a"]`, `{ a = { b = "c" } }`, `[]`, `{}`},
}

// TestWhatIsNotKnownIsNotTaken evaluates calls with arguments that are not known, and again with each of the values
// that the arguments may have. What was told without them must hold for all of them.
func TestWhatIsNotKnownIsNotTaken(t *testing.T) {
	for _, call := range calls {
		for _, form := range []string{"%s", "can(%s)", "try([%s], \"failed\")", "length(try([%s], []))"} {
			t.Run(fmt.Sprintf(form, call), func(t *testing.T) { holdsForAll(t, fmt.Sprintf(form, call)) })
		}
	}
}

func TestEveryFunctionIsHeldAgainstUnknowns(t *testing.T) {
	opaque := "abspath base64gzip bcrypt filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 pathexpand " +
		"plantimestamp rsadecrypt templatefile textdecodebase64 timestamp type uuid"
	all := strings.Join(calls, "\n")
	for _, name := range functions {
		if !slices.Contains(strings.Fields(opaque), name) && !strings.Contains(all, name+"(") {
			t.Errorf("no call of %s", name)
		}
	}
}

func holdsForAll(t *testing.T, call string) {
	text := "resource \"x\" \"y\" {\n  v = " + call + "\n}\n"
	var names, values [][]string
	for declaration, vs := range fillings {
		name := strings.Fields(strings.ReplaceAll(declaration, `"`, ""))[1]
		text += declaration + "\n"
		if strings.Contains(call+" ", "var."+name) {
			names, values = append(names, []string{name}), append(values, vs)
		}
	}
	open := run(t, text, eval.Inputs{})
	if len(open.Errors)+len(open.Notices) > 0 {
		for _, d := range append(open.Errors, open.Notices...) {
			told(t, d, names, values, text)
		}
		return
	}
	each(values, func(vs []string) {
		given := ""
		for i, v := range vs {
			given += names[i][0] + " = " + v + "\n"
		}
		sure := run(t, text+"-- terraform.tfvars --\n"+given, eval.Inputs{})
		if len(sure.Errors)+len(sure.Notices) > 0 {
			return // Terraform would not go on with these values
		}
		a, b := open.instance("x.y").Config.GetAttr("v"), sure.instance("x.y").Config.GetAttr("v")
		if !admits(open.Symbols, a, b) {
			t.Errorf("with %s: it is %s, and was said to be %s", strings.ReplaceAll(given, "\n", "; "), sure.show(b),
				open.show(a))
		}
	})
}

// told: what fails without values must fail with all of them.
func told(t *testing.T, d source.Diagnostic, names, values [][]string, text string) {
	each(values, func(vs []string) {
		given := ""
		for i, v := range vs {
			given += names[i][0] + " = " + v + "\n"
		}
		sure := run(t, text+"-- terraform.tfvars --\n"+given, eval.Inputs{})
		if len(sure.Errors)+len(sure.Notices) == 0 {
			t.Errorf("with %s: it is %s, and was said to fail: %s", strings.ReplaceAll(given, "\n", "; "),
				sure.show(sure.instance("x.y").Config.GetAttr("v")), d.Message)
		}
	})
}

func each(values [][]string, f func([]string)) {
	if len(values) == 0 {
		f(nil)
		return
	}
	for _, v := range values[0] {
		each(values[1:], func(rest []string) { f(append([]string{v}, rest...)) })
	}
}

// admits reports whether what is known of a leaves room for b, which is wholly known.
func admits(table *symbol.Table, a, b cty.Value) bool {
	if c, ok := calc.AsChoice(a, table); ok {
		return admits(table, c.Then, b) || admits(table, c.Else, b)
	}
	a, _ = a.Unmark()
	switch {
	case !a.IsKnown():
		return true
	case a.Type() == cty.String && !a.IsNull() && symbol.Has(a.AsString()):
		return fits(table, a.AsString(), b)
	case a.IsNull() || b.IsNull():
		return a.IsNull() == b.IsNull()
	case a.Type().IsPrimitiveType():
		return a.Type() == b.Type() && a.RawEquals(b)
	case !a.CanIterateElements() || !b.CanIterateElements():
		return a.RawEquals(b)
	case a.Type().IsObjectType() || a.Type().IsMapType():
		return admitsMapping(table, a, b)
	}
	x, y := a.AsValueSlice(), b.AsValueSlice()
	if a.Type().IsSetType() { // two elements may turn out to be one, and their order is not known
		return len(x) >= len(y) && !slices.ContainsFunc(y, func(v cty.Value) bool {
			return !slices.ContainsFunc(x, func(w cty.Value) bool { return admits(table, w, v) })
		})
	}
	return len(x) == len(y) && !slices.ContainsFunc(x, func(v cty.Value) bool {
		i := slices.IndexFunc(x, func(w cty.Value) bool { return w.RawEquals(v) })
		return !admits(table, v, y[i])
	})
}

func admitsMapping(table *symbol.Table, a, b cty.Value) bool {
	x, y := a.AsValueMap(), b.AsValueMap()
	for name, v := range y {
		found := false
		for other, w := range x {
			found = found || fits(table, other, cty.StringVal(name)) && admits(table, w, v)
		}
		if !found {
			return false
		}
	}
	return len(x) >= len(y)
}

// fits matches a text with symbols, each of which stands for anything.
func fits(table *symbol.Table, pattern string, v cty.Value) bool {
	var literals []string
	whole := true
	for _, p := range table.Split(pattern) {
		if text, ok := p.(string); ok {
			literals, whole = append(literals, text), false
		}
	}
	if whole {
		return true
	}
	if v.Type() != cty.String || v.IsNull() {
		return false
	}
	rest := v.AsString()
	for _, text := range literals {
		i := strings.Index(rest, text)
		if i < 0 {
			return false
		}
		rest = rest[i+len(text):]
	}
	return true
}
