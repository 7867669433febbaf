package cloudformation

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// kind says which attributes of which resource type are the identity of a T. The empty attribute is Ref.
type kind[T any] struct {
	typ        string
	attributes []string
}

func is[T any](typ string, attributes ...string) kind[T] { return kind[T]{typ, attributes} }

func (k kind[T]) has(typ, attribute string) bool {
	return typ == k.typ && slices.Contains(k.attributes, attribute)
}

// The return values of Ref and Fn::GetAtt, from the "Return values" section of each type's page in
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
var (
	vpcs               = is[graph.VPC]("AWS::EC2::VPC", "", "VpcId")
	subnets            = is[graph.Subnet]("AWS::EC2::Subnet", "", "SubnetId")
	routeTables        = is[graph.RouteTable]("AWS::EC2::RouteTable", "", "RouteTableId")
	internetGateways   = is[graph.InternetGateway]("AWS::EC2::InternetGateway", "", "InternetGatewayId")
	vpnGateways        = is[graph.VPNGateway]("AWS::EC2::VPNGateway", "", "VPNGatewayId")
	egressOnlyGateways = is[graph.EgressOnlyGateway]("AWS::EC2::EgressOnlyInternetGateway", "", "Id")
	natGateways        = is[graph.NATGateway]("AWS::EC2::NatGateway", "", "NatGatewayId")
	elasticIPs         = is[graph.ElasticIP]("AWS::EC2::EIP", "", "AllocationId", "PublicIp")
	instances          = is[graph.Instance]("AWS::EC2::Instance", "", "InstanceId")
	networkInterfaces  = is[graph.NetworkInterface]("AWS::EC2::NetworkInterface", "", "Id")
	peerings           = is[graph.Peering]("AWS::EC2::VPCPeeringConnection", "", "Id")
	transitGateways    = is[graph.TransitGateway]("AWS::EC2::TransitGateway", "", "Id")
	endpoints          = is[graph.VPCEndpoint]("AWS::EC2::VPCEndpoint", "", "Id")
	prefixLists        = is[graph.PrefixList]("AWS::EC2::PrefixList", "", "PrefixListId")
	securityGroups     = is[graph.SecurityGroup]("AWS::EC2::SecurityGroup", "", "GroupId", "Id")
	acls               = is[graph.NetworkACL]("AWS::EC2::NetworkAcl", "", "Id", "NetworkAclId")
	capacityProviders  = is[graph.CapacityProvider]("AWS::Lambda::CapacityProvider", "", "Arn")
	functions          = is[graph.Function]("AWS::Lambda::Function", "", "Arn")
	roles              = is[graph.Role]("AWS::IAM::Role", "", "Arn")
)

// defaults are the attributes of a VPC that name what AWS creates with it. The linker gives the nodes these IDs.
var defaults = []string{"DefaultSecurityGroup", "DefaultNetworkAcl"}

// ref reads a property that names a T. A resource of this deployment gives its address; what is defined elsewhere
// gives its literal id, or its symbol, which the network can then explain.
func ref[T any](l *lowering, v eval.Value, k kind[T]) graph.Ref[T] {
	return read.Convert(l.symbols, v, func(v eval.Value) graph.Ref[T] {
		if v.Kind != eval.Text {
			return notText[graph.ID[T]](v)
		}
		return fact.Known(graph.ID[T](l.identity(v.Text, k.has)), v.Span)
	})
}

// refs reads a property that names any number of Ts.
func refs[T any](l *lowering, v eval.Value, k kind[T]) fact.List[graph.Ref[T]] {
	return read.Each(read.Flatten(l.symbols, v), func(v eval.Value) graph.Ref[T] { return ref(l, v, k) })
}

// identity is the ID that text stands for, when is tells which attributes of which types are identities. An ARN or a
// name that is built around the identity of exactly one such resource stands for that resource.
func (l *lowering) identity(text string, is func(typ, attribute string) bool) string {
	if !symbol.Has(text) {
		return text
	}
	own := ""
	for _, part := range l.symbols.Split(text) {
		s, ok := part.(symbol.Symbol)
		if !ok || s.Address == "" {
			continue
		}
		address, ok := l.target(s, is)
		if !ok || own != "" && own != address {
			return l.elsewhere(text)
		}
		own = address
	}
	if own != "" {
		return own
	}
	return l.elsewhere(text)
}

// target is the node that an attribute of a resource identifies.
func (l *lowering) target(s symbol.Symbol, is func(typ, attribute string) bool) (string, bool) {
	r := l.resources[s.Address]
	switch {
	case r == nil:
		return "", false
	case is(r.typ, s.Attribute):
		return s.Address, true
	case r.typ == vpcs.typ && slices.Contains(defaults, s.Attribute):
		return s.Address + "." + s.Attribute, true
	}
	return "", false
}

// elsewhere is the ID of a thing that no node of this deployment is: equal symbols are the same thing.
func (l *lowering) elsewhere(text string) string {
	t := l.symbols.Text(text)
	id := t.String()
	for _, m := range t.Missing() {
		if m.Name != "" {
			l.builder.Foreign(id, m)
			return id
		}
	}
	l.builder.Foreign(id, fact.Missing{Kind: fact.Resource, Name: id})
	return id
}

func notText[T any](v eval.Value) fact.Value[T] {
	return fact.NotKnown[T](v.Span, fact.Missing{Kind: fact.Intrinsic, Name: "a text", Span: v.Span})
}
