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
	Doc:      doc("service_unreachable"),
	URL:      "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, attached, func(p *rules.Pass, f *graph.Function) {
			needs := p.Needs(f)
			for _, n := range needs.Services {
				reportUnreachable(p, f, needs, n, trace.Service(n.Name), n.Name)
			}
			for _, n := range needs.Internet {
				reportUnreachable(p, f, needs, n, trace.Internet(4), n.Name)
			}
		})
	},
}

func reportUnreachable(p *rules.Pass, f *graph.Function, needs need.Needs, n need.Need, to trace.Destination, name string) {
	s := look(p, f, to)
	declared := declaredIsolated(p, f, s)
	cut := s.some(func(path rules.SubnetPath) fact.Verdict {
		without := rules.StoppedBy(path.Result, rules.AtSubnet)
		if without.IsFalse() {
			return without
		}
		silent := declared // no other rule speaks
		if atTable := rules.StoppedBy(path.Result, rules.AtTable); !atTable.IsFalse() {
			table, _, _ := p.RouteTable(path.Subnet)
			silent = fact.Or(silent, fact.And(atTable, fact.Or(hasNAT(p, path.Subnet).Not(), isolatedOnPurpose(p, path.Subnet, table))))
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
	p.Ask(fact.And(cut, s.some(reachable).Not(), needs.Sure()), f.Address, name, func() rules.Finding {
		return rules.Finding{
			Span:     f.At("VpcConfig.SubnetIds"),
			Severity: severity,
			Affects:  []string{f.Address},
			Trace:    append(s.evidence(f), trace.Hop{Address: f.Address, Span: n.Span, Role: trace.RoleTarget, Message: n.Evidence}),
			Message:  fmt.Sprintf("function %q cannot reach %s, which it seems to need: its subnets have no way to the internet and its VPC has no endpoint for it", f.Address, name),
			Remedy:   fmt.Sprintf("add a VPC endpoint for %s to the function's subnets, or a default route through a NAT gateway", name),
		}
	})
}
