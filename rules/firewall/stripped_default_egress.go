package firewall

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// StrippedDefaultEgress flags security groups whose rule for everything goes when CloudFormation adds an egress rule
// that is a resource of its own, where the rules that stay do not let out what is needed.
var StrippedDefaultEgress = &rules.Rule{
	Name:     "stripped_default_egress",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			p.Count(s.Address)
			group, rule := stripped(p, s)
			if group == nil {
				return
			}
			for n, to := range rules.Outside(p.NeedsOf(s)) {
				if n.Strength != need.Strong {
					continue
				}
				paths, _ := p.Paths(s, trace.Flow{To: to})
				for _, path := range paths {
					hinges, rest := hingesOn(path.Reachable, *rule.Doubtful)
					if hinges {
						lost(p, s, group, rule, n, rest)
					}
				}
			}
		})
	},
}

// lost reports that the sender does not reach what it needs without the rule, once the rest is known.
func lost(p *rules.Pass, s rules.Sender, g *graph.SecurityGroup, rule *graph.SecurityGroupRule, n need.Need,
	rest []fact.Missing) {
	p.Ask(fact.Doubt(rest).Not(), g.Address, "", func() rules.Finding {
		f := rules.Finding{
			Span: rule.Span, Affects: p.Guests(s),
			Trace: []trace.Hop{{Address: s.Address, Span: n.Span, Role: trace.RoleFunction, Message: n.Evidence}},
			Message: fmt.Sprintf("security group %q loses its rule that lets everything out: CloudFormation takes it "+
				"away with the first egress rule that is a resource of its own, and what stays does not let %s "+
				"reach %s", g.Address, s.Name(), n.Name),
			Remedy: "write all egress rules as resources of their own, with one for what is needed",
		}
		for _, it := range graph.Existing(p.View, g.Egress).Items {
			if r := it.Value; p.SecurityGroupRules.At(r.Address) == r {
				f.Trace = append(f.Trace, trace.Hop{Address: r.Address, Span: r.Span,
					Message: fmt.Sprintf("%q is an egress rule of its own", r.Address)})
			}
		}
		return f
	})
}

// stripped is the first group of the sender with a written rule that a rule of its own may have taken away.
func stripped(p *rules.Pass, s rules.Sender) (*graph.SecurityGroup, *graph.SecurityGroupRule) {
	for _, it := range graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items {
		in := graph.Existing(p.View, it.Value.Egress)
		p.Await(fact.Wants(in.Open...))
		for _, r := range in.Items {
			if r.Value.Doubtful != nil && !r.Value.Implicit {
				return it.Value, r.Value
			}
		}
	}
	return nil, nil
}

// hingesOn says whether the way is open with that fact, and what else it waits for.
func hingesOn(reachable fact.Verdict, m fact.Missing) (hinges bool, rest []fact.Missing) {
	for _, x := range reachable.Missing {
		if x.Kind == m.Kind && x.Name == m.Name {
			hinges = true
		} else {
			rest = append(rest, x)
		}
	}
	return hinges, rest
}
