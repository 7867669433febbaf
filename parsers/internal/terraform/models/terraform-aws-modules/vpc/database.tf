locals {
  database_count = max(length(var.database_subnets), var.since_4 ? length(var.database_subnet_ipv6_prefixes) : 0)
  database       = local.create && local.database_count > 0
  database_acl   = local.database && var.database_dedicated_network_acl
}

resource "aws_subnet" "database" {
  count                = local.database ? local.database_count : 0
  region               = var.region
  vpc_id               = local.vpc
  cidr_block           = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
  availability_zone    = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  availability_zone_id = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? null : element(var.azs, count.index)
  enable_dns64         = var.enable_ipv6 && (var.database_subnet_enable_dns64 == null ? var.since_4 : var.database_subnet_enable_dns64)
  ipv6_native          = var.since_4 ? var.enable_ipv6 && var.database_subnet_ipv6_native : null
  ipv6_cidr_block      = var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null
  tags                 = merge({ Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.database_subnet_tags)
}

locals {
  database_tables    = local.database && var.create_database_subnet_route_table
  database_one_table = var.single_nat_gateway || var.create_database_internet_gateway_route
}

resource "aws_route_table" "database" {
  count  = local.database_tables ? (local.database_one_table ? 1 : local.database_count) : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = local.database_one_table ? "${var.name}-${var.database_subnet_suffix}" : "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}" }, var.tags, var.database_route_table_tags)
}

resource "aws_route_table_association" "database" {
  count          = local.database ? local.database_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(local.database_tables ? aws_route_table.database[*].id : aws_route_table.private[*].id, var.create_database_subnet_route_table && local.database_one_table ? 0 : count.index)
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.database_tables && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  region                 = var.region
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count                  = local.database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway ? (var.single_nat_gateway ? 1 : local.database_count) : 0
  region                 = var.region
  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count                       = var.since_4 && local.database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway && var.enable_ipv6 && (var.private_subnet_enable_dns64 == null ? var.since_4 : var.private_subnet_enable_dns64) ? (var.single_nat_gateway ? 1 : local.database_count) : 0
  region                      = var.region
  route_table_id              = element(aws_route_table.database[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count                       = local.database_tables && var.create_egress_only_igw && var.enable_ipv6 && var.create_database_internet_gateway_route ? 1 : 0
  region                      = var.region
  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_db_subnet_group" "database" {
  count      = local.database && var.create_database_subnet_group ? 1 : 0
  region     = var.region
  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
  tags       = merge(var.tags, var.database_subnet_group_tags)
}

resource "aws_network_acl" "database" {
  count      = local.database_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.database[*].id
  tags       = merge({ Name = "${var.name}-${var.database_subnet_suffix}" }, var.tags, var.database_acl_tags)
}

resource "aws_network_acl_rule" "database_inbound" {
  count           = local.database_acl ? length(var.database_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.database[0].id
  egress          = false
  rule_number     = var.database_inbound_acl_rules[count.index].rule_number
  rule_action     = var.database_inbound_acl_rules[count.index].rule_action
  protocol        = var.database_inbound_acl_rules[count.index].protocol
  from_port       = try(var.database_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.database_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.database_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.database_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.database_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.database_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "database_outbound" {
  count           = local.database_acl ? length(var.database_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.database[0].id
  egress          = true
  rule_number     = var.database_outbound_acl_rules[count.index].rule_number
  rule_action     = var.database_outbound_acl_rules[count.index].rule_action
  protocol        = var.database_outbound_acl_rules[count.index].protocol
  from_port       = try(var.database_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.database_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.database_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.database_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.database_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.database_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "database_subnets" {
  type    = list(string)
  default = []
}

variable "database_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "database_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "database_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "database_subnet_names" {
  type    = list(string)
  default = []
}

variable "database_subnet_suffix" {
  type    = string
  default = "db"
}

variable "database_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "database_acl_tags" {
  type    = map(string)
  default = {}
}

variable "database_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "database_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "database_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "database_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "create_database_subnet_route_table" {
  type    = bool
  default = false
}

variable "create_database_subnet_group" {
  type    = bool
  default = true
}

variable "database_subnet_group_name" {
  type    = string
  default = null
}

variable "database_subnet_group_tags" {
  type    = map(string)
  default = {}
}

variable "create_database_internet_gateway_route" {
  type    = bool
  default = false
}

variable "create_database_nat_gateway_route" {
  type    = bool
  default = false
}

output "database_subnets" {
  value = aws_subnet.database[*].id
}

output "database_subnet_arns" {
  value = aws_subnet.database[*].arn
}

output "database_subnet_objects" {
  value = aws_subnet.database
}

output "database_subnets_cidr_blocks" {
  value = compact(aws_subnet.database[*].cidr_block)
}

output "database_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.database[*].ipv6_cidr_block)
}

output "database_network_acl_id" {
  value = one(aws_network_acl.database[*].id)
}

output "database_route_table_association_ids" {
  value = aws_route_table_association.database[*].id
}

output "database_route_table_ids" {
  value = length(aws_route_table.database) > 0 ? aws_route_table.database[*].id : aws_route_table.private[*].id
}

output "database_subnet_group" {
  value = one(aws_db_subnet_group.database[*].id)
}

output "database_subnet_group_name" {
  value = one(aws_db_subnet_group.database[*].name)
}
