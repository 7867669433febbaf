package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// FunctionSource is the interface that Lambda makes for f in the subnet s. It has an IPv6 address if the function asks
// for dual stack and the subnet is.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
func FunctionSource(v *graph.View, f *graph.Function, s *graph.Subnet) trace.Source {
	address := fact.Or(f.IPv6.Is(v.World, func(on bool) bool { return on }))
	if !address.IsFalse() {
		address = fact.And(address, v.IPv6(s))
	}
	return trace.Source{Compute: trace.Hyperplane, Address: f.Address, Subnet: s, Groups: f.Groups, IPv6: address}
}

// SubnetPath is how one flow of a function fares from one of its subnets.
type SubnetPath struct {
	Subnet *graph.Subnet
	*trace.Result
}

// FunctionHop is the first step of every trace from f.
func FunctionHop(f *graph.Function) trace.Hop { return functionSender(f).hop() }

// Evidence is the trace of r with the function in front, as a Finding shows it.
func Evidence(f *graph.Function, r *trace.Result) []trace.Hop { return functionSender(f).Evidence(r) }
