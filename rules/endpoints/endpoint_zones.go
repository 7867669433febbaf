package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointZones notes interface endpoints that have no interface in the Availability Zone of a function's subnet.
var EndpointZones = &rules.Rule{
	Name:     "endpoint_zones",
	Severity: rules.Note,
	URL:      "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
	Run: func(p *rules.Pass) {
		eachStrong(p, func(p *rules.Pass, s rules.Sender, n need.Need, _ need.Needs, path rules.SubnetPath) {
			if e := carrying(p, path, n.Name); e != nil {
				reportZone(p, s, e, n, path)
			}
		})
	},
}

// carrying is the interface endpoint that the path arrives at, or nil.
func carrying(p *rules.Pass, path rules.SubnetPath, service string) *graph.VPCEndpoint {
	if !path.Reachable.IsTrue() || !path.ToEndpoint() {
		return nil
	}
	for _, it := range p.EndpointsFor(path.Subnet, "Interface", service).Items {
		if wantsNames(p, it.Value).IsTrue() {
			return it.Value
		}
	}
	return nil
}

func reportZone(p *rules.Pass, s rules.Sender, e *graph.VPCEndpoint, n need.Need, path rules.SubnetPath) {
	in := graph.Resolve(p.View, &p.Subnets, e.Subnets)
	covered := in.Any(func(own *graph.Subnet) fact.Verdict { return p.SameZone(own, path.Subnet) })
	p.Ask(fact.And(in.Empty().Not(), covered.Not()), e.Address, path.Subnet.Address, func() rules.Finding {
		return rules.Finding{
			Span: e.At("SubnetIds"), Affects: s.Affected(),
			Trace: append(s.Evidence(path.Result), rules.Because(s.Header, n)),
			Message: fmt.Sprintf("%s calls %s across zones: endpoint %q has no interface in the Availability Zone of "+
				"subnet %q, and is lost to it when another zone fails",
				s.Name(), n.Name, e.Address, path.Subnet.Address),
			Remedy: fmt.Sprintf("add a subnet in that zone, such as %q, to endpoint %q",
				path.Subnet.Address, e.Address),
		}
	})
}
