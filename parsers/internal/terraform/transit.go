package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// peering is accepted at once with auto_accept, which only works within one account and Region, or by an accepter.
// Without either, someone else may accept one to another account, Region or program.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection
func (x *expansion) peering(r *resource) {
	x.network.Peerings.Get(graph.ID[graph.Peering](r.Address)).Accepted = x.acceptedByItself(r)
}

// acceptedByItself says whether the connection is active without an accepter. One within an account and Region, to a VPC of
// this program, waits for ever if it says nothing about that.
func (x *expansion) acceptedByItself(r *resource) fact.Value[bool] {
	peer, ok := x.symbols.Only(r.get("peer_vpc_id").Text)
	here := ok && aws.VPC.IsIdentity(x.typeOf(peer.Address), peer.Attribute)
	if here && r.get("peer_owner_id").Kind == value.Absent && r.get("peer_region").Kind == value.Absent {
		return accepted(x, r, r.Address, fact.Known(false, r.Span))
	}
	return accepted(x, r, r.Address, acceptedElsewhere(r, r.Address))
}

// accepted is true where r accepts the connection at address, silent where it says nothing, and else not known.
func accepted(x *expansion, r *resource, address string, silent fact.Value[bool]) fact.Value[bool] {
	return fact.Map(x.bool(r.get("auto_accept")), func(yes bool, span source.Span) fact.Value[bool] {
		if yes {
			return fact.Known(true, span)
		}
		return acceptedElsewhere(r, address)
	}).Otherwise(silent)
}

func acceptedElsewhere(r *resource, address string) fact.Value[bool] {
	return fact.NotKnown[bool](r.Span, fact.Missing{Kind: fact.Resource, Name: "acceptance of " + address, Span: r.Span})
}

func (x *expansion) peeringAccepter(r *resource) {
	joined(&x.network.Peerings, ref(x, r.get("vpc_peering_connection_id"), lower.Peerings), r, func(p *graph.Peering, when fact.Cond) {
		p.Accepted = fact.Choice(when, accepted(x, r, p.Address, acceptedElsewhere(r, p.Address)), p.Accepted, r.Span)
	}, func(*graph.Peering, ...fact.Missing) {})
}
