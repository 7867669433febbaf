variable "since_4" {
  type = bool
}

variable "since_5_1_2" {
  type = bool
}

variable "since_5_7_1" {
  type = bool
}

variable "region" {
  type    = string
  default = null
}

variable "cidr" {
  type    = string
  default = null
}

variable "ipv4_ipam_pool_id" {
  type    = string
  default = null
}

variable "ipv6_cidr" {
  type    = string
  default = null
}

variable "ipv6_ipam_pool_id" {
  type    = string
  default = null
}

variable "ipv4_netmask_length" {
  type    = number
  default = null
}

variable "ipv6_netmask_length" {
  type    = number
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "instance_tenancy" {
  type    = string
  default = "default"
}

variable "azs" {
  type    = list(string)
  default = []
}

variable "vpn_gateway_id" {
  type    = string
  default = ""
}

variable "nat_gateway_destination_cidr_block" {
  type    = string
  default = "0.0.0.0/0"
}

variable "default_vpc_enable_dns_support" {
  type    = bool
  default = true
}

variable "create_vpc" {
  type    = bool
  default = true
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

variable "enable_dns_support" {
  type    = bool
  default = true
}

variable "create_private_nat_gateway_route" {
  type    = bool
  default = true
}

variable "create_egress_only_igw" {
  type    = bool
  default = true
}

variable "manage_default_vpc" {
  type    = bool
  default = false
}

variable "use_ipam_pool" {
  type    = bool
  default = false
}

variable "enable_ipv6" {
  type    = bool
  default = false
}

variable "enable_nat_gateway" {
  type    = bool
  default = false
}

variable "single_nat_gateway" {
  type    = bool
  default = false
}

variable "one_nat_gateway_per_az" {
  type    = bool
  default = false
}

variable "reuse_nat_ips" {
  type    = bool
  default = false
}

variable "enable_vpn_gateway" {
  type    = bool
  default = false
}

variable "enable_dhcp_options" {
  type    = bool
  default = false
}

variable "propagate_public_route_tables_vgw" {
  type    = bool
  default = false
}

variable "propagate_private_route_tables_vgw" {
  type    = bool
  default = false
}

variable "propagate_intra_route_tables_vgw" {
  type    = bool
  default = false
}

variable "default_vpc_enable_dns_hostnames" {
  type    = bool
  default = null
}

variable "enable_dns_hostnames" {
  type    = bool
  default = null
}

variable "manage_default_network_acl" {
  type    = bool
  default = null
}

variable "manage_default_route_table" {
  type    = bool
  default = null
}

variable "manage_default_security_group" {
  type    = bool
  default = null
}

variable "secondary_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "external_nat_ip_ids" {
  type    = list(string)
  default = []
}

variable "default_route_table_propagating_vgws" {
  type    = list(string)
  default = []
}

variable "default_vpc_name" {
  type    = string
  default = null
}

variable "default_security_group_name" {
  type    = string
  default = null
}

variable "default_network_acl_name" {
  type    = string
  default = null
}

variable "default_route_table_name" {
  type    = string
  default = null
}

variable "default_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "default_security_group_tags" {
  type    = map(string)
  default = {}
}

variable "default_network_acl_tags" {
  type    = map(string)
  default = {}
}

variable "default_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "dhcp_options_tags" {
  type    = map(string)
  default = {}
}

variable "vpn_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "vpc_tags" {
  type    = map(string)
  default = {}
}

variable "igw_tags" {
  type    = map(string)
  default = {}
}

variable "nat_eip_tags" {
  type    = map(string)
  default = {}
}

variable "nat_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "vpc_block_public_access_options" {
  type    = map(string)
  default = {}
}

variable "vpc_block_public_access_exclusions" {
  type    = map(any)
  default = {}
}

variable "dhcp_options_domain_name" {
  type    = string
  default = ""
}

variable "dhcp_options_domain_name_servers" {
  type    = list(string)
  default = ["AmazonProvidedDNS"]
}

variable "default_security_group_ingress" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_egress" {
  type    = list(map(string))
  default = []
}

variable "default_route_table_routes" {
  type    = list(map(string))
  default = []
}

variable "default_network_acl_ingress" {
  type = list(map(string))
  default = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", protocol = "-1", from_port = 0, to_port = 0, ipv6_cidr_block = "::/0" },
  ]
}

variable "default_network_acl_egress" {
  type = list(map(string))
  default = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", protocol = "-1", from_port = 0, to_port = 0, ipv6_cidr_block = "::/0" },
  ]
}
