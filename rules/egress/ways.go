package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

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
		return fmt.Sprintf("add a gateway endpoint for %s to the route tables of the function's subnets, or a default "+
			"route through a NAT gateway", name)
	}
	return fmt.Sprintf("add a VPC endpoint for %s to the function's subnets, or a default route through a NAT "+
		"gateway", name)
}

// overIPv6 says whether the function may reach the destination over IPv6: False where no subnet has a way out for it,
// else it depends on the destination. A function that does not ask for IPv6, or whose groups do not let it out, is for
// the rules about IPv6.
func overIPv6(p *rules.Pass, f *graph.Function, to trace.Destination, name string) fact.Verdict {
	ways := p.SubnetsOf(f).Any(func(s *graph.Subnet) fact.Verdict {
		dual := p.IPv6(s)
		if dual.IsFalse() {
			return dual
		}
		result := p.Trace.Trace(trace.FunctionSender(f).FromDualStack(p.View, s), trace.Flow{To: trace.Internet(6)})
		return fact.And(dual, rules.StoppedBy(result, rules.AtSubnet).Not())
	})
	return fact.And(ways, rules.AnswersIPv6(to, name, f.Span))
}
