package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IdleReclaim flags functions in a VPC that nothing but a schedule calls, less often than every 30 days: Lambda takes
// their network interfaces away in between. A function that shares its interfaces with another one keeps them.
// https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html
var IdleReclaim = &rules.Rule{
	Name:     "idle_reclaim",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			schedules := onlySchedules(p, &f.Header)
			if len(schedules) != 1 || f.Exported != nil || len(p.Open) > 0 { // several may call it in turn
				p.Count(f.Address)
				return
			}
			first, severity := schedules[0], rules.Warning
			idle := fact.Wants(first.missing...)
			if first.known {
				idle = fact.Of(first.pause != often)
			}
			if first.pause != seldom {
				severity = rules.Note
			}
			p.Ask(fact.And(idle, fact.Of(!sharesInterfaces(p, f))), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: f.Span, Severity: severity, Affects: []string{f.Address},
					Trace: []trace.Hop{{Address: first.by.Address, Span: first.by.Span,
						Message: fmt.Sprintf("%q calls the function by %s", first.by.Address, first.text)}},
					Message: fmt.Sprintf("function %q is idle for more than 30 days between calls%s: Lambda takes its "+
						"network interfaces away, and the next call fails", f.Address, sometimes(severity)),
					Remedy: "call the function once a week in between, or let it share its subnets and groups with " +
						"a function that is called more often",
				}
			})
		})
	},
}

func sometimes(severity rules.Severity) string {
	if severity == rules.Note {
		return " in months of 31 days"
	}
	return ""
}

// sharesInterfaces reports another function with one of the subnets and the same groups: what both use is not idle.
func sharesInterfaces(p *rules.Pass, f *graph.Function) bool {
	for other := range p.Functions.All() {
		if other == f || !sameElements(p.World, f.Groups, other.Groups) {
			continue
		}
		for _, a := range f.Subnets.In(p.World).Items {
			for _, b := range other.Subnets.In(p.World).Items {
				if !graph.Same(p.View, &p.Subnets, a.Value, b.Value).IsFalse() {
					return true
				}
			}
		}
	}
	return false
}

// sameElements reports that two lists hold the same known elements, or that one of them is not known.
func sameElements[T any](w *fact.World, a, b fact.List[graph.Ref[T]]) bool {
	in, other := a.In(w), b.In(w)
	if len(in.Open)+len(other.Open) > 0 {
		return true
	}
	has := func(id graph.ID[T]) fact.Verdict {
		is := func(x graph.ID[T]) bool { return x == id }
		return other.Any(func(r graph.Ref[T]) fact.Verdict { return r.Is(w, is) })
	}
	return len(in.Items) == len(other.Items) && !in.All(func(r graph.Ref[T]) fact.Verdict {
		id, known := r.Get(w)
		if !known.IsTrue() {
			return known
		}
		return has(id)
	}).IsFalse()
}
