package eval_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// tagsOf are the tags of a function, those that are not known as ?.
func tagsOf(e *evaluated, address string) string {
	b := graph.NewBuilder(".", "terraform")
	terraform.Lower(b, e.Program)
	f := b.Network().Functions.Get(graph.ID[graph.Function](address))
	if f == nil {
		return "no function"
	}
	in := f.TagList.In(nil)
	var out []string
	for _, it := range in.Items {
		value := "?"
		if text, ok := it.Value.Value.Get(nil); ok.IsTrue() {
			value = text.String()
		}
		out = append(out, it.Value.Name+"="+value)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return strings.Join(out, ", ")
}

func TestTagsOfAFunction(t *testing.T) {
	const own = `resource "aws_lambda_function" "f" { tags = { a = "own" } }`
	const providers = `
provider "aws" {
  default_tags {
    tags = { a = "default", b = var.b }
  }
}
provider "aws" {
  alias = "other"
}
variable "b" { default = "given" }
`
	for _, c := range []struct{ name, text, want string }{
		{"its own", own, "a=own"},
		{"with those of the provider behind them", own + providers, "a=own, a=default, b=given"},
		{"of another provider", `resource "aws_lambda_function" "f" { provider = aws.other }` + providers, ""},
		{"of a provider of the caller", `module "m" { source = "./m" }` + providers + "\n-- m/main.tf --\n" + own, "a=own, a=default, b=given"},
		{"of a provider that the call hands down", "module \"m\" {\n  source = \"./m\"\n  providers = { aws = aws.other }\n}\n" + providers + "\n-- m/main.tf --\n" + own, "a=own"},
		{"that are not known", `resource "aws_lambda_function" "f" { tags = var.tags }` + "\nvariable \"tags\" { type = map(string) }\n" + providers, "? tags"},
		{"merged with what is not known", own + "\nprovider \"aws\" {\n  default_tags {\n    tags = var.tags\n  }\n}\nvariable \"tags\" { type = map(string) }\n", "a=own, ? tags"},
		{"of which a value is not known", `resource "aws_lambda_function" "f" { tags = { a = var.a } }` + "\nvariable \"a\" { type = string }\n", "a=${var.a}"},
		{"of blocks that are repeated", own + "\nprovider \"aws\" {\n  dynamic \"default_tags\" {\n    for_each = [1]\n    content {\n      tags = {}\n    }\n  }\n}\n", "a=own, ? the default tags of provider aws"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := "aws_lambda_function.f"
			if strings.Contains(c.text, "module") {
				address = "module.m." + address
			}
			if got := tagsOf(run(t, c.text, eval.Inputs{}), address); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
