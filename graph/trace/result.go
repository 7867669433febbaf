// Package trace walks one flow from a function, or another sender, through one subnet as the packet does, and says
// where it ends and why.
package trace

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Cause is why a packet stops, named after AWS's Reachability Analyzer explanation codes where one exists.
// https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
type Cause string

// The causes.
const (
	NoRoute           Cause = "NO_ROUTE_TO_DESTINATION"
	NoPublicAddress   Cause = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
	BadStateRoute     Cause = "BAD_STATE_ROUTE"        // the target does not exist, or takes nothing from here
	Unattached        Cause = "UNASSOCIATED_COMPONENT" // an internet gateway that is attached to no VPC
	ACLEgress         Cause = "SUBNET_ACL_RESTRICTION" // the flow itself is denied
	ACLReturn         Cause = "SUBNET_ACL_RESTRICTION_RETURN"
	GroupRules        Cause = "ENI_SG_RULES_MISMATCH"
	SourceDestCheck   Cause = "ENI_SOURCE_DEST_CHECK_RESTRICTION"
	PeeringNotTransit Cause = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR" // peering carries no traffic to the internet
	BlockPublicAccess Cause = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"
	NATLoop           Cause = "CIRCULAR_ROUTING"        // a NAT gateway's subnet routes back to one on the path
	NATIsPrivate      Cause = "NGW_PRIVATE_TO_INTERNET" // an internet gateway drops packets of a private NAT gateway
	NATToNAT          Cause = "NGW_BEHIND_NGW"          // the NAT gateway's subnet leaves through another NAT gateway
	NATNoAddress      Cause = "NGW_NO_PUBLIC_ADDRESS"
	NoAddressFamily   Cause = "NO_ADDRESS_IN_FAMILY" // the interface has no address of the flow's family
	EndpointPolicy    Cause = "VPCE_POLICY_RESTRICTION"
)

// Class is the kind of destination.
type Class string

// The classes of destinations.
const (
	ClassInternet Class = "internet"
	ClassService  Class = "service"
	ClassAddress  Class = "address"
	ClassNode     Class = "node"
)

// Role is what part the node plays where the packet stops.
type Role string

// The roles of hops.
const (
	RoleFunction   Role = "function"
	RoleSubnet     Role = "subnet"
	RoleRouteTable Role = "route table"
	RoleRoute      Role = "route"
	RoleNAT        Role = "NAT gateway"
	RoleNATSubnet  Role = "NAT gateway's subnet"
	RoleInstance   Role = "NAT instance"
	RoleGateway    Role = "internet gateway"
	RoleEgressOnly Role = "egress-only internet gateway"
	RolePeering    Role = "VPC peering connection"
	RoleEndpoint   Role = "VPC endpoint"
	RoleTarget     Role = "destination"
	// RoleNeed is that of what shows the destination to be needed: evidence beside the way, and no step of it.
	RoleNeed Role = "need"
)

// Compute is what sends the packet.
type Compute string

// Functions have Hyperplane interfaces, which never have a public IPv4 address; managed instances are EC2 instances.
// Pollers read an event source for Lambda, from interfaces in the subnets of the source. A Proxy is an RDS proxy, a
// Balancer an internal load balancer.
const (
	Hyperplane Compute = "function"
	EC2        Compute = "instance"
	Poller     Compute = "poller"
	Proxy      Compute = "proxy"
	Balancer   Compute = "load balancer"
)

// Computes lists all of them.
func Computes() []Compute { return []Compute{Hyperplane, EC2, Poller, Proxy, Balancer} }

// Family is 4 or 6.
type Family int

// Destination is what the packet shall reach.
type Destination struct {
	Class  Class
	Family Family
	// Service is an endpoint service id such as "sqs", for ClassService.
	Service string
	// Prefix is the range, for ClassAddress.
	Prefix netip.Prefix
	// Node is the address of a data store, instance or endpoint of the deployment, for ClassNode.
	Node string
	// Call is what is asked of the service, for ClassService. Nil: it does not matter, as long as something may be.
	Call *policy.Request
}

// Internet is every public address of the family.
func Internet(f Family) Destination { return Destination{Class: ClassInternet, Family: f} }

// Service is an AWS service in the function's region, by the id of its endpoint service.
func Service(id string) Destination { return Destination{Class: ClassService, Family: 4, Service: id} }

// Node is a data store, instance or endpoint of the deployment, by its address.
func Node(address string) Destination { return Destination{Class: ClassNode, Family: 4, Node: address} }

// Calling is one call of the AWS service, which the policy of an endpoint on the way may stop although the service is
// reached. Calls are one if their pointers are.
func Calling(id string, call *policy.Request) Destination {
	to := Service(id)
	to.Call = call
	return to
}

// Flow is a destination with protocol and port. The zero Protocol and Port mean TCP 443.
type Flow struct {
	To       Destination
	Protocol int
	Port     int
}

// Source is where a flow starts: an interface in a subnet with groups.
type Source struct {
	Compute Compute
	Subnet  *graph.Subnet
	Groups  fact.List[graph.Ref[graph.SecurityGroup]]
	// IPv6 says whether the interface has an IPv6 address.
	IPv6 fact.Verdict

	// groups are what Groups is in the engine's view; nil until somebody asks.
	groups *groups
}

// Hop is one step of the way. Cause and Key are set where the packet stops.
type Hop struct {
	Address string
	Span    source.Span
	Role    Role
	Message string
	Cause   Cause
	Key     Key
	// Lost is the number of ephemeral ports to which a network ACL drops the answers although others stay open.
	Lost int
	// Part is set on a stop that only a part of the addresses meets.
	Part bool
}

// Result is the outcome of a trace.
type Result struct {
	// Reachable is True when every address of the destination is reached, False when none is.
	Reachable fact.Verdict
	// Via names the gateway through which packets leave the source's VPC, such as "NAT gateway", or is "".
	Via string
	// Hops is the way, from the subnet on; a hop at which the packet stops has a Cause, and the way goes on behind it.
	// Results share hops.
	Hops []*Hop
	// Blocks are the hops with a Cause: all of them must change before the packet arrives.
	Blocks []*Hop
}

// ToEndpoint reports that the way leads to a VPC endpoint, and so not out of the VPC.
func (r *Result) ToEndpoint() bool { return r.Via == viaEndpoint }

// Evidence is the way, as a person reads it, behind the hops that lead to it.
func (r *Result) Evidence(first ...Hop) []Hop {
	out := append(make([]Hop, 0, len(first)+len(r.Hops)), first...)
	for _, h := range r.Hops {
		out = append(out, *h)
	}
	return out
}
