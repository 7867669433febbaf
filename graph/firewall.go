package graph

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// PrefixList is a customer prefix list, or one that AWS manages for a service.
type PrefixList struct {
	Header
	Entries fact.List[fact.Value[netip.Prefix]]
	// Service is set on an AWS managed list: the id of a service with gateway endpoints, such as "s3".
	Service string
}

// NetworkACL is an AWS::EC2::NetworkAcl or the implicit default ACL.
type NetworkACL struct {
	Header
	VPC Ref[VPC]
	// AllowAll is set on a default ACL that nobody touched.
	AllowAll bool

	Entries fact.List[*ACLEntry] // linked
}

// ACLAssociation ties a subnet to an ACL.
type ACLAssociation struct {
	Header
	ACL    Ref[NetworkACL]
	Subnet Ref[Subnet]
}

// ACLEntry is one numbered rule. Protocol is the IANA number or -1. An IPv4 or an IPv6 range, not both.
type ACLEntry struct {
	Header
	ACL      Ref[NetworkACL]
	Number   fact.Value[int]
	Egress   fact.Value[bool]
	Allow    fact.Value[bool]
	Protocol fact.Value[int]
	Ports    PortRange
	CIDR     fact.Value[netip.Prefix]
}

// PortRange is inclusive; both unset means every port.
type PortRange struct{ From, To fact.Value[int] }

// SecurityGroup is an AWS::EC2::SecurityGroup or a group that AWS creates unasked: with a VPC, or with an EKS cluster.
type SecurityGroup struct {
	Header
	VPC Ref[VPC] // unset: the default VPC
	// DefaultEgress says that a group without egress rules keeps AWS's allow-all rule: CloudFormation yes, Terraform
	// no.
	DefaultEgress bool
	// InlineEgress and InlineIngress are the rules that are written on the group, and set if the list is, even empty.
	InlineEgress, InlineIngress fact.List[*SecurityGroupRule]

	// ExclusiveEgress and ExclusiveIngress say that what deploys the group takes away, each time, the rules of a
	// direction that are not written inline, if any are.
	ExclusiveEgress, ExclusiveIngress fact.Value[bool]

	// Linked: inline, standalone and default rules in force.
	Egress, Ingress fact.List[*SecurityGroupRule]
	// OtherVPCs is set by SecurityGroupVpcAssociation resources.
	OtherVPCs fact.List[Ref[VPC]]
}

// SecurityGroupRule is an inline or standalone rule. Protocol is the IANA number or -1. One peer is set: a range, a
// prefix list or a group.
type SecurityGroupRule struct {
	Header
	Group    Ref[SecurityGroup]
	Egress   bool
	Protocol fact.Value[int]
	Ports    PortRange
	CIDR     fact.Value[netip.Prefix]
	// OfNetwork is set where the CIDR is that of a VPC or subnet, and so has addresses that are in use, known or not.
	OfNetwork  bool
	PrefixList Ref[PrefixList]
	Peer       Ref[SecurityGroup]
	// Doubtful is set on an inline allow-all that a standalone egress rule may have stripped.
	Doubtful *fact.Missing
}

// OnlyPortZero says whether the ports of a rule for TCP or UDP are port 0 alone, which is reserved: nobody listens
// there.
// https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml
func (r *SecurityGroupRule) OnlyPortZero(w *fact.World) fact.Verdict {
	return r.Ports.To.Is(w, func(port int) bool { return port == 0 })
}

// GroupVPCAssociation is an AWS::EC2::SecurityGroupVpcAssociation.
type GroupVPCAssociation struct {
	Header
	Group Ref[SecurityGroup]
	VPC   Ref[VPC]
}
