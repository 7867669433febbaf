package terraform_test

import "testing"

// A subnet group stands before what it looks up: resources are translated once all of them have their tags.
func TestSubnetsAreLookedUpByTagsWhereverTheyStand(t *testing.T) {
	n := fromText(`
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
`)
	expect(t, "subnets", ids(n.DataStores.Get("aws_db_instance.main").Subnets), "aws_subnet.a")
}
