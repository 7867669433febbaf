output "vpc_id" {
  value = one(aws_vpc.this[*].id)
}

output "vpc_arn" {
  value = one(aws_vpc.this[*].arn)
}

output "vpc_cidr_block" {
  value = one(aws_vpc.this[*].cidr_block)
}

output "vpc_ipv6_cidr_block" {
  value = one(aws_vpc.this[*].ipv6_cidr_block)
}

output "vpc_main_route_table_id" {
  value = one(aws_vpc.this[*].main_route_table_id)
}

output "default_security_group_id" {
  value = one(aws_vpc.this[*].default_security_group_id)
}

output "default_network_acl_id" {
  value = one(aws_vpc.this[*].default_network_acl_id)
}

output "default_route_table_id" {
  value = one(aws_vpc.this[*].default_route_table_id)
}

output "vpc_owner_id" {
  value = one(aws_vpc.this[*].owner_id)
}

output "vpc_enable_dns_support" {
  value = one(aws_vpc.this[*].enable_dns_support)
}

output "vpc_enable_dns_hostnames" {
  value = one(aws_vpc.this[*].enable_dns_hostnames)
}

output "vpc_secondary_cidr_blocks" {
  value = compact(aws_vpc_ipv4_cidr_block_association.this[*].cidr_block)
}

output "igw_id" {
  value = one(aws_internet_gateway.this[*].id)
}

output "igw_arn" {
  value = one(aws_internet_gateway.this[*].arn)
}

output "egress_only_internet_gateway_id" {
  value = one(aws_egress_only_internet_gateway.this[*].id)
}

output "nat_ids" {
  value = aws_eip.nat[*].id
}

output "natgw_ids" {
  value = aws_nat_gateway.this[*].id
}

output "natgw_interface_ids" {
  value = aws_nat_gateway.this[*].network_interface_id
}

output "vgw_id" {
  value = one(local.vgws)
}

output "dhcp_options_id" {
  value = one(aws_vpc_dhcp_options.this[*].id)
}

output "azs" {
  value = var.azs
}

output "name" {
  value = var.name
}

output "public_subnets" {
  value = aws_subnet.public[*].id
}

output "public_subnet_objects" {
  value = aws_subnet.public
}

output "public_subnet_arns" {
  value = aws_subnet.public[*].arn
}

output "public_subnets_cidr_blocks" {
  value = compact(aws_subnet.public[*].cidr_block)
}

output "public_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.public[*].ipv6_cidr_block) : aws_subnet.public[*].ipv6_cidr_block
}

output "public_route_table_ids" {
  value = aws_route_table.public[*].id
}

output "public_network_acl_id" {
  value = try(aws_network_acl.dedicated["public"].id, null)
}

output "private_subnets" {
  value = aws_subnet.private[*].id
}

output "private_subnet_objects" {
  value = aws_subnet.private
}

output "private_subnet_arns" {
  value = aws_subnet.private[*].arn
}

output "private_subnets_cidr_blocks" {
  value = compact(aws_subnet.private[*].cidr_block)
}

output "private_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.private[*].ipv6_cidr_block) : aws_subnet.private[*].ipv6_cidr_block
}

output "private_route_table_ids" {
  value = aws_route_table.private[*].id
}

output "private_network_acl_id" {
  value = try(aws_network_acl.dedicated["private"].id, null)
}

output "database_subnets" {
  value = aws_subnet.database[*].id
}

output "database_subnet_objects" {
  value = aws_subnet.database
}

output "database_subnet_arns" {
  value = aws_subnet.database[*].arn
}

output "database_subnets_cidr_blocks" {
  value = compact(aws_subnet.database[*].cidr_block)
}

output "database_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.database[*].ipv6_cidr_block) : aws_subnet.database[*].ipv6_cidr_block
}

output "database_route_table_ids" {
  value = local.tables.database
}

output "database_network_acl_id" {
  value = try(aws_network_acl.dedicated["database"].id, null)
}

output "redshift_subnets" {
  value = aws_subnet.redshift[*].id
}

output "redshift_subnet_objects" {
  value = aws_subnet.redshift
}

output "redshift_subnet_arns" {
  value = aws_subnet.redshift[*].arn
}

output "redshift_subnets_cidr_blocks" {
  value = compact(aws_subnet.redshift[*].cidr_block)
}

output "redshift_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.redshift[*].ipv6_cidr_block) : aws_subnet.redshift[*].ipv6_cidr_block
}

output "redshift_route_table_ids" {
  value = local.tables.redshift
}

output "redshift_network_acl_id" {
  value = try(aws_network_acl.dedicated["redshift"].id, null)
}

output "elasticache_subnets" {
  value = aws_subnet.elasticache[*].id
}

output "elasticache_subnet_objects" {
  value = aws_subnet.elasticache
}

output "elasticache_subnet_arns" {
  value = aws_subnet.elasticache[*].arn
}

output "elasticache_subnets_cidr_blocks" {
  value = compact(aws_subnet.elasticache[*].cidr_block)
}

output "elasticache_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.elasticache[*].ipv6_cidr_block) : aws_subnet.elasticache[*].ipv6_cidr_block
}

output "elasticache_route_table_ids" {
  value = local.tables.elasticache
}

output "elasticache_network_acl_id" {
  value = try(aws_network_acl.dedicated["elasticache"].id, null)
}

output "intra_subnets" {
  value = aws_subnet.intra[*].id
}

output "intra_subnet_objects" {
  value = aws_subnet.intra
}

output "intra_subnet_arns" {
  value = aws_subnet.intra[*].arn
}

output "intra_subnets_cidr_blocks" {
  value = compact(aws_subnet.intra[*].cidr_block)
}

output "intra_subnets_ipv6_cidr_blocks" {
  value = var.since_3_14_2 ? compact(aws_subnet.intra[*].ipv6_cidr_block) : aws_subnet.intra[*].ipv6_cidr_block
}

output "intra_route_table_ids" {
  value = aws_route_table.intra[*].id
}

output "intra_network_acl_id" {
  value = try(aws_network_acl.dedicated["intra"].id, null)
}

output "database_subnet_group" {
  value = one(aws_db_subnet_group.database[*].id)
}

output "database_subnet_group_name" {
  value = one(aws_db_subnet_group.database[*].name)
}

output "elasticache_subnet_group" {
  value = one(aws_elasticache_subnet_group.elasticache[*].id)
}

output "elasticache_subnet_group_name" {
  value = one(aws_elasticache_subnet_group.elasticache[*].name)
}

output "redshift_subnet_group" {
  value = one(aws_redshift_subnet_group.redshift[*].id)
}
