package managed

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// answersElsewhere is Unknown where the name of CloudWatch Logs may lead to an endpoint that the trace does not take:
// one here without a private DNS name, or one in another network. A private hosted zone may name either of them.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func answersElsewhere(p *rules.Pass, s *graph.Subnet) fact.Verdict {
	zone := fact.Missing{Kind: fact.Intent, Name: "whether a private hosted zone leads CloudWatch Logs to an endpoint",
		Span: s.Span}
	table, _, _ := p.RouteTable(s)
	if table != nil {
		for _, r := range graph.Existing(p.View, table.Routes).Items {
			for to := range fact.Certain(r.Value.Targets, p.World) {
				if leadsToOthers(to.Kind) {
					return fact.Wants(zone)
				}
			}
		}
	}
	vpc, _ := p.VPC(s.VPC)
	if vpc == nil {
		return fact.No()
	}
	return graph.Existing(p.View, vpc.Endpoints).Any(func(e *graph.VPCEndpoint) fact.Verdict {
		name, ok := e.Service.Get(p.World)
		id, known := trace.ServiceID(name)
		return fact.And(ok, known, fact.Of(id == logs), fact.Wants(zone))
	})
}

// leadsToOthers tells the targets behind which another network may have endpoints that serve this one.
func leadsToOthers(k graph.TargetKind) bool {
	return slices.Contains([]graph.TargetKind{graph.ToPeering, graph.ToTransitGateway, graph.ToCoreNetwork}, k)
}
