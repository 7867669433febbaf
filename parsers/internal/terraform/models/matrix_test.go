package models_test

// matrix says with which inputs a model is compared.
type matrix struct {
	name   string // the address of the real module
	folder string // where its versions lie
	// omits are parts of addresses that the model leaves out, as its header says.
	omits []string
	// open are examples whose networks are open in both: undecided conditions are named by what is written, which
	// differs.
	open []string
	// beside is written beside the calls. Of base, each call has all that it does not set itself.
	beside string
	base   []string
	// switches are tried one by one, and many together.
	switches []string
	// refused are switches that the real module takes alone and not together.
	refused [][]string
}

var matrices = []matrix{
	{
		name:   "terraform-aws-modules/vpc/aws",
		folder: "terraform-aws-modules/vpc",
		omits:  []string{"vpc_flow_log", "aws_default_network_acl", "DefaultNetworkAcl", "MainRouteTable", "aws_default_route_table"},
		open:   []string{"ipam", "ipam-vpc", "manage-default-vpc", "outpost", "ipv6-only", "block-public-access"},
		base: []string{
			`name = "net"`,
			`cidr = "10.0.0.0/16"`,
			`azs = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]`,
			`private_subnets = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]`,
			`public_subnets = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]`,
		},
		switches: []string{
			`azs = ["eu-west-1a", "eu-west-1b"]`,
			`azs = ["euw1-az1", "euw1-az2"]`,
			`cidr = "10.0.0.0/8"`,
			`private_subnets = []`,
			`private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]`,
			`public_subnets = []`,
			`public_subnets = ["10.0.11.0/24", "10.0.12.0/24"]`,
			`database_subnets = ["10.0.21.0/24", "10.0.22.0/24"]`,
			`redshift_subnets = ["10.0.31.0/24", "10.0.32.0/24"]`,
			`elasticache_subnets = ["10.0.41.0/24", "10.0.42.0/24"]`,
			`intra_subnets = ["10.0.51.0/24", "10.0.52.0/24", "10.0.53.0/24", "10.0.54.0/24", "10.0.55.0/24"]`,
			`enable_nat_gateway = true`,
			`single_nat_gateway = true`,
			`one_nat_gateway_per_az = true`,
			`reuse_nat_ips = true`,
			`external_nat_ip_ids = ["eipalloc-0a", "eipalloc-0b", "eipalloc-0c", "eipalloc-0d"]`,
			`nat_gateway_destination_cidr_block = "192.0.2.0/24"`,
			`create_private_nat_gateway_route = false`,
			`create_igw = false`,
			`create_egress_only_igw = false`,
			`create_vpc = false`,
			`create_multiple_public_route_tables = true`,
			`create_multiple_intra_route_tables = true`,
			`create_database_subnet_route_table = true`,
			`create_database_internet_gateway_route = true`,
			`create_database_nat_gateway_route = true`,
			`create_redshift_subnet_route_table = true`,
			`create_elasticache_subnet_route_table = true`,
			`create_database_subnet_group = false`,
			`enable_public_redshift = true`,
			`enable_ipv6 = true`,
			`private_subnet_ipv6_prefixes = [0, 1, 2]`,
			`public_subnet_ipv6_prefixes = [4, 5, 6]`,
			`private_subnet_enable_dns64 = false`,
			`public_dedicated_network_acl = true`,
			`private_dedicated_network_acl = true`,
			`private_inbound_acl_rules = [{ rule_number = 90, rule_action = "deny", protocol = "tcp", from_port = 22, to_port = 22, cidr_block = "0.0.0.0/0" }]`,
			`private_outbound_acl_rules = []`,
			`manage_default_security_group = false`,
			`manage_default_security_group = true`,
			`default_security_group_egress = [{ protocol = "-1", cidr_blocks = "0.0.0.0/0", from_port = 0, to_port = 0 }]`,
			`default_security_group_ingress = [{ self = true }]`,
			`secondary_cidr_blocks = ["10.1.0.0/16"]`,
			`enable_dns_hostnames = false`,
			`enable_dns_hostnames = true`,
			`enable_dns_support = false`,
			`enable_dhcp_options = true`,
			`dhcp_options_domain_name_servers = ["10.0.0.5"]`,
			`map_public_ip_on_launch = true`,
			`enable_vpn_gateway = true`,
			`vpn_gateway_id = "vgw-0a"`,
			`propagate_private_route_tables_vgw = true`,
			`propagate_public_route_tables_vgw = true`,
			`propagate_intra_route_tables_vgw = true`,
			`instance_tenancy = "dedicated"`,
			`use_ipam_pool = true`,
			`tags = { Team = "a" }`,
			`private_subnet_tags = { Tier = "private" }`,
			`private_subnet_suffix = "app"`,
			`private_subnet_names = ["one"]`,
		},
		refused: [][]string{
			{`create_database_internet_gateway_route = true`, `public_subnets = []`}, // a route to a gateway that is not made
		},
	},
}
