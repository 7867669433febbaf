package rules_test

import (
	"fmt"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// crowd is a network of n functions.
func crowd(n int) []*graph.Network {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	for i := range n {
		graph.Add(b, &b.Network().Functions, &graph.Function{Header: graph.Header{Address: fmt.Sprintf("Function%03d", i)}})
	}
	return []*graph.Network{b.Link()}
}

func TestOneCauseIsOneFinding(t *testing.T) {
	// Every third function suffers from one thing that they share; of every fifth it is not known.
	shared := &rules.Rule{Name: "shared", Severity: rules.Error, Run: func(p *rules.Pass) {
		n := -1
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			n++
			v := fact.Of(n%3 == 2)
			if n%5 == 4 {
				v = fact.Wants(fact.Missing{Kind: fact.Parameter, Name: f.Address})
			}
			p.Ask(v, "Gateway", "", func() rules.Finding {
				return rules.Finding{Affects: []string{f.Address}, Span: source.Span{Pos: 7, End: 8}}
			})
		})
	}}
	all := says(func(*rules.Pass) fact.Verdict { return fact.Yes() })
	r := rules.Run(crowd(100), []rules.Pack{{Name: "test", Rules: []*rules.Rule{shared, all}}}, rules.Intent{})
	if len(r.Findings) != 1 || len(r.Findings[0].Affects) != 27 || r.Decided != 80 || len(r.Functions) != 100 {
		t.Fatalf("finds %d things, decides %d and sees %d functions", len(r.Findings), r.Decided, len(r.Functions))
	}
	if len(r.Undecided) != 1 || len(r.Undecided[0].Affects) != 20 {
		t.Errorf("leaves open %+v", r.Undecided)
	}
}
