package ipv6

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ofFunctions are the packets that this pack speaks of.
var ofFunctions = trace.PacketsTo(trace.ClassInternet).Over(6).Of(trace.Hyperplane)

const flagPath = "VpcConfig.Ipv6AllowedForDualStack"

// flag says whether f asks for IPv6, which is off unless set.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-ipv6
func flag(p *rules.Pass, from rules.Sender) fact.Verdict { return fact.IsOn(from.DualStack, p.World) }

// each is rules.EachSender over those that have IPv6 addresses only if they ask for them, as a function. Instances have
// them anyway, and the pack managed looks at both families.
func each(p *rules.Pass, f func(*rules.Pass, rules.Sender)) {
	rules.EachSenderOn(p, trace.Hyperplane, f)
}

// native says whether s has IPv6 addresses only.
func native(p *rules.Pass, s *graph.Subnet) fact.Verdict { return fact.IsOn(s.IPv6Native, p.World) }

// reportUnseen reports that f may have subnets that are not defined here, at the first of the properties.
func reportUnseen(p *rules.Pass, from rules.Sender, v fact.Verdict, paths ...string) {
	p.Ask(v, from.Address, "", func() rules.Finding {
		return rules.Finding{Span: place(from.Header, paths...), Affects: from.Affected()}
	})
}

// place is where the first of the properties is written, or the resource.
func place(h *graph.Header, paths ...string) source.Span {
	for _, path := range paths {
		if s, ok := h.Written(path); ok {
			return s
		}
	}
	return h.Span
}

// firstStop finds the first stop on the way whose key is among owned. Without one it gives the subnet.
func firstStop(path rules.SubnetPath, owned []trace.Key) (resource string, at source.Span, found bool) {
	for _, h := range path.Blocks {
		if slices.Contains(owned, h.Key) {
			return h.Address, h.Span, true
		}
	}
	return path.Subnet.Address, path.Subnet.Span, false
}

// blocked says whether the way is blocked, given that the stop that a rule owns was found; without it, the rule has
// something to say only as long as the way is not known.
func blocked(r *trace.Result, found bool) fact.Verdict {
	return fact.And(r.Reachable.Not(), fact.Or(fact.Of(found), r.Reachable))
}

// internet traces to the public IPv6 internet from the subnet, as if f asked for IPv6.
func internet(p *rules.Pass, from rules.Sender, s *graph.Subnet) *trace.Result {
	return p.Trace.Trace(from.FromDualStack(p.View, s), trace.Flow{To: trace.Internet(6)})
}

// internet4 says whether f reaches the public IPv4 internet from the subnet.
func internet4(p *rules.Pass, from rules.Sender, s *graph.Subnet) fact.Verdict {
	return p.Path(from, s, trace.Flow{To: trace.Internet(4)}).Reachable
}

// severity is a Warning where IPv6 is certainly the only hope, else a Note.
func severity(p *rules.Pass, from rules.Sender, s *graph.Subnet) rules.Severity {
	if internet4(p, from, s).IsFalse() {
		return rules.Warning
	}
	return rules.Note
}
