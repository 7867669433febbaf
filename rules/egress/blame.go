package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// blame reports the node of the given role that functions' packets to the internet meet first: True where the pass's
// rule owns the stop there. Run merges the reports of one node into one finding with all functions that it cuts off.
func blame(p *rules.Pass, role trace.Role, describe func(p *rules.Pass, stop trace.Hop) rules.Finding) {
	rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
		for _, family := range []trace.Family{4, 6} {
			for _, path := range look(p, f, trace.Internet(family)).paths {
				met, ok := meets(path, role)
				if !ok {
					continue
				}
				verdict := p.Stopped(path.Result)
				if stop, ok := rules.Owner(path.Result); ok && verdict.IsTrue() {
					met = stop
				}
				finding := describe(p, met)
				finding.Resource, finding.Affects = met.Address, []string{f.Address}
				finding.Trace = rules.Evidence(f, path.Result)
				if !finding.Span.IsValid() {
					finding.Span = met.Span
				}
				p.Report(fact.And(p.InVPC(f), verdict), finding)
			}
		}
	})
}

// meets returns the first hop of that role on the way.
func meets(path rules.SubnetPath, role trace.Role) (trace.Hop, bool) {
	for _, h := range path.Hops {
		if h.Role == role {
			return h, true
		}
	}
	return trace.Hop{}, false
}

// natFinding is a finding at the subnet of a NAT gateway.
func natFinding(p *rules.Pass, stop trace.Hop) (finding rules.Finding, subnet string) {
	n := p.NATGateways.Get(graph.ID[graph.NATGateway](stop.Address))
	if n == nil {
		return rules.Finding{}, "elsewhere"
	}
	id, _ := n.Subnet.Get(p.World)
	return rules.Finding{Span: n.At("SubnetId")}, string(id)
}
