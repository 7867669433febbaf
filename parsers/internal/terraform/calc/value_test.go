package calc

import (
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// TestSourceOfSeveralIsAlwaysTheSame, as the marks of a value are in no order.
func TestSourceOfSeveralIsAlwaysTheSame(t *testing.T) {
	choice := func(subject string) Source {
		when := fact.If(&fact.Atom{Subject: subject, Literal: "true"})
		return Source{Choice: &Choice{When: when, Then: cty.True, Else: cty.False}}
	}
	named := func(name string) Source { return Source{Missing: fact.Missing{Name: name}} }
	for name, marks := range map[string][]Source{
		"choices": {choice("b"), choice("a"), choice("c")},
		"missing": {named("b"), named("a"), named("c")},
	} {
		t.Run(name, func(t *testing.T) {
			for range 20 {
				set := cty.ValueMarks{}
				for _, m := range marks {
					set[m] = struct{}{}
				}
				if got, _ := SourceOf(cty.DynamicVal.WithMarks(set)); got != marks[1] {
					t.Fatalf("of three, the source is %+v", got)
				}
			}
		})
	}
}
