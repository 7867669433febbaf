package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// additions are what each type adds to others: the arguments that name its owners.
var additions = map[string][]string{
	"aws_internet_gateway":                     {"vpc_id"},
	"aws_internet_gateway_attachment":          {"vpc_id"},
	"aws_main_route_table_association":         {"vpc_id", "route_table_id"},
	"aws_route":                                {"route_table_id"},
	"aws_route_table_association":              {"route_table_id", "subnet_id"},
	"aws_security_group_rule":                  {"security_group_id"},
	"aws_vpc_endpoint":                         {"vpc_id"},
	"aws_vpc_endpoint_route_table_association": {"route_table_id"},
	"aws_vpc_security_group_egress_rule":       {"security_group_id"},
	"aws_vpc_security_group_ingress_rule":      {"security_group_id"},
	"aws_vpn_gateway_route_propagation":        {"route_table_id"},
}

// own names each owner that a data source may look up in this program, so that what r adds to it is not missed there.
func (x *expansion) own(r *resource) {
	if r.Data {
		return
	}
	for _, argument := range additions[r.Type] {
		if v := r.config.Entry(argument); v != nil {
			*v = x.mapText(*v, x.owner)
		}
	}
}

// owner is v, which names an owner, or else the resources that the data source in v may find.
func (x *expansion) owner(v value.Value) value.Value {
	s, ok := x.symbols.Only(v.Text)
	r := x.resources[s.Address]
	if !ok || r == nil || !r.Data || !isIDOfData(r, s.Attribute) {
		return v
	}
	if id, ok := x.foundByData(r, s.Attribute); ok {
		return address(id, v.Span)
	}
	for _, of := range x.candidates(r) {
		is := x.looksUp(r, of)
		if !is.IsFalse() {
			when := fact.If(&fact.Atom{Subject: s.Key, Literal: of.Address, Why: missingOf(r, is)})
			v = value.Either(when, address(of.Address, v.Span), v, v.Span)
		}
	}
	return x.orMain(v, s.Key, r)
}

// isIDOfData says that the attribute of a data source is the id of what it finds.
func isIDOfData(r *resource, attribute string) bool {
	return attribute == "id" || r.Type == "aws_route_table" && attribute == "route_table_id"
}

func missingOf(r *resource, v fact.Verdict) []fact.Missing {
	if len(v.Missing) > 0 {
		return v.Missing
	}
	return []fact.Missing{{Kind: fact.Resource, Name: r.Address, Span: r.Span}}
}

// candidates are the resources that a data source of this kind may find, apart from those in another Region.
func (x *expansion) candidates(r *resource) (out []*resource) {
	kind := aws.KindOf(r.Type)
	if kind != aws.RouteTable && kind != aws.SecurityGroup && kind != aws.Subnet && kind != aws.VPC {
		return nil
	}
	for _, in := range x.program.Instances {
		if !in.Data && aws.KindOf(in.Type) == kind && !x.sameRegion(in, r.Instance).IsFalse() {
			out = append(out, x.resources[in.Address])
		}
	}
	return out
}

// sameRegion says whether the two are in one Region.
func (x *expansion) sameRegion(a, b *eval.Instance) fact.Verdict {
	if a.Region == b.Region {
		return fact.Yes()
	}
	return fact.Same(x.symbols.Text(a.Region), x.symbols.Text(b.Region))
}

// sole is the only resource of this program that the data source certainly finds. A data source of these types fails
// unless it finds exactly one.
func (x *expansion) sole(r *resource) (string, bool) {
	found, done := x.soles[r.Address]
	if !done {
		found = x.findSole(r)
		x.soles[r.Address] = found
	}
	return found, found != ""
}

func (x *expansion) findSole(r *resource) (found string) {
	if _, is := x.mainTable(r); r.Type == "aws_route_table" && !is.IsFalse() {
		return ""
	}
	for _, of := range x.candidates(r) {
		if x.looksUp(r, of).IsTrue() {
			if found != "" {
				return ""
			}
			found = of.Address
		}
	}
	return found
}

// looksUp says whether the data source finds the resource.
func (x *expansion) looksUp(r, of *resource) fact.Verdict {
	is, asks := x.sameRegion(r.Instance, of.Instance), false
	and := func(v fact.Verdict) { is, asks = fact.And(is, v), true }
	for _, f := range r.config.Fields {
		switch f.Name {
		case "filter":
		case "tags":
			for _, tag := range f.Value.Fields {
				and(x.tagged(of, tag.Name, tag.Value))
			}
		default:
			and(x.meets(r, of, f.Name, f.Value))
		}
	}
	filters := x.list(r.get("filter"))
	for _, it := range filters.Items {
		name, values := it.Value.Get("name").Text, x.list(it.Value.Get("values"))
		one := fact.No()
		for _, v := range values.Items {
			if tag, ok := strings.CutPrefix(name, "tag:"); ok {
				one = fact.Or(one, x.tagged(of, tag, v.Value))
			} else {
				one = fact.Or(one, x.meets(r, of, filterArguments[name], v.Value))
			}
		}
		for _, gap := range values.Open {
			one = fact.Or(one, fact.Wants(gap.Missing...))
		}
		and(one)
	}
	if !asks || len(filters.Open) > 0 || of.Summary {
		and(fact.Wants(missingOf(r, fact.Verdict{})...))
	}
	return is
}

// filterArguments are the arguments that filters stand for.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
var filterArguments = map[string]string{
	"vpc-id": "vpc_id", "group-name": "name", "group-id": "id", "route-table-id": "id", "subnet-id": "id",
	"association.subnet-id": "subnet_id", "cidr": "cidr_block", "cidr-block": "cidr_block",
	"availability-zone": "availability_zone",
}

// meets says whether the resource has what an argument of the data source asks for.
func (x *expansion) meets(r, of *resource, argument string, wanted value.Value) fact.Verdict {
	s, token := x.symbols.Only(wanted.Text)
	by := x.resources[s.Address]
	here := token && by != nil && !by.Data
	switch argument {
	case "id", "route_table_id":
		if by != nil && by.Data {
			break
		}
		return fact.Of(here && by == of)
	case "name":
		if here && s.Attribute == "name" && by.Type == of.Type {
			return fact.Of(by == of)
		}
		return x.sameText(of.get("name"), wanted)
	case "cidr_block", "availability_zone":
		return x.sameText(of.get(argument), wanted)
	case "vpc_id":
		vpc := of.get("vpc_id")
		switch own := x.ownVPC(vpc); {
		case vpc.Kind == value.Text && vpc.Text == wanted.Text:
			return fact.Yes()
		case own != "" && wanted.Kind == value.Text && (by == nil || here):
			return fact.No()
		}
	case "subnet_id":
		if wanted.Kind == value.Text && by == nil {
			return fact.No()
		}
		return x.associated(of, wanted)
	}
	return fact.Wants(fact.Missing{Kind: fact.Resource, Name: r.Address, Span: r.Span})
}

// associated says whether the subnet is associated with the table.
func (x *expansion) associated(table *resource, subnet value.Value) fact.Verdict {
	is := fact.Wants(fact.Missing{Kind: fact.Attribute, Name: table.Address, Span: table.Span})
	for _, in := range x.program.Instances {
		if in.Type != "aws_route_table_association" || in.Data {
			continue
		}
		a := x.resources[in.Address]
		if v := a.get("subnet_id"); v.Kind == value.Text && v.Text == subnet.Text {
			s, ok := x.symbols.Only(a.get("route_table_id").Text)
			if by := x.resources[s.Address]; ok && by != nil && !by.Data {
				return fact.Of(by == table)
			}
		}
	}
	return is
}

func (x *expansion) sameText(v, wanted value.Value) fact.Verdict {
	has, ok := x.text(v).Get(nil)
	wants, known := x.text(wanted).Get(nil)
	if !ok.IsTrue() || !known.IsTrue() {
		return fact.Wants(append(ok.Missing, known.Missing...)...)
	}
	if literal, ok := wants.Literal(); ok {
		return matches(has, literal)
	}
	return fact.Same(has, wants)
}

// tagged says whether the resource has the tag with that value.
func (x *expansion) tagged(of *resource, name string, wanted value.Value) fact.Verdict {
	wants, known := x.text(wanted).Get(nil)
	if !known.IsTrue() {
		return known
	}
	return lower.Tags(x.nodes, of.stated).In(nil).Any(func(tag graph.Variable) fact.Verdict {
		has, ok := tag.Value.Get(nil)
		if !ok.IsTrue() || tag.Name != name {
			return fact.And(fact.Of(tag.Name == name), ok)
		}
		if literal, ok := wants.Literal(); ok {
			return matches(has, literal)
		}
		return fact.Same(has, wants)
	})
}
