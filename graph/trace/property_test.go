package trace

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// tally is what happened to verdicts when facts became known.
type tally struct {
	compared, unknown, settled int
	truths                     map[fact.Truth]int
	violations                 []string
}

// learn shows each of the networks several times, each time with more facts known, and watches the verdicts.
func learn(seeds, networks int, setup func(*Engine)) tally {
	out := tally{truths: map[fact.Truth]int{}}
	for seed := range seeds {
		for i := range networks {
			id := uint64(seed*1_000_000 + i)
			r := rand.New(rand.NewPCG(id, 1))
			_, _, made := randomNetwork(id, func(int, bool) bool { return false })
			// A fact of rank k is not known before stage k; most are known from the start.
			rank := make([]int, made.facts+1)
			hideOneOf := []int{2, 8, 40}[r.IntN(3)]
			for f := range rank {
				if r.IntN(hideOneOf) == 0 {
					rank[f] = 1 + r.IntN(3)
				}
			}
			out.chain(id, rank, setup)
		}
	}
	return out
}

func (t *tally) chain(id uint64, rank []int, setup func(*Engine)) {
	last := map[string]fact.Truth{}
	for stage := range 4 {
		n, sources, _ := randomNetwork(id, func(f int, _ bool) bool { return rank[f] > stage })
		e := New(n.In(nil))
		setup(e)
		for _, s := range sources {
			for i, f := range randomFlows() {
				key := fmt.Sprintf("network %d, subnet %s, flow %d", id, s.Subnet.Address, i)
				now := e.Trace(s, f).Reachable
				if now.IsUnknown() && len(now.Missing) == 0 {
					t.violations = append(t.violations, key+": unknown, but nothing is missing")
				}
				before, seen := last[key]
				last[key] = now.Truth
				t.truths[now.Truth]++
				if !seen {
					continue
				}
				t.compared++
				switch {
				case before == fact.Unknown:
					t.unknown++
					if !now.IsUnknown() {
						t.settled++
					}
				case before != now.Truth:
					t.violations = append(t.violations, fmt.Sprintf("%s, stage %d: %v became %v", key, stage, before, now.Truth))
				}
			}
		}
	}
}

func TestLearningAFactNeverOverturnsAVerdict(t *testing.T) {
	got := learn(5, 40, func(*Engine) {})
	for i, v := range got.violations {
		if i < 10 {
			t.Error(v)
		}
	}
	t.Logf("%d steps of learning; of %d unknown verdicts %d became definite (%d%%); verdicts: %v", got.compared, got.unknown, got.settled, 100*got.settled/max(got.unknown, 1), got.truths)
	if len(got.violations) > 0 {
		t.Errorf("%d violations", len(got.violations))
	}
	for _, truth := range []fact.Truth{fact.True, fact.False, fact.Unknown} {
		if got.truths[truth] < 100 {
			t.Errorf("only %d verdicts are %v: the networks exercise too little", got.truths[truth], truth)
		}
	}
	if got.settled < 100 {
		t.Errorf("only %d unknown verdicts became definite", got.settled)
	}
}

func TestReadingUnknownAsFalseIsCaught(t *testing.T) {
	got := learn(1, 80, func(e *Engine) {
		e.undecided = func(v fact.Verdict) fact.Verdict { return fact.Of(v.IsTrue()) }
	})
	if len(got.violations) == 0 {
		t.Error("an engine that drops routes whose existence is not decided passes the property test")
	}
	t.Logf("%d violations", len(got.violations))
}

func TestBindingConditionsGivesTheNetworkThatTheyDescribe(t *testing.T) {
	for id := range uint64(60) {
		open, sources, made := randomNetwork(id, func(_ int, condition bool) bool { return condition })
		plain, same, _ := randomNetwork(id, func(int, bool) bool { return false })
		bound, decided := New(open.In(made.decided)), New(plain.In(nil))
		for i, s := range sources {
			for _, f := range randomFlows() {
				got, want := bound.Trace(s, f), decided.Trace(same[i], f)
				if got.Reachable.Truth != want.Reachable.Truth || sentences(got.Blocks) != sentences(want.Blocks) {
					t.Fatalf("network %d, subnet %s, %+v: in the bound world %v\n%sdecided %v\n%s", id, s.Subnet.Address, f.To,
						got.Reachable, sentences(got.Hops), want.Reachable, sentences(want.Hops))
				}
			}
		}
	}
}
