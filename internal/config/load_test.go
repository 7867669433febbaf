package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

var names = config.Names(all.Packs())

// load gives the configuration, and what is wrong with it as line:column: message.
func load(text string) (*config.Config, []string) {
	files := source.NewFileSet()
	c, problems := config.Load(files.Add(config.FileName, []byte(text)), names)
	var out []string
	for _, d := range problems {
		at, _ := files.Location(d.Span)
		out = append(out, fmt.Sprintf("%d:%d: %s", at.StartLine, at.StartColumn, d.Message))
	}
	return c, out
}

func TestEveryMistakeIsSaidAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", "rule:\n  single_zone: off\n", `1:1: unknown key "rule"; did you mean "rules"?`},
		{"an unknown key inside", "roots:\n  app:\n    regoin: eu-west-1\n", `3:5: unknown key "regoin"; did you mean "region"?`},
		{"an unknown key that is like no other", "frobnicate: 1\n", `1:1: unknown key "frobnicate"`},
		{"a repeated key", "region: a\nregion: b\n", `2:1: key "region" is repeated; it is already given in line 1`},
		{"an unknown rule", "rules: { single_zones: off }\n", `1:10: no rule or pack is called "single_zones"; did you mean "single_zone"?`},
		{"an unknown level", "rules:\n  single_zone: warn\n", `2:16: "warn": want off, note, warning, error or on`},
		{"an unknown severity", "fail-on: eror\n", `1:10: "eror": want note, warning, error or none; did you mean "error"?`},
		{"an unknown rule in a list", "exceptions:\n  - { rules: [egres], reason: x }\n", `2:15: no rule or pack is called "egres"; did you mean "egress"?`},
		{"text for a list", "paths:\n  exclude: examples\n", `2:12: "exclude" must be a list, not "examples"`},
		{"a list for text", "region: [a]\n", `1:9: "region" must be text, not a list`},
		{"a map for a list", "exceptions: {}\n", `1:13: "exceptions" must be a list, not a map`},
		{"a list for a map", "rules: [single_zone]\n", `1:8: "rules" must be a map, not a list`},
		{"a file that is a list", "- rules\n", `1:1: the configuration must be a map, not a list`},
		{"a number for text", "region: 7\n", `1:9: "region" must be text: write it in quotes`},
		{"a boolean for a glob", "intent: { isolated: { functions: [true] } }\n", `1:35: an entry of "functions" must be text: write it in quotes`},
		{"nothing for a value", "rules:\nregion: x\n", `1:7: "rules" has no value: give it one or leave it out`},
		{"an impossible day", "exceptions:\n  - rules: [egress]\n    reason: x\n    expires: 2026-02-30\n", `4:14: "2026-02-30" is no day: want YYYY-MM-DD`},
		{"a time", "exceptions: [{rules: [egress], reason: x, expires: 2026-02-03T10:00:00Z}]\n", `1:52: "2026-02-03T10:00:00Z" is no day: want YYYY-MM-DD`},
		{"no reason", "exceptions:\n  - rules: [egress]\n", `2:5: an entry of "exceptions" needs "reason"`},
		{"a blank reason", "exceptions: [{rules: [egress], reason: ' '}]\n", `1:40: "reason" must not be empty`},
		{"an exception of everything", "exceptions: [{reason: x}]\n", `1:14: an entry of "exceptions" needs one of rules, paths, resources, functions`},
		{"an open bracket in a glob", "paths: { exclude: ['a[b'] }\n", `1:20: "a[b" is no glob: a bracket or brace is not closed, or a backslash stands at the end`},
		{"an endless glob", "paths: { exclude: ['" + strings.Repeat("{a,b}", 9) + "'] }\n", `1:20: this glob is too long: 512 characters and 16 choices are the limit`},
		{"an absolute path", "paths: { exclude: [/etc] }\n", `1:20: "/etc": paths are relative to the directory of this file`},
		{"a map for a parameter", "roots: { a.yaml: { parameters: { A: { B: c } } } }\n", `1:37: a parameter must be text, a number, a boolean or a list of those`},
		{"an assertion of nobody", "intent: { assertions: [{ must-reach: [internet] }] }\n", `1:24: an entry of "assertions" needs one of functions, tags`},
		{"an assertion of nothing", "intent: { assertions: [{ functions: [A] }] }\n", `1:24: an entry of "assertions" needs one of must-reach, must-not-reach`},
		{"an empty service", "intent: { assertions: [{ functions: [A], must-reach: ['service:'] }] }\n", `1:55: "service:": want internet, internet6, service:sqs, 10.0.3.4:5432 or the address of a resource`},
		{"what follows text beyond ASCII", "region: 'süd'\nrule: {}\n", `2:1: unknown key "rule"; did you mean "rules"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := load(c.text)
			if diff := cmp.Diff([]string{c.want}, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAllMistakesAreSaidAtOnce(t *testing.T) {
	_, got := load("rule: {}\nfail-on: never\nregion: []\n")
	if len(got) != 3 {
		t.Errorf("got %q", got)
	}
}

func TestAFileWithoutContentIsEmpty(t *testing.T) {
	for _, text := range []string{"", "\n\n", "# nothing yet\n", "\ufeff---\n# nothing\n", "{}\n"} {
		if c, problems := load(text); len(problems) > 0 || c.Region != "" {
			t.Errorf("%q: %q", text, problems)
		}
	}
}

func TestHostileTextIsRefusedInTime(t *testing.T) {
	for name, text := range map[string]string{
		"large":       "region: " + strings.Repeat("x", 300<<10),
		"deep":        strings.Repeat("[", 10_000),
		"aliases":     "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n",
		"not UTF-8":   "region: \xff",
		"two in one":  "region: a\n---\nregion: b\n",
		"syntax":      "region: 'a\n",
		"merged keys": "a: &a { rule: x }\n<<: *a\n",
	} {
		if _, problems := load(text); len(problems) == 0 {
			t.Errorf("%s: no problem", name)
		}
	}
}

func TestAConfigurationIsReadInItsOrder(t *testing.T) {
	c, problems := load(`
roots:
  "*": { region: eu-west-1, variables: { names: [a, "b${c}", 1, null], on: true, size: 010 } }
  app/: { parameters: { Subnets: [subnet-1, subnet-2], Count: 2 } }
rules: { egress: off, public_subnet_only: on }
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := c.Roots[1].Key.Value; got != "app" {
		t.Errorf("the second root is %q", got)
	}
	if got, _ := c.Roots[1].Value.Parameters.Get("Subnets"); got != "subnet-1,subnet-2" {
		t.Errorf("Subnets is %q", got)
	}
	for key, want := range map[string]config.Variable{
		"names": {Text: `["a", "b$${c}", 1, null]`, Expression: true}, "on": {Text: "true"}, "size": {Text: "010"},
	} {
		if got, _ := c.Roots[0].Value.Variables.Get(key); got != want {
			t.Errorf("%s is %+v", key, got)
		}
	}
	for rule, want := range map[string]config.Level{"nat_unused": config.Off, "public_subnet_only": config.On} {
		if got := c.Level(rule, "egress"); got != want {
			t.Errorf("%s is %s", rule, got)
		}
	}
	if got := c.Level("single_zone", "resilience"); got != config.On {
		t.Errorf("what is not written is %s", got)
	}
}

func TestPathsOfExceptionsAreMadeRelativeToTheBoundary(t *testing.T) {
	c, problems := load("exceptions: [{ paths: [old, '../x/*.yaml', .], reason: x }]\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []string{`a\[b\]/old`, `a\[b\]/old/**`, "x/*.yaml", "x/*.yaml/**", `a\[b\]`, `a\[b\]/**`}
	if diff := cmp.Diff(want, c.Accepted("a[b]")[0].Paths); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"old", "old/**", "../x/*.yaml", "../x/*.yaml/**", "**"}, c.Accepted(".")[0].Paths); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
