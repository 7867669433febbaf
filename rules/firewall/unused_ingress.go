package firewall

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// UnusedIngress flags ingress rules of security groups that only functions have: nothing connects to a function.
var UnusedIngress = &rules.Rule{
	Name:     "unused_ingress",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.SecurityGroups, func(p *rules.Pass, g *graph.SecurityGroup) {
			rule := firstWritten(p, g)
			if rule == nil || g.Implicit {
				p.Count(g.Address)
				return
			}
			functions, alone := onlyFunctions(p, g)
			if !alone {
				p.Count(g.Address)
				return
			}
			v := fact.Yes()
			if g.Exported != nil {
				v = fact.Wants(*g.Exported)
			}
			p.Ask(v, g.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: rule.Span, Affects: functions,
					Message: fmt.Sprintf("security group %q admits connections that nobody can make: only functions "+
						"have it, and Lambda drops what is sent to them", g.Address),
					Remedy: "remove the ingress rules: answers to what a function sends need none",
				}
			})
		})
	},
}

// firstWritten is the first ingress rule of the group that exists, or nil.
func firstWritten(p *rules.Pass, g *graph.SecurityGroup) *graph.SecurityGroupRule {
	in := graph.Existing(p.View, g.Ingress)
	p.Await(fact.Wants(in.Open...))
	for _, it := range in.Items {
		if !it.Value.Implicit {
			return it.Value
		}
	}
	return nil
}

// onlyFunctions lists the functions with the group. Alone says that nothing else names it but rules of groups.
func onlyFunctions(p *rules.Pass, g *graph.SecurityGroup) (functions []string, alone bool) {
	for _, h := range p.Dependents(g.Address) {
		f := p.Functions.At(h.Address)
		switch {
		case f != nil:
			functions = append(functions, h.Address)
		case p.SecurityGroupRules.At(h.Address) != nil:
		case p.SecurityGroups.At(h.Address) != nil:
		default:
			return nil, false
		}
	}
	return functions, len(functions) > 0
}
