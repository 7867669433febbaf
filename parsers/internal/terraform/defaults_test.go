package terraform_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestAdoptersStandInForTheDefaults(t *testing.T) {
	p := build(t, map[string]args{
		"aws_vpc.main":                          {"cidr_block": "10.0.0.0/16"},
		"aws_vpc.plain":                         {"cidr_block": "10.1.0.0/16"},
		"aws_default_route_table.main":          {"default_route_table_id": "${aws_vpc.main.default_route_table_id}", "route": list(args{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"})},
		"aws_default_network_acl.main":          {"default_network_acl_id": "${aws_vpc.main.default_network_acl_id}"},
		"aws_default_security_group.main":       {"vpc_id": "${aws_vpc.main.id}"},
		"aws_route.through_the_attribute":       {"route_table_id": "${aws_vpc.main.main_route_table_id}", "destination_cidr_block": "1.0.0.0/8", "gateway_id": "igw-1"},
		"aws_route.plain":                       {"route_table_id": "${aws_vpc.plain.default_route_table_id}", "destination_cidr_block": "2.0.0.0/8", "gateway_id": "igw-1"},
		"aws_lambda_function.default_group":     {"vpc_config": list(args{"subnet_ids": list("s"), "security_group_ids": list("${aws_vpc.plain.default_security_group_id}", "${aws_vpc.main.default_security_group_id}", "${data.aws_security_group.default.id}")})},
		"data.aws_security_group.default":       {"name": "default", "vpc_id": "${aws_vpc.plain.id}"},
		"aws_security_group_rule.of_the_main":   {"type": "egress", "protocol": "-1", "security_group_id": "${aws_vpc.main.default_security_group_id}", "cidr_blocks": list("0.0.0.0/0")},
		"aws_network_acl_rule.of_the_plain_one": {"network_acl_id": "${aws_vpc.plain.default_network_acl_id}", "rule_number": 50, "rule_action": "deny", "protocol": "-1", "cidr_block": "0.0.0.0/0", "egress": true},
	})
	n := p.lower()
	main, plain := n.VPCs.Get("aws_vpc.main"), n.VPCs.Get("aws_vpc.plain")
	expect(t, "main table", id(main.MainTable), "aws_default_route_table.main")
	expect(t, "default ACL", id(main.DefaultACL), "aws_default_network_acl.main")
	expect(t, "default group", id(main.DefaultGroup), "aws_default_security_group.main")
	expect(t, "VPC of the adopter", id(n.RouteTables.Get("aws_default_route_table.main").VPC), "aws_vpc.main")
	expect(t, "routes of the adopter", addresses(n.RouteTables.Get("aws_default_route_table.main").Routes),
		"aws_default_route_table.main.route[0]", "aws_route.through_the_attribute", "aws_default_route_table.main.Local[0]")
	expect(t, "an adopted ACL has no entries", addresses(n.ACLs.Get("aws_default_network_acl.main").Entries))
	expect(t, "an adopted group has what is written", addresses(n.SecurityGroups.Get("aws_default_security_group.main").Egress), "aws_security_group_rule.of_the_main")

	expect(t, "routes of a table that nobody adopts", addresses(n.RouteTables.Get(graph.MainTableID("aws_vpc.plain")).Routes), "aws_route.plain", "aws_vpc.plain.MainRouteTable.Local[0]")
	if acl := n.ACLs.Get(graph.DefaultACLID("aws_vpc.plain")); acl.AllowAll {
		t.Error("an entry was added to the default ACL")
	}
	expect(t, "groups", ids(n.Functions.Get("aws_lambda_function.default_group").Groups),
		string(graph.DefaultGroupID("aws_vpc.plain")), "aws_default_security_group.main", string(graph.DefaultGroupID("aws_vpc.plain")))
	if plain.MainTable.IsUnset() {
		t.Error("every VPC has a main table")
	}
}

func TestAnAdopterUnderAConditionLeavesTheDefaultElsewhere(t *testing.T) {
	p := build(t, map[string]args{
		"aws_vpc.main":                    {"cidr_block": "10.0.0.0/16"},
		"aws_default_security_group.main": {"vpc_id": "${aws_vpc.main.id}"},
		"aws_instance.i":                  {"vpc_security_group_ids": list("${aws_vpc.main.default_security_group_id}")},
	})
	p.instance("aws_default_security_group.main").When = inProd
	n := p.lower()
	for world, want := range map[*fact.World]string{prod: "aws_default_security_group.main", dev: "aws_vpc.main.DefaultSecurityGroup"} {
		expect(t, "default group", id(n.VPCs.Get("aws_vpc.main").DefaultGroup.In(world)), want)
		expect(t, "group of the instance", id(n.Instances.Get("aws_instance.i").Groups.Items[0].Value.In(world)), want)
	}
}

func TestMainRouteTableAssociation(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_vpc.main":                          {"cidr_block": "10.0.0.0/16"},
		"aws_route_table.new":                   {"vpc_id": "${aws_vpc.main.id}"},
		"aws_main_route_table_association.main": {"vpc_id": "${aws_vpc.main.id}", "route_table_id": "${aws_route_table.new.id}"},
		"aws_route.original":                    {"route_table_id": "${aws_vpc.main.default_route_table_id}", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"},
	})
	expect(t, "main table", id(n.VPCs.Get("aws_vpc.main").MainTable), "aws_route_table.new")
	original := n.RouteTables.Get(graph.MainTableID("aws_vpc.main"))
	expect(t, "routes of the original table", addresses(original.Routes), "aws_route.original", "aws_vpc.main.MainRouteTable.Local[0]")
	if original.Main || !n.RouteTables.Get("aws_route_table.new").Main {
		t.Error("the new table is the main one")
	}
}

func TestTheDefaultVPCHasAnInternetGateway(t *testing.T) {
	for name, resources := range map[string]map[string]args{
		"aws_default_vpc.here": {"aws_default_vpc.here": {}, "aws_default_subnet.a": {"availability_zone": "eu-west-1a"}},
		"aws_default_vpc":      {"aws_default_subnet.a": {"availability_zone": "eu-west-1a"}},
	} {
		t.Run(name, func(t *testing.T) {
			n := lower(t, resources)
			subnet := n.Subnets.Get("aws_default_subnet.a")
			expect(t, "VPC", id(subnet.VPC), name)
			table, _, known := n.In(nil).RouteTable(subnet)
			if !known.IsTrue() {
				t.Fatal("the default subnet has the main table")
			}
			expect(t, "routes", addresses(table.Routes), name+".MainRouteTable.Route", name+".MainRouteTable.Local[0]")
			expect(t, "target", targets(table.Routes.Items[0].Value), "gateway "+name+".InternetGateway")
			expect(t, "attachments", addresses(n.VPCs.Get(graph.ID[graph.VPC](name)).Gateways), name+".InternetGateway.attachment")
			if public, _ := subnet.MapPublicIP.Get(nil); !public {
				t.Error("default subnets give public addresses")
			}
		})
	}
}

func TestIPv6RangesOfAVPC(t *testing.T) {
	for name, test := range map[string]struct {
		vpc, block args
		want       fact.Truth
	}{
		"none":                {vpc: args{}, want: fact.True},
		"generated":           {vpc: args{"assign_generated_ipv6_cidr_block": true}, want: fact.False},
		"switched off":        {vpc: args{"assign_generated_ipv6_cidr_block": false}, want: fact.True},
		"not known":           {vpc: args{"assign_generated_ipv6_cidr_block": unknown("enable_ipv6")}, want: fact.Unknown},
		"from a pool":         {vpc: args{"ipv6_ipam_pool_id": "ipam-pool-1"}, want: fact.False},
		"in a separate block": {block: args{"vpc_id": "${aws_vpc.main.id}", "assign_generated_ipv6_cidr_block": true}, want: fact.False},
	} {
		t.Run(name, func(t *testing.T) {
			resources := map[string]args{"aws_vpc.main": {"cidr_block": "10.0.0.0/16"}}
			for k, v := range test.vpc {
				resources["aws_vpc.main"][k] = v
			}
			if test.block != nil {
				resources["aws_vpc_ipv6_cidr_block_association.b"] = test.block
			}
			if got := lower(t, resources).VPCs.Get("aws_vpc.main").HasIPv6.In(nil).Empty(); got.Truth != test.want {
				t.Errorf("the VPC has no IPv6 range: %v, want %v", got.Truth, test.want)
			}
		})
	}
}
