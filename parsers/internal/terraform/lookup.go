package terraform

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// subnetFinders are the data sources that find subnets.
var subnetFinders = []string{"aws_subnets", "aws_subnet_ids", "aws_subnet"}

// finderOfMany says that the data source finds any number of things, or subnets.
func finderOfMany(typ string) bool {
	return slices.Contains(subnetFinders, typ) || typ == "aws_security_groups" || typ == "aws_route_tables"
}

// foundMany is what a data source finds: resources of this program, and gaps for those that it may find.
type foundMany struct {
	all  []*resource
	open []fact.Gap
}

// lookedUp is the list that v stands for, the ids of a data source that looks into a VPC of this program. It is what
// the data source finds once everything is deployed, with a gap for each thing that it may find. ok is false where it
// asks for anything else, or where what is in that VPC must come from elsewhere.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/subnets
func (x *expansion) lookedUp(v value.Value) (list value.Value, ok bool) {
	address, ids := strings.CutSuffix(v.Key, ".ids")
	if m := selected.FindStringSubmatch(v.Key); m != nil && x.resources[m[1]] != nil {
		address, ids = m[1], len(x.defaultSubnets(x.resources[m[1]])) > 0
	}
	if !ids {
		return v, false
	}
	r := x.resources[address]
	if r == nil || !r.Data || !finderOfMany(r.Type) {
		return v, false
	}
	found, done := x.found[address]
	if !done {
		found = x.findMany(r)
		x.found[address] = found
	}
	list = value.Value{Kind: value.List, Span: v.Span, Open: found.open}
	for _, of := range found.all {
		one := value.One(of.Address, v.Span) // an address is the identity of the node there
		list.Items = append(list.Items, value.Either(of.when, one, value.Value{Span: v.Span}, v.Span))
	}
	return list, len(list.Items) > 0
}

// findMany finds none where r does not ask for a VPC that is known, for tags or for names, and where it is not known
// what it asks for.
func (x *expansion) findMany(r *resource) (out foundMany) {
	vpc := x.vpcOf(x.asksFor(r, "vpc_id"))
	of, narrow := x.resources[vpc], x.asksForTags(r) || x.asksFor(r, "name").Kind != value.Absent
	if of == nil && !narrow || of != nil && of.Type == "aws_default_vpc" { // it has subnets that no one wrote
		return foundMany{all: x.defaultSubnets(r)}
	}
	if !narrow && finders[r.Type] != aws.Subnet { // the default group, or the main table, is not written
		return out
	}
	if left := x.exported(vpc); left != nil {
		out.open = append(out.open, fact.Gap{Missing: []fact.Missing{*left}})
	}
	if len(x.program.Open) > 0 {
		out.open = append(out.open, fact.Gap{Missing: x.program.Open})
	}
	for _, of := range x.candidates(r) {
		switch is := x.looksUp(r, of); {
		case is.IsTrue():
			out.all = append(out.all, of)
		case is.IsUnknown():
			out.open = append(out.open, fact.Gap{When: of.when, Missing: is.Missing})
		}
	}
	return out
}

// told are the attributes of a data source that are arguments of what it finds.
var told = []string{"cidr_block", "availability_zone", "vpc_id"}

// tell gives what stands in the place of attributes of data sources in v: arguments of the only thing that they find.
func (x *expansion) tell(v value.Value) value.Value {
	switch v.Kind {
	case value.List:
		return mapItems(v, x.tell)
	case value.Map:
		v.Fields = slices.Clone(v.Fields)
		for i := range v.Fields {
			v.Fields[i].Value = x.tell(v.Fields[i].Value)
		}
	case value.Text:
		if s, ok := x.symbols.Only(v.Text); ok && slices.Contains(told, s.Attribute) {
			if r := x.resources[s.Address]; r != nil && r.Data && finders[r.Type] != "" {
				return x.toldBy(r, s.Attribute, v)
			}
		}
	}
	return v
}

// toldBy is that argument of what the data source finds, or v where that is not known.
func (x *expansion) toldBy(r *resource, argument string, v value.Value) value.Value {
	found, ok := x.sole(r)
	if !ok {
		return v
	}
	is := x.resources[found].get(argument)
	if is.Kind != value.Text {
		return v
	}
	is.Span = v.Span
	return is
}

// asksFor is what r asks for by an argument, or by a filter that stands for it; Absent where it does not.
func (x *expansion) asksFor(r *resource, argument string) value.Value {
	if v := r.get(argument); v.Kind != value.Absent {
		return v
	}
	for _, it := range x.list(r.get("filter")).Items {
		if filterArguments[it.Value.Get("name").Text] == argument {
			return first(it.Value.Get("values"))
		}
	}
	return value.Value{}
}

// asksForTags says that r asks for what has certain tags.
func (x *expansion) asksForTags(r *resource) bool {
	isTag := func(it fact.Item[value.Value]) bool { return strings.HasPrefix(it.Value.Get("name").Text, "tag:") }
	return len(r.get("tags").Fields) > 0 || slices.ContainsFunc(x.list(r.get("filter")).Items, isTag)
}

// ownVPC is the address of the VPC of this program that v identifies, "" where it is another or not known. A default
// VPC has subnets that no one wrote.
func (x *expansion) ownVPC(v value.Value) string {
	s, ok := x.symbols.Only(v.Text)
	r := x.resources[s.Address]
	if !ok || r == nil || r.Data || r.Type != "aws_vpc" || s.Attribute != "id" {
		return ""
	}
	return s.Address
}

// literals are the texts of a list; known is false where one is not known or stands for several.
func (x *expansion) literals(v value.Value) (out []string, known bool) {
	list := x.list(v)
	for _, it := range list.Items {
		text, _ := x.text(it.Value).Get(nil)
		literal, ok := text.Literal()
		if !ok || !it.When.IsAlways() {
			return nil, false
		}
		out = append(out, literal)
	}
	return out, len(out) > 0 && len(list.Open) == 0
}
