package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// stateVPC states a VPC, its further ranges, and its DHCP options: all VPCs have a set.
func (t *thing) stateVPC() []object {
	o := t.self("AWS::EC2::VPC", "CidrBlock InstanceTenancy IsDefault Tags")
	for _, name := range attributes {
		o.put(name, o.Span, t.attribute(name, o.Span))
	}
	out := []object{o}
	for i, n := range follow(t.node, "CidrBlockAssociationSet") {
		first := n.Get("CidrBlock").Literal() == t.node.Get("CidrBlock").Literal()
		if !first && isThere(n.Get("CidrBlockState").Get("State")) {
			block := t.part("CidrBlock", i, "AWS::EC2::VPCCidrBlock", n, "CidrBlock")
			out = append(out, block.of("VpcId", t.id))
		}
	}
	for i, n := range follow(t.node, "Ipv6CidrBlockAssociationSet") {
		if isThere(n.Get("Ipv6CidrBlockState").Get("State")) {
			block := t.part("Ipv6CidrBlock", i, "AWS::EC2::VPCCidrBlock", n, "Ipv6CidrBlock")
			out = append(out, block.of("VpcId", t.id))
		}
	}
	if t.node.Get("DhcpOptionsId").Literal() != "" && t.in.covers("DhcpOptions", t.region, t.id) {
		dhcp := t.make(t.id+".DhcpOptions", "AWS::EC2::VPCDHCPOptionsAssociation", t.node, "VpcId DhcpOptionsId")
		out = append(out, dhcp)
	}
	return out
}

// attribute is what a call of its own tells of the VPC.
func (t *thing) attribute(name string, at source.Span) value.Value {
	for _, n := range t.in.attributes[t.id] {
		if v := n.Get(name).Get("Value"); v != nil {
			return convert(v)
		}
	}
	return unknown(name+" of "+t.id, at)
}

// part is make for the i-th of what lies in the thing.
func (t *thing) part(name string, i int, typ string, n *tree.Node, properties string) object {
	return t.make(fmt.Sprintf("%s.%s[%d]", t.id, name, i), typ, n, properties)
}

// of names what a part is of.
func (o object) of(property, id string) object {
	o.set(property, id)
	o.Depends = append(o.Depends, id)
	return o
}

// isThere says of a state that it is none of what is gone or never was. What tells no state is there.
func isThere(state *tree.Node) bool {
	switch strings.ToLower(state.Literal()) {
	case "deleted", "deleting", "failed", "failing", "rejected", "expired", "detached", "disassociated",
		"disassociating", "delete-complete", "delete-in-progress", "disable-complete", "disable-in-progress":
		return false
	}
	return true
}

func (t *thing) subnet() []object {
	o := t.self("AWS::EC2::Subnet", "VpcId CidrBlock AvailabilityZone MapPublicIpOnLaunch Ipv6Native Tags")
	out := []object{o}
	for i, n := range follow(t.node, "Ipv6CidrBlockAssociationSet") {
		if isThere(n.Get("Ipv6CidrBlockState").Get("State")) {
			block := t.part("Ipv6CidrBlock", i, "AWS::EC2::SubnetCidrBlock", n, "Ipv6CidrBlock")
			out = append(out, block.of("SubnetId", t.id))
		}
	}
	return out
}

func (t *thing) dhcpOptions() []object {
	o := t.self("AWS::EC2::DHCPOptions", "Tags")
	for _, n := range follow(t.node, "DhcpConfigurations") {
		if n.Get("Key").Literal() == "domain-name-servers" {
			servers := t.make("", "", n, "DomainNameServers=Values.Value")
			o.Properties.Fields = append(o.Properties.Fields, servers.Properties.Fields...)
		}
	}
	return []object{o}
}

// routeTable states a table with its routes and associations. The routes of gateway endpoints are told by the endpoints
// too, and those inside the VPC go without saying.
func (t *thing) routeTable() []object {
	out := []object{t.self("AWS::EC2::RouteTable", "VpcId Tags")}
	for i, n := range follow(t.node, "Routes") {
		out = append(out, t.route(i, n)...)
	}
	for i, n := range follow(t.node, "Associations") {
		if (n.Get("SubnetId") == nil && n.Get("GatewayId") == nil) || !isThere(n.Get("AssociationState").Get("State")) {
			continue
		}
		typ := "AWS::EC2::SubnetRouteTableAssociation"
		a := t.part("Associations", i, typ, n, "SubnetId GatewayId").of("RouteTableId", t.id)
		if id := n.Get("RouteTableAssociationId").Literal(); id != "" {
			a.Address = id
		}
		out = append(out, a)
	}
	for i, n := range follow(t.node, "PropagatingVgws") {
		p := t.part("PropagatingVgws", i, "AWS::EC2::VPNGatewayRoutePropagation", n, "VpnGatewayId=GatewayId")
		of := []*tree.Node{t.node.Get("RouteTableId")}
		tables := convert(&tree.Node{Kind: tree.Sequence, Span: p.Span, Items: of})
		p.put("RouteTableIds", p.Span, tables)
		out = append(out, p)
	}
	return out
}

const targets = " NatGatewayId TransitGatewayId VpcPeeringConnectionId EgressOnlyInternetGatewayId CarrierGatewayId" +
	" LocalGatewayId CoreNetworkArn OdbNetworkArn"

func (t *thing) route(i int, n *tree.Node) []object {
	gateway := n.Get("GatewayId").Literal()
	prefixes := n.Get("DestinationPrefixListId").Literal()
	toEndpoint := strings.HasPrefix(gateway, "vpce-")
	switch {
	case gateway == "local" && n.Get("Origin").Literal() == "CreateRouteTable":
		return nil
	case toEndpoint && prefixes != "" && t.in.things[gateway] != nil:
		return nil
	}
	properties := "DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId" + targets
	switch {
	case toEndpoint:
		properties += " VpcEndpointId=GatewayId"
	case n.Get("NetworkInterfaceId") != nil:
		properties += " NetworkInterfaceId"
	case gateway != "":
		properties += " GatewayId"
	default:
		properties += " InstanceId"
	}
	out := []object{t.part("Routes", i, "AWS::EC2::Route", n, properties).of("RouteTableId", t.id)}
	if n.Get("State").Literal() == "blackhole" {
		out = append(out, t.gone(n, properties)...)
	}
	return out
}

// goneTypes are the types of what routes lead to, by how the ids begin.
var goneTypes = map[string]string{
	"igw": "AWS::EC2::InternetGateway", "nat": "AWS::EC2::NatGateway", "vgw": "AWS::EC2::VPNGateway",
	"eigw": "AWS::EC2::EgressOnlyInternetGateway", "eni": "AWS::EC2::NetworkInterface", "i": "AWS::EC2::Instance",
	"pcx": "AWS::EC2::VPCPeeringConnection", "vpce": "AWS::EC2::VPCEndpoint",
}

// gone states what a route leads to that is not there any more: EC2 says so of the route.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
func (t *thing) gone(n *tree.Node, properties string) []object {
	for _, f := range n.Fields {
		prefix, _, _ := strings.Cut(f.Value.Literal(), "-")
		typ := goneTypes[prefix]
		isTarget := slices.ContainsFunc(strings.Fields(properties), func(word string) bool {
			return word == f.Key || strings.HasSuffix(word, "="+f.Key)
		})
		if id := f.Value.Literal(); typ != "" && isTarget && t.in.things[id] == nil {
			o := t.make(id, typ, n, "")
			o.When = fact.Never()
			return []object{o}
		}
	}
	return nil
}

func (t *thing) natGateway() []object {
	o := t.self("AWS::EC2::NatGateway", "SubnetId ConnectivityType AvailabilityMode Tags")
	if o.Get("SubnetId").Text == "" {
		o.of("VpcId", t.node.Get("VpcId").Literal())
	}
	for _, n := range follow(t.node, "NatGatewayAddresses") {
		if f := n.Field("AllocationId"); f != nil && o.Properties.Entry("AllocationId") == nil {
			o.put("AllocationId", f.KeySpan, convert(f.Value))
		}
	}
	return []object{o}
}

func (t *thing) internetGateway() []object {
	out := []object{t.self("AWS::EC2::InternetGateway", "Tags")}
	for i, n := range follow(t.node, "Attachments") {
		if isThere(n.Get("State")) {
			a := t.part("Attachments", i, "AWS::EC2::VPCGatewayAttachment", n, "VpcId").of("InternetGatewayId", t.id)
			out = append(out, a)
		}
	}
	return out
}

func (t *thing) egressOnly() []object {
	return []object{t.self("AWS::EC2::EgressOnlyInternetGateway", "VpcId=Attachments.VpcId Tags").one("VpcId")}
}

// one makes a property of a list of one.
func (o object) one(property string) object {
	if v := o.Properties.Entry(property); v != nil && len(v.Items) == 1 {
		*v = v.Items[0]
	}
	return o
}

func (t *thing) endpoint() []object {
	properties := "VpcId ServiceName VpcEndpointType PrivateDnsEnabled PolicyDocument SubnetIds RouteTableIds" +
		" SecurityGroupIds=Groups.GroupId Tags"
	return []object{t.self("AWS::EC2::VPCEndpoint", properties)}
}
