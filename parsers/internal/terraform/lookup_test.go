package terraform_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// A subnet group stands before what it looks up: resources are translated once all of them have their tags.
func TestSubnetsAreLookedUpByTagsWhereverTheyStand(t *testing.T) {
	set := source.NewFileSet()
	loader := config.NewLoader(directories{".": {set.Add("main.tf", []byte(`
resource "aws_db_subnet_group" "first" {
  subnet_ids = data.aws_subnets.private.ids
}
resource "aws_db_instance" "main" {
  engine               = "postgres"
  db_subnet_group_name = aws_db_subnet_group.first.name
}
data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
  tags = { tier = "private" }
}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id = aws_vpc.main.id
  tags   = { tier = "private" }
}
resource "aws_subnet" "b" {
  vpc_id = aws_vpc.main.id
  tags   = { tier = "public" }
}
`))}})
	b := graph.NewBuilder(".", "terraform")
	terraform.Lower(b, eval.Run(".", loader, eval.Inputs{Region: "eu-west-1"}))
	n := b.Link()
	expect(t, "subnets", ids(n.DataStores.Get("aws_db_instance.main").Subnets), "aws_subnet.a")
}
