package firewall

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// here is True where the files say all about the way to the destination, else Unknown: a firewall that looks closed
// may open for what the packet is really sent to. Behind a transit gateway, a VPN or the like there may be a proxy,
// and a central VPC on a transit gateway often gives the names of services addresses of its own.
// https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html
func here(p *rules.Pass, path rules.SubnetPath, to trace.Destination) fact.Verdict {
	switch path.Via {
	case "", "NAT gateway", "NAT instance", "internet gateway", "VPC endpoint", "VPC peering connection":
	default:
		return fact.Wants(fact.Missing{Kind: fact.Target, Name: path.Via + " of " + path.Subnet.Address,
			Span: path.Subnet.Span})
	}
	vpc, _ := p.VPC(path.Subnet.VPC)
	if to.Class != trace.ClassService || vpc == nil {
		return fact.Yes()
	}
	attached := graph.Existing(p.View, vpc.TransitGateways)
	if len(attached.Items) == 0 {
		return fact.Yes()
	}
	return fact.Wants(fact.Missing{Kind: fact.Target, Name: "what " + attached.Items[0].Value.Address + " leads to",
		Span: attached.Items[0].Span})
}
