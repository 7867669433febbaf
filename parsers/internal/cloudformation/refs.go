package cloudformation

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
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
	dhcpOptions        = is[graph.DHCPOptions]("AWS::EC2::DHCPOptions", "", "DhcpOptionsId")
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
	fileSystems        = is[graph.DataStore]("AWS::EFS::FileSystem", "", "FileSystemId", "Arn")
	roles              = is[graph.Role]("AWS::IAM::Role", "", "Arn")
)

// defaults are the attributes of a VPC that name what AWS creates with it. The linker gives the nodes these IDs.
var defaults = []string{"DefaultSecurityGroup", "DefaultNetworkAcl"}

// ref reads a property that names a T. A resource of this deployment gives its address; what is defined elsewhere
// gives its literal id, or its symbol, which the network can then explain.
func ref[T any](l *lowering, v eval.Value, k kind[T]) graph.Ref[T] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[T] {
		return fact.Known(graph.ID[T](l.identity(text, k.has)), span)
	})
}

// refs reads a property that names any number of Ts.
func refs[T any](l *lowering, v eval.Value, k kind[T]) fact.List[graph.Ref[T]] {
	out := read.Each(read.Flatten(l.symbols, v), func(v eval.Value) graph.Ref[T] { return ref(l, v, k) })
	for _, gap := range out.Open {
		if len(gap.Missing) == 1 && l.notEmpty[gap.Missing[0].Name] && gap.Missing[0].Kind == fact.Parameter {
			out.AppendIf(gap.When, fact.Computed[graph.ID[T]](out.Span, gap.Missing...), out.Span)
		}
	}
	return out
}

// attached is refs for the lists that attach a function to a VPC: one of which no element is known is empty, or else
// holds at least one. So rules can judge the function where it is attached.
func attached[T any](l *lowering, v eval.Value, k kind[T]) fact.List[graph.Ref[T]] {
	out := refs(l, v, k)
	if slices.ContainsFunc(out.Items, func(it fact.Item[graph.Ref[T]]) bool { return it.When.IsAlways() }) {
		return out
	}
	gaps := out.Open
	out.Open = nil
	for _, gap := range gaps {
		if len(gap.Missing) > 0 {
			gap.When = gap.When.And(isEmpty(gap.Missing).Not())
			out.AppendIf(gap.When, fact.Computed[graph.ID[T]](out.Span, gap.Missing...), out.Span)
		}
		out.Miss(gap.When, gap.Missing...)
	}
	return out
}

// isEmpty is the condition under which the list that waits for the facts has no elements.
func isEmpty(ms []fact.Missing) fact.Cond {
	return fact.If(&fact.Atom{Subject: "length(" + ms[0].Name + ")", Literal: "0", Why: ms})
}

// isNeverEmpty tells the list parameters that hold one element at least: CloudFormation accepts a value of an
// AWS-specific type only when it exists in the account.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
func isNeverEmpty(p *eval.Parameter) bool { return strings.HasPrefix(p.Type, "List<AWS::") }

// identity is the ID that text stands for, when is tells which attributes of which types are identities. An ARN or a
// name that is built around the identity of exactly one such resource stands for that resource.
func (l *lowering) identity(text string, is func(typ, attribute string) bool) string {
	if !symbol.Has(text) {
		return l.literal(text)
	}
	own := ""
	for s := range l.symbols.In(text) {
		if s.Address == "" {
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

// literal is the ID of a thing that is named by plain text. All ids of AWS hold a dash or a colon; a word that does not
// is one that a script replaces before deployment, and may be anything.
func (l *lowering) literal(text string) string {
	if strings.ContainsAny(text, "-:") {
		return text
	}
	id := "${" + text + "}"
	l.foreign(id, fact.Missing{Kind: fact.Resource, Name: text})
	return id
}

// target is the node that an attribute of a resource identifies.
func (l *lowering) target(s *symbol.Symbol, is func(typ, attribute string) bool) (string, bool) {
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
			l.foreign(id, m)
			return id
		}
	}
	l.foreign(id, fact.Missing{Kind: fact.Resource, Name: id})
	return id
}
