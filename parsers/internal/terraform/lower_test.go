package terraform_test

import (
	"reflect"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestReferences(t *testing.T) {
	p := build(t, map[string]args{
		"aws_vpc.main":         {"cidr_block": "10.0.0.0/16"},
		"aws_subnet.here":      {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.1.0/24"},
		"aws_subnet.literal":   {"vpc_id": "vpc-0a1b"},
		"aws_subnet.parameter": {"vpc_id": "${var.vpc_id}"},
		"aws_subnet.data":      {"vpc_id": "${data.aws_vpc.shared.id}"},
		"aws_subnet.unset":     {},
		"aws_subnet.null":      {"vpc_id": nil},
		"aws_subnet.unknown":   {"vpc_id": unknown("vpc_ids")},
		"aws_subnet.choice":    {"vpc_id": either{inProd, "${aws_vpc.main.id}", "vpc-dev"}},
		"aws_subnet.wrong":     {"vpc_id": "${aws_vpc.main.cidr_block}"},
		"data.aws_vpc.shared":  {"tags": args{"Name": "shared"}},
	})
	n := p.lower()
	for name, want := range map[string]string{
		"here": "aws_vpc.main", "literal": "vpc-0a1b", "parameter": "${var.vpc_id}", "data": "${data.aws_vpc.shared.id}",
		"unset": "nothing", "null": "nothing", "unknown": "? vpc_ids", "choice": "? var.env=prod", "wrong": "${aws_vpc.main.cidr_block}",
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, "VPC", id(n.Subnets.Get(graph.ID[graph.Subnet]("aws_subnet."+name)).VPC), want)
		})
	}
	choice := n.Subnets.Get("aws_subnet.choice").VPC
	expect(t, "in production", id(choice.In(prod)), "aws_vpc.main")
	expect(t, "in development", id(choice.In(dev)), "vpc-dev")
	if m := n.Missing("${var.vpc_id}"); m.Kind != fact.Parameter || m.Name != "var.vpc_id" {
		t.Errorf("what is missing for var.vpc_id: %+v", m)
	}
	if n.Head("data.aws_vpc.shared").Type != "aws_vpc" || n.VPCs.Get("data.aws_vpc.shared") != nil {
		t.Error("a data source says of what type it is, and is no VPC of this deployment")
	}
}

func TestHeaderOfAResource(t *testing.T) {
	p := build(t, map[string]args{
		`module.app["a"].aws_lambda_function.f[0]`: {"function_name": "f", "tags": args{"team": "orders", "id": "${var.id}"},
			"vpc_config": list(args{"subnet_ids": list("subnet-1"), "security_group_ids": list("sg-1")})},
	})
	f := p.instance(`module.app["a"].aws_lambda_function.f[0]`)
	f.Span, f.Places = span(10), map[string]source.Span{"vpc_config": span(20), "vpc_config[0].subnet_ids": span(30), "role": span(40)}
	f.Depends, f.When = []string{"aws_iam_role.r"}, inProd
	p.Exported = map[string]fact.Missing{`module.app["a"].aws_lambda_function.f`: {Kind: fact.Export, Name: "/app/function"}}
	p.Open = []fact.Missing{{Kind: fact.Macro, Name: "module.remote"}}
	n := p.lower()

	h := n.Functions.Get(graph.ID[graph.Function](f.Address)).Head()
	for path, want := range map[string]int{
		"vpc_config[0].subnet_ids": 30, "VpcConfig.SubnetIds": 30, "VpcConfig": 20, "Role": 40, "VpcConfig.SecurityGroupIds": 10,
	} {
		if got := h.At(path); got != span(want) {
			t.Errorf("place of %s: %v, want %v", path, got, span(want))
		}
	}
	if h.Type != "aws_lambda_function" || h.Tags["team"] != "orders" || len(h.Tags) != 1 || h.When.String() != inProd.String() || len(h.Depends) != 1 {
		t.Errorf("header: %+v", h)
	}
	if h.Exported == nil || h.Exported.Name != "/app/function" {
		t.Errorf("exported: %v", h.Exported)
	}
	if len(n.Open) != 1 || n.Open[0].Name != "module.remote" {
		t.Errorf("the network is open for %v", n.Open)
	}
}

func TestFunctions(t *testing.T) {
	network := func(subnets, groups any) []any {
		return list(args{"subnet_ids": subnets, "security_group_ids": groups})
	}
	n := lower(t, map[string]args{
		"aws_subnet.a":                {"vpc_id": "vpc-1"},
		"aws_security_group.f":        {"vpc_id": "vpc-1"},
		"aws_iam_role.named":          {"name": "worker"},
		"aws_iam_role.computed":       {"name_prefix": "worker-"},
		"aws_lambda_function.inside":  {"function_name": "in", "role": "${aws_iam_role.computed.arn}", "vpc_config": network(list("${aws_subnet.a.id}"), list("${aws_security_group.f.id}"))},
		"aws_lambda_function.outside": {"role": "arn:aws:iam::1:role/app/worker"},
		"aws_lambda_function.empty":   {"role": "arn:aws:iam::1:role/other", "vpc_config": network(list(), list())},
		"aws_lambda_function.half":    {"vpc_config": network(list("${aws_subnet.a.id}"), list())},
		"aws_lambda_function.unknown": {"vpc_config": network(unknown("subnets"), unknown("groups"))},
		"aws_lambda_function.dynamic": {"vpc_config": unknown("in_vpc")},
		"aws_lambda_function.managed": {"capacity_provider_config": list(args{"lambda_managed_instances_capacity_provider_config": list(args{"capacity_provider_arn": "${aws_lambda_capacity_provider.c.arn}"})})},
		"aws_lambda_capacity_provider.c": {"vpc_config": network(list("${aws_subnet.a.id}"), list()),
			"permissions_config": list(args{"capacity_provider_operator_role_arn": "${aws_iam_role.named.arn}"})},
		"aws_lambda_alias.live":                   {"function_name": "in"},
		"aws_lambda_event_source_mapping.name":    {"function_name": "in", "event_source_arn": "${aws_sqs_queue.q.arn}"},
		"aws_lambda_event_source_mapping.arn":     {"function_name": "${aws_lambda_function.outside.arn}"},
		"aws_lambda_event_source_mapping.aliased": {"function_name": "${aws_lambda_alias.live.arn}"},
	})
	for name, want := range map[string]struct {
		subnets, groups []string
		written         fact.Truth
		role            string
	}{
		"inside":  {[]string{"aws_subnet.a"}, []string{"aws_security_group.f"}, fact.True, "aws_iam_role.computed"},
		"outside": {nil, nil, fact.False, "aws_iam_role.named"},
		"empty":   {nil, nil, fact.False, "arn:aws:iam::1:role/other"},
		"half":    {[]string{"aws_subnet.a"}, nil, fact.True, "nothing"},
		"unknown": {[]string{"? subnets"}, []string{"? groups"}, fact.True, "nothing"},
		"dynamic": {[]string{"? in_vpc"}, []string{"? in_vpc"}, fact.Unknown, "nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			f := n.Functions.Get(graph.ID[graph.Function]("aws_lambda_function." + name))
			expect(t, "subnets", ids(f.Subnets), want.subnets...)
			expect(t, "groups", ids(f.Groups), want.groups...)
			expect(t, "role", id(f.Role), want.role)
			if got := f.VPCConfig.IsSet(nil); got.Truth != want.written || f.Subnets.IsSet != (want.written != fact.False) {
				t.Errorf("vpc_config is written: %v, want %v", got.Truth, want.written)
			}
		})
	}
	expect(t, "capacity provider", id(n.Functions.Get("aws_lambda_function.managed").CapacityProvider), "aws_lambda_capacity_provider.c")
	provider := n.CapacityProviders.Get("aws_lambda_capacity_provider.c")
	expect(t, "subnets of the provider", ids(provider.Subnets), "aws_subnet.a")
	expect(t, "operator role", id(provider.OperatorRole), "aws_iam_role.named")
	for name, want := range map[string]string{"name": "aws_lambda_function.inside", "arn": "aws_lambda_function.outside", "aliased": "aws_lambda_function.inside"} {
		expect(t, "function mapped by "+name, id(n.EventSourceMappings.Get(graph.ID[graph.EventSourceMapping]("aws_lambda_event_source_mapping."+name)).Function), want)
	}
}

func TestANameThatIsPassedToAFunctionNamesTheResource(t *testing.T) {
	p := build(t, map[string]args{
		"aws_dynamodb_table.orders[0]": {"name": "orders"},
		"aws_dynamodb_table.other":     {"name": "other"},
		"module.files.aws_s3_bucket.b": {"bucket": "files"},
		"module.files.aws_s3_bucket.c": {"bucket": "${var.stage}-files"},
		"module.files.aws_sqs_queue.a": {"name": "both"},
		"module.files.aws_sns_topic.a": {"name": "both"},
		"aws_lambda_function.f": {"environment": list(args{"variables": args{
			"TABLE": "orders", "OTHER": "other", "QUEUE": "${aws_sqs_queue.q.url}", "STAGE": "prod", "BUCKET": "files", "PARTLY": "${var.stage}-files", "BOTH": "both"}})},
	})
	p.instance("aws_lambda_function.f").Depends = []string{"aws_dynamodb_table.orders", "aws_sqs_queue.q", "module.files"}
	want := map[string]string{
		"TABLE": "${aws_dynamodb_table.orders[0].name}", "OTHER": "other", "QUEUE": "${aws_sqs_queue.q.url}", "STAGE": "prod",
		"BUCKET": "${module.files.aws_s3_bucket.b.bucket}", "PARTLY": "${module.files.aws_s3_bucket.c.bucket}", "BOTH": "both",
	}
	for _, it := range p.lower().Functions.Get("aws_lambda_function.f").Environment.Items {
		expect(t, it.Value.Name, words(it.Value.Value), want[it.Value.Name])
	}
}

// nodes counts those that are no plain resources.
func nodes(n *graph.Network) (count int) {
	tables := reflect.ValueOf(n).Elem()
	for i := range tables.NumField() {
		if !tables.Type().Field(i).IsExported() {
			continue
		}
		table, isTable := tables.Field(i).Addr().Interface().(interface{ Len() int })
		if isTable && table != any(&n.Resources) {
			count += table.Len()
		}
	}
	return count
}

func TestEveryTypeWithANodeIsLowered(t *testing.T) {
	for typ, arguments := range map[string]args{
		"aws_vpc": {}, "aws_default_vpc": {}, "aws_vpc_ipv4_cidr_block_association": {}, "aws_subnet": {}, "aws_default_subnet": {},
		"aws_vpc_ipv6_cidr_block_association": {"assign_generated_ipv6_cidr_block": true},
		"aws_vpc_dhcp_options":                {}, "aws_default_vpc_dhcp_options": {}, "aws_vpc_dhcp_options_association": {},
		"aws_route_table": {}, "aws_default_route_table": {}, "aws_route": {}, "aws_route_table_association": {},
		"aws_vpn_gateway_route_propagation": {}, "aws_vpc_route_server_propagation": {}, "aws_ec2_managed_prefix_list": {},
		"aws_internet_gateway": {}, "aws_internet_gateway_attachment": {}, "aws_vpn_gateway": {}, "aws_vpn_gateway_attachment": {},
		"aws_egress_only_internet_gateway": {}, "aws_nat_gateway": {}, "aws_eip": {}, "aws_eip_association": {},
		"aws_vpc_peering_connection": {}, "aws_ec2_transit_gateway": {}, "aws_ec2_transit_gateway_vpc_attachment": {}, "aws_vpc_endpoint": {},
		"aws_network_acl": {}, "aws_default_network_acl": {}, "aws_network_acl_rule": {}, "aws_network_acl_association": {},
		"aws_security_group": {}, "aws_default_security_group": {}, "aws_security_group_rule": {"type": "egress", "self": true},
		"aws_vpc_security_group_egress_rule": {}, "aws_vpc_security_group_ingress_rule": {}, "aws_vpc_security_group_vpc_association": {},
		"aws_vpc_block_public_access_options": {}, "aws_vpc_block_public_access_exclusion": {},
		"aws_instance": {}, "aws_network_interface": {}, "aws_network_interface_attachment": {},
		"aws_lambda_function": {}, "aws_lambda_capacity_provider": {}, "aws_lambda_event_source_mapping": {},
		"aws_iam_role": {}, "aws_iam_role_policy": {}, "aws_iam_policy": {}, "aws_iam_role_policy_attachment": {}, "aws_iam_policy_attachment": {},
		"aws_iam_role_policy_attachments_exclusive": {"policy_arns": list("arn:aws:iam::aws:policy/A")},
		"aws_db_instance": {}, "aws_rds_cluster": {}, "aws_db_proxy": {}, "aws_docdb_cluster": {}, "aws_neptune_cluster": {}, "aws_redshift_cluster": {},
		"aws_redshiftserverless_workgroup": {}, "aws_dax_cluster": {},
		"aws_elasticache_cluster": {}, "aws_elasticache_replication_group": {}, "aws_elasticache_serverless_cache": {}, "aws_memorydb_cluster": {},
		"aws_opensearch_domain": {}, "aws_elasticsearch_domain": {}, "aws_msk_cluster": {}, "aws_msk_serverless_cluster": {}, "aws_mq_broker": {},
		"aws_efs_file_system": {}, "aws_efs_mount_target": {}, "aws_s3files_mount_target": {}, "aws_docdbelastic_cluster": {},
		"aws_lb": {"internal": true}, "aws_db_proxy_target": {}, "aws_iam_user": {}, "aws_iam_user_policy_attachment": {},
		"aws_ecs_service": {"network_configuration": list(args{"subnets": list("subnet-1")})},
	} {
		n := lower(t, map[string]args{typ + ".x": arguments})
		if nodes(n) == 0 {
			t.Errorf("%s gives no node", typ)
		}
	}
	n := lower(t, map[string]args{"aws_sqs_queue.q": {"name": "q", "redrive": args{"target": "${aws_sqs_queue.dead.arn}"}}})
	if q := n.Resources.Get("aws_sqs_queue.q"); nodes(n) != 0 || q == nil || len(q.Properties.Items) != 2 {
		t.Errorf("another resource is kept with its texts: %+v", q)
	}
}

func TestNothingIsAddedToAnEmptyProgram(t *testing.T) {
	p := &program{&eval.Program{}, t}
	if n := p.lower(); n.Resources.Len() != 0 || len(n.Open) != 0 {
		t.Errorf("got %+v", n)
	}
}
