package routes

import (
	"fmt"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// attachmentsFor are the attachments of the route's target, one of which has to exist first.
func attachmentsFor(p *rules.Pass, r *graph.Route, t graph.Target) []graph.Node {
	switch g := p.InternetGateways.At(t.ID); {
	case t.Kind == graph.ToTransitGateway:
		return transitAttachments(p, r, t.ID)
	case g != nil:
		return nodes(graph.Existing(p.View, g.Attachments))
	case t.Kind == graph.ToGateway:
		return vpnAttachments(p, t.ID)
	}
	return nil
}

// transitAttachments are those of the transit gateway to the VPC of the route's table.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func transitAttachments(p *rules.Pass, r *graph.Route, gateway string) (out []graph.Node) {
	table, _ := graph.Lookup(p.View, &p.RouteTables, r.Table)
	for a := range p.TransitAttachments.All() {
		id, _ := a.TransitGateway.Get(p.World)
		if string(id) == gateway && p.Exists(a).IsTrue() && table != nil &&
			graph.Same(p.View, &p.VPCs, a.VPC, table.VPC).IsTrue() {
			out = append(out, a)
		}
	}
	return out
}

// vpnAttachments are those of the virtual private gateway.
func vpnAttachments(p *rules.Pass, gateway string) (out []graph.Node) {
	for a := range p.GatewayAttachments.All() {
		if id, _ := a.VPNGateway.Get(p.World); gateway != "" && string(id) == gateway && p.Exists(a).IsTrue() {
			out = append(out, a)
		}
	}
	return out
}

// internetAttachments are those of internet gateways to the VPC.
func internetAttachments(p *rules.Pass, ref graph.Ref[graph.VPC]) (out []graph.Node) {
	vpc, _ := graph.Lookup(p.View, &p.VPCs, ref)
	if vpc == nil {
		return nil
	}
	for _, it := range graph.Existing(p.View, vpc.Gateways).Items {
		if !it.Value.InternetGateway.IsUnset() {
			out = append(out, it.Value)
		}
	}
	return out
}

func nodes(in fact.Elements[*graph.GatewayAttachment]) (out []graph.Node) {
	for _, it := range in.Items {
		out = append(out, it.Value)
	}
	return out
}

// racesRange reports a subnet whose range, IPv4 or IPv6, its VPC gets from a resource of its own that the subnet does
// not wait for. The ranges of a VPC do not overlap, so that no other holds the subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
func racesRange(p *rules.Pass, s *graph.Subnet) {
	vpc, _ := graph.Lookup(p.View, &p.VPCs, s.VPC)
	if vpc == nil {
		return
	}
	var four, six []graph.Node
	for c := range p.CIDRBlocks.All() {
		if !p.Exists(c).IsTrue() || !graph.Same(p.View, &p.VPCs, c.VPC, s.VPC).IsTrue() {
			continue
		}
		isSix := fact.IsOn(c.IPv6, p.World)
		switch {
		case isSix.IsTrue():
			six = append(six, c)
		case isSix.IsFalse() && holds(p, c, s).IsTrue():
			four = append(four, c)
		}
	}
	name := fmt.Sprintf("subnet %q", s.Address)
	raced(p, s, name, fact.Of(len(four) > 0), four, ranged)
	if len(four) == 0 {
		all := vpc.HasIPv6.In(p.World)
		only := fact.Of(len(all.Items) == len(six) && len(all.Open) == 0)
		raced(p, s, name, fact.And(s.IPv6CIDR.IsSet(p.World), only), six, ranged)
	}
}

// holds says whether the range of the block contains that of the subnet.
func holds(p *rules.Pass, c *graph.CIDRBlock, s *graph.Subnet) fact.Verdict {
	in, ok := s.CIDR.Get(p.World)
	return fact.And(ok, c.CIDR.Is(p.World, func(r netip.Prefix) bool { return rules.Covers(r, in) }))
}
