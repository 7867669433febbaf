package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// MixedSubnetEgress flags functions that get through from some of their subnets only. Lambda picks the subnet, so such
// a function fails now and then.
var MixedSubnetEgress = &rules.Rule{
	Name:     "mixed_subnet_egress",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			internet := mixed(p, from, trace.Flow{To: trace.Internet(4)}, "the internet")
			six := mixed(p, from, trace.Flow{To: trace.Internet(6)}, "the internet over IPv6")
			if internet.IsFalse() && six.IsFalse() {
				needs := p.NeedsOf(from)
				for _, service := range aws.GatewayServices() {
					// Else gateway_endpoint_route_table speaks.
					if needs.Service(service).Strength == need.None && usual(p, from, service) {
						mixed(p, from, trace.Flow{To: trace.Service(service)}, service)
					}
				}
			}
			for _, n := range p.NeedsOf(from).Nodes {
				if n.Strength == need.Strong {
					mixed(p, from, trace.Flow{To: trace.Node(n.Name), Port: n.Port}, fmt.Sprintf("%q", n.Name))
				}
			}
		})
	},
}

// usual is false for S3 Express, which few functions use, unless the VPC of the function has an endpoint for it.
func usual(p *rules.Pass, from rules.Sender, service string) bool {
	return service != "s3express" || p.SubnetsOf(from).Any(func(s *graph.Subnet) fact.Verdict {
		return p.EndpointsFor(s, "Gateway", service).Empty().Not()
	}).IsTrue()
}

func mixed(p *rules.Pass, from rules.Sender, flow trace.Flow, name string) fact.Verdict {
	s := lookAt(p, from, flow)
	asked := declaredIsolated(p, from, s).Not()
	if flow.To.Family == 6 {
		asked = fact.And(asked, fact.IsOn(from.DualStack, p.World))
	}
	v := fact.And(asked, s.some(reachable))
	if !v.IsFalse() {
		settled := s.every(func(path rules.SubnetPath) fact.Verdict {
			return fact.Or(path.Reachable, path.Reachable.Not())
		})
		cut := s.some(func(path rules.SubnetPath) fact.Verdict { return rules.StoppedBy(path, rules.AtSubnet) })
		v = fact.And(v, cut, settled)
	}
	p.Ask(v, from.Address, name, func() rules.Finding {
		good, bad := s.ends()
		return rules.Finding{
			Span:    from.At("VpcConfig.SubnetIds"),
			Affects: from.Affected(),
			Trace:   s.evidence(from),
			Message: fmt.Sprintf("%s reaches %s from subnet %q but not from %q: Lambda picks the subnet, "+
				"so calls time out now and then", from.Name(), name, good, bad),
			Remedy: "give all subnets of the function the same kind of route, or take out those without it",
		}
	})
	return v
}

// ends names a subnet that reaches the destination and one that does not.
func (s survey) ends() (good, bad string) {
	for _, path := range s.paths {
		switch {
		case path.Reachable.IsTrue() && good == "":
			good = path.Subnet.Address
		case path.Reachable.IsFalse() && bad == "":
			bad = path.Subnet.Address
		}
	}
	return good, bad
}
