package eval_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestAMapOfACallMayBeWrittenLikeABlock(t *testing.T) {
	e := run(t, `
resource "aws_subnet" "s" {}
module "a" {
  source = "./m"
  network {
    subnet_ids = ["${aws_subnet.s.id}"]
    tags {
      Name = "n"
    }
  }
  rule {
    port = 443
  }
  rule {
    port = 5432
  }
}
-- m/main.tf --
variable "network" { default = {} }
variable "rule" { default = [] }
resource "x" "y" {
  subnets = ["${var.network["subnet_ids"]}"]
  tags    = "${var.network["tags"]}"
  rules   = "${var.rule}"
}
`, eval.Inputs{}).clean()
	for name, want := range map[string]string{
		"subnets": "[[${aws_subnet.s.id}]]", "tags": "{Name=n}", "rules": "[{port=443} {port=5432}]",
	} {
		if got := e.value("module.a.x.y", name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

// TestNullTextsOfAnObjectAreToBeGiven, as null texts by themselves are, unless the object may lack them.
func TestNullTextsOfAnObjectAreToBeGiven(t *testing.T) {
	e := run(t, `
variable "core" {
  type    = object({ id = string, edge = optional(string), size = number })
  default = { id = null, edge = null, size = null }
}
resource "x" "y" {
  id   = var.core.id
  edge = var.core.edge
  size = var.core.size
}
`, eval.Inputs{}).clean()
	for name, want := range map[string]string{"id": "${var.core.id}", "edge": "null", "size": "null"} {
		if got := e.value("x.y", name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
}

func TestInputs(t *testing.T) {
	const text = `
variable "a" { default = "default" }
variable "l" {
  type    = list(string)
  default = []
}
variable "b" {
  type    = bool
  default = false
}
resource "x" "y" {
  a = var.a
  l = var.l
  b = var.b
}
`
	for _, c := range []struct {
		name, files, want string
		in                eval.Inputs
	}{
		{"defaults", "", "default [] false", eval.Inputs{}},
		{"the environment", "", "env [e] true",
			eval.Inputs{Env: map[string]string{"TF_VAR_a": "env", "TF_VAR_l": `["e"]`, "TF_VAR_b": "true",
				"HOME": "/"}}},
		{"terraform.tfvars wins over the environment", "-- terraform.tfvars --\na = \"file\"\nl = [\"f\"]\n",
			"file [f] false", eval.Inputs{Env: map[string]string{"TF_VAR_a": "env"}}},
		{"later automatic files win",
			"-- terraform.tfvars --\na = \"1\"\n-- b.auto.tfvars --\na = \"3\"\n-- a.auto.tfvars.json --\n{\"a\": \"2\", \"b\": true, \"l\": [\"${x}\"]}\n",
			"3 [${x}] true", eval.Inputs{}},
		{"--var wins", "-- terraform.tfvars --\na = \"1\"\n", "cli [x] false",
			eval.Inputs{Vars: map[string]string{"a": "cli", "l": `["x"]`}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := run(t, text+c.files, c.in).clean()
			got := e.value("x.y", "a") + " " + e.value("x.y", "l") + " " + e.value("x.y", "b")
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	t.Run("a file of values that is named", func(t *testing.T) {
		f := tree(text + "-- values/x.tfvars --\na = \"named\"\n-- terraform.tfvars --\na = \"auto\"\n")
		in := eval.Inputs{}
		in.VarFiles = append(in.VarFiles, f.texts["values/x.tfvars"])
		e := &evaluated{eval.Run(".", config.NewLoader(f), in), t, f}
		if got := e.clean().value("x.y", "a"); got != "named" {
			t.Errorf("a = %s", got)
		}
	})
	t.Run("final inputs take empty defaults as they are", func(t *testing.T) {
		const text = "variable \"id\" {\n  default = \"\"\n}\nresource \"x\" \"y\" {\n  v = var.id == \"\" ? \"new\" : var.id\n}\n"
		if got := run(t, text, eval.Inputs{Final: true}).clean().value("x.y", "v"); got != "new" {
			t.Errorf("v = %s", got)
		}
	})
	t.Run("the workspace", func(t *testing.T) {
		const text = "resource \"x\" \"y\" {\n  v = terraform.workspace\n}\n"
		if got := run(t, text, eval.Inputs{Workspace: "prod"}).value("x.y", "v"); got != "prod" {
			t.Errorf("v = %s", got)
		}
		if got := run(t, text, eval.Inputs{}).value("x.y", "v"); got != "${terraform.workspace}" {
			t.Errorf("v = %s", got)
		}
	})
}
