package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestHostileModules(t *testing.T) {
	doubling := func(format string) string {
		var b strings.Builder
		b.WriteString("locals {\n  l0 = [\"aaaaaaaaaa\"]\n  s0 = \"aaaaaaaaaa\"\n")
		for i := range 40 {
			fmt.Fprintf(&b, format, i+1, i, i)
		}
		return b.String() + "}\n"
	}
	const use = "resource \"x\" \"y\" {\n  v = %s\n}\n"
	for _, c := range []struct{ name, text, says string }{
		{"a local that needs itself", "locals {\n  a = local.b\n  b = local.a\n}\n" + fmt.Sprintf(use, "local.a"), "refers to itself"},
		{"a resource that counts itself", "resource \"x\" \"y\" {\n  count = length(x.y)\n}\n", "refers to itself"},
		{"a huge count", "resource \"x\" \"y\" {\n  count = 1000000000\n}\n", "stops here"},
		{"many instances", "module \"m\" {\n  source = \"./m\"\n  count = 9999\n}\n-- m/main.tf --\nresource \"x\" \"y\" {\n  count = 100\n}\n", "more than 10,000 instances"},
		{"a huge product", "locals {\n  l = range(1000)\n}\n" + fmt.Sprintf(use, "length(setproduct(local.l, local.l, local.l))"), "stops here"},
		{"lists that double", doubling("  l%d = concat(local.l%d, local.l%d)\n") + fmt.Sprintf(use, "length(local.l40)"), "more than 200,000 parts in one value"},
		{"texts that double", doubling("  s%d = \"${local.s%d}${local.s%d}\"\n") + fmt.Sprintf(use, "local.s40"), "more than 1 MiB of text in one value"},
		{"a huge number", fmt.Sprintf(use, `"${pow(10, 100000000)}"`), "too large"},
		{"a huge literal", fmt.Sprintf(use, `"${1e99999999}"`), "too large"},
		{"a huge width", fmt.Sprintf(use, `format("%999999999d", 1)`), "too large"},
		{"a huge indent", fmt.Sprintf(use, `indent(1000000000, "a\nb")`), "more than 1 MiB of text in one value"},
		{"loops in loops", "locals {\n  l = range(1000)\n}\n" + fmt.Sprintf(use, "[for a in local.l : [for b in local.l : [for c in local.l : 1]]]"), "stops here"},
		{"deep nesting", fmt.Sprintf(use, strings.Repeat("(", 100_000)+"1"+strings.Repeat(")", 100_000)), "more than 500 levels"},
		{"a long sum", fmt.Sprintf(use, "1"+strings.Repeat("+1", 50_000)), "more than 1,500 expressions inside each other"},
		{"many negations", fmt.Sprintf(use, strings.Repeat("!", 200_000)+"true"), "more than 5,000 signs in a row"},
		{"mixed negations", fmt.Sprintf(use, strings.Repeat("!-", 200_000)+"1"), "more than 5,000 signs in a row"},
		{"splats of splats", fmt.Sprintf(use, "x.z"+strings.Repeat("[*]", 200_000)), "more than 20,000 asterisks"},
		{"directives in directives", fmt.Sprintf(use, `"`+strings.Repeat("%{if true}", 50_000)+`"`), "more than 5,000 template directives"},
		{"a large file", "# " + strings.Repeat("x", 3<<20), "more than 2 MiB of text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			e := run(t, c.text, eval.Inputs{})
			said := ""
			for _, d := range append(slices.Clone(e.Errors), e.Notices...) {
				said += d.Message + "\n"
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("it says %q, want %q", said, c.says)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("it takes %s", d)
			}
		})
	}
	t.Run("a text that looks like a token is none", func(t *testing.T) {
		e := run(t, "resource \"x\" \"y\" {\n  v = \"\ue0000\ue001\"\n  w = x.z.id\n}\nresource \"x\" \"z\" {}\n", eval.Inputs{})
		if got := e.value("x.y", "v"); strings.Contains(got, "${") {
			t.Errorf("v = %q", got)
		}
	})
	t.Run("the rest of a broken directory is evaluated", func(t *testing.T) {
		e := run(t, "resource \"x\" \"ok\" {}\n-- broken.tf --\nresource \"x\" \"y\" {\n  v = [1,\n}\n", eval.Inputs{})
		if len(e.Errors) == 0 || !slices.Contains(e.addresses(), "x.ok") {
			t.Errorf("errors %v, instances %v", e.Errors, e.addresses())
		}
		if at, ok := e.files.set.Location(e.Errors[0].Span); !ok || at.File != "broken.tf" {
			t.Errorf("the error is at %v", at)
		}
	})
	t.Run("an argument that fails leaves the others", func(t *testing.T) {
		e := run(t, "resource \"x\" \"y\" {\n  a = [1][2]\n  b = 1\n}\n", eval.Inputs{})
		if e.value("x.y", "b") != "1" || len(e.Notices) != 1 {
			t.Errorf("b = %s, notices %v", e.value("x.y", "b"), e.Notices)
		}
	})
	t.Run("a count that fails leaves an unknown number of instances", func(t *testing.T) {
		e := run(t, "resource \"x\" \"y\" {\n  count = [1][2]\n}\n", eval.Inputs{})
		if got := e.when(); got != "x.y[*] if number of x.y[*]=some (any number)" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("what is not declared is taken to be defined elsewhere, and that is said once", func(t *testing.T) {
		e := run(t, "resource \"x\" \"y\" {\n  a = aws_vpc.main.id\n  b = \"${aws_vpc.main.id}-${var.name}\"\n}\n", eval.Inputs{})
		if got := e.value("x.y", "b"); got != "${aws_vpc.main.id}-${var.name}" || len(e.Notices) != 1 || len(e.Errors) != 0 {
			t.Errorf("b = %s, notices %v, errors %v", got, e.Notices, e.Errors)
		}
	})
	for text, want := range map[string]string{
		"var.b":                      "there is no var.b in this module: it is taken to be defined elsewhere",
		"[var.b, local.c, var.b]":    "there are no var.b and local.c in this module: they are taken to be defined elsewhere",
		"[var.e, var.d, a.b, var.c]": "there are no var.e, var.d, a.b and 1 more in this module: they are taken to be defined elsewhere",
	} {
		t.Run("a module names what it lacks in one notice: "+text, func(t *testing.T) {
			e := run(t, "resource \"x\" \"y\" {\n  a = "+text+"\n}\n", eval.Inputs{})
			if len(e.Notices) != 1 || e.Notices[0].Message != want {
				t.Errorf("got %v", e.Notices)
			}
		})
	}
	t.Run("there is no such directory", func(t *testing.T) {
		if p := eval.Run("nowhere", config.NewLoader(tree("")), eval.Inputs{}); len(p.Errors) != 1 {
			t.Errorf("errors %v", p.Errors)
		}
	})
}

func FuzzRun(f *testing.F) {
	for _, seed := range fuzz.Fixtures(f, ".tf") {
		f.Add(string(seed.Data))
	}
	f.Add("resource \"a\" \"b\" {\n  for_each = { x = 1 }\n  v = \"${each.key}-${upper(a.c.id)}\"\n}\nresource \"a\" \"c\" {}\n")
	f.Add("variable \"on\" {\n  type = bool\n}\nlocals {\n  x = var.on ? [for i in range(3) : i if var.on] : null\n}\nresource \"a\" \"b\" {\n  count = length(try(local.x, []))\n  v = one(a.b[*].id)\n}\n")
	f.Add("data \"aws_iam_policy_document\" \"d\" {\n  dynamic \"statement\" {\n    for_each = var.x\n    content {\n      actions = statement.value\n    }\n  }\n}\nvariable \"x\" {}\nresource \"a\" \"b\" {\n  p = data.aws_iam_policy_document.d.json\n}\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4_000 {
			return
		}
		a := run(t, text, eval.Inputs{})
		for _, d := range a.Errors {
			if strings.Contains(d.Message, "which is a defect") {
				t.Fatal(d.Message)
			}
		}
		b := run(t, text, eval.Inputs{})
		if a.when() != b.when() {
			t.Fatalf("two runs differ:\n%s\n%s", a.when(), b.when())
		}
		for i, in := range a.Instances {
			if a.show(in.Config) != b.show(b.Instances[i].Config) {
				t.Fatalf("two runs differ in %s:\n%s\n%s", in.Address, a.show(in.Config), b.show(b.Instances[i].Config))
			}
		}
	})
}
