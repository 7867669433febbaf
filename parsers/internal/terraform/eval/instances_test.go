package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// when lists the instances with the conditions under which they exist.
func (e *evaluated) when() string {
	var out []string
	for _, in := range e.Instances {
		line := in.Address
		if !in.When.IsAlways() {
			line += " if " + in.When.String()
		}
		if in.Summary {
			line += " (any number)"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestInstances(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a plain resource", `resource "a" "b" {}`, "a.b"},
		{"count", "resource \"a\" \"b\" {\n  count = 2\n}", "a.b[0]\na.b[1]"},
		{"a count in quotes of 0.11", "resource \"a\" \"b\" {\n  count = \"${length(list(1, 2))}\"\n}", "a.b[0]\na.b[1]"},
		{"a count of none", "resource \"a\" \"b\" {\n  count = 0\n}", ""},
		{"for_each over a map", "resource \"a\" \"b\" {\n  for_each = { x = 1, y = 2 }\n}", "a.b[\"x\"]\na.b[\"y\"]"},
		{"for_each over a set", "resource \"a\" \"b\" {\n  for_each = toset([\"y\", \"x\"])\n}", "a.b[\"x\"]\na.b[\"y\"]"},
		{"for_each over another resource", "resource \"a\" \"b\" {\n  for_each = { x = 1 }\n}\nresource \"c\" \"d\" {\n  for_each = a.b\n}", "a.b[\"x\"]\nc.d[\"x\"]"},
		{"for_each with identities as keys", "resource \"a\" \"b\" {}\nresource \"c\" \"d\" {\n  for_each = toset([a.b.id])\n}", "a.b\nc.d[\"${a.b.id}\"]"},
		{"a count under a condition", "variable \"on\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  count = var.on ? 1 : 0\n}", "a.b[0] if var.on=true"},
		{"a count with one in both cases", "variable \"on\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  count = var.on ? 2 : 1\n}", "a.b[0]\na.b[1] if var.on=true"},
		{"a for_each under a condition", "variable \"on\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  for_each = var.on ? toset([\"x\"]) : toset([])\n}", "a.b[\"x\"] if var.on=true"},
		{"a count of an unknown list", "variable \"ids\" {\n  type = list(string)\n}\nresource \"a\" \"b\" {\n  count = length(var.ids)\n}", "a.b[*] if not(length(var.ids)=0) (any number)"},
		{"for_each over an unknown set", "variable \"ids\" {\n  type = set(string)\n}\nresource \"a\" \"b\" {\n  for_each = var.ids\n}", "a.b[*] if not(length(var.ids)=0) (any number)"},
		{"an unknown count under a condition", "variable \"on\" {\n  type = bool\n}\nvariable \"n\" {\n  type = number\n}\nresource \"a\" \"b\" {\n  count = var.on ? var.n : 0\n}", "a.b[*] if and(var.on=true,not(var.n=0)) (any number)"},
		{"an unknown count of two cases", "variable \"on\" {\n  type = bool\n}\nvariable \"n\" {\n  type = number\n}\nvariable \"m\" {\n  type = number\n}\nresource \"a\" \"b\" {\n  count = var.on ? var.n : var.m\n}", "a.b[*] if or(and(var.on=true,not(var.n=0)),and(not(var.on=true),not(var.m=0))) (any number)"},
		{"a count that is computed of an unknown list", "variable \"ids\" {\n  type = list(string)\n}\nresource \"a\" \"b\" {\n  count = min(length(var.ids), 3)\n}", "a.b[*] if not(length(var.ids)=0) (any number)"},
		{"a count times a switch", "variable \"ids\" {\n  type = list(string)\n}\nvariable \"on\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  count = (var.on ? 1 : 0) * length(var.ids)\n}\nresource \"c\" \"d\" {\n  count = length(var.ids) * 0\n}", "a.b[*] if and(var.on=true,not(length(var.ids)=0)) (any number)"},
		{"for_each over what has no type", "variable \"of\" {\n  type = any\n}\nresource \"a\" \"b\" {\n  for_each = var.of\n}", "a.b[*] if not(length(var.of)=0) (any number)"},
		{"an enabled condition from two variables", "variable \"a\" {\n  type = bool\n}\nvariable \"b\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  count = var.a && !var.b ? 1 : 0\n}", "a.b[0] if and(var.a=true,not(var.b=true))"},
		{"a comparison with a text", "variable \"env\" {\n  type = string\n}\nresource \"a\" \"b\" {\n  count = var.env == \"prod\" ? 1 : 0\n}", "a.b[0] if var.env=prod"},
		{"a resource that is not enabled", "resource \"a\" \"b\" {\n  lifecycle {\n    enabled = false\n  }\n}\nresource \"c\" \"d\" {\n  count = a.b == null ? 1 : 2\n}", "c.d[0]"},
		{"a resource that is enabled", "resource \"a\" \"b\" {\n  lifecycle {\n    enabled = true\n  }\n}\nresource \"c\" \"d\" {\n  for_each = toset([a.b.id])\n}", "a.b\nc.d[\"${a.b.id}\"]"},
		{"a resource that is enabled under a condition", "variable \"on\" {\n  type = bool\n}\nresource \"a\" \"b\" {\n  lifecycle {\n    enabled = var.on\n  }\n}\nresource \"c\" \"d\" {\n  lifecycle {\n    enabled = a.b != null\n  }\n}", "a.b if var.on=true\nc.d if var.on=true"},
		{"a lifecycle that says other things", "resource \"a\" \"b\" {\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}", "a.b"},
		{"a data source", "data \"a\" \"b\" {}", "data.a.b"},
		{"blocks that change nothing", "terraform {}\nmoved {\n  from = a.c\n  to = a.b\n}\nimport {\n  to = a.b\n  id = \"x\"\n}\ncheck \"c\" {}\nremoved {\n  from = a.z\n}\nresource \"a\" \"b\" {}", "a.b"},
		{"an ephemeral resource", "ephemeral \"a\" \"b\" {}", "data.a.b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := run(t, c.text, eval.Inputs{}).clean().when(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestNestedBlocks(t *testing.T) {
	e := run(t, `
variable "on" { type = bool }
variable "rules" { type = list(string) }
resource "aws_security_group" "s" {
  ingress {
    from_port = 1
  }
  dynamic "ingress" {
    for_each = { a = 2, b = 3 }
    content {
      from_port   = ingress.value
      description = ingress.key
    }
  }
  dynamic "egress" {
    for_each = var.on ? [443] : []
    iterator = port
    content {
      from_port = port.value
    }
  }
  dynamic "timeouts" {
    for_each = var.rules
    content {}
  }
}
resource "x" "y" {
  ports = aws_security_group.s.ingress[*].from_port
  out   = aws_security_group.s.egress[0].from_port
}
`, eval.Inputs{}).clean()
	for name, want := range map[string]string{
		"ingress":  "[{from_port=1} {description=a from_port=2} {description=b from_port=3}]",
		"egress":   "[(var.on=true ? {from_port=443} : null)]",
		"timeouts": "[<var.rules>]",
	} {
		if got := e.value("aws_security_group.s", name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	if got := e.value("x.y", "ports"); got != "[1 2 3]" {
		t.Errorf("a splat over nested blocks gives %s", got)
	}
	if got := e.value("x.y", "out"); got != "443" {
		t.Errorf("a nested block under a condition gives %s", got)
	}
	places := e.instance("aws_security_group.s").Places
	for path, line := range map[string]int{"ingress[0].from_port": 6, "ingress[2].from_port": 11, "egress[0].from_port": 19, "timeouts[0]": 22} {
		if at, ok := e.files.set.Location(places[path]); !ok || at.StartLine != line {
			t.Errorf("%s is at line %d, want %d", path, at.StartLine, line)
		}
	}
}

// What is there for each of another thing is there where that is.
func TestWhatIsCountedByOneNumberIsThereTogether(t *testing.T) {
	const of = `
variable "ids" { type = list(string) }
variable "more" { type = list(string) }
variable "tags" { type = map(string) }
variable "n" { type = number }
variable "on" { type = bool }
resource "aws_subnet" "a" { count = length(var.ids) }
resource "aws_subnet" "n" { count = var.n }
resource "aws_subnet" "t" { for_each = var.tags }
resource "aws_subnet" "on" { count = var.on ? length(var.ids) : 0 }
`
	const ids, on = "not(length(var.ids)=0)", "and(var.on=true,not(length(var.ids)=0))"
	for count, want := range map[string]string{
		`length(aws_subnet.a)`:                                ids,
		`length(aws_subnet.a[*].id)`:                          ids,
		`length(aws_subnet.a.*.id) > 0 ? 1 : 0`:               ids,
		`length([for s in aws_subnet.a : s.id])`:              ids,
		`length({ for i, s in aws_subnet.a : i => s.id })`:    ids,
		`length(reverse(aws_subnet.a[*].id))`:                 ids,
		`length([for s in aws_subnet.a : s.id if s.x == ""])`: "not(length(aws_subnet.a for aws_subnet.a[*].id at main.tf:11:35)=0)",
		`length(aws_subnet.n)`:                                "not(var.n=0)",
		`length(aws_subnet.n) > 0 ? 1 : 0`:                    "not(var.n=0)",
		`length(aws_subnet.t)`:                                "not(length(var.tags)=0)",
		`length(keys(var.tags))`:                              "not(length(var.tags)=0)",
		`length(values(aws_subnet.t)[*].id)`:                  "not(length(var.tags)=0)",
		`length(aws_subnet.on)`:                               on,
		`length(aws_subnet.on) > 0 ? 1 : 0`:                   on,
		`length(var.ids) + 1`:                                 "always",
		`max(length(var.ids), 1)`:                             "always",
		`max(length(var.ids), length(var.more))`:              "not(and(length(var.ids)=0,length(var.more)=0))",
		`min(length(var.ids), length(var.more))`:              "not(or(length(var.ids)=0,length(var.more)=0))",
		`length(var.ids) * length(var.more)`:                  "not(or(length(var.ids)=0,length(var.more)=0))",
		`var.n - 1`:                                           "not((var.n - 1)=0)",
	} {
		e := run(t, of+"resource \"a\" \"b\" { count = "+count+" }\n", eval.Inputs{}).clean()
		if got := e.Instances[len(e.Instances)-1].When.String(); got != want {
			t.Errorf("%s: got %s, want %s", count, got, want)
		}
	}
}

func TestABlockThatIsWrittenOnceIsThereUnlessThereIsNothingToGoOver(t *testing.T) {
	e := run(t, `
variable "networks" { type = list(object({ subnet_ids = list(string) })) }
variable "network" {}
resource "aws_lambda_function" "typed" {
  dynamic "vpc_config" {
    for_each = var.networks
    content {
      subnet_ids = vpc_config.value.subnet_ids
    }
  }
}
resource "aws_lambda_function" "untyped" {
  dynamic "vpc_config" {
    for_each = var.network
    content {
      subnet_ids = vpc_config.value.subnet_ids
    }
  }
}
`, eval.Inputs{}).clean()
	for address, want := range map[string]string{
		"aws_lambda_function.typed":   "[(not(length(var.networks)=0) ? {subnet_ids=<var.networks[*].subnet_ids>} : null)]",
		"aws_lambda_function.untyped": "[(not(length(var.network)=0) ? {subnet_ids=<var.network[*].subnet_ids>} : null)]",
	} {
		if got := e.value(address, "vpc_config"); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestDependencies(t *testing.T) {
	e := run(t, `
locals { vpc = aws_vpc.v.id }
resource "aws_vpc" "v" {}
resource "aws_iam_role_policy" "p" {}
resource "aws_eip" "e" {
  lifecycle {
    enabled = aws_vpc.v != null
  }
}
module "net" {
  source     = "./net"
  vpc        = local.vpc
  depends_on = [aws_iam_role_policy.p]
}
resource "aws_lambda_function" "f" {
  vpc_config {
    subnet_ids = module.net.ids
  }
  depends_on = [aws_iam_role_policy.p]
  lifecycle {
    replace_triggered_by = [aws_vpc.v]
  }
}
-- net/main.tf --
variable "vpc" {}
resource "aws_subnet" "s" {
  count  = 2
  vpc_id = var.vpc
}
output "ids" { value = aws_subnet.s[*].id }
`, eval.Inputs{}).clean()
	for address, want := range map[string][]string{
		"aws_lambda_function.f":      {"aws_iam_role_policy.p", "module.net.aws_subnet.s"},
		"module.net.aws_subnet.s[0]": {"aws_iam_role_policy.p", "aws_vpc.v"},
		"module.net.aws_subnet.s[1]": {"aws_iam_role_policy.p", "aws_vpc.v"},
		"aws_eip.e":                  {"aws_vpc.v"},
		"aws_vpc.v":                  nil,
	} {
		got := slices.Sorted(slices.Values(e.instance(address).Depends))
		if !slices.Equal(got, want) {
			t.Errorf("%s depends on %v, want %v", address, got, want)
		}
	}
}

func TestExportedIdentities(t *testing.T) {
	e := run(t, `
resource "aws_vpc" "shared" {}
resource "aws_vpc" "own" {}
resource "aws_ssm_parameter" "p" {
  name  = "/vpc"
  type  = "String"
  value = jsonencode({ id = aws_vpc.shared.id })
}
output "own" { value = aws_vpc.own.id }
`, eval.Inputs{}).clean()
	if e.Exported["aws_vpc.shared"].Name != "aws_ssm_parameter.p" {
		t.Errorf("a parameter exports %v", e.Exported)
	}
	if _, ok := e.Exported["aws_vpc.own"]; ok {
		t.Error("a plain output exports nothing")
	}
}

func TestAnInstanceThatIsNotThereIsNamed(t *testing.T) {
	for _, c := range []struct{ name, count, reference, want string }{
		{"past the last", "1", "a.b[1].id", "${a.b[1].id}"},
		{"of none", "0", "a.b[0].id", "${a.b[0].id}"},
		{"of none, by the index of another", "0", "a.b[count.index].id", "${a.b[0].id}"},
		{"of none, in quotes", "0", "\"${a.b[0].id}\"", "${a.b[0].id}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := run(t, "-- main.tf --\nresource \"a\" \"b\" {\n  count = "+c.count+"\n}\nresource \"c\" \"d\" {\n  count = 1\n  of = "+c.reference+"\n}", eval.Inputs{})
			if v := got.value("c.d[0]", "of"); v != c.want {
				t.Errorf("got %s, want %s", v, c.want)
			}
			if len(got.Notices) != 1 {
				t.Errorf("want one notice, got %v", got.Notices)
			}
			ghost := got.instance(strings.TrimSuffix(strings.TrimPrefix(c.want, "${"), ".id}"))
			if ghost == nil || !ghost.When.IsNever() {
				t.Errorf("want an instance that never exists, got %v", ghost)
			}
		})
	}
}

// Where there are no instances, the key by which one is asked for may be one of none, too: nothing is wrong for
// certain.
func TestAKeyThatIsNotKnownIntoNoInstances(t *testing.T) {
	e := run(t, `
-- main.tf --
variable "names" {
  type = map(string)
}
resource "a" "none" {
  for_each = {}
}
resource "a" "b" {
  for_each = var.names
  of       = a.none[each.value].id
}
`, eval.Inputs{})
	if len(e.Notices)+len(e.Errors) > 0 {
		t.Errorf("notices %v, errors %v", e.Notices, e.Errors)
	}
}

// TestInstancesComeInTheSameOrderInEveryRun, though nothing is known of their keys but where they come from.
func TestInstancesComeInTheSameOrderInEveryRun(t *testing.T) {
	const archive = `
-- main.tf --
variable "of" {
  type = object({ e = string, a = string, d = string, b = string, c = string })
}
resource "aws_vpc" "v" {
  for_each = toset(values(var.of))
}
`
	addresses := func() (out []string) {
		e := run(t, archive, eval.Inputs{})
		for _, address := range e.addresses() {
			out = append(out, e.show(cty.StringVal(address)))
		}
		return out
	}
	want := addresses()
	if len(want) != 5 || !strings.Contains(want[0], "var.of.a") {
		t.Fatalf("instances are %q, want one for each attribute", want)
	}
	for range 20 {
		if got := addresses(); !slices.Equal(got, want) {
			t.Fatalf("instances are %q, want %q", got, want)
		}
	}
}

// What is there under a condition that is too long to keep is not there in any world for certain.
func TestALongConditionIsAbridged(t *testing.T) {
	var variables, all strings.Builder
	for i := range 40 {
		fmt.Fprintf(&variables, "variable \"switch_number_%d\" {\n  type = bool\n}\n", i)
		fmt.Fprintf(&all, "var.switch_number_%d && ", i)
	}
	text := variables.String() + "resource \"a\" \"b\" {\n  count = " + all.String() + "true ? 1 : 0\n}\n"
	e := run(t, text, eval.Inputs{}).clean()
	exists := (*fact.World)(nil).Holds(e.Instances[0].When)
	isAbridged := func(m fact.Missing) bool { return m.Atom == nil }
	if !exists.IsUnknown() || !slices.ContainsFunc(exists.Missing, isAbridged) {
		t.Errorf("got %+v, want a question about which nothing can be assumed", exists)
	}
}
