# A model of https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws: subnets, their route tables and routes,
# gateways, ACLs, subnet groups, and the defaults of the VPC.
#
# It leaves out flow logs, customer gateways, tags that nobody looks anything up by, and the launch settings of subnets.
# What version 4.0 changed are defaults: the default group, ACL and table are the module's, which empties the group; the
# VPC has host names; public subnets give no public addresses.
model {
  name     = "terraform-aws-modules/vpc/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-vpc"]
  versions = ">= 3.12, < 7.0, != 4.0.0"
  ignores = [
    "*flow_log*", "customer_gateway*", "vpn_gateway_az", "amazon_side_asn", "*_subnet_assign_ipv6_address_on_creation",
    "assign_ipv6_address_on_creation", "*_subnet_enable_resource_name_dns_a*_record_on_launch",
    "*_subnet_private_dns_hostname_type_on_launch", "enable_network_address_usage_metrics", "dhcp_options_ntp_servers", "dhcp_options_netbios*", "dhcp_options_ipv6*",
    "map_customer_owned_ip_on_launch",
    "customer_owned_ipv4_pool", "external_nat_ips", "enable_classiclink*", "ipv6_cidr_block_network_border_group",
  ]
}

locals {
  create = var.create_vpc && var.putin_khuylo
  # The largest kind of subnets, of those that count: it is how many NAT gateways there are by default.
  largest = max(
    local.private_count, local.database_count, local.elasticache_count, local.redshift_count,
    var.since_4 ? local.public_count : 0, var.since_4 && !var.since_5_1_2 ? local.intra_count : 0,
  )
  # What is in the VPC waits for its further ranges.
  vpc          = local.create ? try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id) : ""
  default_name = var.since_4 ? "${var.name}-default" : var.name
  own_acl      = local.create && (var.manage_default_network_acl == null ? var.since_4 : var.manage_default_network_acl)
  own_table    = local.create && (var.manage_default_route_table == null ? var.since_4 : var.manage_default_route_table)
  own_group    = local.create && (var.manage_default_security_group == null ? var.since_4 : var.manage_default_security_group)
}

resource "aws_vpc" "this" {
  count                            = local.create ? 1 : 0
  region                           = var.region
  cidr_block                       = var.use_ipam_pool ? null : var.cidr != null ? var.cidr : var.since_4 ? "10.0.0.0/16" : "0.0.0.0/0"
  ipv4_ipam_pool_id                = var.ipv4_ipam_pool_id
  ipv4_netmask_length              = var.ipv4_netmask_length
  assign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  ipv6_cidr_block                  = var.ipv6_cidr
  ipv6_ipam_pool_id                = var.ipv6_ipam_pool_id
  ipv6_netmask_length              = var.ipv6_netmask_length
  instance_tenancy                 = var.instance_tenancy
  enable_dns_hostnames             = var.enable_dns_hostnames == null ? var.since_4 : var.enable_dns_hostnames
  enable_dns_support               = var.enable_dns_support
  tags                             = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = local.create ? length(var.secondary_cidr_blocks) : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_vpc_dhcp_options" "this" {
  count               = local.create && var.enable_dhcp_options ? 1 : 0
  region              = var.region
  domain_name         = var.dhcp_options_domain_name
  domain_name_servers = var.dhcp_options_domain_name_servers
  tags                = merge({ Name = var.name }, var.tags, var.dhcp_options_tags)
}

resource "aws_vpc_dhcp_options_association" "this" {
  count           = local.create && var.enable_dhcp_options ? 1 : 0
  region          = var.region
  vpc_id          = local.vpc
  dhcp_options_id = aws_vpc_dhcp_options.this[0].id
}

resource "aws_vpc_block_public_access_options" "this" {
  count                       = local.create && length(var.vpc_block_public_access_options) > 0 ? 1 : 0
  region                      = var.region
  internet_gateway_block_mode = try(var.vpc_block_public_access_options.internet_gateway_block_mode, null)
}

resource "aws_vpc_block_public_access_exclusion" "this" {
  for_each = { for name, one in var.vpc_block_public_access_exclusions : name => one if local.create }
  region   = var.region
  vpc_id   = try(each.value.exclude_vpc, false) ? local.vpc : null
  subnet_id = try(each.value.exclude_subnet, false) ? {
    public      = aws_subnet.public[*].id
    private     = aws_subnet.private[*].id
    database    = aws_subnet.database[*].id
    redshift    = aws_subnet.redshift[*].id
    elasticache = aws_subnet.elasticache[*].id
    intra       = aws_subnet.intra[*].id
    outpost     = aws_subnet.outpost[*].id
  }[each.value.subnet_type][each.value.subnet_index] : null
  internet_gateway_exclusion_mode = each.value.internet_gateway_exclusion_mode
  tags                            = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_vpn_gateway" "this" {
  count  = local.create && var.enable_vpn_gateway ? 1 : 0
  region = var.region
  vpc_id = local.vpc
  tags   = merge({ Name = var.name }, var.tags, var.vpn_gateway_tags)
}

resource "aws_vpn_gateway_attachment" "this" {
  count          = var.vpn_gateway_id != "" ? 1 : 0
  region         = var.region
  vpc_id         = local.vpc
  vpn_gateway_id = var.vpn_gateway_id
}

locals {
  vpn = local.create && (var.enable_vpn_gateway || var.vpn_gateway_id != "")
  # One that is made and one that is given take turns.
  vpn_gateways = concat(aws_vpn_gateway.this[*].id, aws_vpn_gateway_attachment.this[*].vpn_gateway_id)
}

resource "aws_vpn_gateway_route_propagation" "public" {
  count          = local.vpn && var.propagate_public_route_tables_vgw ? 1 : 0
  region         = var.region
  route_table_id = element(aws_route_table.public[*].id, count.index)
  vpn_gateway_id = element(local.vpn_gateways, count.index)
}

resource "aws_vpn_gateway_route_propagation" "private" {
  count          = local.vpn && var.propagate_private_route_tables_vgw ? local.private_count : 0
  region         = var.region
  route_table_id = element(aws_route_table.private[*].id, count.index)
  vpn_gateway_id = element(local.vpn_gateways, count.index)
}

resource "aws_vpn_gateway_route_propagation" "intra" {
  count          = local.vpn && var.propagate_intra_route_tables_vgw ? local.intra_count : 0
  region         = var.region
  route_table_id = element(aws_route_table.intra[*].id, count.index)
  vpn_gateway_id = element(local.vpn_gateways, count.index)
}

resource "aws_default_vpc" "this" {
  count                = var.manage_default_vpc ? 1 : 0
  region               = var.region
  enable_dns_support   = var.default_vpc_enable_dns_support
  enable_dns_hostnames = var.default_vpc_enable_dns_hostnames == null ? var.since_4 : var.default_vpc_enable_dns_hostnames
  tags                 = merge({ Name = coalesce(var.default_vpc_name, "default") }, var.tags, var.default_vpc_tags)
}

resource "aws_default_security_group" "this" {
  count  = local.own_group ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = coalesce(var.default_security_group_name, local.default_name) }, var.tags, var.default_security_group_tags)
  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    iterator = rule
    content {
      protocol         = try(rule.value.protocol, "-1")
      from_port        = try(rule.value.from_port, 0)
      to_port          = try(rule.value.to_port, 0)
      self             = try(rule.value.self, null)
      cidr_blocks      = compact(split(",", try(rule.value.cidr_blocks, "")))
      ipv6_cidr_blocks = compact(split(",", try(rule.value.ipv6_cidr_blocks, "")))
      prefix_list_ids  = compact(split(",", try(rule.value.prefix_list_ids, "")))
      security_groups  = compact(split(",", try(rule.value.security_groups, "")))
    }
  }
  dynamic "egress" {
    for_each = var.default_security_group_egress
    iterator = rule
    content {
      protocol         = try(rule.value.protocol, "-1")
      from_port        = try(rule.value.from_port, 0)
      to_port          = try(rule.value.to_port, 0)
      self             = try(rule.value.self, null)
      cidr_blocks      = compact(split(",", try(rule.value.cidr_blocks, "")))
      ipv6_cidr_blocks = compact(split(",", try(rule.value.ipv6_cidr_blocks, "")))
      prefix_list_ids  = compact(split(",", try(rule.value.prefix_list_ids, "")))
      security_groups  = compact(split(",", try(rule.value.security_groups, "")))
    }
  }
}

resource "aws_default_network_acl" "this" {
  count                  = local.own_acl ? 1 : 0
  region                 = var.region
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  tags                   = merge({ Name = coalesce(var.default_network_acl_name, local.default_name) }, var.tags, var.default_network_acl_tags)
  dynamic "ingress" {
    for_each = var.default_network_acl_ingress
    iterator = rule
    content {
      rule_no         = rule.value.rule_no
      action          = rule.value.action
      protocol        = rule.value.protocol
      from_port       = rule.value.from_port
      to_port         = rule.value.to_port
      icmp_type       = try(rule.value.icmp_type, null)
      icmp_code       = try(rule.value.icmp_code, null)
      cidr_block      = try(rule.value.cidr_block, null)
      ipv6_cidr_block = try(rule.value.ipv6_cidr_block, null)
    }
  }
  dynamic "egress" {
    for_each = var.default_network_acl_egress
    iterator = rule
    content {
      rule_no         = rule.value.rule_no
      action          = rule.value.action
      protocol        = rule.value.protocol
      from_port       = rule.value.from_port
      to_port         = rule.value.to_port
      icmp_type       = try(rule.value.icmp_type, null)
      icmp_code       = try(rule.value.icmp_code, null)
      cidr_block      = try(rule.value.cidr_block, null)
      ipv6_cidr_block = try(rule.value.ipv6_cidr_block, null)
    }
  }
}

resource "aws_default_route_table" "default" {
  count                  = local.own_table ? 1 : 0
  region                 = var.region
  default_route_table_id = aws_vpc.this[0].default_route_table_id
  propagating_vgws       = var.default_route_table_propagating_vgws
  tags                   = merge({ Name = coalesce(var.default_route_table_name, local.default_name) }, var.tags, var.default_route_table_tags)
  dynamic "route" {
    for_each = var.default_route_table_routes
    content {
      cidr_block                = route.value.cidr_block
      ipv6_cidr_block           = try(route.value.ipv6_cidr_block, null)
      gateway_id                = try(route.value.gateway_id, null)
      nat_gateway_id            = try(route.value.nat_gateway_id, null)
      instance_id               = try(route.value.instance_id, null)
      network_interface_id      = try(route.value.network_interface_id, null)
      egress_only_gateway_id    = try(route.value.egress_only_gateway_id, null)
      transit_gateway_id        = try(route.value.transit_gateway_id, null)
      vpc_endpoint_id           = try(route.value.vpc_endpoint_id, null)
      vpc_peering_connection_id = try(route.value.vpc_peering_connection_id, null)
    }
  }
}
