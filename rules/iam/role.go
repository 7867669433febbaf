package iam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	create          = "ec2:CreateNetworkInterface"
	describe        = "ec2:DescribeNetworkInterfaces"
	remove          = "ec2:DeleteNetworkInterface"
	describeSubnets = "ec2:DescribeSubnets"
)

// Lambda refuses to create a function in a VPC when its role lacks one of core. AWS lists upkeep as required too, but
// functions are created without.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
var (
	core   = []string{create, describe, remove}
	upkeep = []string{describeSubnets, "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"}
)

// attached says whether the function is attached to a VPC by subnets and security groups. One that has only some of
// both is refused before its role matters.
func attached(p *rules.Pass, f *graph.Function) fact.Verdict {
	return fact.And(
		f.Subnets.In(p.World).Any(func(r graph.Ref[graph.Subnet]) fact.Verdict { return r.IsSet(p.World) }),
		f.Groups.In(p.World).Any(func(r graph.Ref[graph.SecurityGroup]) fact.Verdict { return r.IsSet(p.World) }),
	)
}

// eachRole asks about the execution role of every function, in the worlds in which applies holds and the role is one of
// this deployment. A role that is defined elsewhere leaves a question about the function open.
func eachRole(p *rules.Pass, applies func(*rules.Pass, *graph.Function) fact.Verdict,
	ask func(*rules.Pass, *graph.Function, *graph.Role)) {
	rules.EachWhere(p, &p.Functions, func(p *rules.Pass, f *graph.Function) fact.Verdict {
		return fact.And(applies(p, f), isHere(p, f))
	}, func(p *rules.Pass, f *graph.Function) {
		if role, _ := graph.Lookup(p.View, &p.Roles, f.Role); role != nil {
			ask(p, f, role)
		}
	})
	rules.EachWhere(p, &p.Functions, func(p *rules.Pass, f *graph.Function) fact.Verdict {
		elsewhere := isHere(p, f).Not()
		if elsewhere.IsFalse() {
			return elsewhere
		}
		return fact.And(applies(p, f), elsewhere)
	}, func(p *rules.Pass, f *graph.Function) {
		_, known := graph.Lookup(p.View, &p.Roles, f.Role)
		p.Report(known, rules.Finding{Resource: f.Address, Span: f.At("Role"), Affects: []string{f.Address}})
	})
}

// isHere says whether the function's role is one of this deployment. Only conditions leave it Unknown.
func isHere(p *rules.Pass, f *graph.Function) fact.Verdict {
	role, known := graph.Lookup(p.View, &p.Roles, f.Role)
	conditional := slices.ContainsFunc(known.Missing, func(m fact.Missing) bool { return m.Atom != nil })
	return fact.Or(fact.Of(role != nil), fact.And(fact.Of(conditional), known))
}

// pick lists the actions for which is holds, or else those for which it is not known, as a person reads them.
func pick(actions []string, is func(action string) fact.Verdict) string {
	var yes, maybe []string
	for _, a := range actions {
		switch is(a).Truth {
		case fact.True:
			yes = append(yes, a)
		case fact.Unknown:
			maybe = append(maybe, a)
		}
	}
	if len(yes) == 0 {
		yes = maybe
	}
	return strings.Join(yes, ", ")
}
