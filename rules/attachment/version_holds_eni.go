package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VersionHoldsENI notes subnets and security groups that go before what has network interfaces in them: a function that
// stays, or its published versions. That versions stay is what most authors want. So the rule speaks only where the
// files say that the network goes.
var VersionHoldsENI = &rules.Rule{
	Name:     "version_holds_eni",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.SecurityGroups, func(p *rules.Pass, g *graph.SecurityGroup) {
			heldByVersions(p, &g.Header, "security group", func(f *graph.Function) bool {
				return isFirst(graph.Resolve(p.View, &p.SecurityGroups, f.Groups), g)
			})
		})
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			heldByVersions(p, &s.Header, "subnet", func(f *graph.Function) bool {
				return isFirst(graph.Resolve(p.View, &p.Subnets, f.Subnets), s)
			})
		})
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, heldByFunction)
	},
}

// heldByVersions asks whether h goes while published versions of a function stay that is in it.
func heldByVersions(p *rules.Pass, h *graph.Header, kind string, isIn func(*graph.Function) bool) {
	p.Count(h.Address)
	if !h.CreatedFirst && h.When.IsAlways() { // it stays
		return
	}
	for _, by := range p.Dependents(h.Address) {
		f := p.Functions.At(by.Address)
		if f == nil || !h.CreatedFirst && !goesBefore(h, by) || !goesWith(p, h, by) || !isIn(f) {
			continue
		}
		event := "another takes its place"
		if !h.CreatedFirst {
			event = "its condition no longer holds"
		}
		p.Ask(leavesVersions(p, f), h.Address, "", func() rules.Finding {
			return rules.Finding{
				Span: h.Span, Affects: []string{f.Address},
				Message: fmt.Sprintf("%s %q cannot be deleted when %s: published versions of functions stay, and "+
					"their network interfaces are in it", kind, h.Address, event),
				Remedy: "delete the versions that were published in it before it goes",
			}
		})
	}
}

// heldByFunction reports a function that stays where its network is deleted.
func heldByFunction(p *rules.Pass, f *graph.Function) {
	var names []string
	for _, it := range graph.Resolve(p.View, &p.SecurityGroups, f.Groups).Items {
		if goesWith(p, &it.Value.Header, &f.Header) {
			names = append(names, fmt.Sprintf("security group %q", it.Value.Address))
		}
	}
	for _, it := range graph.Resolve(p.View, &p.Subnets, f.Subnets).Items {
		if goesWith(p, &it.Value.Header, &f.Header) {
			names = append(names, fmt.Sprintf("subnet %q", it.Value.Address))
		}
	}
	p.Ask(fact.Of(f.Kept && len(names) > 0), f.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: f.Span, Affects: []string{f.Address},
			Message: fmt.Sprintf("%s cannot be deleted with the rest: function %q stays, and its network interfaces "+
				"are in there", words.And(names), f.Address),
			Remedy: fmt.Sprintf("let function %q be deleted too, or keep its network", f.Address),
		}
	})
}
