package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// AddressUnreachable flags functions whose packets to a private address that they are given certainly do not get out.
// Nothing is known of what answers there, so the rule says nothing of its security groups.
var AddressUnreachable = &rules.Rule{
	Name:     "address_unreachable",
	Severity: rules.Warning,
	All:      true,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			p.Count(f.Address)
			if !need.SpellsAddress(f) {
				return
			}
			needs := p.Needs(f)
			direct := needs.Direct(need.Strong)
			p.Await(direct)
			for _, n := range needs.Addresses {
				reportOutside(p, f, n, direct)
				reportClosed(p, f, n, direct)
			}
		})
	},
}

// reportOutside reports a function that is in no VPC.
func reportOutside(p *rules.Pass, f *graph.Function, n need.Need, direct fact.Verdict) {
	_, attached := p.SenderOf(f)
	p.Ask(fact.And(attached.Not(), direct), f.Address, n.Name, func() rules.Finding {
		return rules.Finding{
			Span: n.Span, Affects: []string{f.Address}, Trace: []trace.Hop{rules.Because(&f.Header, n)},
			Message: fmt.Sprintf("function %q cannot connect to %s, because the address is private and the function "+
				"is not in a VPC", f.Address, n.Name),
			Remedy: fmt.Sprintf("attach function %q to subnets from which %s is reached", f.Address, n.Name),
		}
	})
}

// reportClosed reports what stops the function's packets in its own network.
func reportClosed(p *rules.Pass, f *graph.Function, n need.Need, direct fact.Verdict) {
	from, attached := p.SenderOf(f)
	flow, ok := trace.ParseFlow(n.Name)
	if !ok || attached.IsFalse() {
		return
	}
	for _, path := range p.AllPaths(from, flow) {
		closed := fact.And(attached, direct, path.Reachable.Not())
		stop, stopped := rules.Owner(path.Result)
		if !stopped || !path.Reachable.IsFalse() {
			stop = &trace.Hop{Address: f.Address, Span: n.Span}
		}
		remedy := "open the way there"
		switch stop.Key.Cause {
		case trace.ACLEgress, trace.ACLReturn:
			continue // for the rules about network ACLs
		case trace.GroupRules:
			closed = p.UnlessNoEgress(closed, from.Groups)
			remedy = fmt.Sprintf("let TCP %d out to it", flow.Port)
		case trace.BadStateRoute: // of a route that leads nowhere at all, blackhole_route speaks
			closed = fact.And(closed, p.Path(from, path.Subnet, trace.Flow{To: trace.Internet(4)}).Reachable)
			stop = &trace.Hop{Address: f.Address, Span: n.Span, Message: stop.Message}
			remedy = routeIt
		case trace.NoRoute:
			remedy = routeIt
		}
		p.Ask(closed, stop.Address, n.Name, func() rules.Finding {
			return rules.Finding{
				Span: stop.Span, Affects: from.Affected(),
				Trace:   append(from.Evidence(path.Result), rules.Because(&f.Header, n)),
				Message: fmt.Sprintf("%s cannot connect to %s: %s", from.Name(), n.Name, stop.Message), Remedy: remedy,
			}
		})
	}
}

const routeIt = "route its range to the peering connection or gateway behind which it is"
