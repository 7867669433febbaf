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

output "vpc_enable_dns_support" {
  value = one(aws_vpc.this[*].enable_dns_support)
}

output "vpc_enable_dns_hostnames" {
  value = one(aws_vpc.this[*].enable_dns_hostnames)
}

output "vpc_instance_tenancy" {
  value = one(aws_vpc.this[*].instance_tenancy)
}

output "vpc_owner_id" {
  value = one(aws_vpc.this[*].owner_id)
}

output "default_vpc_id" {
  value = one(aws_default_vpc.this[*].id)
}

output "default_vpc_cidr_block" {
  value = one(aws_default_vpc.this[*].cidr_block)
}

output "default_vpc_default_security_group_id" {
  value = one(aws_default_vpc.this[*].default_security_group_id)
}

output "default_vpc_main_route_table_id" {
  value = one(aws_default_vpc.this[*].main_route_table_id)
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
  value = try(local.vpn_gateways[0], null)
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
