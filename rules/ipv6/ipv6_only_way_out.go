package ipv6

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6OnlyWayOut notes functions that reach nothing but IPv6 addresses and call a service of AWS by a name that has
// none: SDKs use the dual-stack names only when told.
var IPv6OnlyWayOut = &rules.Rule{
	Name:     "ipv6_only_way_out",
	Severity: rules.Note,
	URL:      "https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html",
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			needs := p.NeedsOf(from)
			p.Count(from.Address)
			for _, n := range needs.Services {
				if n.Strength == need.Strong {
					reportNamed(p, from, needs, n)
				}
			}
		})
	},
}

func reportNamed(p *rules.Pass, from rules.Sender, needs need.Needs, n need.Need) {
	subnets := p.SubnetsOf(from)
	var last *trace.Result
	only := subnets.All(func(s *graph.Subnet) fact.Verdict {
		cut := rules.StoppedBy(p.Path(from, s, trace.Flow{To: trace.Service(n.Name)}), rules.AtSubnet)
		if cut.IsFalse() {
			return cut
		}
		last = p.Path(from, s, trace.Flow{To: trace.Internet(6)}).Result
		return fact.And(cut, last.Reachable)
	})
	p.Ask(fact.And(subnets.Empty().Not(), only, toldOfIPv6(p, from).Not(), needs.Direct(n.Strength)), from.Address,
		n.Name, func() rules.Finding {
			return rules.Finding{
				Span: n.Span, Affects: from.Affected(),
				Trace: append(from.Evidence(last), trace.Hop{
					Address: from.Address, Span: n.Span, Role: trace.RoleTarget, Message: n.Evidence,
				}),
				Message: fmt.Sprintf("%s has no way to %s but IPv6, and the name that the SDK calls by default has no "+
					"IPv6 address", from.Name(), n.Name),
				Remedy: "set AWS_USE_DUALSTACK_ENDPOINT to true in the environment, if the service has a dual-stack " +
					"endpoint; else add a NAT gateway or a VPC endpoint",
			}
		})
}

// toldOfIPv6 says whether the environment tells the SDK of a function to call dual-stack names.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
func toldOfIPv6(p *rules.Pass, from rules.Sender) fact.Verdict {
	told := fact.No()
	for _, f := range from.Functions {
		told = fact.Or(told, f.Environment.In(p.World).Any(func(v graph.Variable) fact.Verdict {
			if v.Name != "AWS_USE_DUALSTACK_ENDPOINT" {
				return fact.No()
			}
			text, known := v.Value.Get(p.World)
			if literal, whole := text.Literal(); whole {
				return fact.And(known, fact.Of(strings.EqualFold(literal, "true")))
			}
			return fact.And(known, fact.Wants(text.Missing()...))
		}))
	}
	return told
}
