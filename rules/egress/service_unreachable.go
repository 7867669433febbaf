package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
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
	isolated := fact.And(cut, s.some(reachable).Not())
	if !isolated.IsFalse() {
		isolated = fact.And(isolated, overIPv6(p, f, to, name).Not())
	}
	e, resource := mistyped(p, s, to), f.Address
	if e != nil {
		resource = e.Address
	}
	p.Ask(fact.And(isolated, needs.Direct(n.Strength)), resource, name, func() rules.Finding {
		finding := rules.Finding{
			Span:     f.At("VpcConfig.SubnetIds"),
			Severity: severity,
			Affects:  []string{f.Address},
			Trace:    append(s.evidence(f), trace.Hop{Address: f.Address, Span: n.Span, Role: trace.RoleTarget, Message: n.Evidence}),
			Message:  fmt.Sprintf("function %q cannot reach %s, which it seems to need: its subnets have no way to the internet%s", f.Address, name, without(to)),
			Remedy:   wayTo(to, name),
		}
		if e != nil {
			finding.Span = e.At("VpcEndpointType")
			finding.Message, finding.Remedy = mistypedText(p, f, e, name)
		}
		return finding
	})
}

// without tells what else could lead to the destination: an endpoint, if it is a service.
func without(to trace.Destination) string {
	if to.Class == trace.ClassService {
		return " and its VPC has no endpoint for it"
	}
	return ""
}

// wayTo is the remedy. A public host has no endpoint, and a gateway endpoint is of use in route tables alone.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func wayTo(to trace.Destination, name string) string {
	const nat = "a default route through a NAT gateway to the route tables of the function's subnets"
	switch {
	case to.Class != trace.ClassService:
		return "add " + nat
	case aws.HasGatewayEndpoint(to.Service):
		return fmt.Sprintf("add a gateway endpoint for %s to the route tables of the function's subnets, or a default route through a NAT gateway", name)
	}
	return fmt.Sprintf("add a VPC endpoint for %s to the function's subnets, or a default route through a NAT gateway", name)
}

// overIPv6 says whether the function may reach the destination over IPv6: False where no subnet has a way out for it. If
// one has, that depends on the host, or, of a service, on the name that the code calls it by. A function that does not ask
// for IPv6, or whose groups do not let it out, is for the rules about IPv6.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
func overIPv6(p *rules.Pass, f *graph.Function, to trace.Destination, name string) fact.Verdict {
	ways := p.SubnetsOf(f).Any(func(s *graph.Subnet) fact.Verdict {
		dual := p.IPv6(s)
		if dual.IsFalse() {
			return dual
		}
		result := p.Trace.Trace(trace.FunctionSender(f).FromDualStack(p.View, s), trace.Flow{To: trace.Internet(6)})
		return fact.And(dual, rules.StoppedBy(result, rules.AtSubnet).Not())
	})
	unknown := fact.Missing{Kind: fact.Intent, Name: "whether " + name + " has an IPv6 address", Span: f.Span}
	if to.Class == trace.ClassService {
		unknown = fact.Missing{Kind: fact.Intent, Name: "whether the code calls " + name + " by its dual-stack name", Span: f.Span}
	}
	return fact.And(ways, fact.Wants(unknown))
}
