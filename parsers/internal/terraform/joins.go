package terraform

import (
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// joins has the function for each type that only changes nodes of other resources, which therefore must be there.
var joins = map[string]func(*expansion, *resource){
	"aws_main_route_table_association":            (*expansion).mainAssociation,
	"aws_ec2_managed_prefix_list_entry":           (*expansion).prefixListEntry,
	"aws_vpc_peering_connection_accepter":         (*expansion).peeringAccepter,
	"aws_vpc_endpoint_route_table_association":    (*expansion).endpointTable,
	"aws_vpc_endpoint_subnet_association":         (*expansion).endpointSubnet,
	"aws_vpc_endpoint_security_group_association": (*expansion).endpointGroup,
	"aws_vpc_endpoint_policy":                     (*expansion).endpointPolicy,
	"aws_vpc_endpoint_private_dns":                (*expansion).endpointDNS,
	"aws_network_interface_sg_attachment":         (*expansion).groupAttachment,
}

// joined hands the node named by to, with the condition under which r exists and names it, to put. A name that is not
// known may be that of any node: then miss is called for every one.
func joined[T any](
	t *graph.Table[T], to graph.Ref[T], r *resource, put func(*T, fact.Cond), miss func(*T, ...fact.Missing),
) {
	for _, c := range fact.Cases(to) {
		switch id, ok := c.Value.Get(nil); ok.Truth {
		case fact.True:
			if n := t.Get(id); n != nil {
				put(n, r.when.And(c.When))
			}
		case fact.Unknown:
			for n := range t.All() {
				miss(n, ok.Missing...)
			}
		}
	}
}

// into adds v, which r holds, to a list of the node that to names.
func into[T, V any](t *graph.Table[T], to graph.Ref[T], r *resource, list func(*T) *fact.List[V], v V) {
	joined(t, to, r,
		func(n *T, when fact.Cond) { list(n).AppendIf(when, v, r.Span) },
		func(n *T, missing ...fact.Missing) { list(n).Miss(r.when, missing...) })
}

// mainAssociation makes another table the main one. The original table stays, with nothing but local routes, and can
// still be named. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
func (x *expansion) mainAssociation(r *resource) {
	table := ref(x, r.get("route_table_id"), lower.RouteTables)
	joined(&x.network.VPCs, ref(x, r.get("vpc_id"), lower.VPCs), r, func(vpc *graph.VPC, when fact.Cond) {
		original := graph.MainTableID(vpc.Address)
		notAdopted := func(c fact.Case[graph.ID[graph.RouteTable]]) bool { return c.Value.IsUnset() }
		if slices.ContainsFunc(fact.Cases(vpc.MainTable), notAdopted) && x.network.RouteTables.Get(original) == nil {
			graph.Add(x.builder, &x.network.RouteTables, &graph.RouteTable{
				Header: graph.Header{
					Address: string(original), Type: "aws_route_table", Span: vpc.Span, When: vpc.When,
					Depends: []string{vpc.Address}, Implicit: true,
				},
				VPC: fact.Known(graph.ID[graph.VPC](vpc.Address), vpc.Span),
			})
		}
		vpc.MainTable = fact.Choice(when, table, fact.Otherwise(vpc.MainTable, fact.Known(original, vpc.Span)), r.Span)
	}, func(vpc *graph.VPC, missing ...fact.Missing) {
		vpc.MainTable = fact.NotKnown[graph.ID[graph.RouteTable]](r.Span, missing...)
	})
}

func (x *expansion) prefixListEntry(r *resource) {
	entry := lower.Prefix(x.nodes, r.get("cidr"))
	into(&x.network.PrefixLists, ref(x, r.get("prefix_list_id"), lower.PrefixLists), r,
		func(p *graph.PrefixList) *fact.List[fact.Value[netip.Prefix]] { return &p.Entries }, entry)
}

func (x *expansion) peeringAccepter(r *resource) {
	peering := ref(x, r.get("vpc_peering_connection_id"), lower.Peerings)
	joined(&x.network.Peerings, peering, r, func(p *graph.Peering, when fact.Cond) {
		p.Accepted = fact.Choice(when, accepted(x, r, p.Address, acceptedElsewhere(r, p.Address)), p.Accepted, r.Span)
	}, func(*graph.Peering, ...fact.Missing) {})
}

func (x *expansion) endpointOf(r *resource) graph.Ref[graph.VPCEndpoint] {
	return ref(x, r.get("vpc_endpoint_id"), lower.Endpoints)
}

func (x *expansion) endpointTable(r *resource) {
	into(&x.network.Endpoints, x.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.RouteTable]] { return &e.RouteTables },
		ref(x, r.get("route_table_id"), lower.RouteTables))
}

func (x *expansion) endpointSubnet(r *resource) {
	into(&x.network.Endpoints, x.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.Subnet]] { return &e.Subnets },
		ref(x, r.get("subnet_id"), lower.Subnets))
}

// endpointGroup adds a group to an endpoint. The default group of the VPC, which an endpoint without groups has, stays
// beside it unless replace_default_association takes it away:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint_security_group_association
func (x *expansion) endpointGroup(r *resource) {
	group := ref(x, r.get("security_group_id"), lower.SecurityGroups)
	replaced, known := x.bool(r.get("replace_default_association")).Or(nil, false)
	list := func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.SecurityGroup]] { return &e.Groups }
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		if !e.Groups.IsSet && !(known.IsTrue() && replaced) {
			for _, vpc := range fact.Cases(e.VPC) {
				if id, ok := vpc.Value.Get(nil); ok.IsTrue() {
					byDefault := string(graph.DefaultGroupID(string(id)))
					standing := ref(x, value.One(byDefault, e.Span), lower.SecurityGroups)
					e.Groups.AppendIf(vpc.When, standing, e.Span)
				}
			}
		}
		list(e).AppendIf(when, group, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) { list(e).Miss(r.when, missing...) })
}

func (x *expansion) endpointPolicy(r *resource) {
	document := read.Document(x.symbols, r.get("policy"))
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.Policy = fact.Choice(when, document, e.Policy, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) {
		e.Policy = fact.NotKnown[*policy.Document](r.Span, missing...)
	})
}

func (x *expansion) endpointDNS(r *resource) {
	enabled := x.bool(r.get("private_dns_enabled"))
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.PrivateDNS = fact.Choice(when, enabled, e.PrivateDNS, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) {
		e.PrivateDNS = fact.NotKnown[bool](r.Span, missing...)
	})
}

// groupAttachment reads aws_network_interface_sg_attachment, which adds a group to an interface, or to an instance by
// its primary interface.
func (x *expansion) groupAttachment(r *resource) {
	group := ref(x, r.get("security_group_id"), lower.SecurityGroups)
	stays, moves := x.split(x.written(r.get("network_interface_id")), aws.Instance, true)
	into(&x.network.Instances, ref(x, moves, lower.Instances), r,
		func(n *graph.Instance) *fact.List[graph.Ref[graph.SecurityGroup]] { return &n.Groups }, group)
	into(&x.network.NetworkInterfaces, ref(x, stays, lower.NetworkInterfaces), r,
		func(n *graph.NetworkInterface) *fact.List[graph.Ref[graph.SecurityGroup]] { return &n.Groups }, group)
}
