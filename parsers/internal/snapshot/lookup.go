package snapshot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// finder is a data source of Terraform: what it looks among, and what it tells of what it finds.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/vpc and its neighbours
type finder struct {
	key string
	// state is the key of its like in states, "" where no state can answer.
	state string
	// many says that it finds any number of things, and tells their ids.
	many bool
	// tells are attributes and the entries that they come from; arguments ask by the same names.
	tells map[string]string
}

var (
	vpcs = finder{key: "Vpcs", tells: map[string]string{
		"id": "VpcId", "cidr_block": "CidrBlock", "default": "IsDefault",
	}}
	subnets = finder{key: "Subnets", tells: map[string]string{
		"id": "SubnetId", "vpc_id": "VpcId", "cidr_block": "CidrBlock", "availability_zone": "AvailabilityZone",
		"availability_zone_id": "AvailabilityZoneId", "arn": "SubnetArn", "default_for_az": "DefaultForAz",
		"map_public_ip_on_launch": "MapPublicIpOnLaunch",
	}}
	groups = finder{key: "SecurityGroups", tells: map[string]string{
		"id": "GroupId", "vpc_id": "VpcId", "name": "GroupName",
	}}
	tables = finder{key: "RouteTables", tells: map[string]string{
		"id": "RouteTableId", "route_table_id": "RouteTableId", "vpc_id": "VpcId",
		"subnet_id": "Associations.SubnetId",
	}}
)

var finders = map[string]finder{
	"aws_vpc": vpcs, "aws_vpcs": vpcs.ofMany(),
	"aws_subnet": subnets, "aws_subnets": subnets.ofMany(), "aws_subnet_ids": subnets.ofMany(),
	"aws_security_group": groups, "aws_security_groups": groups.ofMany(),
	"aws_route_table": tables, "aws_route_tables": tables.ofMany(),
	"aws_internet_gateway": {key: "InternetGateways", tells: map[string]string{
		"id": "InternetGatewayId", "internet_gateway_id": "InternetGatewayId",
	}},
	"aws_nat_gateway": {key: "NatGateways", tells: map[string]string{
		"id": "NatGatewayId", "vpc_id": "VpcId", "subnet_id": "SubnetId", "state": "State",
	}},
	"aws_nat_gateways": finder{key: "NatGateways", tells: map[string]string{"vpc_id": "VpcId"}}.ofMany(),
	"aws_vpc_endpoint": {key: "VpcEndpoints", tells: map[string]string{
		"id": "VpcEndpointId", "vpc_id": "VpcId", "service_name": "ServiceName",
	}},
	"aws_ec2_managed_prefix_list": {key: "PrefixLists", tells: map[string]string{
		"id": "PrefixListId", "name": "PrefixListName",
	}},
	"aws_iam_role": {key: "RoleDetailList", tells: map[string]string{
		"arn": "Arn", "name": "RoleName", "id": "RoleName",
	}},
}

func (f finder) ofMany() finder {
	f.many = true
	return f
}

// filterEntries are the entries that filters of EC2 ask for.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html and its neighbours
var filterEntries = map[string]string{
	"vpc-id": "VpcId", "subnet-id": "SubnetId", "group-id": "GroupId", "group-name": "GroupName",
	"availability-zone": "AvailabilityZone", "availabilityZone": "AvailabilityZone",
	"availability-zone-id": "AvailabilityZoneId", "cidr": "CidrBlock", "cidr-block": "CidrBlock",
	"cidrBlock": "CidrBlock", "isDefault": "IsDefault", "is-default": "IsDefault", "state": "State",
	"default-for-az": "DefaultForAz", "defaultForAz": "DefaultForAz", "map-public-ip-on-launch": "MapPublicIpOnLaunch",
	"route-table-id": "RouteTableId", "association.main": "Associations.Main",
	"association.subnet-id": "Associations.SubnetId", "attachment.vpc-id": "Attachments.VpcId",
	"internet-gateway-id": "InternetGatewayId", "service-name": "ServiceName", "prefix-list-name": "PrefixListName",
	"prefix-list-id": "PrefixListId", "nat-gateway-id": "NatGatewayId", "owner-id": "OwnerId",
}

// Lookup answers a data source of Terraform. One that finds a single thing fails unless there is just one, so the only
// one that a snapshot has is it. One that finds many is answered where the snapshot lists all.
func (a *Account) Lookup(typ, region string, asks map[string][]string) (found map[string]any, ok bool) {
	switch one := func(key string) string { return strings.Join(asks[key], "\n") }; typ {
	case "aws_ssm_parameter":
		text, ok := a.Stored(one("name"), region)
		return map[string]any{"value": text, "insecure_value": text, "name": one("name")}, ok
	case "terraform_remote_state":
		outputs, ok := a.remoteState(one("config.key") + one("config.path"))
		return map[string]any{"outputs": outputs}, ok
	case "aws_route":
		return a.route(asks)
	case "aws_cloudformation_export":
		text, ok := a.Export(fact.Lit(one("name")), region)
		return map[string]any{"value": text}, ok
	case "aws_cloudformation_stack":
		outputs := a.outputs(one("name"), region)
		return map[string]any{"outputs": outputs}, len(outputs) > 0
	}
	f, known := finders[typ]
	if !known || len(asks) == 0 {
		return nil, false
	}
	if !f.many {
		f.state = stateKey(typ)
	}
	things, ok := a.found(f, region, asks)
	if !ok {
		return nil, false
	}
	if f.many {
		ids := []string{}
		vpc := append(asks["vpc_id"], asks["filter.vpc-id"]...)
		for _, t := range things {
			ids = append(ids, t.id)
		}
		slices.Sort(ids)
		return map[string]any{"ids": ids}, a.covers(f.key, region, strings.Join(vpc, "\n"))
	}
	if len(things) != 1 {
		return nil, false
	}
	return f.tell(things[0]), true
}

// routeAttributes are those of a route, and the entries that they come from.
var routeAttributes = map[string]string{
	"destination_cidr_block": "DestinationCidrBlock", "destination_ipv6_cidr_block": "DestinationIpv6CidrBlock",
	"destination_prefix_list_id": "DestinationPrefixListId", "gateway_id": "GatewayId",
	"nat_gateway_id": "NatGatewayId", "transit_gateway_id": "TransitGatewayId", "instance_id": "InstanceId",
	"network_interface_id": "NetworkInterfaceId", "vpc_peering_connection_id": "VpcPeeringConnectionId",
	"egress_only_gateway_id": "EgressOnlyInternetGatewayId",
}

// route is the only route of a table that has what is asked for.
func (a *Account) route(asks map[string][]string) (found map[string]any, ok bool) {
	t := a.things[strings.Join(asks["route_table_id"], "\n")]
	if t == nil || t.key != "RouteTables" {
		return nil, false
	}
	for _, n := range follow(t.node, "Routes") {
		one := map[string]any{}
		for name, at := range routeAttributes {
			one[name] = n.Get(at).Literal()
		}
		is := !slices.ContainsFunc(slices.Collect(maps.Keys(asks)), func(name string) bool {
			return name != "route_table_id" && !slices.Contains(asks[name], fmt.Sprint(one[name]))
		})
		if is && ok {
			return nil, false
		}
		if is {
			found, ok = one, true
		}
	}
	return found, ok
}

func (f finder) tell(t *thing) map[string]any {
	out := map[string]any{}
	for name, at := range f.tells {
		if t.key == f.state { // it has the words of Terraform
			at = name
		}
		switch text := t.node.Get(at).Literal(); text {
		case "":
		case "true", "false":
			out[name] = text == "true"
		default:
			out[name] = text
		}
	}
	if t.key == f.state {
		out["tags"] = anything(cmp.Or(t.node.Get("tags_all"), t.node.Get("tags")))
		return out
	}
	tags := map[string]string{}
	for _, tag := range follow(t.node, "Tags") {
		tags[tag.Get("Key").Literal()] = tag.Get("Value").Literal()
	}
	if !slices.Contains(t.from.redacted, "tags") {
		out["tags"] = tags
	}
	return out
}

// found are the things that meet all that is asked for; ok is false where that cannot be told of one.
func (a *Account) found(f finder, region string, asks map[string][]string) (out []*thing, ok bool) {
	for _, t := range a.ordered {
		if t.key != f.key && t.key != f.state || region != "" && t.region != "" && t.region != region {
			continue
		}
		is := fact.True
		for name, wanted := range asks {
			switch meets, tells := f.meets(t, name, wanted); {
			case tells && !meets:
				is = fact.False
			case !tells && is == fact.True:
				is = fact.Unknown
			}
		}
		switch is {
		case fact.Unknown:
			return nil, false
		case fact.True:
			out = append(out, t)
		}
	}
	return out, true
}

// meets says whether the thing has one of the wanted texts; tells is false where the snapshot does not say.
func (f finder) meets(t *thing, name string, wanted []string) (is, tells bool) {
	if key, isTag := strings.CutPrefix(name, "tags."); isTag {
		return t.tagged(key, wanted)
	}
	filter, isFilter := strings.CutPrefix(name, "filter.")
	if key, isTag := strings.CutPrefix(filter, "tag:"); isTag && isFilter {
		return t.tagged(key, wanted)
	}
	at := f.tells[name]
	if isFilter {
		at = filterEntries[filter]
	}
	if t.key == f.state {
		at = f.attribute(at, t.node)
	}
	if at == "" {
		return false, false
	}
	has := texts(t.node, at)
	if len(has) == 0 && t.node.Get(strings.Split(at, ".")[0]) == nil {
		return false, false
	}
	return slices.ContainsFunc(has, func(text string) bool { return matchesAny(text, wanted) }), true
}

// attribute is that of the data source which comes from the entry, as far as the node has it.
func (f finder) attribute(entry string, n *tree.Node) string {
	for name, at := range f.tells {
		if at == entry && n.Get(name) != nil {
			return name
		}
	}
	return ""
}

// outputs are those of a stack, by name.
func (a *Account) outputs(stack, region string) map[string]string {
	out := map[string]string{}
	for name := range a.values {
		if output, ok := strings.CutPrefix(name.name, stack+"."); ok && name.key == "Stacks" && stack != "" {
			if text, ok := a.Output(stack, output, region); ok {
				out[output] = text
			}
		}
	}
	return out
}
