package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// networkOf is the network of the VPC that v stands for, or nil where that VPC is not known.
func networkOf(v *val) *network {
	if v.construct == nil {
		return nil
	}
	return v.construct.network
}

// selectedSubnets is what a SubnetSelection picks from a VPC: a list of owned subnets, or an unknown value. Without a
// word about subnets these are the private ones, or else the isolated ones, or else the public ones.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html
func (f *frame) selectedSubnets(vpc, selection *val, at source.Span) *val {
	if subnets := selection.get("Subnets"); subnets.form != absent {
		return subnets
	}
	n := networkOf(vpc)
	switch {
	case n == nil:
		return unknownOf(vpc)
	case !n.isKnown():
		return &val{span: at, missing: n.missing}
	case selection.form == unknown, selection.form == result:
		return unknownOf(selection)
	}
	for _, name := range []string{"SubnetFilters", "AvailabilityZones"} {
		if v := selection.get(name); v.form != absent {
			missing := fact.Missing{Kind: fact.Expression, Name: name, Span: selection.spanOf(name)}
			return &val{span: v.span, missing: missing}
		}
	}
	group, typ, one := selection.get("SubnetGroupName"), selection.get("SubnetType"), selection.get("OnePerAz")
	for _, v := range []*val{group, typ, one} {
		if v.form != absent && v.form != text {
			return unknownOf(v)
		}
	}
	return subnetList(n.selected(group.text, typ.text, one.isTrue()), at)
}

// selected are the subnets of the group, or of the type where group is "". With both "" they are those that CDK selects
// by default.
func (n *network) selected(group, typ string, onePerZone bool) []*subnet {
	typ = currentType(typ)
	if typ == "" && group == "" {
		for _, typ = range []string{private, isolated, public} {
			if len(n.ofType(typ)) > 0 {
				break
			}
		}
	}
	var out []*subnet
	zones := map[int]bool{}
	for _, s := range n.subnets {
		if group != "" && s.group != group || group == "" && s.subnetType != typ || onePerZone && zones[s.zone] {
			continue
		}
		zones[s.zone] = true
		out = append(out, s)
	}
	return out
}

// ofType are the subnets of the type.
func (n *network) ofType(typ string) []*subnet {
	var out []*subnet
	for _, s := range n.subnets {
		if s.subnetType == typ {
			out = append(out, s)
		}
	}
	return out
}

// subnetList is a list of the subnets, for an expression at that place.
func subnetList(subnets []*subnet, at source.Span) *val {
	out := &val{form: list, span: at}
	for _, s := range subnets {
		out.items = append(out.items, s.construct.val(at))
	}
	return out
}

// selectSubnets is SelectSubnets(selection) of a VPC. Its result is a selection that is already made.
func selectSubnets(f *frame, call *ast.CallExpr, vpc *val, args []*val) *val {
	selection := nothing
	if len(args) > 0 {
		selection = args[0]
	}
	span := f.span(call)
	subnets := f.selectedSubnets(vpc, selection, span)
	return &val{form: structure, span: span, fields: []field{{"Subnets", span, subnets}, {"SubnetIds", span, subnets}}}
}

// ofType is the method of a VPC that lists its subnets of one type.
func ofType(typ string) methodFunc {
	return func(f *frame, call *ast.CallExpr, vpc *val, _ []*val) *val {
		n := networkOf(vpc)
		if n == nil || !n.isKnown() {
			return f.selectedSubnets(vpc, nothing, f.span(call))
		}
		return subnetList(n.ofType(typ), f.span(call))
	}
}
