package intent

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// AssertionFailed flags functions that do not reach what the author declares they must reach, or reach what they must
// not.
var AssertionFailed = &rules.Rule{
	Name:     "assertion_failed",
	Severity: rules.Error,
	All:      true,
	URL:      "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
	Run: func(p *rules.Pass) {
		assertions := p.Intent().Assertions
		if len(assertions) == 0 {
			return
		}
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			for i := range assertions {
				a := &assertions[i]
				about := a.SpeaksOf(p.View, f)
				if about.IsFalse() {
					continue
				}
				for _, to := range a.MustReach {
					mustReach(p, f, a, to, about)
				}
				for _, to := range a.MustNotReach {
					mustNotReach(p, f, a, to, about)
				}
			}
		})
	},
}

func mustReach(p *rules.Pass, f *graph.Function, a *rules.Assertion, to rules.Asserted, about fact.Verdict) {
	r := ask(p, f, to.Flow)
	p.Ask(fact.And(about, r.Everywhere.Not()), f.Address, "must reach "+to.Name, func() rules.Finding {
		return finding(f, a, to, r.first(fact.False),
			fmt.Sprintf("function %q cannot reach %s, although the configuration says that it must", f.Address,
				called(to)),
			"open the way where the trace stops, or change the assertion")
	})
}

func mustNotReach(p *rules.Pass, f *graph.Function, a *rules.Assertion, to rules.Asserted, about fact.Verdict) {
	r := ask(p, f, to.Flow)
	p.Ask(fact.And(about, r.Somewhere), f.Address, "must not reach "+to.Name, func() rules.Finding {
		return finding(f, a, to, r.first(fact.True),
			fmt.Sprintf("function %q can reach %s, although the configuration says that it must not", f.Address,
				called(to)),
			"close the way that the trace shows, or change the assertion")
	})
}

// finding shows the way and, behind it, the assertion.
func finding(f *graph.Function, a *rules.Assertion, to rules.Asserted, way []trace.Hop, message,
	remedy string) rules.Finding {
	declared := trace.Hop{Address: f.Address, Span: to.Span, Role: trace.RoleTarget,
		Message: "the assertion about " + called(to)}
	if a.Reason != "" {
		message += ": " + a.Reason
		declared.Message += ": " + a.Reason
	}
	return rules.Finding{
		Span: f.At("VpcConfig.SubnetIds"), Affects: []string{f.Address},
		Trace:   append(way[:len(way):len(way)], declared),
		Message: message, Remedy: remedy,
	}
}

// called is what a sentence calls the destination.
func called(to rules.Asserted) string {
	switch d := to.Flow.To; {
	case d.Class == trace.ClassInternet && d.Family == 6:
		return "the internet over IPv6"
	case d.Class == trace.ClassInternet:
		return "the internet"
	case d.Class == trace.ClassService:
		return d.Service
	case d.Class == trace.ClassNode:
		return fmt.Sprintf("%q", to.Name)
	}
	return to.Name
}
