package terraform

import (
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// adopter is a resource that manages what AWS has created with a VPC. It stands in for it where it exists.
type adopter struct {
	address string
	when    fact.Cond
}

// adopt notes what r adopts, before any node is made: nodes that name the default then name the adopter.
func (l *lowering) adopt(r *resource) {
	if r.Data {
		return
	}
	switch r.Type {
	case "aws_default_route_table":
		adopts(l, r, ref(l, r.get("default_route_table_id"), routeTables))
	case "aws_default_network_acl":
		adopts(l, r, ref(l, r.get("default_network_acl_id"), acls))
	case "aws_default_security_group":
		for _, c := range ref(l, r.get("vpc_id"), vpcs).Cases() {
			if vpc, ok := c.Value.Get(nil); ok.IsTrue() {
				l.addAdopter(string(graph.DefaultGroupID(string(vpc))), adopter{r.Address, r.when.And(c.When)})
			}
		}
	}
}

func adopts[T any](l *lowering, r *resource, what graph.Ref[T]) {
	for _, c := range what.Cases() {
		if id, ok := c.Value.Get(nil); ok.IsTrue() {
			l.addAdopter(string(id), adopter{r.Address, r.when.And(c.When)})
		}
	}
}

func (l *lowering) addAdopter(id string, a adopter) { l.adopters[id] = append(l.adopters[id], a) }

// preset is what stands in for the default with that identity; unset where nothing does.
func preset[T any](l *lowering, id string) graph.Ref[T] {
	var out graph.Ref[T]
	for _, a := range l.adopters[id] {
		span := l.resources[a.address].Span
		out = fact.Choice(a.when, fact.Known(graph.ID[T](a.address), span), out, span)
	}
	return out
}

// mainAssociation makes another table the main one. The original table stays, with nothing but local routes, and can
// still be named. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
func (l *lowering) mainAssociation(r *resource) {
	table := ref(l, r.get("route_table_id"), routeTables)
	joined(&l.network.VPCs, ref(l, r.get("vpc_id"), vpcs), r, func(vpc *graph.VPC, when fact.Cond) {
		original := graph.MainTableID(vpc.Address)
		notAdopted := func(c fact.Case[graph.ID[graph.RouteTable]]) bool { return c.Value.IsUnset() }
		if slices.ContainsFunc(vpc.MainTable.Cases(), notAdopted) && l.network.RouteTables.Get(original) == nil {
			graph.Add(l.builder, &l.network.RouteTables, &graph.RouteTable{
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
var defaultRange = netip.MustParsePrefix("172.31.0.0/16")

// defaultVPC reads aws_default_vpc, which adopts the default VPC of the Region and may change its DNS attributes.
func (l *lowering) defaultVPC(r *resource) {
	n := l.addDefaultVPC(l.header(r))
	n.DNSSupport = l.bool(r.get("enable_dns_support")).Otherwise(n.DNSSupport)
	n.DNSHostnames = l.bool(r.get("enable_dns_hostnames")).Otherwise(n.DNSHostnames)
}

// addDefaultVPC adds a default VPC as AWS makes it: with an internet gateway, to which the main table sends all IPv4.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (l *lowering) addDefaultVPC(h graph.Header) *graph.VPC {
	n := &graph.VPC{
		Header:       h,
		IsDefault:    true,
		DNSSupport:   fact.Known(true, h.Span),
		DNSHostnames: fact.Known(true, h.Span),
		MainTable:    preset[graph.RouteTable](l, string(graph.MainTableID(h.Address))),
		DefaultACL:   preset[graph.NetworkACL](l, string(graph.DefaultACLID(h.Address))),
		DefaultGroup: preset[graph.SecurityGroup](l, string(graph.DefaultGroupID(h.Address))),
	}
	n.CIDRs.Append(fact.Known(defaultRange, h.Span), h.Span)
	graph.Add(l.builder, &l.network.VPCs, n)

	within := func(name, typ string) graph.Header {
		return graph.Header{Address: h.Address + "." + name, Type: typ, Span: h.Span, When: h.When, Depends: []string{h.Address}, Implicit: true}
	}
	self := fact.Known(graph.ID[graph.VPC](h.Address), h.Span)
	gateway := within("InternetGateway", "aws_internet_gateway")
	graph.Add(l.builder, &l.network.InternetGateways, &graph.InternetGateway{Header: gateway})
	graph.Add(l.builder, &l.network.GatewayAttachments, &graph.GatewayAttachment{
		Header:          within("InternetGateway.attachment", "aws_internet_gateway_attachment"),
		VPC:             self,
		InternetGateway: fact.Known(graph.ID[graph.InternetGateway](gateway.Address), h.Span),
	})
	table := graph.MainTableID(h.Address)
	graph.Add(l.builder, &l.network.RouteTables, &graph.RouteTable{Header: within("MainRouteTable", "aws_route_table"), VPC: self})
	route := &graph.Route{
		Header:      within("MainRouteTable.Route", "aws_route"),
		Table:       fact.Known(table, h.Span),
		Destination: fact.Known(netip.PrefixFrom(netip.IPv4Unspecified(), 0), h.Span),
	}
	route.Targets.Append(fact.Known(graph.Target{Kind: graph.ToGateway, ID: gateway.Address}, h.Span), h.Span)
	graph.Add(l.builder, &l.network.Routes, route)
	return n
}

// defaultSubnet reads aws_default_subnet, a subnet of the default VPC of the Region, which need not be written itself.
func (l *lowering) defaultSubnet(r *resource) {
	vpc := ""
	for _, other := range l.program.Instances {
		if other.Type == "aws_default_vpc" && !other.Data && other.Region == r.Region {
			vpc = other.Address
		}
	}
	if vpc == "" {
		vpc = "aws_default_vpc"
		if r.Region != "" {
			vpc += "." + r.Region
		}
		if l.network.VPCs.Get(graph.ID[graph.VPC](vpc)) == nil {
			l.addDefaultVPC(graph.Header{Address: vpc, Type: "aws_default_vpc", Span: r.Span, Implicit: true})
		}
	}
	n := &graph.Subnet{
		Header:      l.header(r),
		VPC:         fact.Known(graph.ID[graph.VPC](vpc), r.Span),
		CIDR:        fact.Computed[netip.Prefix](r.Span, fact.Missing{Kind: fact.Attribute, Name: r.Address + ".cidr_block", Span: r.Span}),
		AZ:          l.text(r.get("availability_zone")),
		MapPublicIP: fact.Known(true, r.Span),
		TagList:     l.tagList(r),
	}
	if own := r.get("map_public_ip_on_launch"); own.Kind != value.Absent {
		n.MapPublicIP = l.bool(own)
	}
	graph.Add(l.builder, &l.network.Subnets, n)
}
