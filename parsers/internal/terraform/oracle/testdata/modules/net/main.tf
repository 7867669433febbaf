variable "zones" {
  type = list(string)
}

variable "cidr" {}

resource "aws_vpc" "this" {
  cidr_block = var.cidr
}

resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  availability_zone = var.zones[count.index]
}

resource "aws_route_table" "zone" {
  for_each = { for i, s in aws_subnet.private : s.availability_zone => s.id }
  vpc_id   = aws_vpc.this.id
  tags     = { subnet = each.value, zone = each.key }
}

resource "aws_route_table_association" "zone" {
  for_each       = aws_route_table.zone
  subnet_id      = each.value.tags.subnet
  route_table_id = each.value.id
}

output "vpc_id" {
  value = try(aws_vpc.this.id, null)
}

output "subnets" {
  value = aws_subnet.private
}
