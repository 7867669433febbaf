package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ServiceUnreachable flags functions in isolated subnets that call an AWS service for which their VPC has no endpoint.
var ServiceUnreachable = &rules.Rule{
	Name:     "service_unreachable",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			needs := p.NeedsOf(from)
			for n, to := range rules.Outside(needs) {
				if n.Name != needs.Answer.Name { // else deploy_time_function speaks
					reportUnreachable(p, from, needs, n, to)
				}
			}
		})
	},
}

// outOfReach says whether the sender reaches the destination from none of its subnets, and no rule speaks of the way
// that a subnet lacks. Of a subnet whose table has no route, alone tells the latter.
func outOfReach(
	p *rules.Pass, from rules.Sender, s survey, to trace.Destination,
	alone func(*graph.Subnet) fact.Verdict,
) fact.Verdict {
	declared := declaredIsolated(p, from, s)
	cut := s.some(func(path rules.SubnetPath) fact.Verdict {
		without := rules.StoppedBy(path, rules.AtSubnet)
		if without.IsFalse() {
			return without
		}
		silent := declared
		if atTable := rules.StoppedBy(path, rules.AtTable); !atTable.IsFalse() {
			silent = fact.Or(silent, fact.And(atTable, alone(path.Subnet)))
		}
		if silent.IsFalse() {
			return silent
		}
		return fact.And(without, silent, p.PassedBy(path.Subnet, to).Not())
	})
	return fact.And(cut, s.some(reachable).Not())
}

func reportUnreachable(p *rules.Pass, from rules.Sender, needs need.Needs, n need.Need, to trace.Destination) {
	s := look(p, from, to)
	isolated := outOfReach(p, from, s, to, func(subnet *graph.Subnet) fact.Verdict {
		table, _, _ := p.RouteTable(subnet)
		return fact.Or(hasNAT(p, subnet).Not(), isolatedOnPurpose(p, subnet, table))
	})
	if !isolated.IsFalse() {
		isolated = fact.And(isolated, fact.Of(!mistyped(p, s, to)), overIPv6(p, from, to, n.Name).Not())
	}
	severity := rules.Note
	if n.Strength == need.Strong {
		severity = rules.Warning
	}
	p.Ask(fact.And(isolated, needs.Direct(n.Strength)), from.Address, n.Name, func() rules.Finding {
		return rules.Finding{
			Span:     from.At("VpcConfig.SubnetIds"),
			Severity: severity,
			Affects:  from.Affected(),
			Trace:    append(s.evidence(from), rules.Because(from.Header, n)),
			Message: fmt.Sprintf("%s cannot reach %s, which it seems to need: its subnets have no way to "+
				"the internet%s", from.Name(), n.Name, without(to)),
			Remedy: wayTo(to, n.Name),
		}
	})
}
