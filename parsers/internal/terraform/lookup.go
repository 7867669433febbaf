package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// subnetFinders are the data sources that find subnets.
var subnetFinders = []string{"aws_subnets", "aws_subnet_ids", "aws_subnet"}

// subnetLookup is a data source that finds the subnets of a VPC of this program.
type subnetLookup struct {
	vpc string
	// tags and zones are what a subnet must have; no zones are any.
	tags  map[string][]string
	zones []string
}

// foundSubnets is what a data source finds: subnets of this program, and gaps for those that it may find.
type foundSubnets struct {
	subnets []*resource
	open    []fact.Gap
}

// lookedUp is the list of subnets that v stands for, the ids of a data source that looks into a VPC of this program. It
// is what the data source finds once everything is deployed, with a gap for each subnet that it may find. ok is false
// where it asks for anything else, or where subnets of that VPC must come from elsewhere.
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
	if r == nil || !r.Data || !slices.Contains(subnetFinders, r.Type) {
		return v, false
	}
	found, done := x.found[address]
	if !done {
		found = x.findSubnets(r)
		x.found[address] = found
	}
	list = value.Value{Kind: value.List, Span: v.Span, Open: found.open}
	for _, subnet := range found.subnets {
		// A text that is an address is the identity of the node there.
		one := value.Value{Kind: value.Text, Span: v.Span, Text: subnet.Address, Single: true}
		list.Items = append(list.Items, value.Either(subnet.when, one, value.Value{Span: v.Span}, v.Span))
	}
	return list, len(list.Items) > 0
}

// findSubnets finds none where it is not all known what r asks for.
func (x *expansion) findSubnets(r *resource) (out foundSubnets) {
	find, ok := x.subnetLookup(r)
	if !ok {
		return foundSubnets{subnets: x.defaultSubnets(r)}
	}
	if left := x.exported(find.vpc); left != nil {
		out.open = append(out.open, fact.Gap{Missing: []fact.Missing{*left}})
	}
	if len(x.program.Open) > 0 {
		out.open = append(out.open, fact.Gap{Missing: x.program.Open})
	}
	for _, in := range x.program.Instances {
		if in.Data || in.Type != "aws_subnet" {
			continue
		}
		subnet := x.resources[in.Address]
		switch is := find.finds(x, subnet); {
		case is.IsTrue():
			out.subnets = append(out.subnets, subnet)
		case is.IsUnknown():
			out.open = append(out.open, fact.Gap{When: subnet.when, Missing: is.Missing})
		}
	}
	return out
}

// subnetLookup reads what r asks for. ok is false where that is not all known.
func (x *expansion) subnetLookup(r *resource) (find subnetLookup, ok bool) {
	find.tags = map[string][]string{}
	find.vpc = x.ownVPC(r.get("vpc_id"))
	tags := lower.Tags(x.nodes, r.stated)
	for _, it := range tags.Items {
		text, _ := it.Value.Value.Get(nil)
		literal, known := text.Literal()
		if !known || !it.When.IsAlways() {
			return find, false
		}
		find.tags[it.Value.Name] = []string{literal}
	}
	filters := x.list(r.get("filter"))
	for _, it := range filters.Items {
		name, values := it.Value.Get("name").Text, it.Value.Get("values")
		if name == "vpc-id" {
			find.vpc = x.ownVPC(first(values))
			continue
		}
		wanted, known := x.literals(values)
		key, isTag := strings.CutPrefix(name, "tag:")
		switch {
		case !known:
			return find, false
		case isTag:
			find.tags[key] = wanted
		case name == "availability-zone" || name == "availabilityZone":
			find.zones = wanted
		default:
			return find, false
		}
	}
	return find, find.vpc != "" && len(tags.Open) == 0 && len(filters.Open) == 0
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

func (f subnetLookup) finds(x *expansion, subnet *resource) fact.Verdict {
	notKnown := func(kind fact.Kind, what string) fact.Verdict {
		return fact.Wants(fact.Missing{Kind: kind, Name: what + subnet.Address, Span: subnet.Span})
	}
	of := subnet.get("vpc_id")
	switch vpc := x.ownVPC(of); {
	case vpc == "" && (of.Kind != value.Text || symbol.Has(of.Text)):
		return notKnown(fact.Attribute, "VPC of ")
	case vpc != f.vpc:
		return fact.No()
	case subnet.Summary:
		return notKnown(fact.Intrinsic, "number of ")
	}
	found := fact.Yes()
	tags := lower.Tags(x.nodes, subnet.stated).In(nil)
	for _, name := range slices.Sorted(maps.Keys(f.tags)) {
		found = fact.And(found, tags.Any(func(tag graph.Variable) fact.Verdict {
			return fact.And(fact.Of(tag.Name == name), among(tag.Value, f.tags[name]))
		}))
	}
	if len(f.zones) > 0 {
		found = fact.And(found, among(x.text(subnet.get("availability_zone")), f.zones))
	}
	return found
}

// among says whether the text is one of those that are wanted.
func among(v fact.Value[fact.Text], wanted []string) fact.Verdict {
	text, ok := v.Get(nil)
	if !ok.IsTrue() {
		return ok
	}
	one := fact.No()
	for _, w := range wanted {
		one = fact.Or(one, matches(text, w))
	}
	return one
}
