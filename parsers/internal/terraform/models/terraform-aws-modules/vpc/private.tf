locals {
  private_count = max(length(var.private_subnets), var.since_4 ? length(var.private_subnet_ipv6_prefixes) : 0)
  private       = local.create && local.private_count > 0
  private_acl   = local.private && var.private_dedicated_network_acl
}

resource "aws_subnet" "private" {
  count                = local.private ? local.private_count : 0
  region               = var.region
  vpc_id               = local.vpc
  cidr_block           = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
  availability_zone    = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  availability_zone_id = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? null : element(var.azs, count.index)
  enable_dns64         = var.enable_ipv6 && (var.private_subnet_enable_dns64 == null ? var.since_4 : var.private_subnet_enable_dns64)
  ipv6_native          = var.since_4 ? var.enable_ipv6 && var.private_subnet_ipv6_native : null
  ipv6_cidr_block      = var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index]) : null
  tags                 = merge({ Name = try(var.private_subnet_names[count.index], "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.private_subnet_tags, lookup(var.private_subnet_tags_per_az, element(var.azs, count.index), {}))
}

locals {
  # A private table for each NAT gateway that there may be, with or without NAT gateways.
  nats = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.largest
}

resource "aws_route_table" "private" {
  count  = local.private_tables ? local.nats : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.single_nat_gateway ? "${var.name}-${var.private_subnet_suffix}" : "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}" }, var.tags, var.private_route_table_tags)
}

locals {
  # Before version 4.0 the tables were made for the subnets of other kinds, too.
  private_tables = local.create && (!var.since_4 || local.private_count > 0) && local.largest > 0
}

resource "aws_route_table_association" "private" {
  count          = local.private ? local.private_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_eip" "nat" {
  count  = local.create && var.enable_nat_gateway && !var.reuse_nat_ips ? local.nats : 0
  region = var.region
  domain = "vpc"
  tags   = merge({ Name = "${var.name}-${element(var.azs, var.single_nat_gateway ? 0 : count.index)}" }, var.tags, var.nat_eip_tags)
}

resource "aws_nat_gateway" "this" {
  count         = local.create && var.enable_nat_gateway ? local.nats : 0
  region        = var.region
  allocation_id = element(var.reuse_nat_ips ? var.external_nat_ip_ids : aws_eip.nat[*].id, var.single_nat_gateway ? 0 : count.index)
  subnet_id     = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
  tags          = merge({ Name = "${var.name}-${element(var.azs, var.single_nat_gateway ? 0 : count.index)}" }, var.tags, var.nat_gateway_tags)
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_route" "private_nat_gateway" {
  count                  = local.create && var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.nats : 0
  region                 = var.region
  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_dns64_nat_gateway" {
  count                       = var.since_4 && local.create && var.enable_nat_gateway && var.enable_ipv6 && (var.private_subnet_enable_dns64 == null ? var.since_4 : var.private_subnet_enable_dns64) ? local.nats : 0
  region                      = var.region
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_egress_only_internet_gateway" "this" {
  count  = local.create && var.create_egress_only_igw && var.enable_ipv6 && local.largest > 0 ? 1 : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.name }, var.tags, var.igw_tags)
}

resource "aws_route" "private_ipv6_egress" {
  count                       = local.private && var.create_egress_only_igw && var.enable_ipv6 ? (var.since_5_7_1 ? local.nats : local.private_count) : 0
  region                      = var.region
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_network_acl" "private" {
  count      = local.private_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.private[*].id
  tags       = merge({ Name = "${var.name}-${var.private_subnet_suffix}" }, var.tags, var.private_acl_tags)
}

resource "aws_network_acl_rule" "private_inbound" {
  count           = local.private_acl ? length(var.private_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.private[0].id
  egress          = false
  rule_number     = var.private_inbound_acl_rules[count.index].rule_number
  rule_action     = var.private_inbound_acl_rules[count.index].rule_action
  protocol        = var.private_inbound_acl_rules[count.index].protocol
  from_port       = try(var.private_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.private_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.private_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.private_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.private_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.private_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "private_outbound" {
  count           = local.private_acl ? length(var.private_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.private[0].id
  egress          = true
  rule_number     = var.private_outbound_acl_rules[count.index].rule_number
  rule_action     = var.private_outbound_acl_rules[count.index].rule_action
  protocol        = var.private_outbound_acl_rules[count.index].protocol
  from_port       = try(var.private_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.private_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.private_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.private_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.private_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.private_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "private_subnets" {
  type    = list(string)
  default = []
}

variable "private_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "private_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "private_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "private_subnet_names" {
  type    = list(string)
  default = []
}

variable "private_subnet_suffix" {
  type    = string
  default = "private"
}

variable "private_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "private_acl_tags" {
  type    = map(string)
  default = {}
}

variable "private_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "private_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "private_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "private_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "private_subnet_tags_per_az" {
  type    = map(map(string))
  default = {}
}

output "private_subnets" {
  value = aws_subnet.private[*].id
}

output "private_subnet_arns" {
  value = aws_subnet.private[*].arn
}

output "private_subnet_objects" {
  value = aws_subnet.private
}

output "private_subnets_cidr_blocks" {
  value = compact(aws_subnet.private[*].cidr_block)
}

output "private_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.private[*].ipv6_cidr_block)
}

output "private_network_acl_id" {
  value = one(aws_network_acl.private[*].id)
}

output "private_route_table_association_ids" {
  value = aws_route_table_association.private[*].id
}

output "private_route_table_ids" {
  value = aws_route_table.private[*].id
}
