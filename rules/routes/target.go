package routes

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// find looks the target up among the nodes of its kind. The verdict is False where it does not exist in this world, and
// Unknown for a target defined elsewhere.
func find(p *rules.Pass, t graph.Target) (graph.Node, fact.Verdict) {
	switch t.Kind {
	case graph.ToGateway:
		if n, ok := node(lookup(p, &p.VPNGateways, t.ID)); n != nil || ok.IsFalse() {
			return n, ok
		}
		return node(lookup(p, &p.InternetGateways, t.ID))
	case graph.ToNATGateway:
		return node(lookup(p, &p.NATGateways, t.ID))
	case graph.ToEgressOnly:
		return node(lookup(p, &p.EgressOnlyGateways, t.ID))
	case graph.ToInstance:
		return node(lookup(p, &p.Instances, t.ID))
	case graph.ToNetworkInterface:
		return node(lookup(p, &p.NetworkInterfaces, t.ID))
	case graph.ToPeering:
		return node(lookup(p, &p.Peerings, t.ID))
	case graph.ToTransitGateway:
		return node(lookup(p, &p.TransitGateways, t.ID))
	case graph.ToEndpoint:
		return node(lookup(p, &p.Endpoints, t.ID))
	}
	return nil, fact.Wants(fact.Missing{Kind: fact.Target, Name: string(t.Kind) + " " + t.ID})
}

func lookup[T any](p *rules.Pass, table *graph.Table[T], id string) (*T, fact.Verdict) {
	return graph.Lookup(p.View, table, fact.Known(graph.ID[T](id), source.Span{}))
}

// node keeps a nil pointer from becoming a Node that is not nil.
func node[T any, P interface {
	*T
	graph.Node
}](n P, ok fact.Verdict) (graph.Node, fact.Verdict) {
	if n == nil {
		return nil, ok
	}
	return n, ok
}

// homeOf is the VPC that a target lies in.
func homeOf(p *rules.Pass, n graph.Node) graph.Ref[graph.VPC] {
	var subnet graph.Ref[graph.Subnet]
	switch n := n.(type) {
	case *graph.NATGateway:
		if !n.VPC.IsUnset() {
			return n.VPC
		}
		subnet = n.Subnet
	case *graph.EgressOnlyGateway:
		return n.VPC
	case *graph.VPCEndpoint:
		return n.VPC
	case *graph.Instance:
		subnet = n.Subnet
	case *graph.NetworkInterface:
		subnet = n.Subnet
	}
	s, known := graph.Lookup(p.View, &p.Subnets, subnet)
	if s == nil {
		return fact.NotKnown[graph.ID[graph.VPC]](subnet.Span, known.Missing...)
	}
	return s.VPC
}
