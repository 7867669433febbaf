package routes

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// UnclearRouteTarget flags routes that name no target, or more than one.
var UnclearRouteTarget = &rules.Rule{
	Name:     "unclear_route_target",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			if r.Implicit {
				return
			}
			in := r.Targets.In(p.World)
			some, several := counted(p, in)
			p.Ask(fact.Or(some.Not(), several), r.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    r.Span,
					Affects: behind(p, r.Table),
					Message: fmt.Sprintf("route %q to %s is refused, because it %s",
						r.Address, destination(p, r), names(p, in)),
					Remedy: "give the route the one target that is meant",
				}
			})
		})
	},
}

// counted says whether the route has a target, and whether it has several. Of several that are given from outside, such
// as by variables, all but one may turn out to be null.
func counted(p *rules.Pass, in fact.Elements[fact.Value[graph.Target]]) (some, several fact.Verdict) {
	isSet := func(v fact.Value[graph.Target]) fact.Verdict { return v.IsSet(p.World) }
	isCertain := func(v fact.Value[graph.Target]) fact.Verdict {
		t, _ := v.Get(p.World)
		if missing, given := p.Foreign[t.ID]; given {
			return fact.Wants(missing)
		}
		return isSet(v)
	}
	several = fact.No()
	for i := range in.Items {
		rest := fact.Elements[fact.Value[graph.Target]]{Items: in.Items[i+1:], Open: in.Open}
		several = fact.Or(several, fact.And(isCertain(in.Items[i].Value), rest.Any(isCertain)))
	}
	return in.Any(isSet), several
}

// names says which targets the route has.
func names(p *rules.Pass, in fact.Elements[fact.Value[graph.Target]]) string {
	if len(in.Items) == 0 {
		return "has no target"
	}
	var all []string
	for _, it := range in.Items {
		if t, ok := it.Value.Get(p.World); ok.IsTrue() {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %q", t.Kind, t.ID)))
		}
	}
	return "can have one target only, and has " + words.And(all)
}
