package terraform

import (
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// looksUp says whether the data source finds the resource, which may be one of another root module.
func (x *expansion) looksUp(r, of *resource) fact.Verdict {
	is, asks := x.sameRegion(of, r), false
	and := func(v fact.Verdict) { is, asks = fact.And(is, v), true }
	for _, f := range r.config.Fields {
		switch f.Name {
		case "filter", "region", "provider":
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
	"availability-zone": "availability_zone", "availabilityZone": "availability_zone", "state": "state",
	"is-default": "default", "isDefault": "default",
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
		return x.sameText(of, of.get("name"), wanted)
	case "cidr_block", "availability_zone":
		return x.sameText(of, of.get(argument), wanted)
	case "default":
		return x.sameText(of, value.One(isDefault(of), of.Span), wanted)
	case "state": // what is made is available, and nothing else is looked for
		return fact.Yes()
	case "vpc_id":
		vpc := of.get("vpc_id")
		has, wants := of.home.vpcOf(vpc), x.vpcOf(wanted)
		switch {
		case of.home == x && vpc.Kind == value.Text && vpc.Text == wanted.Text, has != "" && has == wants:
			return fact.Yes()
		case has != "" && (wants != "" || wanted.Kind == value.Text && (by == nil || here)):
			return fact.No()
		}
	case "subnet_id":
		if wanted.Kind == value.Text && by == nil {
			return fact.No()
		}
		return x.associated(of, wanted)
	}
	return fact.Wants(missingOf(r, fact.Verdict{})...)
}

func isDefault(vpc *resource) string {
	if vpc.Type == "aws_default_vpc" {
		return "true"
	}
	return "false"
}

// vpcOf is the address of the VPC that v identifies: one that is written, or what a data source certainly finds. It is
// "" where that is not known.
func (x *expansion) vpcOf(v value.Value) string {
	s, ok := x.symbols.Only(v.Text)
	r := x.resources[s.Address]
	switch {
	case !ok || r == nil || s.Attribute != "id" || aws.KindOf(r.Type) != aws.VPC:
		return ""
	case r.Data && x.elsewhere[r.Address] != "":
		return x.elsewhere[r.Address]
	case r.Data:
		found, _ := x.sole(r)
		return found
	}
	return r.Address
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

// sameText says whether the text v of the resource is the one that the data source wants.
func (x *expansion) sameText(of *resource, v, wanted value.Value) fact.Verdict {
	has, ok := of.home.text(v).Get(nil)
	wants, known := x.text(wanted).Get(nil)
	if !ok.IsTrue() || !known.IsTrue() {
		return fact.Wants(append(ok.Missing, known.Missing...)...)
	}
	return x.isOne(of, has, wants)
}

// isOne says whether a text of the resource is one that a value of a filter asks for.
func (x *expansion) isOne(of *resource, has, wants fact.Text) fact.Verdict {
	if literal, ok := wants.Literal(); ok {
		return matches(has, literal)
	}
	if of.home != x {
		return isText(has, wants)
	}
	return fact.Same(has, wants)
}

// isText says whether texts of two root modules are equal. Those that are made of the same words and variables are,
// where one module is deployed for the other.
func isText(has, wants fact.Text) fact.Verdict {
	if hasWord(wants) && ownName(has) == ownName(wants) {
		return fact.Yes()
	}
	return fact.Same(has, wants)
}

func hasWord(t fact.Text) bool {
	return slices.ContainsFunc(t, func(p fact.Part) bool { return strings.ContainsFunc(p.Literal, unicode.IsLetter) })
}

// ownName is the text with variables as their root module calls them. Other symbols keep its scope.
func ownName(t fact.Text) string {
	var b strings.Builder
	for _, p := range t {
		name := p.Symbol
		if at := strings.LastIndex(name, ":var."); at >= 0 {
			name = name[at+1:]
		}
		b.WriteString(p.Literal + "\x00" + name + "\x00")
	}
	return b.String()
}

// tagged says whether the resource has the tag with that value.
func (x *expansion) tagged(of *resource, name string, wanted value.Value) fact.Verdict {
	wants, known := x.text(wanted).Get(nil)
	if !known.IsTrue() {
		return known
	}
	return of.tagged().Any(func(tag graph.Variable) fact.Verdict {
		has, ok := tag.Value.Get(nil)
		if !ok.IsTrue() || tag.Name != name {
			return fact.And(fact.Of(tag.Name == name), ok)
		}
		return x.isOne(of, has, wants)
	})
}

// tagged are the tags of the resource, read once.
func (r *resource) tagged() fact.Elements[graph.Variable] {
	if r.tags == nil {
		tags := lower.Tags(r.home.nodes, r.stated).In(nil)
		r.tags = &tags
	}
	return *r.tags
}
