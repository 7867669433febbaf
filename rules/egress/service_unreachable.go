package egress

import (
	"fmt"

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
			for _, n := range needs.Services {
				reportUnreachable(p, from, needs, n, trace.Service(n.Name), n.Name)
			}
			for _, n := range needs.Internet {
				reportUnreachable(p, from, needs, n, trace.Internet(4), n.Name)
			}
		})
	},
}

func reportUnreachable(
	p *rules.Pass, from rules.Sender, needs need.Needs, n need.Need, to trace.Destination, name string,
) {
	s := look(p, from, to)
	declared := declaredIsolated(p, from, s)
	cut := s.some(func(path rules.SubnetPath) fact.Verdict {
		without := rules.StoppedBy(path, rules.AtSubnet)
		if without.IsFalse() {
			return without
		}
		silent := declared // no other rule speaks
		if atTable := rules.StoppedBy(path, rules.AtTable); !atTable.IsFalse() {
			table, _, _ := p.RouteTable(path.Subnet)
			alone := fact.Or(hasNAT(p, path.Subnet).Not(), isolatedOnPurpose(p, path.Subnet, table))
			silent = fact.Or(silent, fact.And(atTable, alone))
		}
		if silent.IsFalse() {
			return silent
		}
		return fact.And(without, silent, p.PassedBy(path.Subnet, to).Not())
	})
	severity := rules.Note
	if n.Strength == need.Strong {
		severity = rules.Warning
	}
	isolated := fact.And(cut, s.some(reachable).Not())
	if !isolated.IsFalse() {
		isolated = fact.And(isolated, overIPv6(p, from, to, name).Not())
	}
	e, resource := mistyped(p, s, to), from.Address
	if e != nil {
		resource = e.Address
	}
	p.Ask(fact.And(isolated, needs.Direct(n.Strength)), resource, name, func() rules.Finding {
		finding := rules.Finding{
			Span:     from.At("VpcConfig.SubnetIds"),
			Severity: severity,
			Affects:  from.Affected(),
			Trace: append(s.evidence(from), trace.Hop{
				Address: from.Address, Span: n.Span, Role: trace.RoleNeed, Message: n.Evidence,
			}),
			Message: fmt.Sprintf("%s cannot reach %s, which it seems to need: its subnets have no way to "+
				"the internet%s", from.Name(), name, without(to)),
			Remedy: wayTo(to, name),
		}
		if e != nil {
			finding.Span = e.At("VpcEndpointType")
			finding.Message, finding.Remedy = mistypedText(p, from, e, name)
		}
		return finding
	})
}
