package rules_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var production = &fact.Atom{Subject: "Stage", Literal: "prod", Why: []fact.Missing{{Kind: fact.Parameter, Name: "Stage"}}}

// says is a rule that reports what verdict says of each function, in the worlds in which the function is in a VPC.
func says(verdict func(*rules.Pass) fact.Verdict) *rules.Rule {
	return &rules.Rule{Name: "says", Severity: rules.Error, Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			p.Report(verdict(p), rules.Finding{Resource: f.Address})
		})
	}}
}

func lint(r *rules.Rule, f *graph.Function) rules.Result {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	f.Address = "Function"
	graph.Add(b, &b.Network().Functions, f)
	return rules.Run([]*graph.Network{b.Link()}, []rules.Pack{{Name: "test", Rules: []*rules.Rule{r}}}, rules.Intent{})
}

func TestARuleCountsOnlyWhereItApplies(t *testing.T) {
	subnet := fact.Known(graph.ID[graph.Subnet]("subnet-1"), source.Span{})
	inProduction := &graph.Function{}
	inProduction.Subnets.AppendIf(fact.If(production), subnet, source.Span{})
	always := &graph.Function{}
	always.Subnets.Append(subnet, source.Span{})
	perhaps := &graph.Function{}
	perhaps.Subnets.Miss(fact.Always(), fact.Missing{Kind: fact.Parameter, Name: "Subnets"})

	yes := func(*rules.Pass) fact.Verdict { return fact.Yes() }
	no := func(*rules.Pass) fact.Verdict { return fact.No() }
	onlyInProduction := func(p *rules.Pass) fact.Verdict { return p.World.Holds(fact.If(production)) }
	onlyElsewhere := func(p *rules.Pass) fact.Verdict { return p.World.Holds(fact.If(production)).Not() }

	for name, c := range map[string]struct {
		function            *graph.Function
		verdict             func(*rules.Pass) fact.Verdict
		findings, undecided int
		missing             string
	}{
		"what is wrong wherever the function is attached is a finding":       {inProduction, yes, 1, 0, ""},
		"what is wrong only where it is attached is a finding":               {inProduction, onlyInProduction, 1, 0, ""},
		"what is wrong only where it is not attached is nothing":             {inProduction, onlyElsewhere, 0, 0, ""},
		"what is wrong in one of two cases is undecided":                     {always, onlyInProduction, 0, 1, "Stage"},
		"what is wrong with a function that may be attached is undecided":    {perhaps, yes, 0, 1, "Subnets"},
		"what is right with a function that may be attached is no question":  {perhaps, no, 0, 0, ""},
		"what is wrong with a function that is never attached is no finding": {&graph.Function{}, yes, 0, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := *c.function
			got := lint(says(c.verdict), &f)
			if len(got.Findings) != c.findings || len(got.Undecided) != c.undecided {
				t.Fatalf("%d findings and %d undecided, want %d and %d", len(got.Findings), len(got.Undecided), c.findings, c.undecided)
			}
			for _, u := range got.Undecided {
				if len(u.Missing) != 1 || u.Missing[0].Name != c.missing {
					t.Errorf("waits for %v, want %s", u.Missing, c.missing)
				}
			}
		})
	}
}

func TestOfSeveralAnswersTheMostTellingIsShown(t *testing.T) {
	r := &rules.Rule{Name: "says", Severity: rules.Error, Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			p.Report(fact.No(), rules.Finding{Resource: f.Address, Span: source.Span{Pos: 1}})
			p.Report(fact.Wants(fact.Missing{Name: "X"}), rules.Finding{Resource: f.Address, Span: source.Span{Pos: 2}})
		})
	}}
	got := lint(r, &graph.Function{})
	if len(got.Undecided) != 1 || got.Undecided[0].Span.Pos != 2 {
		t.Errorf("got %+v, want the open question", got.Undecided)
	}
}
