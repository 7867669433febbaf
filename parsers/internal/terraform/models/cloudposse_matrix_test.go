package models_test

import "regexp"

var cloudposseVPCMatrix = matrix{
	name:   "cloudposse/vpc/aws",
	folder: "cloudposse/vpc",
	open:   []string{"deprecated"}, // calls another version
	beside: `
		module "ctx" {
		  source    = "cloudposse/label/null"
		  version   = "0.25.0"
		  namespace = "eg"
		}
	`,
	base: []string{`name = "app"`, `ipv4_primary_cidr_block = "10.0.0.0/16"`},
	switches: []string{
		`enabled = false`,
		`enabled = true`,
		`context = module.ctx.context`,
		`namespace = "eg"`,
		`tags = { Team = "a" }`,
		`ipv4_primary_cidr_block = "10.0.0.0/20"`,
		`ipv4_additional_cidr_block_associations = { one = { ipv4_cidr_block = "10.1.0.0/16", ipv4_ipam_pool_id = null, ipv4_netmask_length = null } }`,
		`assign_generated_ipv6_cidr_block = false`,
		`cidr_block = "10.2.0.0/16"`,
		`additional_cidr_blocks = ["10.3.0.0/16"]`,
		`enable_internet_gateway = false`,
		`enable_dns_support = false`,
		`enable_default_security_group_with_custom_rules = false`,
		`ipv6_enabled = false`,
		`dns_hostnames_enabled = false`,
		`dns_support_enabled = false`,
		`internet_gateway_enabled = false`,
		`ipv6_egress_only_internet_gateway_enabled = true`,
		`default_security_group_deny_all = false`,
		`default_route_table_no_routes = true`,
		`default_network_acl_deny_all = true`,
		`instance_tenancy = "dedicated"`,
	},
}

var dynamicSubnetsMatrix = matrix{
	name:   "cloudposse/dynamic-subnets/aws",
	folder: "cloudposse/dynamic-subnets",
	unsaid: regexp.MustCompile(` Outputs:\[(?:named_\w+ ?)+\]`), // outputs by name
	// Their zones come from a variable without a value.
	open: []string{
		"complete", "existing-ips", "limited-nat-gateways", "nacls", "redundant-nat-gateways",
		"separate-public-private-subnets",
	},
	beside: `
		resource "aws_vpc" "net" {
		  cidr_block                       = "10.0.0.0/16"
		  assign_generated_ipv6_cidr_block = true
		}
		resource "aws_internet_gateway" "net" { vpc_id = aws_vpc.net.id }
		resource "aws_egress_only_internet_gateway" "net" { vpc_id = aws_vpc.net.id }
		resource "aws_route_table" "one" { vpc_id = aws_vpc.net.id }
	`,
	base: []string{
		`name = "app"`,
		`vpc_id = aws_vpc.net.id`,
		`igw_id = [aws_internet_gateway.net.id]`,
		`ipv4_cidr_block = ["10.0.0.0/16"]`,
		`availability_zones = ["eu-west-1a", "eu-west-1b"]`,
		`max_subnet_count = 3`,
	},
	switches: []string{
		`enabled = false`,
		`namespace = "eg"`,
		`igw_id = []`,
		`ipv6_egress_only_igw_id = [aws_egress_only_internet_gateway.net.id]`,
		`availability_zones = ["eu-west-1a"]`,
		`availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]`,
		`max_subnet_count = 0`,
		`max_subnet_count = 1`,
		`subnets_per_az_count = 2`,
		`public_subnets_enabled = false
nat_gateway_enabled = false
nat_instance_enabled = false`,
		`private_subnets_enabled = false`,
		`ipv4_enabled = false`,
		`ipv6_enabled = true`,
		`ipv4_cidr_block = ["10.0.0.0/20"]`,
		`ipv4_cidr_block = []`,
		`ipv4_cidrs = [{ private = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24"], public = ["10.0.11.0/24", "10.0.12.0/24"] }]`,
		`ipv6_cidr_block = ["2001:db8::/56"]`,
		`private_route_table_enabled = false`,
		`public_route_table_enabled = false`,
		`public_route_table_ids = [aws_route_table.one.id]`,
		`public_route_table_per_subnet_enabled = true`,
		`public_route_table_per_subnet_enabled = false`,
		`public_open_network_acl_enabled = false`,
		`private_open_network_acl_enabled = false`,
		`public_dns64_nat64_enabled = true`,
		`private_dns64_nat64_enabled = false`,
		`nat_gateway_enabled = true`,
		`nat_gateway_enabled = false`,
		`nat_instance_enabled = true`,
		`nat_instance_enabled = false`,
		`max_nats = 1`,
		`nat_elastic_ips = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6"]`,
		`map_public_ip_on_launch = false`,
	},
}

var cloudposseGroupMatrix = matrix{
	name:   "cloudposse/security-group/aws",
	folder: "cloudposse/security-group",
	omits:  []string{"aws_security_group_rule"},      // they stand in the group
	unsaid: regexp.MustCompile(" CreatedFirst:true"), // the order in which a group is replaced
	open:   []string{"complete"},
	beside: `
		module "ctx" {
		  source    = "cloudposse/label/null"
		  version   = "0.25.0"
		  namespace = "eg"
		  enabled   = true
		}
		resource "aws_vpc" "net" { cidr_block = "10.0.0.0/16" }
		resource "aws_security_group" "one" { vpc_id = aws_vpc.net.id }
		resource "aws_security_group" "two" { vpc_id = aws_vpc.net.id }
	`,
	base: []string{`name = "app"`, `vpc_id = aws_vpc.net.id`},
	switches: []string{
		`enabled = false`,
		`enabled = true`,
		`context = module.ctx.context`,
		`namespace = "eg"`,
		`security_group_name = ["given"]`,
		`target_security_group_id = [aws_security_group.one.id]`,
		`create_before_destroy = true`,
		`create_before_destroy = false`,
		`preserve_security_group_id = true`,
		`allow_all_egress = true`,
		`allow_all_egress = false`,
		`inline_rules_enabled = true`,
		`revoke_rules_on_delete = true`,
		`rules = [{ type = "ingress", from_port = 443, to_port = 443, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"] }]`,
		`rules = [{ key = "self", type = "ingress", from_port = 0, to_port = 0, protocol = "-1", self = true }]`,
		`rules = [{ type = "ingress", from_port = 22, to_port = 22, protocol = "tcp", self = null, cidr_blocks = [], source_security_group_id = aws_security_group.one.id }, { type = "egress", from_port = 5432, to_port = 5432, protocol = "tcp", self = null, cidr_blocks = [], source_security_group_id = aws_security_group.two.id }]`,
		`rules_map = { web = [{ type = "ingress", from_port = 80, to_port = 81, protocol = "tcp", ipv6_cidr_blocks = ["2001:db8::/32"] }], out = [{ type = "egress", from_port = 53, to_port = 53, protocol = "udp", prefix_list_ids = ["pl-0a"] }] }`,
		`rule_matrix = [{ source_security_group_ids = [aws_security_group.one.id, aws_security_group.two.id], rules = [{ type = "ingress", from_port = 3306, to_port = 3306, protocol = "tcp" }, { type = "egress", from_port = 3306, to_port = 3306, protocol = "tcp" }] }]`,
		`rule_matrix = [{ cidr_blocks = ["10.2.0.0/16"], ipv6_cidr_blocks = ["::/0"], source_security_group_ids = [aws_security_group.one.id], prefix_list_ids = [], self = true, rules = [{ key = "a", type = "ingress", from_port = 6379, to_port = 6379, protocol = "tcp", self = true }] }]`,
	},
}

var cloudposseFunctionMatrix = matrix{
	name:   "cloudposse/lambda-function/aws",
	folder: "cloudposse/lambda-function",
	omits:  []string{"aws_iam_role_policy", "aws_iam_policy"}, // what they grant stands in the role
	beside: `
		module "ctx" {
		  source    = "cloudposse/label/null"
		  version   = "0.25.0"
		  namespace = "eg"
		}
		resource "aws_vpc" "net" { cidr_block = "10.0.0.0/16" }
		resource "aws_subnet" "one" {
		  vpc_id     = aws_vpc.net.id
		  cidr_block = "10.0.1.0/24"
		}
		resource "aws_security_group" "one" { vpc_id = aws_vpc.net.id }
		resource "aws_sqs_queue" "one" {}
	`,
	base: []string{
		`name = "app"`,
		`function_name = "worker"`,
		`handler = "index.handler"`,
		`runtime = "python3.13"`,
		`filename = "worker.zip"`,
		`vpc_config = { subnet_ids = [aws_subnet.one.id], security_group_ids = [aws_security_group.one.id] }`,
	},
	switches: []string{
		`enabled = false`,
		`enabled = true`,
		`context = module.ctx.context`,
		`namespace = "eg"`,
		`vpc_config = null`,
		`vpc_config = { subnet_ids = [], security_group_ids = [] }`,
		`role_name = "named"`,
		`permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"`,
		`lambda_environment = { variables = { QUEUE_URL = aws_sqs_queue.one.url } }`,
		`dead_letter_config_target_arn = aws_sqs_queue.one.arn`,
		`tracing_config_mode = "Active"`,
		`package_type = "Image"`,
		`image_uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/worker:1"`,
		`layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:one:1"]`,
		`kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/one"`,
		`memory_size = 512`,
		`timeout = 60`,
		`publish = true`,
		`reserved_concurrent_executions = 5`,
		`lambda_at_edge = true`,
		`lambda_at_edge_enabled = true`,
		`cloudwatch_lambda_insights_enabled = true`,
		`cloudwatch_logs_retention_in_days = 7`,
		`ssm_parameter_names = ["/app/one", "/app/two"]`,
		`ssm_parameter_names = []`,
		`custom_iam_policy_arns = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]`,
		`inline_iam_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })`,
	},
}
