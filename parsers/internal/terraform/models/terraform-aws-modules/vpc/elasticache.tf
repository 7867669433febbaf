locals {
  elasticache_count = max(length(var.elasticache_subnets), var.since_4 ? length(var.elasticache_subnet_ipv6_prefixes) : 0)
  elasticache       = local.create && local.elasticache_count > 0
  elasticache_acl   = local.elasticache && var.elasticache_dedicated_network_acl
}

resource "aws_subnet" "elasticache" {
  count                = local.elasticache ? local.elasticache_count : 0
  region               = var.region
  vpc_id               = local.vpc
  cidr_block           = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [""]), count.index)
  availability_zone    = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  availability_zone_id = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? null : element(var.azs, count.index)
  enable_dns64         = var.enable_ipv6 && (var.elasticache_subnet_enable_dns64 == null ? var.since_4 : var.elasticache_subnet_enable_dns64)
  ipv6_native          = var.since_4 ? var.enable_ipv6 && var.elasticache_subnet_ipv6_native : null
  ipv6_cidr_block      = var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null
  tags                 = merge({ Name = try(var.elasticache_subnet_names[count.index], "${var.name}-${var.elasticache_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.elasticache_subnet_tags)
}

resource "aws_route_table" "elasticache" {
  count  = local.elasticache && var.create_elasticache_subnet_route_table ? 1 : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = "${var.name}-${var.elasticache_subnet_suffix}" }, var.tags, var.elasticache_route_table_tags)
}

resource "aws_route_table_association" "elasticache" {
  count          = local.elasticache ? local.elasticache_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)
  route_table_id = element(var.create_elasticache_subnet_route_table ? aws_route_table.elasticache[*].id : aws_route_table.private[*].id, var.single_nat_gateway || var.create_elasticache_subnet_route_table ? 0 : count.index)
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count      = local.elasticache && var.create_elasticache_subnet_group ? 1 : 0
  region     = var.region
  name       = coalesce(var.elasticache_subnet_group_name, var.name)
  subnet_ids = aws_subnet.elasticache[*].id
  tags       = merge(var.tags, var.elasticache_subnet_group_tags)
}

resource "aws_network_acl" "elasticache" {
  count      = local.elasticache_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.elasticache[*].id
  tags       = merge({ Name = "${var.name}-${var.elasticache_subnet_suffix}" }, var.tags, var.elasticache_acl_tags)
}

resource "aws_network_acl_rule" "elasticache_inbound" {
  count           = local.elasticache_acl ? length(var.elasticache_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.elasticache[0].id
  egress          = false
  rule_number     = var.elasticache_inbound_acl_rules[count.index].rule_number
  rule_action     = var.elasticache_inbound_acl_rules[count.index].rule_action
  protocol        = var.elasticache_inbound_acl_rules[count.index].protocol
  from_port       = try(var.elasticache_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.elasticache_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.elasticache_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.elasticache_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.elasticache_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.elasticache_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "elasticache_outbound" {
  count           = local.elasticache_acl ? length(var.elasticache_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.elasticache[0].id
  egress          = true
  rule_number     = var.elasticache_outbound_acl_rules[count.index].rule_number
  rule_action     = var.elasticache_outbound_acl_rules[count.index].rule_action
  protocol        = var.elasticache_outbound_acl_rules[count.index].protocol
  from_port       = try(var.elasticache_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.elasticache_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.elasticache_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.elasticache_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.elasticache_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.elasticache_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "elasticache_subnets" {
  type    = list(string)
  default = []
}

variable "elasticache_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "elasticache_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "elasticache_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "elasticache_subnet_names" {
  type    = list(string)
  default = []
}

variable "elasticache_subnet_suffix" {
  type    = string
  default = "elasticache"
}

variable "elasticache_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_acl_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "elasticache_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "elasticache_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "create_elasticache_subnet_route_table" {
  type    = bool
  default = false
}

variable "create_elasticache_subnet_group" {
  type    = bool
  default = true
}

variable "elasticache_subnet_group_name" {
  type    = string
  default = null
}

variable "elasticache_subnet_group_tags" {
  type    = map(string)
  default = {}
}

output "elasticache_subnets" {
  value = aws_subnet.elasticache[*].id
}

output "elasticache_subnet_arns" {
  value = aws_subnet.elasticache[*].arn
}

output "elasticache_subnet_objects" {
  value = aws_subnet.elasticache
}

output "elasticache_subnets_cidr_blocks" {
  value = compact(aws_subnet.elasticache[*].cidr_block)
}

output "elasticache_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.elasticache[*].ipv6_cidr_block)
}

output "elasticache_network_acl_id" {
  value = one(aws_network_acl.elasticache[*].id)
}

output "elasticache_route_table_association_ids" {
  value = aws_route_table_association.elasticache[*].id
}

output "elasticache_route_table_ids" {
  value = length(aws_route_table.elasticache) > 0 ? aws_route_table.elasticache[*].id : aws_route_table.private[*].id
}

output "elasticache_subnet_group" {
  value = one(aws_elasticache_subnet_group.elasticache[*].id)
}

output "elasticache_subnet_group_name" {
  value = one(aws_elasticache_subnet_group.elasticache[*].name)
}
