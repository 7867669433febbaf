locals {
  outpost_count = max(length(var.outpost_subnets), var.since_4 ? length(var.outpost_subnet_ipv6_prefixes) : 0)
  outpost       = local.create && local.outpost_count > 0
  outpost_acl   = local.outpost && var.outpost_dedicated_network_acl
}

resource "aws_subnet" "outpost" {
  count             = local.outpost ? local.outpost_count : 0
  region            = var.region
  vpc_id            = local.vpc
  cidr_block        = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [""]), count.index)
  availability_zone = var.outpost_az
  enable_dns64      = var.enable_ipv6 && (var.outpost_subnet_enable_dns64 == null ? var.since_4 : var.outpost_subnet_enable_dns64)
  ipv6_native       = var.since_4 ? var.enable_ipv6 && var.outpost_subnet_ipv6_native : null
  ipv6_cidr_block   = var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null
  outpost_arn       = var.outpost_arn
  tags              = merge({ Name = try(var.outpost_subnet_names[count.index], "${var.name}-${var.outpost_subnet_suffix}-${var.outpost_az == null ? "" : var.outpost_az}") }, var.tags, var.outpost_subnet_tags)
}

resource "aws_route_table_association" "outpost" {
  count          = local.outpost ? local.outpost_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_network_acl" "outpost" {
  count      = local.outpost_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.outpost[*].id
  tags       = merge({ Name = "${var.name}-${var.outpost_subnet_suffix}" }, var.tags, var.outpost_acl_tags)
}

resource "aws_network_acl_rule" "outpost_inbound" {
  count           = local.outpost_acl ? length(var.outpost_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.outpost[0].id
  egress          = false
  rule_number     = var.outpost_inbound_acl_rules[count.index].rule_number
  rule_action     = var.outpost_inbound_acl_rules[count.index].rule_action
  protocol        = var.outpost_inbound_acl_rules[count.index].protocol
  from_port       = try(var.outpost_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.outpost_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.outpost_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.outpost_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.outpost_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.outpost_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "outpost_outbound" {
  count           = local.outpost_acl ? length(var.outpost_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.outpost[0].id
  egress          = true
  rule_number     = var.outpost_outbound_acl_rules[count.index].rule_number
  rule_action     = var.outpost_outbound_acl_rules[count.index].rule_action
  protocol        = var.outpost_outbound_acl_rules[count.index].protocol
  from_port       = try(var.outpost_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.outpost_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.outpost_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.outpost_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.outpost_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.outpost_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "outpost_subnets" {
  type    = list(string)
  default = []
}

variable "outpost_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "outpost_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "outpost_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "outpost_subnet_names" {
  type    = list(string)
  default = []
}

variable "outpost_subnet_suffix" {
  type    = string
  default = "outpost"
}

variable "outpost_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "outpost_acl_tags" {
  type    = map(string)
  default = {}
}

variable "outpost_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "outpost_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "outpost_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "outpost_az" {
  type    = string
  default = null
}

variable "outpost_arn" {
  type    = string
  default = null
}

output "outpost_subnets" {
  value = aws_subnet.outpost[*].id
}

output "outpost_subnet_arns" {
  value = aws_subnet.outpost[*].arn
}

output "outpost_subnet_objects" {
  value = aws_subnet.outpost
}

output "outpost_subnets_cidr_blocks" {
  value = compact(aws_subnet.outpost[*].cidr_block)
}

output "outpost_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.outpost[*].ipv6_cidr_block)
}

output "outpost_network_acl_id" {
  value = one(aws_network_acl.outpost[*].id)
}
