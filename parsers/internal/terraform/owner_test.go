package terraform_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestARuleBelongsToTheGroupThatIsLookedUp(t *testing.T) {
	const rest = `
variable "v" { type = string }
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }
resource "aws_security_group" "a" {
  name   = "${var.v}-a"
  vpc_id = aws_vpc.a.id
  tags   = { Name = "first" }
}
resource "aws_security_group" "b" {
  name   = "${var.v}-b"
  vpc_id = aws_vpc.b.id
}
resource "aws_vpc_security_group_egress_rule" "r" {
  security_group_id = data.aws_security_group.g.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
data "aws_security_group" "g" {
`
	for text, want := range map[string]string{
		`name = aws_security_group.a.name`:                        "a has it",
		`id = aws_security_group.b.id`:                            "b has it",
		`id = "sg-0a1b2c3d4e5f60718"`:                             "",
		`name = "${var.v}-b"`:                                     "b has it",
		`name = "x-c"`:                                            "",
		`name = "x-a"`:                                            "a may have it",
		`vpc_id = aws_vpc.b.id`:                                   "b has it",
		`vpc_id = var.v`:                                          "",
		`tags = { Name = "first" }`:                               "a has it",
		`tags = { Name = "second" }`:                              "",
		"filter {\nname = \"group-name\"\nvalues = [\"*-a\"]\n}":  "a has it",
		"filter {\nname = \"tag:Name\"\nvalues = [\"fir??\"]\n}":  "a has it",
		"filter {\nname = \"description\"\nvalues = [\"own\"]\n}": "a may have it, b may have it",
	} {
		t.Run(text, func(t *testing.T) {
			n := fromText(rest + text + "\n}\n")
			got := ""
			for _, name := range []string{"a", "b"} {
				g := n.SecurityGroups.Get(graph.ID[graph.SecurityGroup]("aws_security_group." + name))
				for _, it := range g.Egress.Items {
					if got != "" {
						got += ", "
					}
					if it.When.IsAlways() {
						got += name + " has it"
					} else {
						got += name + " may have it"
					}
				}
			}
			expect(t, "owner", got, want)
		})
	}
}

// fromText is the network of a program of one file.
func fromText(text string) *graph.Network {
	set := source.NewFileSet()
	loader := config.NewLoader(directories{".": {set.Add("main.tf", []byte(text))}})
	b := graph.NewBuilder(".", "terraform")
	terraform.Lower(b, eval.Run(".", loader, eval.Inputs{Region: "eu-west-1"}))
	return b.Link()
}
