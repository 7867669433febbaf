package firewall

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// InlineAndStandaloneRules flags security groups with rules written on them beside rules of the same direction that are
// resources of their own: Terraform takes the latter away whenever it deploys the group, and makes them anew the next
// time.
var InlineAndStandaloneRules = &rules.Rule{
	Name:     "inline_and_standalone_rules",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.SecurityGroups, func(p *rules.Pass, g *graph.SecurityGroup) {
			fought(p, g, "ingress", g.InlineIngress, g.Ingress, g.ExclusiveIngress)
			fought(p, g, "egress", g.InlineEgress, g.Egress, g.ExclusiveEgress)
		})
	},
}

// fought asks about the rules of one direction: those that are written on the group, and all.
func fought(p *rules.Pass, g *graph.SecurityGroup, direction string, inline, all fact.List[*graph.SecurityGroupRule],
	exclusive fact.Value[bool]) {
	takes := fact.IsOn(exclusive, p.World)
	if takes.IsFalse() {
		p.Count(g.Address)
		return
	}
	own := inline.In(p.World)
	var others []trace.Hop
	for _, it := range graph.Existing(p.View, all).Items {
		if r := it.Value; !slices.ContainsFunc(inline.Items, func(x fact.Item[*graph.SecurityGroupRule]) bool {
			return x.Value == r
		}) && !r.Implicit {
			others = append(others, trace.Hop{Address: r.Address, Span: r.Span,
				Message: fmt.Sprintf("%q is an %s rule of the group", r.Address, direction)})
		}
	}
	v := fact.And(takes, fact.Of(len(others) > 0), own.Empty().Not())
	p.Ask(v, g.Address, direction, func() rules.Finding {
		return rules.Finding{
			Span: g.Span, Affects: usedBy(p, g), Trace: others,
			Message: fmt.Sprintf("security group %q takes rule %q away with the next apply, because it has %s rules "+
				"written on it and drops all others", g.Address, others[0].Address, direction),
			Remedy: "write all rules of the group on it, or all as resources of their own",
		}
	})
}

// usedBy lists whom the group belongs to.
func usedBy(p *rules.Pass, g *graph.SecurityGroup) (addresses []string) {
	for s := range p.Senders() {
		for _, it := range graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items {
			if it.Value == g {
				addresses = append(addresses, s.Affected()...)
			}
		}
	}
	return addresses
}
