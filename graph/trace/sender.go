package trace

import (
	"fmt"
	"iter"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Sender is what sends packets into subnets. All rules and the command trace ask about what Senders lists.
type Sender struct {
	// Header is that of the resource that has the interfaces.
	*graph.Header
	Compute Compute
	// Subnets are those that it has an interface in, Groups the security groups of each of them.
	Subnets fact.List[graph.Ref[graph.Subnet]]
	Groups  fact.List[graph.Ref[graph.SecurityGroup]]
	// DualStack says whether an interface takes an IPv6 address where the subnet has an IPv6 range.
	DualStack fact.Value[bool]

	// kind is what a sentence calls resources of its type.
	kind string
	// function, provider and tenancy are the resource, if it is one of these.
	function *graph.Function
	provider *graph.CapacityProvider
	tenancy  *graph.Subnet
	// Mapping and Proxy are it for an agent: what AWS runs between two resources, and all of whose needs are known. A
	// Proxy is an RDS proxy or an internal load balancer.
	Mapping *graph.EventSourceMapping
	Proxy   *graph.DataStore
}

// IsAgent says whether no code of the author sends here: the pollers of an event source mapping, an RDS proxy, or an
// internal load balancer.
func (s *Sender) IsAgent() bool { return s.Mapping != nil || s.Proxy != nil }

// Kind is what a sentence calls resources of its type, such as "function".
func (s *Sender) Kind() string { return s.kind }

// Senders yields all senders of the network, in whatever world they exist. A function is one even if it is in no VPC.
func Senders(n *graph.Network) iter.Seq[*Sender] {
	return func(yield func(*Sender) bool) {
		for f := range n.Functions.All() {
			if !yield(functionSender(f)) {
				return
			}
		}
		for c := range n.CapacityProviders.All() {
			if !yield(instanceSender(c)) {
				return
			}
		}
		for s := range agents(n) {
			if !yield(s) {
				return
			}
		}
	}
}

// functionSender is the function as a sender of its own. It has IPv6 addresses only if it asks for them.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
func functionSender(f *graph.Function) *Sender {
	return &Sender{
		Header: &f.Header, Compute: Hyperplane, Subnets: f.Subnets, Groups: f.Groups, DualStack: f.IPv6,
		kind: "function", function: f,
	}
}

// instanceSender is the instances that Lambda launches for the capacity provider: ordinary EC2 instances, which have an
// IPv6 address if their subnet has a range. Nothing more has to be asked for.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html
func instanceSender(c *graph.CapacityProvider) *Sender {
	return &Sender{
		Header: &c.Header, Compute: EC2, Subnets: c.Subnets, Groups: c.Groups, DualStack: fact.Known(true, c.Span),
		kind: "capacity provider", provider: c,
	}
}

// Tenant is a function that others may put into the subnet: a sender that these files do not hold. Whatever its groups
// are, they let its packets out, and it asks for IPv6 addresses, so that only the subnet's own ways can stop it. Its
// header is that of the subnet. Senders does not list it.
func Tenant(s *graph.Subnet) *Sender {
	t := &Sender{
		Header: &s.Header, Compute: Hyperplane, DualStack: fact.Known(true, s.Span),
		kind: "a function in subnet", tenancy: s,
	}
	t.Subnets.Append(fact.Known(graph.ID[graph.Subnet](s.Address), s.Span), s.Span)
	return t
}

// Tenancy is the subnet that s is the Tenant of, else nil.
func (s *Sender) Tenancy() *graph.Subnet { return s.tenancy }

// agents yields the senders that run no code of the author: the event source mappings that show that they may have
// pollers, the RDS proxies and the internal load balancers.
func agents(n *graph.Network) iter.Seq[*Sender] {
	return func(yield func(*Sender) bool) {
		for m := range n.EventSourceMappings.All() {
			if !m.Polls.IsUnset() && !yield(pollerSender(m)) {
				return
			}
		}
		for d := range n.DataStores.All() {
			if compute := forwarding[aws.Kind(d.Kind)]; compute != "" && !yield(proxySender(d, compute)) {
				return
			}
		}
	}
}

// pollerSender is what polls the source of the mapping. No page says whether it has IPv6 addresses.
func pollerSender(m *graph.EventSourceMapping) *Sender {
	missing := fact.Missing{Kind: fact.Semantics, Name: "whether pollers have IPv6 addresses", Span: m.Span}
	return &Sender{
		Header: &m.Header, Compute: Poller, Subnets: m.Subnets, Groups: m.Groups,
		DualStack: fact.NotKnown[bool](m.Span, missing), kind: "event source mapping", Mapping: m,
	}
}

// forwarding are the kinds that pass on what they take in.
var forwarding = map[aws.Kind]Compute{aws.RDSProxy: Proxy, aws.LoadBalancer: Balancer}

// proxySender is an RDS proxy or load balancer as it connects to its targets: from its own subnets, with its own
// groups.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-network-prereqs.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
func proxySender(d *graph.DataStore, compute Compute) *Sender {
	missing := fact.Missing{Kind: fact.Attribute, Name: "network type of " + d.Address, Span: d.Span}
	return &Sender{
		Header: &d.Header, Compute: compute, Subnets: d.Subnets, Groups: d.Groups,
		DualStack: fact.NotKnown[bool](d.Span, missing), kind: d.Kind, Proxy: d,
	}
}

// SenderOf is what sends the packets of the function: the function itself, or the instances of its capacity provider.
// The verdict is False for a function in no VPC, whose packets leave from Lambda's own network, and Unknown where the
// provider is not known.
func SenderOf(v *graph.View, f *graph.Function) (*Sender, fact.Verdict) {
	c, runs := graph.Lookup(v, &v.CapacityProviders, f.CapacityProvider)
	switch runs.Truth {
	case fact.True:
		return instanceSender(c), runs
	case fact.Unknown:
		return functionSender(f), runs
	}
	return functionSender(f), v.InVPC(f)
}

// In is what sends the packets of s in the view's world: s itself, or that of a function; see SenderOf.
func (s *Sender) In(v *graph.View) (*Sender, fact.Verdict) {
	if s.function != nil {
		return SenderOf(v, s.function)
	}
	return s, fact.Yes()
}

// InVPC says whether s has interfaces at all. A function can do without, and a source that is polled from outside.
func (s *Sender) InVPC(v *graph.View) fact.Verdict {
	switch {
	case s.function != nil:
		return v.InVPC(s.function)
	case s.Mapping != nil:
		return v.IsPolled(s.Mapping)
	}
	return fact.Yes()
}

// Functions are those whose packets s certainly sends, whether they exist in the view's world or not: a function sends
// its own, a capacity provider those of all that run on it. Of an event source mapping it is the function that it
// invokes.
func (s *Sender) Functions(v *graph.View) []*graph.Function {
	switch {
	case s.function != nil:
		return []*graph.Function{s.function}
	case s.provider != nil:
		return v.FunctionsOn(s.provider)
	case s.Mapping != nil:
		if f, _ := graph.Lookup(v, &v.Functions, s.Mapping.Function); f != nil {
			return []*graph.Function{f}
		}
	}
	return nil
}

// From is the sender's interface in the subnet.
func (s *Sender) From(v *graph.View, subnet *graph.Subnet) Source {
	address := fact.IsOn(s.DualStack, v.World)
	if !address.IsFalse() {
		address = fact.And(address, v.IPv6(subnet))
	}
	src := Source{Compute: s.Compute, Subnet: subnet, Groups: s.Groups, IPv6: address}
	if s.tenancy != nil || s.Proxy != nil && isFree(v, s.Proxy) {
		src.groups = &groups{free: true, name: "|free"}
		return src
	}
	src.groups = sourceGroups(v, src)
	return src
}

// FromDualStack is From as if the sender asked for IPv6 addresses.
func (s *Sender) FromDualStack(v *graph.View, subnet *graph.Subnet) Source {
	asking := *s
	asking.DualStack = fact.Known(true, s.Span)
	return asking.From(v, subnet)
}

// SomeFunction is the interface of a function in the subnet that is not seen. It has the default group of its VPC, and
// whether it has an IPv6 address is not known.
func SomeFunction(subnet *graph.Subnet) Source {
	return Source{Compute: Hyperplane, Subnet: subnet}
}

// Name is what a sentence calls the sender.
func (s *Sender) Name() string { return fmt.Sprintf("%s %q", s.kind, s.Address) }

// PhysicalName is the sender's name in AWS where the files state it, or "".
func (s *Sender) PhysicalName() string {
	if s.function == nil {
		return ""
	}
	text, ok := s.function.Name.Get(nil)
	if !ok.IsTrue() {
		return ""
	}
	name, _ := text.Literal()
	return name
}

// Hop is the first step of every way from the sender.
func (s *Sender) Hop() Hop {
	message := s.Name() + " sends from its subnets"
	if s.tenancy != nil {
		message = s.Name() + " sends, if others put one there"
	}
	return Hop{Address: s.Address, Span: s.At("VpcConfig"), Role: RoleFunction, Message: message}
}

// Evidence is the way of r with the sender in front, as a person reads it. Without a result there is none.
func (s *Sender) Evidence(r *Result) []Hop {
	if r == nil {
		return nil
	}
	return r.Evidence(s.Hop())
}
