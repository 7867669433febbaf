locals {
  public_count = max(length(var.public_subnets), var.since_4 ? length(var.public_subnet_ipv6_prefixes) : 0)
  public       = local.create && local.public_count > 0
  public_acl   = local.public && var.public_dedicated_network_acl
}

resource "aws_subnet" "public" {
  count                   = local.public && (!var.one_nat_gateway_per_az || local.public_count >= length(var.azs)) ? local.public_count : 0
  region                  = var.region
  vpc_id                  = local.vpc
  cidr_block              = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  availability_zone       = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  availability_zone_id    = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? null : element(var.azs, count.index)
  enable_dns64            = var.enable_ipv6 && (var.public_subnet_enable_dns64 == null ? var.since_4 : var.public_subnet_enable_dns64)
  ipv6_native             = var.since_4 ? var.enable_ipv6 && var.public_subnet_ipv6_native : null
  ipv6_cidr_block         = var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch = var.map_public_ip_on_launch == null ? !var.since_4 : var.map_public_ip_on_launch
  tags                    = merge({ Name = try(var.public_subnet_names[count.index], "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}") }, var.tags, var.public_subnet_tags, lookup(var.public_subnet_tags_per_az, element(var.azs, count.index), {}))
}

resource "aws_route_table" "public" {
  count  = local.public ? local.public_tables : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.create_multiple_public_route_tables ? "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.public_subnet_suffix}" }, var.tags, var.public_route_table_tags)
}

resource "aws_route_table_association" "public" {
  count          = local.public ? local.public_count : 0
  region         = var.region
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_internet_gateway" "this" {
  count  = local.public && var.create_igw ? 1 : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.name }, var.tags, var.igw_tags)
}

resource "aws_route" "public_internet_gateway" {
  count                  = local.public && var.create_igw ? local.public_tables : 0
  region                 = var.region
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = local.public && var.create_igw && var.enable_ipv6 ? local.public_tables : 0
  region                      = var.region
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

locals {
  public_tables = var.create_multiple_public_route_tables ? local.public_count : 1
}

resource "aws_network_acl" "public" {
  count      = local.public_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc
  subnet_ids = aws_subnet.public[*].id
  tags       = merge({ Name = "${var.name}-${var.public_subnet_suffix}" }, var.tags, var.public_acl_tags)
}

resource "aws_network_acl_rule" "public_inbound" {
  count           = local.public_acl ? length(var.public_inbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.public[0].id
  egress          = false
  rule_number     = var.public_inbound_acl_rules[count.index].rule_number
  rule_action     = var.public_inbound_acl_rules[count.index].rule_action
  protocol        = var.public_inbound_acl_rules[count.index].protocol
  from_port       = try(var.public_inbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.public_inbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.public_inbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.public_inbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.public_inbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.public_inbound_acl_rules[count.index].ipv6_cidr_block, null)
}

resource "aws_network_acl_rule" "public_outbound" {
  count           = local.public_acl ? length(var.public_outbound_acl_rules) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.public[0].id
  egress          = true
  rule_number     = var.public_outbound_acl_rules[count.index].rule_number
  rule_action     = var.public_outbound_acl_rules[count.index].rule_action
  protocol        = var.public_outbound_acl_rules[count.index].protocol
  from_port       = try(var.public_outbound_acl_rules[count.index].from_port, null)
  to_port         = try(var.public_outbound_acl_rules[count.index].to_port, null)
  icmp_type       = try(var.public_outbound_acl_rules[count.index].icmp_type, null)
  icmp_code       = try(var.public_outbound_acl_rules[count.index].icmp_code, null)
  cidr_block      = try(var.public_outbound_acl_rules[count.index].cidr_block, null)
  ipv6_cidr_block = try(var.public_outbound_acl_rules[count.index].ipv6_cidr_block, null)
}

variable "public_subnets" {
  type    = list(string)
  default = []
}

variable "public_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}

variable "public_subnet_ipv6_native" {
  type    = bool
  default = false
}

variable "public_subnet_enable_dns64" {
  type    = bool
  default = null
}

variable "public_subnet_names" {
  type    = list(string)
  default = []
}

variable "public_subnet_suffix" {
  type    = string
  default = "public"
}

variable "public_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "public_acl_tags" {
  type    = map(string)
  default = {}
}

variable "public_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "public_dedicated_network_acl" {
  type    = bool
  default = false
}

variable "public_inbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "public_outbound_acl_rules" {
  type = list(map(string))
  default = [
    { rule_number = 100, rule_action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

variable "public_subnet_tags_per_az" {
  type    = map(map(string))
  default = {}
}

variable "map_public_ip_on_launch" {
  type    = bool
  default = null
}

variable "create_igw" {
  type    = bool
  default = true
}

variable "create_multiple_public_route_tables" {
  type    = bool
  default = false
}

output "public_subnets" {
  value = aws_subnet.public[*].id
}

output "public_subnet_arns" {
  value = aws_subnet.public[*].arn
}

output "public_subnet_objects" {
  value = aws_subnet.public
}

output "public_subnets_cidr_blocks" {
  value = compact(aws_subnet.public[*].cidr_block)
}

output "public_subnets_ipv6_cidr_blocks" {
  value = compact(aws_subnet.public[*].ipv6_cidr_block)
}

output "public_network_acl_id" {
  value = one(aws_network_acl.public[*].id)
}

output "public_route_table_association_ids" {
  value = aws_route_table_association.public[*].id
}

output "public_route_table_ids" {
  value = aws_route_table.public[*].id
}
