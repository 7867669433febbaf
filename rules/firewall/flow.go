package firewall

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// flow is a destination that a sender has reason to reach. The internet is one for everyone who has a way out; its
// strength is that of the needs for it.
type flow struct {
	to trace.Destination
	// name is what a sentence calls the destination.
	name string
	need.Need
}

// flows lists the internet first, unless the sender is an agent, then what is needed.
func flows(s rules.Sender, needs need.Needs) (out []flow) {
	if !s.IsAgent() {
		internet := flow{to: trace.Internet(4), name: "the internet"}
		for _, n := range needs.Internet {
			internet.Strength = max(internet.Strength, n.Strength)
		}
		out = append(out, internet)
	}
	for _, n := range needs.Services {
		out = append(out, flow{trace.Service(n.Name), n.Name, n})
	}
	for _, n := range needs.Nodes {
		out = append(out, flow{trace.Node(n.Name), `"` + n.Name + `"`, n})
	}
	for _, n := range needs.Addresses {
		if at, ok := trace.ParseFlow(n.Name); ok {
			n.Port = at.Port
			out = append(out, flow{at.To, n.Name, n})
		}
	}
	return out
}

// overIPv6 says whether the sender reaches a service or public host from the subnet over IPv6: False where that way is
// blocked too, else it depends on the destination.
func overIPv6(
	p *rules.Pass, s rules.Sender, from *graph.Subnet, to trace.Destination, name string,
) fact.Verdict {
	way := p.Trace.Trace(s.From(p.View, from), trace.Flow{To: trace.Internet(6)})
	return fact.And(way.Reachable, rules.AnswersIPv6(to, name, s.Span))
}
