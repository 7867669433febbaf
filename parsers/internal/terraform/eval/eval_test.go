package eval_test

import (
	"testing"
)

func TestExpressions(t *testing.T) {
	const rest = `
variable "on" { type = bool }
variable "name" {}
variable "vpc_id" { default = "" }
variable "ids" { type = list(string) }
variable "untyped_ids" {}
variable "cfg" { type = object({ vpc = string, azs = list(string) }) }
resource "aws_vpc" "one" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "maybe" { count = var.on ? 1 : 0 }
resource "aws_subnet" "many" {
  count      = 3
  vpc_id     = aws_vpc.one.id
  cidr_block = cidrsubnet(aws_vpc.one.cidr_block, 8, count.index)
}
resource "aws_subnet" "each" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id     = aws_vpc.one.id
  cidr_block = each.value
}
resource "aws_lambda_function" "f" {
  vpc_config { subnet_ids = aws_subnet.many[*].id }
}
data "aws_subnets" "all" {}
data "external" "x" {}
`
	for _, c := range []struct{ name, text, want string }{
		{"a text", `"a"`, "a"},
		{"a template", `"a-${1 + 1}-${true}"`, "a-2-true"},
		{"a heredoc", "<<-EOT\n    a\n      b\n  EOT\n", "a\n  b\n"},
		{"directives", `"%{for x in ["a", "b"]}<${x}>%{endfor}%{if false}no%{endif}"`, "<a><b>"},
		{"arithmetic", `(1 + 2) * 3 - 10 / 4 % 2`, "8.5"},
		{"an identity", `aws_vpc.one.id`, "${aws_vpc.one.id}"},
		{"a configured attribute", `aws_vpc.one.cidr_block`, "10.0.0.0/16"},
		{"an identity in a text", `"arn:${aws_vpc.one.arn}/x"`, "arn:${aws_vpc.one.arn}/x"},
		{"a splat over count", `aws_subnet.many[*].id`, "[${aws_subnet.many[0].id} ${aws_subnet.many[1].id} ${aws_subnet.many[2].id}]"},
		{"a splat over one", `aws_vpc.one[*].id`, "[${aws_vpc.one.id}]"},
		{"a splat in quotes of 0.11", `"${aws_subnet.many.*.cidr_block}"`, "[10.0.0.0/24 10.0.1.0/24 10.0.2.0/24]"},
		{"an index of 0.11", `"${aws_subnet.many.1.id}"`, "${aws_subnet.many[1].id}"},
		{"an instance by key", `aws_subnet.each["a"].cidr_block`, "10.0.1.0/24"},
		{"values of for_each", `values(aws_subnet.each)[*].id`, `[${aws_subnet.each["a"].id} ${aws_subnet.each["b"].id}]`},
		{"for over for_each", `{ for k, s in aws_subnet.each : k => s.id if k != "a" }`, `{b=${aws_subnet.each["b"].id}}`},
		{"an unset attribute in a nested block", `aws_lambda_function.f.vpc_config[0].vpc_id`, "${aws_lambda_function.f.vpc_config[0].vpc_id}"},
		{"a list in a nested block", `length(aws_lambda_function.f.vpc_config[0].subnet_ids)`, "3"},
		{"an attribute of a data source", `data.external.x.result.file`, "${data.external.x.result.file}"},
		{"a list of a data source", `data.aws_subnets.all.ids`, "<data.aws_subnets.all.ids>"},
		{"an element of it", `data.aws_subnets.all.ids[1]`, "${data.aws_subnets.all.ids[1]}"},
		{"a variable without a value", `var.name`, "${var.name}"},
		{"a list variable without a value", `var.ids`, "<var.ids>"},
		{"an object variable without a value", `var.cfg.vpc`, "${var.cfg.vpc}"},
		{"a boolean variable without a value", `var.on`, "(var.on=true ? true : false)"},
		{"an empty default at the root", `var.vpc_id`, "${var.vpc_id}"},
		{"the choice of the usual test", `var.vpc_id == "" ? aws_vpc.one.id : var.vpc_id`, "(var.vpc_id= ? ${aws_vpc.one.id} : ${var.vpc_id})"},
		{"coalesce of a variable that may be unset", `coalesce(var.vpc_id, aws_vpc.one.id)`, "(var.vpc_id= ? ${aws_vpc.one.id} : ${var.vpc_id})"},
		{"a conditional instance", `aws_vpc.maybe[0].id`, "${aws_vpc.maybe[0].id}"},
		{"try of a conditional instance", `try(aws_vpc.maybe[0].id, aws_vpc.one.id)`, "(var.on=true ? ${aws_vpc.maybe[0].id} : ${aws_vpc.one.id})"},
		{"one of a conditional instance", `one(aws_vpc.maybe[*].id)`, "(var.on=true ? ${aws_vpc.maybe[0].id} : null)"},
		{"join of a conditional instance", `join("", aws_vpc.maybe[*].id)`, "(var.on=true ? ${aws_vpc.maybe[0].id} : )"},
		{"a conditional list", `var.on ? [aws_vpc.one.id] : []`, "(var.on=true ? [${aws_vpc.one.id}] : [])"},
		{"concat with a conditional list", `concat(["a"], var.on ? ["b"] : [])`, "(var.on=true ? [a b] : [a])"},
		{"the length of it", `length(aws_vpc.maybe) > 0`, "(var.on=true ? true : false)"},
		{"correlated conditions", `var.on ? (var.on ? "a" : "b") : (var.on ? "c" : "d")`, "(var.on=true ? a : d)"},
		{"the length of an unknown list", `length(var.ids) > 0`, "(not(length(var.ids)=0) ? true : false)"},
		{"the same question about it", `0 != length(var.ids)`, "(not(length(var.ids)=0) ? true : false)"},
		{"a length is never below 0", `length(var.ids) >= 0`, "true"},
		{"two lengths exclude each other", `length(var.ids) == 1 ? length(var.ids) == 0 : false`, "(and(length(var.ids)=1,length(var.ids)=0) ? true : false)"},
		{"a list is no tuple", `toset([]) == [] || tolist(["a"]) == ["a"]`, "false"},
		{"a list variable is no tuple either", `var.ids != []`, "true"},
		{"what has no type may be one", `var.untyped_ids != []`, "(not([] == var.untyped_ids=true) ? true : false)"},
		{"negation", `!var.on && true`, "(not(var.on=true) ? true : false)"},
		{"identities of two resources differ", `aws_vpc.one.id == aws_subnet.many[0].id`, "false"},
		{"an identity is not empty", `aws_vpc.one.id != ""`, "true"},
		{"an identity is not null", `aws_vpc.one.id == null`, "false"},
		{"a text that looks into a token", `upper(aws_vpc.one.id)`, "${upper(${aws_vpc.one.id})}"},
		{"the same call is the same symbol", `upper(aws_vpc.one.id) == upper(aws_vpc.one.id)`, "true"},
		{"a lookup by a key that is not known", `{ a = 1, b = 2 }[var.name]`, "(var.name=a ? 1 : 2)"},
		{"lookup with a default", `lookup({ a = "x" }, var.name, "y")`, "(var.name=a ? x : y)"},
		{"lookup", `lookup({ a = "x" }, "a")`, "x"},
		{"json", `jsonencode({ a = aws_vpc.one.id, b = [1, null] })`, `{"a":"${aws_vpc.one.id}","b":[1,null]}`},
		{"json in and out", `jsondecode(jsonencode({ a = aws_vpc.one.id })).a`, "${aws_vpc.one.id}"},
		{"json of a list not given", `jsonencode({ a = [var.ids], b = "x" })`, `{"a":["${var.ids}"],"b":"x"}`},
		{"json of a map with a list not given", `jsonencode(tomap({ a = var.ids, b = tolist(["x"]) }))`, `{"a":"${var.ids}","b":["x"]}`},
		{"json of a choice", `jsonencode({ a = var.on ? 1 : 2 })`, `(var.on=true ? {"a":1} : {"a":2})`},
		{"merge", `merge({ a = 1 }, { b = aws_vpc.one.id })`, "{a=1 b=${aws_vpc.one.id}}"},
		{"flatten", `flatten([["a"], [["b"]]])`, "[a b]"},
		{"setproduct", `setproduct(["a", "b"], ["c"])`, "[[a c] [b c]]"},
		{"cidrsubnets", `cidrsubnets("10.0.0.0/16", 4, 4)`, "[10.0.0.0/20 10.0.16.0/20]"},
		{"flatten of a choice", `flatten([var.on ? [] : ["a", "b"], "c"])`, "(var.on=true ? [c] : [a b c])"},
		{"flatten of a choice inside", `flatten([[[var.on ? ["a"] : []]]])`, "(var.on=true ? [a] : [])"},
		{"flatten of choices alike", `flatten([for x in ["a", "b"] : var.on ? [x] : []])`, "(var.on=true ? [a b] : [])"},
		{"flatten of a choice of texts", `flatten([var.on ? "a" : "b", ["c"]])`, "[(var.on=true ? a : b) c]"},
		{"compact", `compact(["a", "", null])`, "[a]"},
		{"compact of a choice", `compact([var.on ? "a" : "", "b"])`, "(var.on=true ? [a b] : [b])"},
		{"contains", `contains(["a", "b"], "b")`, "true"},
		{"contains of a variable", `contains(["a"], var.name)`, "(var.name=a ? true : false)"},
		{"element wraps", `element(["a", "b"], 3)`, "b"},
		{"element of a data source", `element(data.aws_subnets.all.ids, 0)`, "${data.aws_subnets.all.ids[0]}"},
		{"toset", `toset(["b", "a", "b"])`, "[a b]"},
		{"toset of identities", `length(toset(aws_subnet.many[*].id))`, "3"},
		{"a number from a token", `tonumber(data.external.x.result.n) + 1`, "<(data.external.x.result.n + 1)>"},
		{"format", `format("%s-%02d", aws_vpc.one.id, 3)`, "${aws_vpc.one.id}-03"},
		{"replace of a plain text", `replace("a-b", "-", "_")`, "a_b"},
		{"replace of a pattern", `replace("a1b", "/[0-9]/", "_")`, "a_b"},
		{"regex", `regex("[a-z]+", "123abc")`, "abc"},
		{"list and map of 0.11", `merge(map("a", "b"), map("c", element(list("d"), 0)))`, "{a=b c=d}"},
		{"can", `can(tonumber("x"))`, "false"},
		{"zipmap", `zipmap(["a"], [aws_vpc.one.id])`, "{a=${aws_vpc.one.id}}"},
		{"split", `split(",", "a,b")`, "[a b]"},
		{"an unknown list stays one", `[for s in var.ids : s]`, "<var.ids[*]>"},
		{"alltrue", `alltrue([true, var.on])`, "(var.on=true ? true : false)"},
		{"grouping", `{ for s in ["a1", "b1", "a2"] : substr(s, 0, 1) => s... }`, "{a=[a1 a2] b=[b1]}"},
		{"expanded arguments", `max([1, 5, 3]...)`, "5"},
		{"path", `"${path.module}/x"`, "./x"},
		{"an unknown function", `frobnicate(1)`, `notice: function "frobnicate" is not known, so its result is not`},
		{"a provider's function", `provider::aws::arn_parse("x").account`, `${provider::aws::arn_parse("x").account}`},
		{"a missing element", `["a"][3]`, "notice: there is no element 3 in a list of 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := expression(t, c.text, rest); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}
