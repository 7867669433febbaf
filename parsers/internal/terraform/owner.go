package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// additions are what each type adds to others: the arguments that name its owners.
var additions = map[string][]string{
	"aws_iam_role_policy":                      {"role"},
	"aws_iam_role_policy_attachment":           {"role"},
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
		return value.One(id, v.Span)
	}
	for _, of := range x.candidates(r) {
		is := x.looksUp(r, of)
		if !is.IsFalse() {
			when := fact.If(&fact.Atom{Subject: s.Key, Literal: of.Address, Why: missingOf(r, is)})
			v = value.Either(when, value.One(of.Address, v.Span), v, v.Span)
		}
	}
	return x.orMain(v, s.Key, r)
}

// isIDOfData says that the attribute of a data source identifies what it finds.
func isIDOfData(r *resource, attribute string) bool {
	return attribute == "id" || r.Type == "aws_route_table" && attribute == "route_table_id" ||
		r.Type == "aws_iam_role" && (attribute == "arn" || attribute == "name")
}

func missingOf(r *resource, v fact.Verdict) []fact.Missing {
	if len(v.Missing) > 0 {
		return v.Missing
	}
	return []fact.Missing{{Kind: fact.Resource, Name: r.Address, Span: r.Span, Lookup: r.Lookup}}
}

// finders are the types of data sources that look things up by what they are like, and the kinds of what they find. A
// data source of many has a list in ids, and one of a single thing fails unless it finds exactly one.
var finders = map[string]aws.Kind{
	"aws_route_table": aws.RouteTable, "aws_route_tables": aws.RouteTable,
	"aws_security_group": aws.SecurityGroup, "aws_security_groups": aws.SecurityGroup,
	"aws_subnet": aws.Subnet, "aws_subnets": aws.Subnet, "aws_subnet_ids": aws.Subnet,
	"aws_vpc": aws.VPC, "aws_vpcs": aws.VPC, "aws_iam_role": aws.Role,
}

// candidates are the resources that a data source of this kind may find, apart from those in another Region: those of
// its own root module, and those of the one that it finds its things in.
func (x *expansion) candidates(r *resource) (out []*resource) {
	home, found := x.scope(r.Address), x.program.Found[r.Address]
	for _, of := range x.ofKind(finders[r.Type]) {
		at := x.scope(of.Address)
		if (at == home || at == found || x.isNamed(r, of)) && !x.sameRegion(of, r).IsFalse() {
			out = append(out, of)
		}
	}
	return out
}

// scope is that of the root module, beside the one that is deployed, which the resource is part of; "" for its own.
func (x *expansion) scope(address string) string {
	for _, b := range x.program.Beside {
		if strings.HasPrefix(address, b.Scope+":") {
			return b.Scope
		}
	}
	return ""
}

// ofKind are all resources of the kind, but data sources.
func (x *expansion) ofKind(kind aws.Kind) []*resource {
	if kind == "" {
		return nil
	}
	if x.kinds == nil {
		x.kinds = map[aws.Kind][]*resource{}
		for _, in := range x.program.Instances {
			if k := aws.KindOf(in.Type); !in.Data && k != "" {
				x.kinds[k] = append(x.kinds[k], x.resources[in.Address])
			}
		}
	}
	return x.kinds[kind]
}

// isNamed says that the data source asks for the very resource, by its id.
func (x *expansion) isNamed(r, of *resource) bool {
	s, ok := x.symbols.Only(r.get("id").Text)
	return ok && s.Address == of.Address
}

// sameRegion says whether the two are in one Region. Root modules of their own that do not tell it are taken to be.
func (x *expansion) sameRegion(of, r *resource) fact.Verdict {
	a, b := of.home.symbols.Text(of.Region), r.home.symbols.Text(r.Region)
	is := fact.Same(a, b)
	if a.String() == b.String() || is.IsUnknown() && (of.home != r.home || x.scope(of.Address) != x.scope(r.Address)) {
		return fact.Yes()
	}
	return is
}

// sole is the only resource of this program that the data source certainly finds. A data source of these types fails
// unless it finds exactly one.
func (x *expansion) sole(r *resource) (string, bool) {
	found, done := x.soles[r.Address]
	if !done {
		x.soles[r.Address] = "" // while it is being looked for: data sources may name each other
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
