# The network that terraform-aws-modules/vpc/aws makes. Left out: outposts, subnets with IPv6 only, the default VPC,
# VPC block public access, flow logs and customer gateways.
model {
  name     = "terraform-aws-modules/vpc/aws"
  git      = ["github.com/terraform-aws-modules/terraform-aws-vpc"]
  versions = ">= 3.12, < 7.0, != 4.0.0"
  ignores = [
    "*flow_log*", "customer_gateway*", "vpn_gateway_az", "amazon_side_asn", "enable_classiclink*", "external_nat_ips",
    "assign_ipv6_address_on_creation", "*_subnet_assign_ipv6_address_on_creation",
    "*_subnet_enable_resource_name_dns_a*_record_on_launch", "*_subnet_private_dns_hostname_type_on_launch",
    "enable_network_address_usage_metrics", "ipv6_cidr_block_network_border_group",
    "dhcp_options_ntp_servers", "dhcp_options_netbios*", "dhcp_options_ipv6*",
    "igw_tags", "nat_*_tags", "vpn_gateway_tags", "dhcp_options_tags", "default_*_tags", "default_*_name",
    "*_route_table_tags", "*_acl_tags", "*_subnet_group_tags",
  ]
}

locals {
  on = var.create_vpc && var.putin_khuylo
  id = one(aws_vpc.this[*].id)

  ipv6 = one(aws_vpc.this[*].ipv6_cidr_block)

  # What version 4 turned on.
  hostnames     = coalesce(var.enable_dns_hostnames, var.since_4)
  default_group = coalesce(var.manage_default_security_group, var.since_4)
  default_acl   = coalesce(var.manage_default_network_acl, var.since_4)
  default_table = coalesce(var.manage_default_route_table, var.since_4)

  # A zone is given by its name, such as eu-west-1a, or by its id, such as euw1-az1.
  zones    = [for z in var.azs : can(regex("^[a-z]+-[a-z]+-", z)) ? z : null]
  zone_ids = [for z in var.azs : can(regex("^[a-z]+-[a-z]+-", z)) ? null : z]

  # The kinds of subnets: how many there are of each. Since 4, one may have a range of IPv6 only.
  open = local.on ? max(
    length(var.public_subnets), length([for n in var.public_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0
  publics = var.one_nat_gateway_per_az && local.open < length(var.azs) ? 0 : local.open
  privates = local.on ? max(
    length(var.private_subnets), length([for n in var.private_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0
  databases = local.on ? max(
    length(var.database_subnets), length([for n in var.database_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0
  redshifts = local.on ? max(
    length(var.redshift_subnets), length([for n in var.redshift_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0
  elasticaches = local.on ? max(
    length(var.elasticache_subnets), length([for n in var.elasticache_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0
  intras = local.on ? max(
    length(var.intra_subnets), length([for n in var.intra_subnet_ipv6_prefixes : n if var.since_4])
  ) : 0

  # The subnets that share the private tables, and how many tables and NAT gateways these need.
  # Since 4 the public ones count too, and before 5.1.2 also the intra ones.
  least  = max(local.privates, local.databases, local.redshifts, local.elasticaches)
  public = local.open <= local.least ? local.least : var.since_4 ? local.open : local.least
  intra  = !var.since_4 || var.since_5_1_2 ? local.public : local.intras
  inner  = local.intras <= local.public ? local.public : local.intra
  zonal  = var.one_nat_gateway_per_az ? length(var.azs) : local.inner
  wanted = var.single_nat_gateway ? 1 : local.zonal
  routed = local.inner == 0 ? 0 : local.wanted
  nats   = local.on && var.enable_nat_gateway

  igw   = local.open > 0 && var.create_igw
  eigw  = local.inner > 0 && var.create_egress_only_igw && var.enable_ipv6
  vgw   = local.on && (var.enable_vpn_gateway || var.vpn_gateway_id != "")
  vgws  = concat(aws_vpn_gateway.this[*].id, aws_vpn_gateway_attachment.this[*].vpn_gateway_id)
  dns64 = var.enable_ipv6 ? var.since_4 : false

  public_ids = aws_subnet.public[*].id
  nat_ids    = aws_nat_gateway.this[*].id
  igw_id     = one(aws_internet_gateway.this[*].id)
  eigw_id    = one(aws_egress_only_internet_gateway.this[*].id)

  all4   = "0.0.0.0/0"
  all6   = "::/0"
  mapped = "64:ff9b::/96" # IPv4 addresses as DNS64 writes them
  nat64  = local.dns64 && var.private_subnet_enable_dns64

  # Kinds that have tables of their own. The others share the private ones.
  own = {
    database    = var.create_database_subnet_route_table && local.databases > 0
    redshift    = var.create_redshift_subnet_route_table && local.redshifts > 0
    elasticache = var.create_elasticache_subnet_route_table && local.elasticaches > 0
  }
  open_database = var.create_database_internet_gateway_route
  igw_database  = local.open_database && !var.create_database_nat_gateway_route
  nat_database  = !local.open_database && var.create_database_nat_gateway_route && local.nats

  tables = {
    public      = aws_route_table.public[*].id
    private     = aws_route_table.private[*].id
    intra       = aws_route_table.intra[*].id
    database    = local.own.database ? aws_route_table.database[*].id : aws_route_table.private[*].id
    redshift    = local.own.redshift ? aws_route_table.redshift[*].id : local.shared
    elasticache = local.own.elasticache ? aws_route_table.elasticache[*].id : aws_route_table.private[*].id
  }
  shared = var.enable_public_redshift ? aws_route_table.public[*].id : aws_route_table.private[*].id
}

resource "aws_vpc" "this" {
  count                = local.on ? 1 : 0
  cidr_block           = var.use_ipam_pool ? null : coalesce(var.cidr, var.since_4 ? "10.0.0.0/16" : "0.0.0.0/0")
  ipv4_ipam_pool_id    = var.ipv4_ipam_pool_id
  ipv4_netmask_length  = var.ipv4_netmask_length
  ipv6_cidr_block      = var.ipv6_cidr
  ipv6_ipam_pool_id    = var.ipv6_ipam_pool_id
  ipv6_netmask_length  = var.ipv6_netmask_length
  instance_tenancy     = var.instance_tenancy
  enable_dns_support   = var.enable_dns_support
  enable_dns_hostnames = local.hostnames
  tags                 = merge({ Name = var.name }, var.tags, var.vpc_tags)

  assign_generated_ipv6_cidr_block = var.use_ipam_pool ? null : var.enable_ipv6 ? true : null
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = local.on ? length(var.secondary_cidr_blocks) : 0
  vpc_id     = local.id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_vpc_dhcp_options" "this" {
  count               = local.on && var.enable_dhcp_options ? 1 : 0
  domain_name         = var.dhcp_options_domain_name
  domain_name_servers = var.dhcp_options_domain_name_servers
}

resource "aws_vpc_dhcp_options_association" "this" {
  count           = length(aws_vpc_dhcp_options.this)
  vpc_id          = local.id
  dhcp_options_id = one(aws_vpc_dhcp_options.this[*].id)
}

resource "aws_internet_gateway" "this" {
  count  = local.igw ? 1 : 0
  vpc_id = local.id
}

resource "aws_egress_only_internet_gateway" "this" {
  count  = local.eigw ? 1 : 0
  vpc_id = local.id
}

resource "aws_eip" "nat" {
  count = local.nats && !var.reuse_nat_ips ? local.wanted : 0
}

resource "aws_nat_gateway" "this" {
  count         = local.nats ? local.wanted : 0
  allocation_id = element(concat(aws_eip.nat[*].id, var.reuse_nat_ips ? var.external_nat_ip_ids : []), count.index)
  subnet_id     = element(local.public_ids, count.index)
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_vpn_gateway" "this" {
  count  = local.on && var.enable_vpn_gateway ? 1 : 0
  vpc_id = local.id
}

resource "aws_vpn_gateway_attachment" "this" {
  count          = var.vpn_gateway_id == "" ? 0 : 1
  vpc_id         = local.id
  vpn_gateway_id = var.vpn_gateway_id
}

resource "aws_db_subnet_group" "database" {
  count      = local.databases > 0 && var.create_database_subnet_group ? 1 : 0
  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count      = local.elasticaches > 0 && var.create_elasticache_subnet_group ? 1 : 0
  name       = coalesce(var.elasticache_subnet_group_name, var.name)
  subnet_ids = aws_subnet.elasticache[*].id
}

resource "aws_redshift_subnet_group" "redshift" {
  count      = local.redshifts > 0 && var.create_redshift_subnet_group ? 1 : 0
  name       = lower(coalesce(var.redshift_subnet_group_name, var.name))
  subnet_ids = aws_subnet.redshift[*].id
}
