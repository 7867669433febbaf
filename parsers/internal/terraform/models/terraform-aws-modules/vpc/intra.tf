locals {
  intra_count = max(length(var.intra_subnets), var.since_4 ? length(var.intra_subnet_ipv6_prefixes) : 0)
  intra       = local.create && local.intra_count > 0
  intra_acl   = local.intra && var.intra_dedicated_network_acl
}

resource "aws_subnet" "intra" {
  count                = local.intra ? local.intra_count : 0
  region               = var.region
  vpc_id               = local.vpc
  cidr_block           = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
  availability_zone    = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  availability_zone_id = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? null : element(var.azs, count.index)
  enable_dns64         = var.enable_ipv6 && (var.intra_subnet_enable_dns64 == null ? var.since_4 : var.intra_subnet_enable_dns64)
  ipv6_native          = var.since_4 ? var.enable_ipv6 && var.intra_subnet_ipv6_native : null
  ipv6_cidr_block      = var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null
  tags                 = merge({ Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.intra_subnet_tags)
}

resource "aws_route_table" "intra" {
  count  = local.intra ? (var.create_multiple_intra_route_tables ? local.intra_count : 1) : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.create_multiple_intra_route_tables ? "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.intra_subnet_suffix}" }, var.tags, var.intra_route_table_tags)
}

resource "aws_route_table_association" "intra" {
  count          = local.intra ? local.intra_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_network_acl" "intra" {
  count      = local.intra_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.intra[*].id
  tags       = merge({ Name = "${var.name}-${var.intra_subnet_suffix}" }, var.tags, var.intra_acl_tags)
}

resource "aws_network_acl_rule" "intra_inbound" {
  count           = local.intra_acl ? length(var.intra_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.intra[0].id
  egress          = false
  rule_number     = var.intra_inbound_acl_rules[count.index].rule_number
  rule_action     = var.intra_inbound_acl_rules[count.index].rule_action
  protocol        = var.intra_inbound_acl_rules[count.index].protocol
  from_port       = try(var.intra_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.intra_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.intra_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.intra_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.intra_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.intra_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "intra_outbound" {
  count           = local.intra_acl ? length(var.intra_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.intra[0].id
  egress          = true
  rule_number     = var.intra_outbound_acl_rules[count.index].rule_number
  rule_action     = var.intra_outbound_acl_rules[count.index].rule_action
  protocol        = var.intra_outbound_acl_rules[count.index].protocol
  from_port       = try(var.intra_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.intra_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.intra_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.intra_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.intra_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.intra_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "intra_subnets" {
  type    = list(string)
  default = []
}

variable "intra_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "intra_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "intra_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "intra_subnet_names" {
  type    = list(string)
  default = []
}

variable "intra_subnet_suffix" {
  type    = string
  default = "intra"
}

variable "intra_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "intra_acl_tags" {
  type    = map(string)
  default = {}
}

variable "intra_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "intra_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "intra_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "intra_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "create_multiple_intra_route_tables" {
  type    = bool
  default = false
}

output "intra_subnets" {
  value = aws_subnet.intra[*].id
}

output "intra_subnet_arns" {
  value = aws_subnet.intra[*].arn
}

output "intra_subnet_objects" {
  value = aws_subnet.intra
}

output "intra_subnets_cidr_blocks" {
  value = compact(aws_subnet.intra[*].cidr_block)
}

output "intra_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.intra[*].ipv6_cidr_block)
}

output "intra_network_acl_id" {
  value = one(aws_network_acl.intra[*].id)
}

output "intra_route_table_association_ids" {
  value = aws_route_table_association.intra[*].id
}

output "intra_route_table_ids" {
  value = aws_route_table.intra[*].id
}
