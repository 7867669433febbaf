package rules

import (
	"fmt"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// What is told of a finding that is not always so is what the worlds have in common in which its rule applies.
func TestScenarios(t *testing.T) {
	size := &fact.Atom{Subject: "Size", Literal: "big"}
	small := &fact.Atom{Subject: "Size", Literal: "small"}
	vpc := &fact.Atom{Subject: "InVpc", Literal: "yes", Domain: []string{"yes", "no"}}
	subnets := &fact.Atom{Subject: "length(Subnets)", Literal: "0"}
	null := &fact.Atom{Subject: "var.subnets == null", Literal: "true", Domain: []string{"true", "false"}}
	var all *fact.World
	for name, c := range map[string]struct {
		out, in []*fact.World
		want    string
	}{
		"in all worlds":              {nil, []*fact.World{all.With(vpc, true), all.With(vpc, false)}, "[]"},
		"a value":                    {[]*fact.World{all.With(size, false)}, []*fact.World{all.With(size, true)}, `[Size is "big"]`},
		"not a value":                {[]*fact.World{all.With(size, true)}, []*fact.World{all.With(size, false)}, `[Size is not "big"]`},
		"not two values":             {[]*fact.World{all.With(size, true)}, []*fact.World{all.With(size, false).With(small, false)}, `[Size is not "big" or "small"]`},
		"the only other value":       {[]*fact.World{all.With(vpc, true)}, []*fact.World{all.With(vpc, false)}, `[InVpc is "no"]`},
		"what they have in common":   {[]*fact.World{all.With(vpc, false)}, []*fact.World{all.With(vpc, true).With(size, true), all.With(vpc, true).With(size, false)}, `[InVpc is "yes"]`},
		"nothing in common":          {[]*fact.World{all}, []*fact.World{all.With(size, true), all.With(small, true)}, `[Size is "big" Size is "small"]`},
		"something that is given":    {[]*fact.World{all.With(subnets, true)}, []*fact.World{all.With(subnets, false)}, "[]"},
		"that, and something else":   {[]*fact.World{all.With(subnets, true)}, []*fact.World{all.With(subnets, false).With(vpc, true)}, `[InVpc is "yes"]`},
		"something that is not null": {[]*fact.World{all.With(null, true)}, []*fact.World{all.With(null, false)}, "[]"},
		"something that is null":     {[]*fact.World{all.With(null, false)}, []*fact.World{all.With(null, true)}, `[var.subnets == null is "true"]`},
		"no world in which it does":  {[]*fact.World{all}, nil, "[]"},
	} {
		var applies []answer
		for _, w := range c.in {
			applies = append(applies, answer{world: w})
		}
		of := append([]answer(nil), applies...)
		for _, w := range c.out {
			of = append(of, answer{world: w})
		}
		if got := fmt.Sprint(scenarios(of, applies)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
