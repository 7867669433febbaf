# Conditions that the variables decide, optional attributes, and null.
variable "network" {
  type = object({
    private = optional(bool, true)
    natted  = optional(bool)
    zones   = optional(list(string), ["a", "b"])
    names   = optional(map(string), {})
  })
  default = { natted = false, names = { a = "first" } }
}

variable "single" {
  type    = bool
  default = "true"
}

locals {
  nats = var.network.natted == true ? length(var.network.zones) : var.single ? 1 : 0
}

resource "aws_vpc" "main" {
  count      = var.network.private ? 1 : 0
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  for_each          = var.network.private ? toset(var.network.zones) : toset([])
  vpc_id            = one(aws_vpc.main[*].id)
  availability_zone = "eu-west-1${each.value}"
  ipv6_cidr_block   = null
  tags              = { Name = lookup(var.network.names, each.key, "zone ${each.key}") }
}

resource "aws_subnet" "public" {
  count  = var.network.natted != null && !var.network.natted ? 0 : 2
  vpc_id = aws_vpc.main[0].id
}

resource "aws_nat_gateway" "zone" {
  count     = local.nats
  subnet_id = element(values(aws_subnet.private)[*].id, count.index)
}

resource "aws_route" "nat" {
  for_each               = { for i, z in var.network.zones : z => i }
  nat_gateway_id         = try(aws_nat_gateway.zone[each.value].id, aws_nat_gateway.zone[0].id)
  destination_cidr_block = var.single ? "0.0.0.0/0" : null
  gateway_id             = var.single ? null : "igw"
}
