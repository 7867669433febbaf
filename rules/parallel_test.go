package rules_test

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
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

func TestSeveralProcessorsSayWhatOneSays(t *testing.T) {
	// Every third function suffers from one thing that they share; of every fifth it is not known.
	shared := &rules.Rule{Name: "shared", Severity: rules.Error, Run: func(p *rules.Pass) {
		at := map[string]int{}
		for f := range p.Functions.All() {
			at[f.Address] = len(at)
		}
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			n := at[f.Address]
			v := fact.Of(n%3 == 2)
			if n%5 == 4 {
				v = fact.Wants(fact.Missing{Kind: fact.Parameter, Name: f.Address})
			}
			p.Ask(v, "Gateway", "", func() rules.Finding {
				return rules.Finding{Affects: []string{f.Address}, Trace: []trace.Hop{{Address: f.Address}}, Span: source.Span{Pos: 7, End: 8}}
			})
		})
	}}
	packs := []rules.Pack{{Name: "test", Rules: []*rules.Rule{shared, says(func(*rules.Pass) fact.Verdict { return fact.Yes() })}}}
	at := func(processors int) rules.Result {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		return rules.Run(crowd(100), packs, rules.Intent{})
	}
	one := at(1)
	if len(one.Findings) != 1 || len(one.Findings[0].Affects) != 27 || one.Decided != 80 || len(one.Functions) != 100 {
		t.Fatalf("one processor finds %d things, decides %d and sees %d functions", len(one.Findings), one.Decided, len(one.Functions))
	}
	for _, processors := range []int{2, 3, 7} {
		if got := at(processors); !reflect.DeepEqual(withoutRules(got), withoutRules(one)) {
			t.Errorf("%d processors say\n%+v\none says\n%+v", processors, got, one)
		}
	}
}

// withoutRules takes out what DeepEqual cannot compare: functions.
func withoutRules(r rules.Result) rules.Result {
	for i := range r.Findings {
		r.Findings[i].Rule = nil
	}
	for i := range r.Undecided {
		r.Undecided[i].Rule = nil
	}
	return r
}

func TestAPanicInOneShareIsThatOfTheRun(t *testing.T) {
	defer func() {
		if got := recover(); got != "a defect" {
			t.Errorf("recovered %v", got)
		}
	}()
	rules.Run(crowd(100), []rules.Pack{{Rules: []*rules.Rule{{Name: "broken", Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(_ *rules.Pass, f *graph.Function) {
			if f.Address == "Function099" {
				panic("a defect")
			}
		})
	}}}}}, rules.Intent{})
}
