package trace

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Sender is what sends the packets of functions into subnets: a function with a VpcConfig, or a capacity provider,
// whose instances run functions.
type Sender struct {
	// Header is that of the function or the capacity provider.
	*graph.Header
	Compute Compute
	// Subnets are those that it has an interface in, Groups the security groups of each of them.
	Subnets fact.List[graph.Ref[graph.Subnet]]
	Groups  fact.List[graph.Ref[graph.SecurityGroup]]
	// dualStack says whether an interface takes an IPv6 address where the subnet has an IPv6 range.
	dualStack fact.Value[bool]
}

// FunctionSender is the function as a sender of its own. It has IPv6 addresses only if it asks for them.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
func FunctionSender(f *graph.Function) Sender {
	return Sender{&f.Header, Hyperplane, f.Subnets, f.Groups, f.IPv6}
}

// InstanceSender is the instances that Lambda launches for the capacity provider: ordinary EC2 instances, which have an
// IPv6 address if their subnet has a range. Nothing more has to be asked for.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html
func InstanceSender(c *graph.CapacityProvider) Sender {
	return Sender{&c.Header, EC2, c.Subnets, c.Groups, fact.Known(true, c.Span)}
}

// SenderOf is what sends the packets of the function: the function itself, or the instances of its capacity provider.
// The verdict is False for a function in no VPC, whose packets leave from Lambda's own network, and Unknown, without a
// sender, where the provider is not known.
func SenderOf(v *graph.View, f *graph.Function) (Sender, fact.Verdict) {
	c, runs := graph.Lookup(v, &v.CapacityProviders, f.CapacityProvider)
	switch runs.Truth {
	case fact.True:
		return InstanceSender(c), runs
	case fact.Unknown:
		return Sender{}, runs
	}
	return FunctionSender(f), v.InVPC(f)
}

// From is the sender's interface in the subnet.
func (s Sender) From(v *graph.View, subnet *graph.Subnet) Source {
	address := s.dualStack.Is(v.World, func(on bool) bool { return on })
	if !address.IsFalse() {
		address = fact.And(address, v.IPv6(subnet))
	}
	return Source{Compute: s.Compute, Address: s.Address, Subnet: subnet, Groups: s.Groups, IPv6: address}
}

// FromDualStack is From as if the sender asked for IPv6 addresses.
func (s Sender) FromDualStack(v *graph.View, subnet *graph.Subnet) Source {
	s.dualStack = fact.Known(true, s.Span)
	return s.From(v, subnet)
}

// SomeFunction is the interface of a function in the subnet that is not seen. It has the default group of its VPC, and
// whether it has an IPv6 address is not known.
func SomeFunction(subnet *graph.Subnet) Source {
	return Source{Compute: Hyperplane, Address: subnet.Address, Subnet: subnet}
}

// Name is what a sentence calls the sender.
func (s Sender) Name() string {
	if s.Compute == EC2 {
		return fmt.Sprintf("capacity provider %q", s.Address)
	}
	return fmt.Sprintf("function %q", s.Address)
}

// Hop is the first step of every way from the sender.
func (s Sender) Hop() Hop {
	return Hop{
		Address: s.Address, Span: s.At("VpcConfig"), Role: RoleFunction, Message: s.Name() + " sends from its subnets",
	}
}

// Evidence is the way of r with the sender in front, as a person reads it.
func (s Sender) Evidence(r *Result) []Hop { return r.Evidence(s.Hop()) }
