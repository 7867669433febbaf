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
	`variable "s" { type = string }`:             {`""`, `"a"`, `"public-a"`, `"a,b"`, `"10.0.0.0/16"`, `"7"`, `"true"`, `"aGk="`, `"[1]"`, `"2026-01-01T00:00:00Z"`},
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

// calls has a call or more of each function with arguments that are not known, or in part only.
var calls = strings.Split(strings.TrimSpace(`
abs(var.n)
alltrue([true, var.b])
alltrue(var.l)
anytrue([false, var.b])
anytrue(var.l)
base64decode(var.s)
base64encode(var.s)
base64sha256(var.s)
base64sha512(var.s)
basename(var.s)
basename("x/${var.s}")
can(tonumber(var.s))
can(regex("^public", var.s))
can(index([var.s], "a"))
can(index(["a", "b"], var.s))
can(var.m["a"])
can(var.m.a)
can(var.m[var.s])
can({ a = 1 }[var.s])
can(cidrhost(var.s, 1))
can(var.l[0])
can(var.u.a.b)
can(var.u[0])
can(tobool(var.s))
can(element(var.l, 0))
can(one(var.l))
can(length(var.z))
can(upper(var.z))
can("x${var.z}")
can(file(var.s))
can(1 / var.n)
can(jsondecode(var.s))
can(yamldecode(var.s))
can(base64decode(var.s))
can(coalesce(var.s, ""))
can(coalescelist(var.l, []))
can(slice(var.l, 0, 1))
can(range(1, 5, var.n))
can(formatdate("YYYY", var.s))
can(timeadd(var.s, "1h"))
can(timecmp(var.s, "2026-01-01T00:00:00Z"))
can(parseint(var.s, 10))
can(zipmap(var.l, ["a"]))
can(merge(var.m, {}))
can(keys(var.m))
can(lookup(var.m, "a"))
can(min(var.ns...))
can(sum(var.ns))
can([for x in var.l : tonumber(x)])
can(var.l[*].a)
can(toset(var.l))
can(tolist(var.u))
can(tomap(var.u))
can(tonumber(var.u))
can(chunklist(var.l, var.n))
can(format("%d", var.s))
can(cidrsubnet(var.s, 8, 1))
can(cidrnetmask(var.s))
can(matchkeys(["x"], var.l, ["a"]))
can(!var.s)
can(var.s + 1)
can(var.s ? 1 : 2)
can(setproduct(var.l, ["a"]))
can(try(tonumber(var.s), tobool(var.s)))
ceil(var.n)
chomp(var.s)
chunklist(["a", "b", "c"], var.n)
chunklist(var.l, 2)
cidrhost("10.0.0.0/16", var.n)
cidrhost(var.s, 1)
cidrnetmask(var.s)
cidrsubnet(var.s, 8, 1)
cidrsubnet("10.0.0.0/16", 8, var.n)
cidrsubnets(var.s, 4, 4)
coalesce(var.s, "b")
coalesce(var.z, "b")
coalesce(lower(var.s), "b")
coalesce("${var.s}", "b")
coalesce(var.l[0], "b")
coalescelist(var.l, ["z"])
compact([var.s, "b"])
compact(var.l)
compact([var.z, var.s])
compact(["x${var.s}"])
concat(var.l, ["z"])
concat(var.l, [])
contains(var.l, "a")
contains(["a", "c"], var.s)
contains([var.s, "q"], "a")
contains(keys(var.m), "a")
contains(var.k, "b")
csvdecode(var.s)
dirname(var.s)
distinct(var.l)
distinct([var.s, var.t])
distinct([var.s, "a"])
element(var.l, 0)
element(["a", "b"], var.n)
endswith(var.s, "a")
endswith("x${var.s}", "a")
ephemeralasnull(var.s)
file(var.s)
fileexists(var.s)
fileset(".", var.s)
flatten([var.l, ["z"]])
flatten([[var.s], ["z"]])
floor(var.n)
format("%s", var.s)
format("%d", var.n)
format("%5s", var.s)
format("%.1s", var.s)
format("%q", var.s)
format(var.s, "x")
format("%v", var.l)
formatdate("YYYY", var.s)
formatlist("%s-x", var.l)
formatlist("%3s", [var.s])
indent(2, var.s)
index(["a", "b"], var.s)
index(var.l, "a")
index([var.s, "b"], "b")
issensitive(var.s)
join(",", var.l)
join(var.s, ["a", "b"])
join(",", [var.s, "b"])
jsondecode(var.s)
jsonencode(var.l)
jsonencode({ a = var.n })
keys(var.m)
keys({ "${var.s}" = 1, b = 2 })
keys(merge(var.m, { z = 1 }))
length(var.l)
length(var.s)
length("x${var.s}")
length(var.m)
length([var.s, var.t])
length(toset([var.s, var.t]))
length(distinct([var.s, var.t]))
length(compact([var.s, "b"]))
length(concat(var.l, ["z"]))
length(merge(var.m, { a = 1 }))
length(split(",", var.s))
length(split(",", "x,${var.s}"))
length(setunion([var.s], ["a"]))
length(setintersection([var.s], ["a"]))
length(setsubtract(["a"], [var.s]))
length(keys(var.m))
length(flatten([var.l, ["z"]]))
length(regexall("a", var.s))
length([for x in var.l : x if x == "a"])
length({ for x in ["a", "b"] : x => x if x == var.s })
length(range(var.n))
length(slice(["a", "b"], 0, var.n))
length(distinct(var.l))
length(compact(var.l)) == length(var.l)
length(concat(var.l, ["z"])) > 0
length(reverse(var.l)) > 0
length(setproduct(var.l, ["a"]))
length({ "${var.s}" = 1, "${var.t}" = 2 })
length(tolist(toset([var.s, "a"])))
log(var.n, 2)
lookup(var.m, "a", "z")
lookup(var.m, "a")
lookup({ a = "x" }, var.s, "z")
lookup({ a = "x" }, "a${var.s}", "z")
lookup({ "${var.s}" = "x" }, "a", "z")
lookup(var.m, var.s, "z") == "z"
lower(var.s)
matchkeys(["x", "y"], [var.s, "b"], ["a"])
matchkeys(["x", "y"], ["a", "b"], var.l)
max(var.n, 2)
max(var.n, 2) == var.n
max(var.ns...)
md5(var.s)
merge(var.m, { a = "q" })
merge({ a = "q" }, var.m)
merge({ a = "q" }, { "${var.s}" = "r" })
merge({ a = "q" }, { "${var.s}" = "r" })["a"]
min(var.n, 2)
nonsensitive(var.s)
one(var.l)
one(var.l) == null
one([for x in ["a", "b"] : x if x == var.s])
one([for x in ["a", "b"] : x if can(regex(x, var.s))])
one(var.k)
parseint(var.s, 10)
parseint("10", var.n)
pow(var.n, 2)
range(var.n)
regex("^a", var.s)
regex(var.s, "abc")
regexall("a", var.s)
replace(var.s, "a", "b")
replace("abc", var.s, "x")
replace("abc", "a", var.s)
replace("a${var.s}", "/^a/", "")
reverse(var.l)
reverse(var.l)[0] == var.l[0]
reverse([var.s, "b"])
sensitive(var.s)
setintersection(var.l, ["a"])
setintersection([var.s, "b"], ["a", "b"])
setproduct(var.l, ["a"])
setproduct([var.s], ["a"])
setsubtract(["a", "b"], [var.s])
setsubtract(["a", "b"], var.l)
setunion(var.l, ["a"])
setunion([var.s], ["a"])
sha1(var.s)
sha256(var.s)
sha512(var.s)
signum(var.n)
slice(var.l, 0, 1)
slice(["a", "b", "c"], 0, var.n)
sort(var.l)
sort(["b", var.s])
sort(["b", var.s])[0]
sort([var.t, "b"])[0] == "b"
split(",", var.s)
split(var.s, "a,b")
split(",", "x,${var.s}")
split(",", "x,${var.s}")[0]
split(",", "${var.s},x")[1]
split("/", "arn/${var.s}")[1]
startswith(var.s, "pub")
startswith("x${var.s}", "x")
strcontains(var.s, "a")
strcontains("a${var.s}", "a")
strrev(var.s)
substr(var.s, 0, 1)
substr("abc", 0, var.n)
sum(var.ns)
sum([1, var.n])
templatestring("x$${y}", { y = var.s })
textencodebase64(var.s, "UTF-8")
timeadd(var.s, "1h")
timecmp(var.s, "2026-01-01T00:00:00Z")
title(var.s)
tobool(var.s)
tolist(var.k)
tolist(toset([var.t, "b"]))[0]
tomap(var.m)
tonumber(var.s)
toset(var.l)
toset([var.s, "a"])
tostring(var.n)
tostring(var.b)
transpose(var.lm)
transpose({ a = [var.s] })
transpose({ a = ["x"], b = [var.s] })
trim(var.s, "a")
trim("abc", var.s)
trimprefix(var.s, "a")
trimprefix("abc", var.s)
trimspace(var.s)
trimsuffix(var.s, "a")
try(regex("^a", var.s), "none")
try(regex("^a", var.s), null) == null
try({ a = "x" }[var.s], "none")
try(tonumber(var.s), 5)
try(var.l[0], "none")
try(var.l[1], var.l[0], "none")
try(var.u.a.b, "none")
try(var.u[0], "none")
try(var.m.a, "none")
try(coalesce(var.s, ""), "none")
try(length(var.z), 9)
try(upper(var.z), "none")
try(one(var.l), "none")
try(element(var.l, 3), "none")
try(jsondecode(var.s), "none")
try(index(var.l, "a"), 9)
try(tolist(var.u), ["z"])
try("${var.z}x", "none")
try([for x in var.l : tonumber(x)], ["z"])
try(var.z.a, "none")
try(1 / var.n, 9)
upper(var.s)
urlencode(var.s)
uuidv5("dns", var.s)
values(var.m)
values({ "${var.s}" = 1, b = 2 })
yamldecode(var.s)
yamlencode(var.l)
zipmap(["a"], [var.s])
zipmap(var.l, var.l)
zipmap([var.s, "b"], ["x", "y"])
zipmap(keys(var.m), values(var.m))
list(var.s, "a")[0]
map("a", var.s)["a"]
var.s == "a" && var.b
var.s == "a" || var.b
var.b && tonumber("x") == 1
var.u == []
var.u == "a"
var.u == null
var.z == null
var.l == []
var.l[0] == null
var.l[var.n]
["a", "b"][var.n]
["a"][var.n]
{ a = "x", b = "y" }[var.s]
var.l[*]
[for x in var.l : "k"] == [for x in var.k : "k"]
[for i, x in var.l : i]
{ for x in var.l : x => x }
var.n > 0
-var.n
!var.b
var.n / 2
"${var.s}" == "a"
"x${var.s}" == "xa"
"x${var.s}" == "ya"
`), "\n")

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
			t.Errorf("with %s: it is %s, and was said to be %s", strings.ReplaceAll(given, "\n", "; "), sure.show(b), open.show(a))
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
			t.Errorf("with %s: it is %s, and was said to fail: %s", strings.ReplaceAll(given, "\n", "; "), sure.show(sure.instance("x.y").Config.GetAttr("v")), d.Message)
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
