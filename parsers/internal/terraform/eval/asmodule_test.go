package eval_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

const asModule = `
variable "subnet_ids" {
  type    = list(string)
  default = []
}
variable "network" {
  type    = object({ groups = list(string) })
  default = null
}
variable "empty" {
  type    = object({ on = bool, groups = list(string) })
  default = { on = false, groups = [] }
}
variable "policies" {
  type    = list(string)
  default = []
}
variable "public" {
  default = false
}
variable "cidr" {
  default = "10.0.0.0/16"
}
locals {
  groups = var.network == null ? [] : var.network.groups
}
resource "aws_lambda_function" "api" {
  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = local.groups
  }
}
resource "aws_lambda_function" "second" {
  dynamic "vpc_config" {
    for_each = var.empty.on ? [1] : []
    content {
      security_group_ids = var.empty.groups
    }
  }
}
resource "x" "y" {
  on       = var.empty.on
  empty    = var.empty.groups
  policies = var.policies
  public   = var.public
  cidr     = var.cidr
  subnets  = var.subnet_ids
  groups   = local.groups
}
resource "aws_iam_role" "r" {}
resource "aws_route_table" "t" {}
output "all" {
  value = [aws_route_table.t.id, aws_iam_role.r.name]
}
`

func TestALibraryIsWhatItsCallersMakeOfIt(t *testing.T) {
	own, library := run(t, asModule, eval.Inputs{}).clean(), run(t, asModule, eval.Inputs{Library: true}).clean()
	for _, c := range []struct{ name, argument, own, library string }{
		{"what its functions are attached by is for callers to give", "subnets", "<var.subnet_ids>", "<var.subnet_ids>"},
		{"through locals, and in objects", "groups", "[]", "(var.network=null ? [] : <var.network.groups>)"},
		{"lists in an object are for callers to give", "empty", "[]", "(var.empty=its default ? [] : <var.empty.groups>)"},
		{"and so is a switch beside them", "on", "false", "(and(not(var.empty=its default),var.empty.on=true) ? true : false)"},
		{"a switch may be set either way", "public", "false", "(var.public=true ? true : false)"},
		{"other lists keep their default", "policies", "[]", "[]"},
		{"other texts keep their default", "cidr", "10.0.0.0/16", "10.0.0.0/16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := own.value("x.y", c.argument); got != c.own {
				t.Errorf("by itself it is %s, want %s", got, c.own)
			}
			if got := library.value("x.y", c.argument); got != c.library {
				t.Errorf("as a library it is %s, want %s", got, c.library)
			}
		})
	}
	t.Run("what its outputs name is for callers to build on, but not its roles", func(t *testing.T) {
		var left []string
		for address := range library.Exported {
			left = append(left, address)
		}
		if len(own.Exported) > 0 || !slices.Equal(left, []string{"aws_route_table.t"}) {
			t.Errorf("%v leave by itself, %v as a library", own.Exported, left)
		}
	})
}

func TestSubnetsAreForCallersToGive(t *testing.T) {
	text := `
variable "private" {
  type    = list(string)
  default = []
}
variable "public" {
  type    = map(object({ cidr = string }))
  default = {}
}
variable "given" {
  type    = list(string)
  default = ["10.0.0.0/24"]
}
variable "tags" {
  type    = map(string)
  default = {}
}
locals {
  count = length(var.private)
}
resource "aws_subnet" "private" {
  count      = local.count
  cidr_block = var.private[count.index]
  tags       = var.tags
}
resource "aws_subnet" "public" {
  for_each = var.public
}
resource "aws_subnet" "given" {
  count = length(var.given)
}
resource "x" "y" {
  tags = var.tags
}
`
	const none = "aws_subnet.given[0]\nx.y"
	const some = "aws_subnet.private[*] if not(length(var.private)=0) (any number)\n" +
		"aws_subnet.public[*] if not(length(var.public)=0) (any number)\n" + none
	for _, c := range []struct {
		name string
		in   eval.Inputs
		want string
	}{
		{"a root module is deployed with its defaults", eval.Inputs{}, none},
		{"of a library callers say which subnets there are", eval.Inputs{Library: true}, some},
		{"and of a module that may be one", eval.Inputs{Callable: true}, some},
		{"none are given", eval.Inputs{Callable: true, Vars: map[string]string{"private": "[]", "public": "{}"}}, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := run(t, text, c.in).clean()
			if got := e.when(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if got := e.value("x.y", "tags"); got != "{}" {
				t.Errorf("tags are %s", got)
			}
		})
	}
}

// A list that the module hands to those that it calls is as good as one that it counts subnets by itself.
func TestCallersSayWhichSubnetsTheModulesBelowHave(t *testing.T) {
	const text = `
variable "ranges" {
  default = []
}
variable "tags" {
  default = {}
}
variable "networks" {
  default = {}
}
module "subnets" {
  source = "./outer"
  cidrs  = var.ranges
  tags   = var.tags
}
module "networks" {
  source   = "./one"
  for_each = var.networks
}
-- outer/main.tf --
variable "cidrs" {}
variable "tags" {}
module "inner" {
  source = "../inner"
  list   = [for c in var.cidrs : c if c != ""]
}
module "outer" {
  source = "../outer"
  cidrs  = []
  tags   = {}
  count  = 0
}
resource "x" "y" {
  for_each = var.tags
}
-- inner/main.tf --
variable "list" {}
resource "aws_subnet" "s" {
  count = length(var.list)
}
-- one/main.tf --
resource "aws_subnet" "s" {}
`
	e := run(t, text, eval.Inputs{Callable: true}).clean()
	if got, want := e.addresses(), []string{
		"module.subnets.module.inner.aws_subnet.s[*]", "module.networks[*].aws_subnet.s",
	}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := run(t, text, eval.Inputs{}).clean().addresses(); len(got) != 0 {
		t.Errorf("a root module is deployed with its defaults, which make %v", got)
	}
}

func TestADeploymentThatOthersMayCall(t *testing.T) {
	const group = `
resource "aws_security_group" "g" {}
output "group" {
  value = aws_security_group.g.id
}
`
	waiting := strings.Replace(asModule, "default = []", "default = null", 1)
	alone := strings.NewReplacer("default = []", `default = ["a"]`, "default = null", `default = { groups = ["b"] }`).Replace(asModule)
	for _, c := range []struct{ name, module, public string }{
		{"a switch may be set by those who attach its functions", waiting + group, "(var.public=true ? true : false)"},
		{"and keeps its default where they are attached already", alone + group, "false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := run(t, c.module, eval.Inputs{Callable: true}).clean()
			if got := e.value("x.y", "public"); got != c.public {
				t.Errorf("it is %s, want %s", got, c.public)
			}
			if left := slices.Collect(maps.Keys(e.Exported)); !slices.Equal(left, []string{"aws_security_group.g"}) {
				t.Errorf("%v leave, want the group alone", left)
			}
		})
	}
}

func TestAReferenceToAnInstanceThatIsNotThere(t *testing.T) {
	e := run(t, `
resource "a" "b" {
  count = 1
}
resource "x" "y" {
  gone   = a.b[1].id
  tried  = try(a.b[1].id, "none")
  nested = "${a.b[1].id}-x"
  listed = a.b.*.id[1]
}
`, eval.Inputs{})
	if len(e.Errors) > 0 {
		t.Fatal(e.Errors)
	}
	if got := e.when(); got != "a.b[0]\na.b[1] if never\nx.y" {
		t.Errorf("instances:\n%s", got)
	}
	for argument, want := range map[string]string{"gone": "${a.b[1].id}", "tried": "none", "listed": "${a.b[1].id}"} {
		if got := e.value("x.y", argument); got != want {
			t.Errorf("%s is %s, want %s", argument, got, want)
		}
	}
}

func TestAListThatLeavesOutAnInstance(t *testing.T) {
	e := run(t, `
resource "a" "b" {
  count = 2
}
resource "x" "y" {
  id = slice(a.b[*].id, 0, 1)[1]
}
`, eval.Inputs{})
	if got := e.when(); got != "a.b[0]\na.b[1]\nx.y" {
		t.Errorf("instances:\n%s", got)
	}
}

func TestAnElementAtAPlaceThatIsNotKnownIsOneOfThem(t *testing.T) {
	e := run(t, `
variable "n" {
  type = number
}
resource "a" "b" {
  count = 2
}
resource "x" "y" {
  id   = a.b[var.n].id
  none = [][var.n]
}
`, eval.Inputs{})
	const want = "([a.b[0] a.b[1] ][var.n]=a.b[0] ? ${a.b[0].id} : ${a.b[1].id})"
	if got := e.value("x.y", "id"); got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
}

func TestAnElementOfUnknownlyManyIsOneOfThem(t *testing.T) {
	e := run(t, `
variable "zones" {
  type = "list"
}
resource "aws_subnet" "s" {
  count = "${length(var.zones)}"
}
resource "x" "y" {
  count = "${length(var.zones)}"
  id    = "${element(aws_subnet.s.*.id, count.index)}"
}
`, eval.Inputs{}).clean()
	s, ok := e.Symbols.Only(e.instance("x.y[*]").Config.GetAttr("id").AsString())
	if !ok || s.Address != "aws_subnet.s[*]" || s.Attribute != "id" {
		t.Errorf("the element is %+v", s)
	}
}
