package eval_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

const netModule = `
-- net/main.tf --
variable "name" { type = string }
variable "azs" {
  type    = list(string)
  default = []
}
variable "opts" {
  type    = object({ nat = optional(bool, true), cidr = string })
  default = { cidr = "10.0.0.0/16" }
}
resource "aws_vpc" "v" {
  cidr_block = var.opts.cidr
  tags       = { Name = var.name }
}
resource "aws_subnet" "s" {
  count  = length(var.azs)
  vpc_id = aws_vpc.v.id
}
resource "aws_nat_gateway" "n" {
  count     = var.opts.nat ? 1 : 0
  subnet_id = aws_subnet.s[0].id
}
output "subnets" { value = aws_subnet.s[*].id }
output "vpc" { value = aws_vpc.v }
`

func TestModules(t *testing.T) {
	t.Run("a module is evaluated once for each call with the values of the call", func(t *testing.T) {
		e := run(t, `
module "a" {
  source = "./net"
  name   = "one"
  azs    = ["x"]
}
module "b" {
  source   = "./net"
  for_each = { k = "v" }
  name     = each.value
  opts     = { cidr = "10.1.0.0/16", nat = false }
}
resource "x" "y" {
  ids  = module.a.subnets
  id   = module.b["k"].vpc.id
  cidr = module.b["k"].vpc.cidr_block
  all  = [for m in module.b : m.vpc.tags.Name]
}
`+netModule, eval.Inputs{}).clean()
		want := `x.y
module.a.aws_vpc.v
module.a.aws_subnet.s[0]
module.a.aws_nat_gateway.n[0]
module.b["k"].aws_vpc.v`
		if got := e.when(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		for name, want := range map[string]string{
			"ids": "[${module.a.aws_subnet.s[0].id}]", "id": `${module.b["k"].aws_vpc.v.id}`, "cidr": "10.1.0.0/16",
			"all": "[v]",
		} {
			if got := e.value("x.y", name); got != want {
				t.Errorf("%s = %s, want %s", name, got, want)
			}
		}
		if e.files.dirs != 2 {
			t.Errorf("%d directories were read, want each once", e.files.dirs)
		}
	})
	t.Run("elements of a list may differ in what is null in one of them", func(t *testing.T) {
		e := run(t, `
module "a" {
  source = "./a"
  rules  = [{ port = 1, cidrs = null }, { port = 2, cidrs = ["10.0.0.0/8"] }]
}
resource "x" "y" { ports = module.a.ports }
-- a/main.tf --
variable "rules" { type = list(any) }
output "ports" { value = [for r in var.rules : r.port] }
`, eval.Inputs{}).clean()
		if got := e.value("x.y", "ports"); got != "[1 2]" {
			t.Errorf("ports = %s", got)
		}
	})
	t.Run("a module under a condition has its resources under it", func(t *testing.T) {
		e := run(t, `
variable "on" { type = bool }
module "a" {
  source = "./net"
  count  = var.on ? 1 : 0
  name   = "one"
}
resource "x" "y" { id = one(module.a[*].vpc.id) }
`+netModule, eval.Inputs{})
		if got := e.instance("module.a[0].aws_vpc.v").When.String(); got != "var.on=true" {
			t.Errorf("when = %s", got)
		}
		if got := e.value("x.y", "id"); got != "(var.on=true ? ${module.a[0].aws_vpc.v.id} : null)" {
			t.Errorf("id = %s", got)
		}
	})
	t.Run("of an unknown number of modules each has outputs of its own", func(t *testing.T) {
		e := run(t, `
variable "names" { type = set(string) }
module "a" {
  source   = "./net"
  for_each = var.names
  name     = each.value
}
resource "x" "y" {
  one  = module.a["p"].vpc
  same = module.a["p"].subnets[0] == module.a["q"].subnets[0]
  all  = values(module.a)[*].subnets
}
`+netModule, eval.Inputs{})
		if in := e.instance("module.a[*].aws_vpc.v"); !in.Summary {
			t.Error("the instance stands for many and does not say so")
		}
		if got := e.value("x.y", "one"); got != `${module.a["p"].vpc}` {
			t.Errorf("one = %s", got)
		}
		if got := e.value("x.y", "same"); got == "true" || got == "false" {
			t.Errorf("same = %s", got)
		}
	})
	t.Run("outputs and arguments may need each other", func(t *testing.T) {
		e := run(t, `
module "a" {
  source = "./m"
  in     = module.b.fixed
}
module "b" {
  source = "./m"
  in     = module.a.fixed
}
resource "x" "y" { v = "${module.a.given}-${module.b.given}" }
-- m/main.tf --
variable "in" {}
output "fixed" { value = "f" }
output "given" { value = var.in }
`, eval.Inputs{}).clean()
		if got := e.value("x.y", "v"); got != "f-f" {
			t.Errorf("v = %s", got)
		}
	})
	t.Run("a module that is not downloaded has outputs from elsewhere, adds to what it is given, and says so once",
		func(t *testing.T) {
			e := run(t, `
module "vpc" {
  source  = "example/network/aws"
  version = "5.0.0"
}
resource "x" "y" {
  id    = module.vpc.vpc_id
  ids   = module.vpc.private_subnets
  first = module.vpc.private_subnets[0]
}
module "routes" {
  source = "example.org/routes"
  tables = [aws_route_table.given.id]
  role   = "by-name"
}
resource "aws_iam_role" "named" { name = "by-name" }
resource "aws_route_table" "given" {}
resource "aws_route_table" "kept" {}
`, eval.Inputs{})
			if len(e.Errors) > 0 || len(e.Notices) != 2 || !strings.Contains(e.Notices[0].Message, "terraform init") {
				t.Errorf("errors %v, notices %v", e.Errors, e.Notices)
			}
			if m := e.Exported["aws_route_table.given"]; m.Name != "module.routes" || m.Kind != fact.Resource || m != e.Exported["aws_iam_role.named"] || len(e.Exported) != 2 {
				t.Errorf("exported = %v", e.Exported)
			}
			for name, want := range map[string]string{
				"id": "${module.vpc.vpc_id}", "ids": "<module.vpc.private_subnets>",
				"first": "${module.vpc.private_subnets[0]}",
			} {
				if got := e.value("x.y", name); got != want {
					t.Errorf("%s = %s, want %s", name, got, want)
				}
			}
		})
	t.Run("so is a local directory that holds no module, and providers are no values", func(t *testing.T) {
		e := run(t, `
module "a" {
  source    = "./gone"
  providers = { aws = aws.west }
}
module "b" { source = "./gone" }
`, eval.Inputs{})
		if len(e.Notices) != 1 || e.Notices[0].Message != `module "a", called 2 times, is not in gone, so what it defines is not known` {
			t.Errorf("notices %v", e.Notices)
		}
	})
	t.Run("a module of which it is known that it adds nothing leaves what it is given alone", func(t *testing.T) {
		e := run(t, `
resource "aws_iam_role" "user" {}
module "key" {
  source    = "terraform-aws-modules/kms/aws"
  version   = "~> 4.0"
  key_users = [aws_iam_role.user.arn]
}
`, eval.Inputs{})
		if len(e.Exported) != 0 {
			t.Errorf("exported = %v", e.Exported)
		}
	})

	t.Run("a source that is not downloaded is named once, however often it is called", func(t *testing.T) {
		e := run(t, `
module "a" { source = "example.org/workspace" }
module "b" { source = "example.org/workspace" }
module "c" {
  source = "example.org/workspace"
  count  = 3
}
module "other" { source = "example.org/other" }
`, eval.Inputs{})
		if len(e.Notices) != 2 || !strings.Contains(e.Notices[0].Message, `module "a" (example.org/workspace), called 3 times, is not downloaded`) ||
			!strings.Contains(e.Notices[1].Message, `module "other" (example.org/other) is not downloaded`) {
			t.Errorf("notices %v", e.Notices)
		}
	})
	t.Run("a module that terraform init has fetched is read", func(t *testing.T) {
		e := run(t, `
module "vpc" { source = "example/network/aws" }
-- .terraform/modules/modules.json --
{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"registry.terraform.io/x","Dir":".terraform/modules/vpc"},
 {"Key":"vpc.inner","Source":"./inner","Dir":".terraform/modules/vpc/inner"}]}
-- .terraform/modules/vpc/main.tf --
resource "aws_vpc" "v" {}
module "inner" { source = "./inner" }
-- .terraform/modules/vpc/inner/main.tf --
resource "aws_subnet" "s" {}
`, eval.Inputs{}).clean()
		if got := e.when(); got != "module.vpc.aws_vpc.v\nmodule.vpc.module.inner.aws_subnet.s" {
			t.Errorf("got\n%s", got)
		}
	})
	t.Run("a module that calls itself ends", func(t *testing.T) {
		e := run(t, "module \"m\" {\n  source = \"./\"\n}\n", eval.Inputs{})
		if len(e.Errors) != 1 || !strings.Contains(e.Errors[0].Message, budget.HCLModules.Exceeded()) {
			t.Errorf("errors %v, notices %v", e.Errors, e.Notices)
		}
	})
}

func TestRegions(t *testing.T) {
	const text = `
variable "region" {}
provider "aws" { region = var.region }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
data "aws_region" "here" {}
resource "aws_vpc" "a" { cidr_block = data.aws_region.here.name }
resource "aws_vpc" "b" {
  provider = aws.west
}
module "m" {
  source    = "./m"
  providers = { aws = aws.west }
}
-- m/main.tf --
data "aws_region" "here" {}
data "aws_partition" "p" {}
data "aws_availability_zones" "z" {}
resource "aws_vpc" "v" {
  region_name = data.aws_region.here.name
  partition   = data.aws_partition.p.partition
  zones       = data.aws_availability_zones.z.names
}
resource "aws_vpc" "w" { region = "eu-west-1" }
`
	e := run(t, text, eval.Inputs{}).clean()
	for address, want := range map[string]string{"aws_vpc.a": "${var.region}", "aws_vpc.b": "us-west-2", "module.m.aws_vpc.v": "us-west-2", "module.m.aws_vpc.w": "eu-west-1"} {
		if got := e.Symbols.Text(e.instance(address).Region).String(); got != want {
			t.Errorf("%s is in %q, want %q", address, got, want)
		}
	}
	for name, want := range map[string]string{"region_name": "us-west-2", "partition": "aws", "zones": "[us-west-2a us-west-2b us-west-2c]"} {
		if got := e.value("module.m.aws_vpc.v", name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	if got := e.value("aws_vpc.a", "cidr_block"); got != "${var.region}" {
		t.Errorf("an unknown region is %s", got)
	}
	if got := run(t, text, eval.Inputs{Region: "eu-central-1"}).instance("aws_vpc.a").Region; got != "eu-central-1" {
		t.Errorf("the region that is given is not used: %q", got)
	}
	isolated := "provider \"aws\" {\n  region = \"us-iso-east-1\"\n}\ndata \"aws_partition\" \"p\" {}\n" +
		"resource \"aws_vpc\" \"v\" {\n  partition = data.aws_partition.p.partition\n}\n"
	if got := run(t, isolated, eval.Inputs{}).value("aws_vpc.v", "partition"); got != "${AWS::Partition}" {
		t.Errorf("the partition of an isolated Region is %s, want one that is not known", got)
	}
}
