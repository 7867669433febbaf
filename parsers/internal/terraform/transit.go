package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// peering is accepted at once with auto_accept, which only works within one account and Region, or by an accepter.
// Without either, someone else may accept one to another account, Region or program.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection
func (l *lowering) peering(r *resource) {
	graph.Add(l.builder, &l.network.Peerings, &graph.Peering{
		Header:   l.header(r),
		VPC:      ref(l, r.get("vpc_id"), vpcs),
		PeerVPC:  ref(l, r.get("peer_vpc_id"), vpcs),
		Accepted: l.acceptedByItself(r),
	})
}

// acceptedByItself says whether the connection is active without an accepter. One within an account and Region, to a VPC of
// this program, waits for ever if it says nothing about that.
func (l *lowering) acceptedByItself(r *resource) fact.Value[bool] {
	peer, ok := l.symbols.Only(r.get("peer_vpc_id").Text)
	vpc := l.resources[peer.Address]
	here := ok && vpc != nil && !vpc.Data && vpcs.has(vpc.Type, peer.Attribute)
	if here && r.get("peer_owner_id").Kind == value.Absent && r.get("peer_region").Kind == value.Absent {
		return accepted(l, r, r.Address, fact.Known(false, r.Span))
	}
	return accepted(l, r, r.Address, acceptedElsewhere(r, r.Address))
}

// accepted is true where r accepts the connection at address, silent where it says nothing, and else not known.
func accepted(l *lowering, r *resource, address string, silent fact.Value[bool]) fact.Value[bool] {
	return fact.Map(l.bool(r.get("auto_accept")), func(yes bool, span source.Span) fact.Value[bool] {
		if yes {
			return fact.Known(true, span)
		}
		return acceptedElsewhere(r, address)
	}).Otherwise(silent)
}

func acceptedElsewhere(r *resource, address string) fact.Value[bool] {
	return fact.NotKnown[bool](r.Span, fact.Missing{Kind: fact.Resource, Name: "acceptance of " + address, Span: r.Span})
}

func (l *lowering) peeringAccepter(r *resource) {
	joined(&l.network.Peerings, ref(l, r.get("vpc_peering_connection_id"), peerings), r, func(p *graph.Peering, when fact.Cond) {
		p.Accepted = fact.Choice(when, accepted(l, r, p.Address, acceptedElsewhere(r, p.Address)), p.Accepted, r.Span)
	}, func(*graph.Peering, ...fact.Missing) {})
}

func (l *lowering) transitGateway(r *resource) {
	graph.Add(l.builder, &l.network.TransitGateways, &graph.TransitGateway{Header: l.header(r)})
}

func (l *lowering) transitAttachment(r *resource) {
	graph.Add(l.builder, &l.network.TransitAttachments, &graph.TransitGatewayAttachment{
		Header:         l.header(r),
		TransitGateway: ref(l, r.get("transit_gateway_id"), transitGateways),
		VPC:            ref(l, r.get("vpc_id"), vpcs),
		Subnets:        refs(l, r.get("subnet_ids"), subnets),
	})
}
