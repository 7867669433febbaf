package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// vpc expands aws_vpc. Its IPv6 range, which is an argument here, is a resource of its own in CloudFormation.
func (x *expansion) vpc(r *resource) []*lower.Resource {
	out := []*lower.Resource{r.stated}
	if block, ok := x.ipv6Range(r, self(r)); ok {
		out = append(out, part(r, "ipv6_cidr_block", fact.Always(), r.Span, "AWS::EC2::VPCCidrBlock", block))
	}
	return out
}

// ipv6Block expands aws_vpc_ipv6_cidr_block_association.
func (x *expansion) ipv6Block(r *resource) []*lower.Resource {
	block, ok := x.ipv6Range(r, r.stated.Get("VpcId"))
	if !ok {
		return nil
	}
	restate(r, block)
	return []*lower.Resource{r.stated}
}

// ipv6Range is the IPv6 range that r gives the VPC: a written one, one of a pool, or one that AWS picks. ok is false
// where it gives none.
func (x *expansion) ipv6Range(r *resource, vpc value.Value) (block value.Value, ok bool) {
	written, assigned := r.get("ipv6_cidr_block"), r.get("assign_generated_ipv6_cidr_block")
	pool := read.OrElse(r.get("ipv6_ipam_pool_id"), r.get("ipv6_pool"))
	if written.Kind == value.Absent && pool.Kind == value.Absent {
		missing := fact.Missing{Kind: fact.Attribute, Name: r.Address + ".ipv6_cidr_block", Span: assigned.Span}
		written = x.mapText(assigned, func(v value.Value) value.Value {
			if yes, ok := read.ParseBool(v.Text); ok && !yes {
				return value.Value{Span: v.Span}
			}
			return value.Computed(v.Span, missing)
		})
	}
	block = made(r.Span, "VpcId", vpc, "Ipv6CidrBlock", written, "Ipv6IpamPoolId", pool)
	return block, written.Kind != value.Absent || pool.Kind != value.Absent
}

// amazonDNS is what stands in the place of a DNS server for the Amazon resolver of each VPC:
// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
const amazonDNS = "AmazonProvidedDNS"

// defaultDHCPOptions expands aws_default_vpc_dhcp_options, which adopts AWS's own options and cannot change their
// servers.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_vpc_dhcp_options
func (x *expansion) defaultDHCPOptions(r *resource) []*lower.Resource {
	restate(r, made(r.Span, "DomainNameServers", value.One(amazonDNS, r.Span)))
	return []*lower.Resource{r.stated}
}

// adopt notes what r adopts, before any node is made: nodes that name the default then name the adopter.
func (x *expansion) adopt(r *resource) {
	if r.Data {
		return
	}
	switch r.Type {
	case "aws_default_route_table":
		adopts(x, r, ref(x, r.get("default_route_table_id"), lower.RouteTables))
	case "aws_default_network_acl":
		adopts(x, r, ref(x, r.get("default_network_acl_id"), lower.ACLs))
	case "aws_default_security_group":
		vpc := ref(x, r.get("vpc_id"), lower.VPCs)
		adopts(x, r, fact.Map(vpc, func(id graph.ID[graph.VPC], span source.Span) graph.Ref[graph.SecurityGroup] {
			return fact.Known(graph.DefaultGroupID(string(id)), span)
		}))
	}
}

func adopts[T any](x *expansion, r *resource, what graph.Ref[T]) {
	for _, c := range fact.Cases(what) {
		if id, ok := c.Value.Get(nil); ok.IsTrue() {
			x.nodes.Adopt(string(id), r.stated, r.when.And(c.When))
		}
	}
}

// defaultRange is the range of every default VPC: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
const defaultRange = "172.31.0.0/16"

// defaultVPC expands aws_default_vpc, which adopts the default VPC of the Region and may change its DNS attributes.
func (x *expansion) defaultVPC(r *resource) []*lower.Resource {
	restate(r, made(r.Span,
		"EnableDnsSupport", r.stated.Get("EnableDnsSupport"), "EnableDnsHostnames", r.stated.Get("EnableDnsHostnames")))
	return x.asDefaultVPC(r.stated)
}

// asDefaultVPC is a VPC as AWS makes it for an account: with DNS, and an internet gateway to which the main table sends
// all IPv4. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (x *expansion) asDefaultVPC(vpc *lower.Resource) []*lower.Resource {
	span := vpc.Span
	for _, property := range []string{"EnableDnsSupport", "EnableDnsHostnames"} {
		set(&vpc.Properties, property, read.OrElse(vpc.Get(property), value.One("true", span)))
	}
	set(&vpc.Properties, "CidrBlock", value.One(defaultRange, span))
	set(&vpc.Properties, "IsDefault", value.One("true", span))
	table := vpc.Address + ".MainRouteTable"
	public := publicTable(vpc, value.One(vpc.Address, span), table, string(graph.MainTableID(vpc.Address)))
	return append([]*lower.Resource{vpc}, public...)
}

// publicTable is a route table of the VPC with a route to an internet gateway of its own, which AWS makes with of.
// Others name it by id.
func publicTable(of *lower.Resource, vpc value.Value, table, id string) []*lower.Resource {
	gateway := of.Address + ".InternetGateway"
	return []*lower.Resource{
		implicit(of, gateway, "aws_internet_gateway", "AWS::EC2::InternetGateway"),
		implicit(of, gateway+".attachment", "aws_internet_gateway_attachment", "AWS::EC2::VPCGatewayAttachment",
			"VpcId", vpc, "InternetGatewayId", value.One(gateway, of.Span)),
		implicit(of, table, "aws_route_table", "AWS::EC2::RouteTable", "VpcId", vpc),
		implicit(of, table+".Route", "aws_route", "AWS::EC2::Route", "RouteTableId", value.One(id, of.Span),
			"DestinationCidrBlock", value.One("0.0.0.0/0", of.Span), "GatewayId", value.One(gateway, of.Span)),
	}
}

// implicit is a resource that nobody has written, with these properties, which is there with of.
func implicit(of *lower.Resource, address, typ, as string, properties ...any) *lower.Resource {
	return &lower.Resource{
		Address: address, Type: typ, As: as, Span: of.Span, Properties: made(of.Span, properties...), When: of.When,
		Depends: []string{of.Address}, Region: of.Region, Implicit: true,
	}
}

// defaultSubnet expands aws_default_subnet, a subnet of the default VPC of the Region, which need not be written
// itself.
func (x *expansion) defaultSubnet(r *resource) (out []*lower.Resource) {
	vpc := ""
	for _, other := range x.program.Instances {
		if other.Type == "aws_default_vpc" && !other.Data && other.Region == r.Region {
			vpc = other.Address
		}
	}
	if vpc == "" {
		vpc = "aws_default_vpc"
		if region := x.symbols.Text(r.Region).String(); region != "" && region != "${AWS::Region}" {
			vpc += "." + region
		}
		if x.nodes.Resource(vpc) == nil {
			unseen := &lower.Resource{
				Address: vpc, Type: "aws_default_vpc", As: "AWS::EC2::VPC",
				Span: r.Span, Region: r.Region, Implicit: true,
			}
			out = x.asDefaultVPC(unseen)
		}
	}
	missing := fact.Missing{Kind: fact.Attribute, Name: r.Address + ".cidr_block", Span: r.Span}
	restate(r, made(r.Span,
		"VpcId", value.One(vpc, r.Span),
		"CidrBlock", value.Computed(r.Span, missing),
		"AvailabilityZone", r.stated.Get("AvailabilityZone"),
		"MapPublicIpOnLaunch", read.OrElse(r.stated.Get("MapPublicIpOnLaunch"), value.One("true", r.Span))))
	return append(out, r.stated)
}
