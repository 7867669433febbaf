package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointPolicy flags endpoints whose policy stops the calls that a function makes through them. It is a note where
// some calls on the same resource get through, for a role often allows more than the code does.
var EndpointPolicy = &rules.Rule{
	Name:     "endpoint_policy",
	Severity: rules.Warning,
	Owns:     ofCode(trace.ClassService).Stops(trace.EndpointPolicy, trace.RoleEndpoint),
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			p.Count(s.Address)
			for _, n := range needs.Services {
				e := restricted(p, s, n.Name)
				if e == nil {
					continue
				}
				for _, calls := range byResource(callsOf(p, s, n.Name)) {
					reportPolicy(p, s, e, needs, calls)
				}
			}
		})
	},
}

// restricted is an endpoint for the service in the sender's VPC that has a policy of its own, or nil.
func restricted(p *rules.Pass, s rules.Sender, service string) *graph.VPCEndpoint {
	for _, subnet := range p.SubnetsOf(s).Items {
		for _, kind := range []string{"Gateway", "Interface"} {
			for _, it := range p.EndpointsFor(subnet.Value, kind, service).Items {
				if !it.Value.Policy.IsSet(p.World).IsFalse() {
					return it.Value
				}
			}
		}
	}
	return nil
}

// reportPolicy reports the calls on one resource, of which e may stop some.
func reportPolicy(p *rules.Pass, s rules.Sender, e *graph.VPCEndpoint, needs need.Needs, calls []need.Call) {
	at, strength := e.At("PolicyDocument"), need.None
	for _, c := range calls {
		strength = max(strength, c.Strength)
	}
	stopped := stoppedCalls(p, s, calls)
	if hop := stopped.hop; hop != nil {
		at, e = hop.Span, p.Endpoints.At(hop.Address)
	}
	name := resourceName(calls[0].Resource)
	p.Ask(fact.And(stopped.some, needs.Direct(strength)), e.Address, calls[0].Name+" "+name, func() rules.Finding {
		finding := rules.Finding{
			Span: at, Affects: s.Affected(), Trace: stopped.evidence,
			Message: fmt.Sprintf("%s cannot %s %q: the policy of endpoint %q does not let that through",
				s.Name(), doing(stopped.calls), name, e.Address),
			Remedy: fmt.Sprintf("allow that in the policy of endpoint %q, or take the policy away", e.Address),
		}
		if len(stopped.calls) < len(calls) {
			finding.Severity = rules.Note
		}
		return finding
	})
}
