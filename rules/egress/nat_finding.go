package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// natFinding is a finding at the subnet of a NAT gateway.
func natFinding(p *rules.Pass, stop trace.Hop) (finding rules.Finding, subnet string) {
	n := p.NATGateways.At(stop.Address)
	if n == nil {
		return rules.Finding{}, "elsewhere"
	}
	id, _ := n.Subnet.Get(p.World)
	return rules.Finding{Span: n.At("SubnetId")}, string(id)
}
