package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Target finds the node that a route sends packets to. The verdict is False where the node does not exist in this
// world, and Unknown for a target that is defined elsewhere or is of a kind without nodes.
func (v *View) Target(t Target) (Node, fact.Verdict) {
	switch t.Kind {
	case ToGateway:
		if n, ok := target(v, &v.VPNGateways, t); n != nil || ok.IsFalse() {
			return n, ok
		}
		return target(v, &v.InternetGateways, t)
	case ToNATGateway:
		return target(v, &v.NATGateways, t)
	case ToEgressOnly:
		return target(v, &v.EgressOnlyGateways, t)
	case ToInstance:
		return target(v, &v.Instances, t)
	case ToNetworkInterface:
		return target(v, &v.NetworkInterfaces, t)
	case ToPeering:
		return target(v, &v.Peerings, t)
	case ToTransitGateway:
		return target(v, &v.TransitGateways, t)
	case ToEndpoint:
		return target(v, &v.Endpoints, t)
	}
	return nil, fact.Wants(fact.Missing{Kind: fact.Target, Name: string(t.Kind) + " " + t.ID})
}

// target keeps a nil pointer from becoming a Node that is not nil.
func target[T any, P node[T]](v *View, table *Table[T], t Target) (Node, fact.Verdict) {
	n, ok := Lookup(v, table, fact.Known(ID[T](t.ID), source.Span{}))
	if n == nil {
		return nil, ok
	}
	return P(n), ok
}

// Takes says whether the target of a route takes packets that come from the VPC: whether it lies there or is attached
// to it. The target exists in this world. The verdict is Unknown of a virtual private gateway that is not attached
// here.
// https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html
func (v *View) Takes(target Node, from Ref[VPC]) fact.Verdict {
	switch n := target.(type) {
	case *Peering:
		_, joins := v.Across(n, from)
		return fact.And(v.IsAccepted(n), joins)
	case *InternetGateway:
		return v.IsAttached(n, from)
	case *VPNGateway:
		unseen := fact.Missing{Kind: fact.Target, Name: "VPN gateway " + n.Address, Span: n.Span}
		return fact.Or(v.serves(n, from), fact.Wants(unseen))
	case *TransitGateway:
		return v.IsJoined(n, from)
	}
	return Same(v, &v.VPCs, v.HomeOf(target), from)
}

// HomeOf is the VPC that a target of routes lies in. It is Unknown for what lies in a subnet that is not known.
func (v *View) HomeOf(target Node) Ref[VPC] {
	var subnet Ref[Subnet]
	switch n := target.(type) {
	case *NATGateway:
		if !n.VPC.IsUnset() {
			return n.VPC
		}
		subnet = n.Subnet
	case *EgressOnlyGateway:
		return n.VPC
	case *VPCEndpoint:
		return n.VPC
	case *Instance:
		subnet = n.Subnet
	case *NetworkInterface:
		subnet = n.Subnet
	}
	s, known := Lookup(v, &v.Subnets, subnet)
	if s == nil {
		return fact.NotKnown[ID[VPC]](subnet.Span, known.Missing...)
	}
	return s.VPC
}

// IsAttached says whether the internet gateway is attached to the VPC.
func (v *View) IsAttached(g *InternetGateway, vpc Ref[VPC]) fact.Verdict {
	return Existing(v, g.Attachments).Any(func(a *GatewayAttachment) fact.Verdict {
		return Same(v, &v.VPCs, a.VPC, vpc)
	})
}

// HasInternetGateway says whether some internet gateway is attached to the VPC.
func (v *View) HasInternetGateway(vpc *VPC) fact.Verdict {
	return Existing(
		v, vpc.Gateways,
	).Any(func(a *GatewayAttachment) fact.Verdict { return a.InternetGateway.IsSet(v.World) })
}

// serves says whether the VPN gateway is attached to the VPC by a resource of this deployment.
func (v *View) serves(g *VPNGateway, vpc Ref[VPC]) fact.Verdict {
	attached := fact.No()
	for a := range v.GatewayAttachments.All() {
		ours := a.VPNGateway.Is(v.World, func(id ID[VPNGateway]) bool { return string(id) == g.Address })
		attached = fact.Or(attached, fact.And(v.Exists(a), ours, Same(v, &v.VPCs, a.VPC, vpc)))
	}
	return attached
}

// IsJoined says whether an attachment joins the transit gateway and the VPC. Who makes one names both, so it is listed
// by both, and one complete list is enough to know that there is none.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html
func (v *View) IsJoined(g *TransitGateway, ref Ref[VPC]) fact.Verdict {
	ofGateway := Existing(v, g.Attachments).Any(func(a *TransitGatewayAttachment) fact.Verdict {
		return Same(v, &v.VPCs, a.VPC, ref)
	})
	vpc, _ := Lookup(v, &v.VPCs, ref)
	if vpc == nil {
		return ofGateway
	}
	self := fact.Known(ID[TransitGateway](g.Address), g.Span)
	return fact.And(ofGateway, Existing(v, vpc.TransitGateways).Any(func(a *TransitGatewayAttachment) fact.Verdict {
		return Same(v, &v.TransitGateways, a.TransitGateway, self)
	}))
}

// Across is the VPC at the other end of the peering connection, and whether the connection joins the first one at all:
// if that is not so or not known, neither is the other end.
func (v *View) Across(p *Peering, from Ref[VPC]) (other Ref[VPC], joins fact.Verdict) {
	requests, accepts := Same(v, &v.VPCs, p.VPC, from), Same(v, &v.VPCs, p.PeerVPC, from)
	if requests.IsTrue() {
		return p.PeerVPC, requests
	}
	return p.VPC, fact.Or(requests, accepts)
}
