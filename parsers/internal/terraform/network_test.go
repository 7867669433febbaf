package terraform_test

import (
	"net/netip"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func cidr(v fact.Value[netip.Prefix]) string { return show(v, netip.Prefix.String) }

func targets(r *graph.Route) []string {
	out := []string{}
	for _, it := range r.Targets.In(nil).Items {
		out = append(out, show(it.Value, func(t graph.Target) string { return string(t.Kind) + " " + t.ID }))
	}
	return out
}

func TestRoutesInBothForms(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_route_table.t": {"vpc_id": "vpc-1", "propagating_vgws": list("${aws_vpn_gateway.v.id}"), "route": list(
			args{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "${aws_nat_gateway.n.id}", "ipv6_cidr_block": nil, "gateway_id": ""},
			args{"ipv6_cidr_block": "::/0", "cidr_block": "", "egress_only_gateway_id": "${aws_egress_only_internet_gateway.e.id}"},
		)},
		"aws_route_table.open":                  {"vpc_id": "vpc-1", "route": unknown("routes")},
		"aws_vpn_gateway.v":                     {},
		"aws_nat_gateway.n":                     {},
		"aws_egress_only_internet_gateway.e":    {},
		"aws_internet_gateway.i":                {},
		"aws_instance.nat":                      {},
		"aws_network_interface.eni":             {},
		"aws_vpc_peering_connection.p":          {},
		"aws_vpc_peering_connection_accepter.a": {"vpc_peering_connection_id": "${aws_vpc_peering_connection.p.id}"},
		"aws_route.igw":                         {"route_table_id": "${aws_route_table.t.id}", "destination_cidr_block": "1.0.0.0/8", "gateway_id": "${aws_internet_gateway.i.id}"},
		"aws_route.misplaced":                   {"route_table_id": "${aws_route_table.t.id}", "destination_cidr_block": "2.0.0.0/8", "gateway_id": "${aws_nat_gateway.n.id}"},
		"aws_route.primary":                     {"destination_cidr_block": "3.0.0.0/8", "network_interface_id": "${aws_instance.nat.primary_network_interface_id}"},
		"aws_route.eni":                         {"destination_cidr_block": "4.0.0.0/8", "network_interface_id": "${aws_network_interface.eni.id}"},
		"aws_route.peer":                        {"destination_cidr_block": "5.0.0.0/8", "vpc_peering_connection_id": "${aws_vpc_peering_connection_accepter.a.id}"},
		"aws_route.six":                         {"destination_ipv6_cidr_block": "::/0", "gateway_id": "local"},
		"aws_route.firewall":                    {"destination_cidr_block": "0.0.0.0/0", "vpc_endpoint_id": unknown("the firewall")},
	})
	for address, want := range map[graph.ID[graph.Route]][2]string{
		"aws_route_table.t.route[0]": {"0.0.0.0/0", "NAT gateway aws_nat_gateway.n"},
		"aws_route_table.t.route[1]": {"::/0", "egress-only internet gateway aws_egress_only_internet_gateway.e"},
		"aws_route.igw":              {"1.0.0.0/8", "gateway aws_internet_gateway.i"},
		"aws_route.misplaced":        {"2.0.0.0/8", "NAT gateway aws_nat_gateway.n"},
		"aws_route.primary":          {"3.0.0.0/8", "instance aws_instance.nat"},
		"aws_route.eni":              {"4.0.0.0/8", "network interface aws_network_interface.eni"},
		"aws_route.peer":             {"5.0.0.0/8", "VPC peering connection aws_vpc_peering_connection.p"},
		"aws_route.six":              {"::/0", "local "},
	} {
		r := n.Routes.Get(address)
		if r == nil {
			t.Errorf("no route %s", address)
			continue
		}
		expect(t, string(address)+" goes to", cidr(r.Destination), want[0])
		expect(t, string(address)+" goes through", targets(r), want[1])
		if r.Implicit {
			t.Errorf("%s is written, not implied", address)
		}
	}
	if open := n.Routes.Get("aws_route.firewall").Targets.In(nil).Open; len(open) != 1 || open[0].Name != "the firewall" {
		t.Errorf("a target that is not known leaves the route open, not without target: %v", open)
	}
	expect(t, "routes of the table", addresses(n.RouteTables.Get("aws_route_table.t").Routes)[:4],
		"aws_route.igw", "aws_route.misplaced", "aws_route_table.t.route[0]", "aws_route_table.t.route[1]")
	expect(t, "propagations", addresses(n.RouteTables.Get("aws_route_table.t").Propagations), "aws_route_table.t.propagating_vgws[0]")
	if open := n.RouteTables.Get("aws_route_table.open").Routes.In(nil).Open; len(open) == 0 || open[0].Name != "routes" {
		t.Errorf("blocks that are not known leave the table open: %v", open)
	}
}

func TestGatewaysAreAttachedInBothForms(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_vpc.main":                            {"cidr_block": "10.0.0.0/16"},
		"aws_internet_gateway.inline":             {"vpc_id": "${aws_vpc.main.id}"},
		"aws_internet_gateway.separate":           {},
		"aws_internet_gateway_attachment.a":       {"vpc_id": "${aws_vpc.main.id}", "internet_gateway_id": "${aws_internet_gateway.separate.id}"},
		"aws_internet_gateway.loose":              {},
		"aws_vpn_gateway.v":                       {"vpc_id": "${aws_vpc.main.id}"},
		"aws_egress_only_internet_gateway.egress": {"vpc_id": "${aws_vpc.main.id}"},
	})
	expect(t, "inline", addresses(n.InternetGateways.Get("aws_internet_gateway.inline").Attachments), "aws_internet_gateway.inline.vpc_id")
	expect(t, "separate", addresses(n.InternetGateways.Get("aws_internet_gateway.separate").Attachments), "aws_internet_gateway_attachment.a")
	expect(t, "none", addresses(n.InternetGateways.Get("aws_internet_gateway.loose").Attachments))
	main := n.VPCs.Get("aws_vpc.main")
	expect(t, "attachments to the VPC", addresses(main.Gateways), "aws_internet_gateway.inline.vpc_id", "aws_internet_gateway_attachment.a", "aws_vpn_gateway.v.vpc_id")
	expect(t, "egress-only gateways", addresses(main.EgressOnly), "aws_egress_only_internet_gateway.egress")
}

func TestNATGateways(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_subnet.public":        {"vpc_id": "vpc-1"},
		"aws_eip.nat":              {"domain": "vpc"},
		"aws_nat_gateway.id":       {"subnet_id": "${aws_subnet.public.id}", "allocation_id": "${aws_eip.nat.id}"},
		"aws_nat_gateway.ip":       {"subnet_id": "${aws_subnet.public.id}", "allocation_id": "${aws_eip.nat.public_ip}"},
		"aws_nat_gateway.private":  {"connectivity_type": "private"},
		"aws_nat_gateway.regional": {"availability_mode": "regional", "vpc_id": "vpc-1"},
	})
	allocation := func(a graph.Allocation) string { return string(a.Address) + " " + a.Attribute }
	get := func(name graph.ID[graph.NATGateway]) *graph.NATGateway {
		return n.NATGateways.Get("aws_nat_gateway." + name)
	}
	expect(t, "the id of an address", show(get("id").Allocation, allocation), "aws_eip.nat AllocationId")
	expect(t, "the address itself", show(get("ip").Allocation, allocation), "aws_eip.nat PublicIp")
	expect(t, "no address", show(get("private").Allocation, allocation), "nothing")
	expect(t, "subnet", id(get("id").Subnet), "aws_subnet.public")
	expect(t, "connectivity", words(get("private").Connectivity), "private")
	expect(t, "regional", words(get("regional").Availability), "regional")
}

func TestInstancesAndTheirInterfaces(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_security_group.nat":                      {"vpc_id": "vpc-1"},
		"aws_security_group.extra":                    {"vpc_id": "vpc-1"},
		"aws_instance.nat":                            {"subnet_id": "subnet-1", "source_dest_check": false, "vpc_security_group_ids": list("${aws_security_group.nat.id}"), "network_interface": list(args{"network_interface_id": "${aws_network_interface.inline.id}"})},
		"aws_network_interface.inline":                {"subnet_id": "subnet-1"},
		"aws_network_interface.attached":              {"attachment": list(args{"instance": "${aws_instance.nat.id}", "device_index": 1})},
		"aws_network_interface.free":                  {"source_dest_check": false},
		"aws_network_interface_sg_attachment.primary": {"security_group_id": "${aws_security_group.extra.id}", "network_interface_id": "${aws_instance.nat.primary_network_interface_id}"},
		"aws_network_interface_sg_attachment.free":    {"security_group_id": "${aws_security_group.extra.id}", "network_interface_id": "${aws_network_interface.free.id}"},
		"aws_eip.instance":                            {"instance": "${aws_instance.nat.id}"},
		"aws_eip.primary":                             {"network_interface": "${aws_instance.nat.primary_network_interface_id}"},
		"aws_eip.loose":                               {},
		"aws_eip_association.free":                    {"allocation_id": "${aws_eip.loose.id}", "network_interface_id": "${aws_network_interface.free.id}"},
	})
	nat := n.Instances.Get("aws_instance.nat")
	expect(t, "groups of the instance", ids(nat.Groups), "aws_security_group.nat", "aws_security_group.extra")
	expect(t, "interfaces", ids(nat.Interfaces), "aws_network_interface.inline")
	expect(t, "addresses", addresses(nat.ElasticIPs), "aws_eip.instance", "aws_eip.primary")
	if check, _ := nat.SourceDestCheck.Get(nil); check {
		t.Error("the check is off")
	}
	free := n.NetworkInterfaces.Get("aws_network_interface.free")
	expect(t, "groups of the interface", ids(free.Groups), "aws_security_group.extra")
	expect(t, "addresses of the interface", addresses(free.ElasticIPs), "aws_eip.loose")
	expect(t, "attachment block", ids(n.NetworkInterfaces.Get("aws_network_interface.attached").Attachments), "aws_instance.nat")
}

func TestEndpointsWithSeparateAssociations(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_vpc.main":                                        {"cidr_block": "10.0.0.0/16"},
		"aws_route_table.a":                                   {"vpc_id": "${aws_vpc.main.id}"},
		"aws_route_table.b":                                   {"vpc_id": "${aws_vpc.main.id}"},
		"aws_vpc_endpoint.s3":                                 {"vpc_id": "${aws_vpc.main.id}", "service_name": "com.amazonaws.eu-west-1.s3", "route_table_ids": list("${aws_route_table.a.id}")},
		"aws_vpc_endpoint_route_table_association.b":          {"vpc_endpoint_id": "${aws_vpc_endpoint.s3.id}", "route_table_id": "${aws_route_table.b.id}"},
		"aws_vpc_endpoint.sqs":                                {"vpc_id": "${aws_vpc.main.id}", "service_name": "com.amazonaws.${var.region}.sqs", "vpc_endpoint_type": "Interface"},
		"aws_vpc_endpoint_subnet_association.s":               {"vpc_endpoint_id": "${aws_vpc_endpoint.sqs.id}", "subnet_id": "subnet-1"},
		"aws_vpc_endpoint_security_group_association.default": {"vpc_endpoint_id": "${aws_vpc_endpoint.sqs.id}", "security_group_id": "sg-1"},
		"aws_vpc_endpoint_private_dns.d":                      {"vpc_endpoint_id": "${aws_vpc_endpoint.sqs.id}", "private_dns_enabled": true},
		"aws_vpc_endpoint_policy.p":                           {"vpc_endpoint_id": "${aws_vpc_endpoint.sqs.id}", "policy": `{"Statement":[]}`},
		"aws_security_group.f":                                {"vpc_id": "${aws_vpc.main.id}", "egress": list(args{"protocol": "tcp", "from_port": 443, "to_port": 443, "prefix_list_ids": list("${aws_vpc_endpoint.s3.prefix_list_id}", "${data.aws_prefix_list.s3.id}", "${data.aws_ec2_managed_prefix_list.dynamodb.id}")})},
		"data.aws_prefix_list.s3":                             {"name": "com.amazonaws.eu-west-1.s3"},
		"data.aws_ec2_managed_prefix_list.dynamodb":           {"filter": list(args{"name": "prefix-list-name", "values": list("com.amazonaws.eu-west-1.dynamodb")})},
	})
	expect(t, "tables of the gateway endpoint", ids(n.Endpoints.Get("aws_vpc_endpoint.s3").RouteTables), "aws_route_table.a", "aws_route_table.b")
	sqs := n.Endpoints.Get("aws_vpc_endpoint.sqs")
	expect(t, "service", words(sqs.Service), "com.amazonaws.${var.region}.sqs")
	expect(t, "subnets", ids(sqs.Subnets), "subnet-1")
	expect(t, "the default group stays beside the one that is added", ids(sqs.Groups), "aws_vpc.main.DefaultSecurityGroup", "sg-1")
	if on, ok := sqs.PrivateDNS.Get(nil); !on || !ok.IsTrue() {
		t.Error("private DNS is on")
	}
	if _, ok := sqs.Policy.Get(nil); !ok.IsTrue() {
		t.Error("the policy is known")
	}
	var lists []string
	for _, it := range n.SecurityGroups.Get("aws_security_group.f").Egress.Items {
		lists = append(lists, id(it.Value.PrefixList))
	}
	s3, dynamodb := string(graph.ManagedPrefixList("s3")), string(graph.ManagedPrefixList("dynamodb"))
	expect(t, "prefix lists of the services", lists, s3, s3, dynamodb)
	if n.PrefixLists.Get(graph.ID[graph.PrefixList](dynamodb)).Service != "dynamodb" {
		t.Error("the list of a data source is the one that AWS manages")
	}
}

// A policy for an endpoint whose id nobody knows may be that of each endpoint, and so none of their own is certain.
func TestPolicyOfAnUnknownEndpointOpensThoseOfAll(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_vpc_endpoint.s3": {
			"vpc_id": "vpc-1", "service_name": "com.amazonaws.eu-west-1.s3", "policy": `{"Statement":[]}`,
		},
		"aws_vpc_endpoint_policy.p": {"vpc_endpoint_id": unknown("the endpoint"), "policy": `{"Statement":[]}`},
	})
	if _, ok := n.Endpoints.Get("aws_vpc_endpoint.s3").Policy.Get(nil); ok.Truth != fact.Unknown {
		t.Errorf("the policy of the endpoint is %s, want unknown", ok.Truth)
	}
}

func TestPrefixListsPeeringsAndTransit(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_ec2_managed_prefix_list.l":            {"entry": list(args{"cidr": "10.0.0.0/8"})},
		"aws_ec2_managed_prefix_list_entry.e":      {"prefix_list_id": "${aws_ec2_managed_prefix_list.l.id}", "cidr": "11.0.0.0/8"},
		"aws_vpc_peering_connection.auto":          {"vpc_id": "vpc-1", "peer_vpc_id": "vpc-2", "auto_accept": true},
		"aws_vpc_peering_connection.accepted":      {"vpc_id": "vpc-1", "peer_vpc_id": "vpc-2"},
		"aws_vpc_peering_connection_accepter.a":    {"vpc_peering_connection_id": "${aws_vpc_peering_connection.accepted.id}", "auto_accept": true},
		"aws_vpc_peering_connection.pending":       {"vpc_id": "vpc-1", "peer_vpc_id": "vpc-2"},
		"aws_ec2_transit_gateway.t":                {},
		"aws_ec2_transit_gateway_vpc_attachment.t": {"transit_gateway_id": "${aws_ec2_transit_gateway.t.id}", "vpc_id": "vpc-1", "subnet_ids": list("subnet-1")},
	})
	var entries []string
	for _, it := range n.PrefixLists.Get("aws_ec2_managed_prefix_list.l").Entries.Items {
		entries = append(entries, cidr(it.Value))
	}
	expect(t, "entries", entries, "10.0.0.0/8", "11.0.0.0/8")
	for name, want := range map[string]fact.Truth{"auto": fact.True, "accepted": fact.True, "pending": fact.Unknown} {
		p := n.Peerings.Get(graph.ID[graph.Peering]("aws_vpc_peering_connection." + name))
		if got := p.Accepted.Is(nil, func(yes bool) bool { return yes }); got.Truth != want {
			t.Errorf("%s: accepted is %v, want %v", name, got.Truth, want)
		}
	}
	expect(t, "attachment", id(n.TransitAttachments.Get("aws_ec2_transit_gateway_vpc_attachment.t").TransitGateway), "aws_ec2_transit_gateway.t")
}
