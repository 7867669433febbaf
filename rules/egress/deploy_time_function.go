package egress

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DeployTimeFunction flags functions that a deployment runs, and that then lack the way that they need: a function that
// answers a custom resource reaches no S3, or may run before the way exists.
var DeployTimeFunction = &rules.Rule{
	Name:     "deploy_time_function",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			for _, f := range from.Functions {
				all, undecided := need.Invocations(p.View, f)
				p.Await(fact.Wants(undecided...))
				p.Count(from.Address)
				if len(all) > 0 {
					reportEarly(p, from, all)
				}
			}
			if needs := p.NeedsOf(from); needs.Answer.Strength != need.None {
				reportMute(p, from, needs.Answer, needs.Direct(need.Strong))
			}
		})
	},
}

// reportMute reports a function whose answers to custom resources do not arrive: at the function where it has no way to
// S3, and at the endpoint whose policy keeps out the bucket of the answers. Their URL is no dual-stack one: IPv6 is no
// way there, unless DNS64 and a NAT gateway make it one.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ipv6-access.html
func reportMute(p *rules.Pass, from rules.Sender, answer need.Need, direct fact.Verdict) {
	to := trace.Calling(answer.Name, policy.CustomResourceAnswer)
	s := look(p, from, to)
	finding := rules.Finding{
		Span: from.At("VpcConfig.SubnetIds"), Affects: from.Affected(), Remedy: wayTo(to, "S3"),
		Message: fmt.Sprintf("%s answers a custom resource and cannot reach S3, to which it puts the answer: "+
			"the stack hangs until it times out, and fails", from.Name()),
	}
	if handsOver(p, from) || !fact.IsOn(from.DualStack, p.World).IsFalse() {
		finding.Severity = rules.Warning
		finding.Message += ", unless it has the answer sent in another way"
	}
	tell := func(v fact.Verdict, resource string) {
		p.Ask(fact.And(v, direct), resource, "", func() rules.Finding {
			finding.Trace = append(s.evidence(from), trace.Hop{
				Address: from.Address, Span: answer.Span, Role: trace.RoleTarget, Message: answer.Evidence,
			})
			return finding
		})
	}
	cut := outOfReach(p, from, s, to, func(*graph.Subnet) fact.Verdict { return fact.Yes() })
	tell(cut, from.Address)
	if stop := firstStop(s, atPolicy); stop != nil {
		finding.Span = stop.Span
		finding.Message += fmt.Sprintf("; the policy of endpoint %q keeps it out", stop.Address)
		finding.Remedy = "let everybody do s3:PutObject on arn:aws:s3:::cloudformation-custom-resource-response-*/* " +
			"in the policy of the endpoint"
		if s.some(reachable).IsTrue() {
			finding.Severity = rules.Warning
		}
		tell(fact.Yes(), stop.Address)
	}
}

// firstStop is the first owner of a blocked path for which blame is right, or nil.
func firstStop(s survey, blame func(*trace.Hop) bool) *trace.Hop {
	for _, path := range s.paths {
		for _, h := range rules.Owners(path) {
			if blame(h) {
				return h
			}
		}
	}
	return nil
}

// atPolicy is the stop at the policy of an endpoint.
func atPolicy(h *trace.Hop) bool { return h.Cause == trace.EndpointPolicy }

// handsOver says whether the function reaches a service by which it may have another function answer in its place.
func handsOver(p *rules.Pass, from rules.Sender) bool {
	return slices.ContainsFunc([]string{"lambda", "states", "sqs", "sns", "events"}, func(service string) bool {
		return look(p, from, trace.Service(service)).some(reachable).IsTrue()
	})
}
