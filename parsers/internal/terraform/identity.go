package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// passing are attributes that only pass on an argument of their resource: what they identify is what that names.
var passing = map[string]string{
	"aws_vpc_peering_connection_accepter.id": "vpc_peering_connection_id",
	"aws_lambda_alias.arn":                   "function_name",
	"aws_lambda_alias.invoke_arn":            "function_name",
}

// maxPassing bounds chains of such attributes.
const maxPassing = 4

// Identity knows the attributes in the section "Attribute Reference" of each resource's page. Data sources identify
// what they certainly find.
func (x *expansion) Identity(r *lower.Resource, attribute string, kinds ...aws.Kind) (id string, ok bool) {
	return x.identified(x.resources[r.Address], attribute, kinds, maxPassing)
}

// Literal is the text itself: Terraform has the ids of AWS, and the names by which other resources are called.
func (x *expansion) Literal(text string) string { return text }

// Role is the nearest role of that name.
func (x *expansion) Role(name, by string) (address string, ok bool) {
	return x.called("aws_iam_role", name, by)
}

// NotEmpty knows no list that is not empty.
func (x *expansion) NotEmpty(fact.Missing) bool { return false }

// identified is the node that an attribute of r identifies. Budget bounds the attributes that only pass on another.
func (x *expansion) identified(r *resource, attribute string, kinds []aws.Kind, budget int) (string, bool) {
	switch {
	case r == nil:
		return "", false
	case r.Data:
		return x.foundByData(r, attribute)
	}
	if argument, ok := passing[r.Type+"."+attribute]; ok && budget > 0 {
		v := r.get(argument)
		if inner, ok := x.symbols.Only(v.Text); ok {
			return x.identified(x.resources[inner.Address], inner.Attribute, kinds, budget-1)
		}
		address, ok := x.called("aws_lambda_function", v.Text, r.Address)
		return address, ok && argument == "function_name"
	}
	switch {
	case lower.Identifies(r.stated, attribute, kinds...):
		return r.Address, true
	case r.Type == "aws_vpc_endpoint" && attribute == "prefix_list_id":
		return x.managedList(r.get("service_name"), r.Span)
	case r.Type == "aws_eks_cluster" && attribute == "vpc_config[0].cluster_security_group_id":
		return string(graph.ClusterGroupID(r.Address)), true
	case aws.KindOf(r.Type) == aws.VPC:
		return defaultOf(r.Address, attribute)
	}
	return "", false
}

// callByName has a property name a resource by its address which it names by the name that one of the types gives it.
func (x *expansion) callByName(r *resource, property string, types ...string) {
	set(&r.stated.Properties, property, x.mapText(r.stated.Get(property), func(v value.Value) value.Value {
		for _, typ := range types {
			if of, ok := x.called(typ, v.Text, r.Address); ok && v.Text != "" {
				return value.One(of, v.Span)
			}
		}
		return v
	}))
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

// foundByData is the node of this program that a data source certainly looks up: a prefix list that AWS manages, what
// AWS creates with a VPC that is created here, or a resource that is.
func (x *expansion) foundByData(r *resource, attribute string) (string, bool) {
	if r.Type == "aws_vpc" && attribute != "id" {
		if found, ok := x.sole(r); ok {
			return defaultOf(found, attribute)
		}
	}
	if !isIDOfData(r, attribute) && attribute != "prefix_list_id" {
		return "", false
	}
	switch r.Type {
	case "aws_route_table":
		if vpc, is := x.mainTable(r); is.IsTrue() {
			return defaultOf(vpc, "main_route_table_id")
		}
	case "aws_subnet":
		if found := x.defaultSubnets(r); len(found) == 1 {
			return found[0].Address, true
		}
	case "aws_prefix_list", "aws_ec2_managed_prefix_list":
		name := r.get("name")
		if name.Kind == value.Absent {
			name = first(r.block("filter").Get("values"))
		}
		return x.managedList(name, r.Span)
	case "aws_security_group":
		s, ok := x.symbols.Only(r.get("vpc_id").Text)
		if ok && r.get("name").Text == "default" && aws.VPC.IsIdentity(x.typeOf(s.Address), s.Attribute) {
			return defaultOf(s.Address, "default_security_group_id")
		}
	}
	return x.sole(r)
}

// managedList is the prefix list that AWS keeps for the service whose name ends so.
func (x *expansion) managedList(service value.Value, span source.Span) (string, bool) {
	if service.Kind != value.Text {
		return "", false
	}
	for _, s := range aws.GatewayServices() {
		if !strings.HasSuffix(service.Text, "."+s) {
			continue
		}
		id := graph.ManagedPrefixList(s)
		if x.network.PrefixLists.Get(id) == nil {
			h := graph.Header{Address: string(id), Type: "aws_prefix_list", Span: span, Implicit: true}
			p := &graph.PrefixList{Header: h, Service: s}
			p.Entries.Miss(fact.Always(), fact.Missing{Kind: fact.Attribute, Name: string(id), Span: span})
			graph.Add(x.builder, &x.network.PrefixLists, p)
		}
		return string(id), true
	}
	return "", false
}
