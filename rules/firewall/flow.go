package firewall

import (
	"slices"

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
		out = append(out, flow{toNode(n.Name), `"` + n.Name + `"`, n})
	}
	for _, n := range needs.Addresses {
		if at, ok := trace.ParseFlow(n.Name); ok {
			n.Port = at.Port
			out = append(out, flow{at.To, n.Name, n})
		}
	}
	return out
}

func toNode(address string) trace.Destination {
	return trace.Destination{Class: trace.ClassNode, Node: address}
}

// destination is where the need, one of a service or a public host, is met.
func destination(needs need.Needs, n need.Need) trace.Destination {
	if slices.Contains(needs.Services, n) {
		return trace.Service(n.Name)
	}
	return trace.Internet(4)
}

// because is the hop that shows why the destination is needed.
func because(s rules.Sender, n need.Need) trace.Hop {
	return trace.Hop{Address: s.Address, Span: n.Span, Role: trace.RoleNeed, Message: n.Evidence}
}

// unseen is Unknown when there may be subnets that are not seen here, else False.
func unseen(open []fact.Missing) fact.Verdict {
	return fact.And(fact.Of(len(open) > 0), fact.Wants(open...))
}

// overIPv6 says whether the sender reaches a service or public host from the subnet over IPv6: False where that way is
// blocked too, else it depends on the destination.
func overIPv6(
	p *rules.Pass, s rules.Sender, from *graph.Subnet, to trace.Destination, name string,
) fact.Verdict {
	way := p.Trace.Trace(s.From(p.View, from), trace.Flow{To: trace.Internet(6)})
	return fact.And(way.Reachable, rules.AnswersIPv6(to, name, s.Span))
}
