package eval_test

import (
	"slices"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestWhatIsGivenUpGoesOnToExist(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"destroyed":                   {"removed {\n  from = aws_route.r\n  lifecycle {\n    destroy = true\n  }\n}", nil},
		"destroyed unless it is said": {"removed {\n  from = aws_route.r\n}", nil},
		"kept":                        {"removed {\n  from = aws_route.r\n  lifecycle {\n    destroy = false\n  }\n}", []string{"aws_route.r[*]"}},
		"kept in a module": {"removed {\n  from = module.net.module.inner.aws_security_group_rule.r\n  lifecycle {\n    destroy = false\n  }\n}",
			[]string{"module.net.module.inner.aws_security_group_rule.r[*]"}},
		"a function, which adds to nothing": {"removed {\n  from = aws_lambda_function.f\n  lifecycle {\n    destroy = false\n  }\n}", nil},
		"a whole module":                    {"removed {\n  from = module.net\n  lifecycle {\n    destroy = false\n  }\n}", []string{"open: module.net"}},
		"in JSON":                           {"\n-- a.tf.json --\n{\"removed\": [{\"from\": \"aws_route.r\", \"lifecycle\": {\"destroy\": false}}]}", []string{"aws_route.r[*]"}},
		"by OpenTofu, which keeps it":       {"\n-- a.tofu --\nremoved {\n  from = aws_route.r\n}", []string{"aws_route.r[*]"}},
		"in a module that is called": {"module \"m\" { source = \"./m\" }\n-- m/main.tf --\nremoved {\n  from = aws_route.r\n  lifecycle {\n    destroy = false\n  }\n}",
			[]string{"module.m.aws_route.r[*]"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := run(t, c.text+"\n", eval.Inputs{}).clean()
			var got []string
			for _, in := range e.Instances {
				if v, _ := in.Config.Unmark(); v.Type() != cty.DynamicPseudoType || !in.Summary {
					t.Errorf("%s is known", in.Address)
				}
				got = append(got, in.Address)
			}
			for _, m := range e.Open {
				got = append(got, "open: "+m.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestACountedResourceWithoutItsIndexIsItsOnlyInstance(t *testing.T) {
	const rest = `
variable "n" { type = number }
variable "on" { type = bool }
resource "aws_vpc" "one" { count = 1 }
resource "aws_vpc" "maybe" { count = var.on ? 1 : 0 }
resource "aws_vpc" "some" {
  count      = var.n
  cidr_block = "10.0.0.0/16"
}
`
	for text, want := range map[string]string{
		`aws_vpc.one.id`:                        "${aws_vpc.one[0].id}",
		`"${aws_vpc.one.id}"`:                   "${aws_vpc.one[0].id}",
		`aws_vpc.maybe.id`:                      "${aws_vpc.maybe[0].id}",
		`aws_vpc.some.id`:                       "${aws_vpc.some[0].id}",
		`aws_vpc.some.0.id`:                     "${aws_vpc.some[0].id}",
		`aws_vpc.some[0].id == aws_vpc.some.id`: "true",
		`one(aws_vpc.maybe).id`:                 "${aws_vpc.maybe[0].id}",
		`one(aws_vpc.some[*].id)`:               "(var.n=0 ? null : ${aws_vpc.some[0].id})",
		`aws_vpc.some.*.cidr_block[0]`:          "10.0.0.0/16",
		`[for v in aws_vpc.some : v.id][0]`:     "${aws_vpc.some[0].id}",
	} {
		if got := expression(t, text, rest); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestPoliciesAreMergedInEachCase(t *testing.T) {
	const rest = `
variable "on" { type = bool }
locals {
  a = jsonencode({ Statement = [{ Sid = "A", Effect = "Allow", Action = "a:a", Resource = "*" }] })
  b = jsonencode({ Statement = [{ Sid = "B", Effect = "Allow", Action = "b:b", Resource = "*" }] })
}
`
	const a, b = `{"Action":"a:a","Effect":"Allow","Resource":"*","Sid":"A"}`, `{"Action":"b:b","Effect":"Allow","Resource":"*","Sid":"B"}`
	doc := func(statements string) string { return `{"Statement":[` + statements + `],"Version":"2012-10-17"}` }
	for text, want := range map[string]string{
		`source_policy_documents = [var.on ? local.a : local.b]`:                  "(var.on=true ? " + doc(a) + " : " + doc(b) + ")",
		`source_policy_documents = [local.a, var.on ? local.b : ""]`:              "(var.on=true ? " + doc(a+","+b) + " : " + doc(a) + ")",
		`source_policy_documents = concat([local.a], var.on ? [local.b] : [])`:    "(var.on=true ? " + doc(a+","+b) + " : " + doc(a) + ")",
		`source_policy_documents = compact([var.on ? local.a : "", local.b])`:     "(var.on=true ? " + doc(a+","+b) + " : " + doc(b) + ")",
		`override_policy_documents = var.on ? [local.b] : []`:                     "(var.on=true ? " + doc(b) + " : " + doc("") + ")",
		`source_json = var.on ? local.a : null`:                                   "(var.on=true ? " + doc(a) + " : " + doc("") + ")",
		`source_policy_documents = var.on ? [templatestring(local.a, {})] : null`: "(var.on=true ? " + doc(a) + " : " + doc("") + ")",
		"statement {\n actions = var.on ? [\"a:a\"] : [\"b:b\"]\n resources = [\"*\"]\n }": `(var.on=true ? ` + doc(`{"Action":"a:a","Effect":"Allow","Resource":"*"}`) +
			` : ` + doc(`{"Action":"b:b","Effect":"Allow","Resource":"*"}`) + `)`,
	} {
		t.Run(text, func(t *testing.T) {
			got := expression(t, "data.aws_iam_policy_document.d.json", rest+"data \"aws_iam_policy_document\" \"d\" {\n"+text+"\n}\n")
			if got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}
