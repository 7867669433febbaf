package unit_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// graph reads calls such as "a>b a>c d".
func graph(calls string) *unit.Graph {
	g := &unit.Graph{}
	for _, call := range strings.Fields(calls) {
		if name, callee, ok := strings.Cut(call, ">"); ok {
			g.Add(name, callee)
		} else {
			g.Add(call)
		}
	}
	return g
}

func TestRootsAreWhatNobodyElseCalls(t *testing.T) {
	for _, c := range []struct{ name, calls, want string }{
		{"units without calls", "b a", "b a"},
		{"the caller", "a>b b", "a"},
		{"the caller, whatever comes first", "b a>b", "a"},
		{"a unit that calls itself", "a>a", "a"},
		{"the first of a circle", "b>a a>b", "b"},
		{"nothing of a circle that is called", "b>a a>b c>a", "c"},
		{"the first of each circle, behind what nobody calls", "a>b b>a c d>e e>d", "c a d"},
		{"the circle that leads to another", "a>b b>a c>d d>c c>a", "c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(graph(c.calls).Roots(), " "); got != c.want {
				t.Errorf("the roots of %s are %q, want %q", c.calls, got, c.want)
			}
		})
	}
}

func TestReach(t *testing.T) {
	g := graph("a>b b>c c>a d>c e")
	for _, c := range []struct {
		from, want string
		next       func(string) []string
	}{
		{"d", "a b c d", g.Callees},
		{"c", "a b c d", g.Callers},
		{"e b", "a b c e", g.Callees},
		{"unknown", "unknown", g.Callers},
	} {
		got := slices.Sorted(maps.Keys(unit.Reach(strings.Fields(c.from), c.next)))
		if strings.Join(got, " ") != c.want {
			t.Errorf("from %s it is %v, want %s", c.from, got, c.want)
		}
	}
}
