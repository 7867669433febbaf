package terraform

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

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
		adopts(x, r, fact.Map(ref(x, r.get("vpc_id"), lower.VPCs), func(vpc graph.ID[graph.VPC], span source.Span) graph.Ref[graph.SecurityGroup] {
			return fact.Known(graph.DefaultGroupID(string(vpc)), span)
		}))
	}
}

func adopts[T any](x *expansion, r *resource, what graph.Ref[T]) {
	for _, c := range what.Cases() {
		if id, ok := c.Value.Get(nil); ok.IsTrue() {
			x.nodes.Adopt(string(id), r.stated, r.when.And(c.When))
		}
	}
}

// mainAssociation makes another table the main one. The original table stays, with nothing but local routes, and can
// still be named. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
func (x *expansion) mainAssociation(r *resource) {
	table := ref(x, r.get("route_table_id"), lower.RouteTables)
	joined(&x.network.VPCs, ref(x, r.get("vpc_id"), lower.VPCs), r, func(vpc *graph.VPC, when fact.Cond) {
		original := graph.MainTableID(vpc.Address)
		notAdopted := func(c fact.Case[graph.ID[graph.RouteTable]]) bool { return c.Value.IsUnset() }
		if slices.ContainsFunc(vpc.MainTable.Cases(), notAdopted) && x.network.RouteTables.Get(original) == nil {
			graph.Add(x.builder, &x.network.RouteTables, &graph.RouteTable{
				Header: graph.Header{Address: string(original), Type: "aws_route_table", Span: vpc.Span, When: vpc.When, Depends: []string{vpc.Address}, Implicit: true},
				VPC:    fact.Known(graph.ID[graph.VPC](vpc.Address), vpc.Span),
			})
		}
		vpc.MainTable = fact.Choice(when, table, vpc.MainTable.Otherwise(fact.Known(original, vpc.Span)), r.Span)
	}, func(vpc *graph.VPC, missing ...fact.Missing) {
		vpc.MainTable = fact.NotKnown[graph.ID[graph.RouteTable]](r.Span, missing...)
	})
}

// defaultRange is the range of every default VPC: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
const defaultRange = "172.31.0.0/16"

// defaultVPC expands aws_default_vpc, which adopts the default VPC of the Region and may change its DNS attributes.
func (x *expansion) defaultVPC(r *resource) []*lower.Resource {
	dns := made(r.Span,
		"EnableDnsSupport", r.stated.Get("EnableDnsSupport"), "EnableDnsHostnames", r.stated.Get("EnableDnsHostnames"))
	r.stated.Properties = dns
	return x.asDefaultVPC(r.stated)
}

// asDefaultVPC is a VPC as AWS makes it for an account: with DNS, and an internet gateway to which the main table sends
// all IPv4. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (x *expansion) asDefaultVPC(vpc *lower.Resource) []*lower.Resource {
	span := vpc.Span
	for _, property := range []string{"EnableDnsSupport", "EnableDnsHostnames"} {
		set(&vpc.Properties, property, read.OrElse(vpc.Get(property), literal("true", span)))
	}
	set(&vpc.Properties, "CidrBlock", literal(defaultRange, span))
	set(&vpc.Properties, "IsDefault", literal("true", span))
	within := func(name, typ, as string, properties ...any) *lower.Resource {
		return &lower.Resource{
			Address: vpc.Address + "." + name, Type: typ, As: as, Span: span, Properties: made(span, properties...),
			When: vpc.When, Depends: []string{vpc.Address}, Implicit: true,
		}
	}
	own := address(vpc.Address, span)
	gateway := address(vpc.Address+".InternetGateway", span)
	return []*lower.Resource{
		vpc,
		within("InternetGateway", "aws_internet_gateway", "AWS::EC2::InternetGateway"),
		within("InternetGateway.attachment", "aws_internet_gateway_attachment", "AWS::EC2::VPCGatewayAttachment",
			"VpcId", own, "InternetGatewayId", gateway),
		within("MainRouteTable", "aws_route_table", "AWS::EC2::RouteTable", "VpcId", own),
		within("MainRouteTable.Route", "aws_route", "AWS::EC2::Route",
			"RouteTableId", address(string(graph.MainTableID(vpc.Address)), span),
			"DestinationCidrBlock", literal("0.0.0.0/0", span), "GatewayId", gateway),
	}
}

// defaultSubnet expands aws_default_subnet, a subnet of the default VPC of the Region, which need not be written itself.
func (x *expansion) defaultSubnet(r *resource) (out []*lower.Resource) {
	vpc := ""
	for _, other := range x.program.Instances {
		if other.Type == "aws_default_vpc" && !other.Data && other.Region == r.Region {
			vpc = other.Address
		}
	}
	if vpc == "" {
		vpc = "aws_default_vpc"
		if r.Region != "" {
			vpc += "." + r.Region
		}
		if x.nodes.Resource(vpc) == nil {
			unseen := &lower.Resource{Address: vpc, Type: "aws_default_vpc", As: "AWS::EC2::VPC", Span: r.Span, Implicit: true}
			out = x.asDefaultVPC(unseen)
		}
	}
	missing := fact.Missing{Kind: fact.Attribute, Name: r.Address + ".cidr_block", Span: r.Span}
	r.stated.Properties = made(r.Span,
		"VpcId", address(vpc, r.Span),
		"CidrBlock", value.Value{Kind: value.Unknown, Set: true, Span: r.Span, Missing: []fact.Missing{missing}},
		"AvailabilityZone", r.stated.Get("AvailabilityZone"),
		"MapPublicIpOnLaunch", read.OrElse(r.stated.Get("MapPublicIpOnLaunch"), literal("true", r.Span)))
	return append(out, r.stated)
}
