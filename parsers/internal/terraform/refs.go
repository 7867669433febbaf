package terraform

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// kind says of which resource types an attribute can be the identity of a T, and which attributes besides id and arn.
type kind[T any] struct{ types, attributes []string }

func (k kind[T]) has(typ, attribute string) bool {
	return slices.Contains(k.types, typ) && (attribute == "id" || attribute == "arn" || slices.Contains(k.attributes, attribute))
}

// The attributes are those of the section "Attribute Reference" of each resource's page.
var (
	vpcs               = kind[graph.VPC]{types: []string{"aws_vpc", "aws_default_vpc"}}
	subnets            = kind[graph.Subnet]{types: []string{"aws_subnet", "aws_default_subnet"}}
	routeTables        = kind[graph.RouteTable]{types: []string{"aws_route_table", "aws_default_route_table"}}
	internetGateways   = kind[graph.InternetGateway]{types: []string{"aws_internet_gateway"}}
	vpnGateways        = kind[graph.VPNGateway]{types: []string{"aws_vpn_gateway"}}
	egressOnlyGateways = kind[graph.EgressOnlyGateway]{types: []string{"aws_egress_only_internet_gateway"}}
	natGateways        = kind[graph.NATGateway]{types: []string{"aws_nat_gateway"}}
	elasticIPs         = kind[graph.ElasticIP]{[]string{"aws_eip"}, []string{"allocation_id", "public_ip"}}
	instances          = kind[graph.Instance]{[]string{"aws_instance"}, []string{"primary_network_interface_id"}}
	networkInterfaces  = kind[graph.NetworkInterface]{types: []string{"aws_network_interface"}}
	peerings           = kind[graph.Peering]{types: []string{"aws_vpc_peering_connection"}}
	transitGateways    = kind[graph.TransitGateway]{types: []string{"aws_ec2_transit_gateway"}}
	endpoints          = kind[graph.VPCEndpoint]{types: []string{"aws_vpc_endpoint"}}
	prefixLists        = kind[graph.PrefixList]{types: []string{"aws_ec2_managed_prefix_list"}}
	securityGroups     = kind[graph.SecurityGroup]{types: []string{"aws_security_group", "aws_default_security_group"}}
	dhcpOptions        = kind[graph.DHCPOptions]{types: []string{"aws_vpc_dhcp_options", "aws_default_vpc_dhcp_options"}}
	acls               = kind[graph.NetworkACL]{types: []string{"aws_network_acl", "aws_default_network_acl"}}
	capacityProviders  = kind[graph.CapacityProvider]{types: []string{"aws_lambda_capacity_provider"}}
	functions          = kind[graph.Function]{[]string{"aws_lambda_function"}, []string{"function_name", "qualified_arn", "invoke_arn", "qualified_invoke_arn"}}
	fileSystems        = kind[graph.DataStore]{types: []string{"aws_efs_file_system"}}
	roles              = kind[graph.Role]{[]string{"aws_iam_role"}, []string{"name"}}
)

// passing are attributes that only pass on an argument of their resource: what they identify is what that names.
var passing = map[string]string{
	"aws_vpc_peering_connection_accepter.id": "vpc_peering_connection_id",
	"aws_lambda_alias.arn":                   "function_name",
	"aws_lambda_alias.invoke_arn":            "function_name",
}

// maxPassing bounds chains of such attributes.
const maxPassing = 4

// ref reads an argument that names a T. A resource of this program gives its address; what is defined elsewhere gives
// its literal id, or its symbol, which the network can then explain. What a resource has adopted is that resource. The
// empty text names nothing.
func ref[T any](l *lowering, v value.Value, k kind[T]) graph.Ref[T] { return refOf(l, l.written(v), k) }

func refOf[T any](l *lowering, v value.Value, k kind[T]) graph.Ref[T] {
	return read.Convert(l.symbols, v, func(v value.Value) graph.Ref[T] {
		if v.Kind != value.Text {
			return notText[graph.ID[T]](v)
		}
		id := l.identity(v.Text, k.has)
		out := fact.Known(graph.ID[T](id), v.Span)
		for _, a := range l.adopters[id] {
			out = fact.Choice(a.when, fact.Known(graph.ID[T](a.address), v.Span), out, v.Span)
		}
		return out
	})
}

// refs reads an argument that names any number of Ts.
func refs[T any](l *lowering, v value.Value, k kind[T]) fact.List[graph.Ref[T]] {
	return read.Each(l.list(v), func(v value.Value) graph.Ref[T] { return refOf(l, v, k) })
}

// attached is refs for the lists that attach a function to a VPC: one that is not known is empty, or else holds at least
// one identity. So rules can judge the function where it is attached.
func attached[T any](l *lowering, v value.Value, k kind[T]) fact.List[graph.Ref[T]] {
	return refs(l, l.emptyOrNot(v), k)
}

func (l *lowering) emptyOrNot(v value.Value) value.Value {
	v = l.opened(v)
	switch {
	case v.Kind == value.Choice:
		then, otherwise := l.emptyOrNot(*v.Then), l.emptyOrNot(*v.Else)
		return value.Either(v.When, then, otherwise, v.Span)
	case v.Kind == value.Unknown && v.Key != "" && len(v.Missing) > 0:
		one := v
		one.Set = true
		some := value.Value{Kind: value.List, Span: v.Span, Items: []value.Value{one}, Open: []fact.Gap{{Missing: v.Missing}}}
		return value.Either(eval.Empty(v.Key, v.Missing[0]), value.Value{Kind: value.List, Span: v.Span}, some, v.Span)
	}
	return v
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
		if !ok || l.resources[s.Address] == nil {
			continue
		}
		id, ok := l.target(s, is, maxPassing)
		if !ok && l.resources[s.Address].Data {
			continue
		}
		if !ok || own != "" && own != id {
			return l.elsewhere(text)
		}
		own = id
	}
	if own != "" {
		return own
	}
	return l.elsewhere(text)
}

// target is the node that an attribute of a resource identifies.
func (l *lowering) target(s symbol.Symbol, is func(typ, attribute string) bool, budget int) (string, bool) {
	r := l.resources[s.Address]
	if r == nil {
		return "", false
	}
	if r.Data {
		return l.foundByData(r, s.Attribute)
	}
	if argument, ok := passing[r.Type+"."+s.Attribute]; ok && budget > 0 {
		v := r.get(argument)
		if inner, ok := l.symbols.Only(v.Text); ok {
			return l.target(inner, is, budget-1)
		}
		address, ok := l.names.called("aws_lambda_function", v.Text, r.Address)
		return address, ok && argument == "function_name"
	}
	switch {
	case is(r.Type, s.Attribute):
		return s.Address, true
	case r.Type == "aws_vpc_endpoint" && s.Attribute == "prefix_list_id":
		return l.managedList(r.get("service_name"), r.Span)
	case slices.Contains(vpcs.types, r.Type):
		return defaultOf(s.Address, s.Attribute)
	}
	return "", false
}

// defaultOf is the identity of what AWS creates with the VPC at address, by the attribute that names it.
func defaultOf(address, attribute string) (string, bool) {
	switch attribute {
	case "default_route_table_id", "main_route_table_id":
		return string(graph.MainTableID(address)), true
	case "default_network_acl_id":
		return string(graph.DefaultACLID(address)), true
	case "default_security_group_id":
		return string(graph.DefaultGroupID(address)), true
	}
	return "", false
}

// foundByData is the node of this program that a data source certainly looks up: a prefix list that AWS manages, or the
// default security group of a VPC that is created here.
func (l *lowering) foundByData(r *resource, attribute string) (string, bool) {
	if attribute != "id" && attribute != "prefix_list_id" {
		return "", false
	}
	switch r.Type {
	case "aws_prefix_list", "aws_ec2_managed_prefix_list":
		name := r.get("name")
		if name.Kind == value.Absent {
			name = first(r.block("filter").Get("values"))
		}
		return l.managedList(name, r.Span)
	case "aws_security_group":
		s, ok := l.symbols.Only(r.get("vpc_id").Text)
		if ok && r.get("name").Text == "default" && l.resources[s.Address] != nil && vpcs.has(l.resources[s.Address].Type, s.Attribute) {
			return defaultOf(s.Address, "default_security_group_id")
		}
	}
	return "", false
}

// managedList is the prefix list that AWS keeps for the service whose name ends so.
func (l *lowering) managedList(service value.Value, span source.Span) (string, bool) {
	if service.Kind != value.Text {
		return "", false
	}
	for _, s := range aws.GatewayServices() {
		if !strings.HasSuffix(service.Text, "."+s) {
			continue
		}
		id := graph.ManagedPrefixList(s)
		if l.network.PrefixLists.Get(id) == nil {
			p := &graph.PrefixList{Header: graph.Header{Address: string(id), Type: "aws_prefix_list", Span: span, Implicit: true}, Service: s}
			p.Entries.Miss(fact.Always(), fact.Missing{Kind: fact.Attribute, Name: string(id), Span: span})
			graph.Add(l.builder, &l.network.PrefixLists, p)
		}
		return string(id), true
	}
	return "", false
}

// elsewhere is the ID of a thing that no node of this deployment is: equal symbols are the same thing.
func (l *lowering) elsewhere(text string) string {
	t := l.symbols.Text(text)
	id := t.String()
	m := fact.Missing{Kind: fact.Resource, Name: id}
	for _, missing := range t.Missing() {
		if missing.Name != "" {
			m = missing
			break
		}
	}
	l.builder.Foreign(id, m)
	return id
}

func notText[T any](v value.Value) fact.Value[T] {
	return fact.NotKnown[T](v.Span, fact.Missing{Kind: fact.Intrinsic, Name: "a text", Span: v.Span})
}
