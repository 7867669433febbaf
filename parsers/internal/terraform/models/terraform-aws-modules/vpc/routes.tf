# Where the tables lead.

resource "aws_route" "public_internet_gateway" {
  count                  = local.igw ? length(aws_route_table.public) : 0
  route_table_id         = element(local.tables.public, count.index)
  destination_cidr_block = local.all4
  gateway_id             = local.igw_id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = local.igw && var.enable_ipv6 ? length(aws_route_table.public) : 0
  route_table_id              = element(local.tables.public, count.index)
  destination_ipv6_cidr_block = local.all6
  gateway_id                  = local.igw_id
}

resource "aws_route" "private_nat_gateway" {
  count                  = local.nats && var.create_private_nat_gateway_route ? local.routed : 0
  route_table_id         = element(local.tables.private, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = local.nat_ids[count.index % length(local.nat_ids)]
}

resource "aws_route" "private_dns64_nat_gateway" {
  count                       = local.nats && local.nat64 ? local.routed : 0
  route_table_id              = element(local.tables.private, count.index)
  destination_ipv6_cidr_block = local.mapped
  nat_gateway_id              = local.nat_ids[count.index % length(local.nat_ids)]
}

resource "aws_route" "private_ipv6_egress" {
  count                       = !local.eigw ? 0 : var.since_5_7_1 ? length(aws_route_table.private) : local.privates
  route_table_id              = element(local.tables.private, count.index)
  destination_ipv6_cidr_block = local.all6
  egress_only_gateway_id      = local.eigw_id
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.igw && local.own.database && local.igw_database ? 1 : 0
  route_table_id         = aws_route_table.database[count.index].id
  destination_cidr_block = local.all4
  gateway_id             = local.igw_id
}

resource "aws_route" "database_nat_gateway" {
  count                  = local.nat_database ? length(aws_route_table.database) : 0
  route_table_id         = aws_route_table.database[count.index].id
  destination_cidr_block = local.all4
  nat_gateway_id         = local.nat_ids[count.index % length(local.nat_ids)]
}

resource "aws_route" "database_dns64_nat_gateway" {
  count                       = local.nat_database && local.nat64 ? length(aws_route_table.database) : 0
  route_table_id              = aws_route_table.database[count.index].id
  destination_ipv6_cidr_block = local.mapped
  nat_gateway_id              = local.nat_ids[count.index % length(local.nat_ids)]
}

resource "aws_route" "database_ipv6_egress" {
  count                       = local.eigw && local.own.database && local.open_database ? 1 : 0
  route_table_id              = aws_route_table.database[count.index].id
  destination_ipv6_cidr_block = local.all6
  egress_only_gateway_id      = local.eigw_id
}

resource "aws_vpn_gateway_route_propagation" "public" {
  count          = !local.vgw || !var.propagate_public_route_tables_vgw ? 0 : 1
  route_table_id = element(local.tables.public, count.index)
  vpn_gateway_id = element(local.vgws, count.index)
}

resource "aws_vpn_gateway_route_propagation" "private" {
  count          = !local.vgw || !var.propagate_private_route_tables_vgw ? 0 : local.privates
  route_table_id = element(local.tables.private, count.index)
  vpn_gateway_id = element(local.vgws, count.index)
}

resource "aws_vpn_gateway_route_propagation" "intra" {
  count          = !local.vgw || !var.propagate_intra_route_tables_vgw ? 0 : local.intras
  route_table_id = element(local.tables.intra, count.index)
  vpn_gateway_id = element(local.vgws, count.index)
}

# The main table keeps no route that is not given here.
resource "aws_default_route_table" "default" {
  count                  = local.on && local.default_table ? 1 : 0
  default_route_table_id = one(aws_vpc.this[*].default_route_table_id)
  propagating_vgws       = var.default_route_table_propagating_vgws

  dynamic "route" {
    for_each = var.default_route_table_routes
    iterator = r
    content {
      cidr_block                = r.value.cidr_block
      ipv6_cidr_block           = lookup(r.value, "ipv6_cidr_block", null)
      egress_only_gateway_id    = lookup(r.value, "egress_only_gateway_id", null)
      gateway_id                = lookup(r.value, "gateway_id", null)
      instance_id               = lookup(r.value, "instance_id", null)
      nat_gateway_id            = lookup(r.value, "nat_gateway_id", null)
      network_interface_id      = lookup(r.value, "network_interface_id", null)
      transit_gateway_id        = lookup(r.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(r.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(r.value, "vpc_peering_connection_id", null)
    }
  }
}
