package trace

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
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
			out.chain(rand.New(rand.NewPCG(id, 1)), func() *rand.Rand { return rand.New(rand.NewPCG(id, 7)) }, setup)
		}
	}
	return out
}

// chain learns the facts of one network, which again always gives the same numbers for.
func (t *tally) chain(r *rand.Rand, again func() *rand.Rand, setup func(*Engine)) {
	_, _, made := randomNetwork(again(), func(int, bool) bool { return false })
	// A fact of rank k is not known before stage k; most are known from the start.
	rank := make([]int, made.facts+1)
	hideOneOf := []int{2, 8, 40}[r.IntN(3)]
	for f := range rank {
		if r.IntN(hideOneOf) == 0 {
			rank[f] = 1 + r.IntN(3)
		}
	}
	last := map[string]fact.Truth{}
	for stage := range 4 {
		n, sources, _ := randomNetwork(again(), func(f int, _ bool) bool { return rank[f] > stage })
		e := New(n.In(nil))
		setup(e)
		for _, s := range sources {
			for i, f := range randomFlows() {
				key := fmt.Sprintf("subnet %s, flow %d", s.Subnet.Address, i)
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
					t.violations = append(t.violations,
						fmt.Sprintf("%s, stage %d: %v became %v", key, stage, before, now.Truth))
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
	t.Logf("%d steps of learning; of %d unknown verdicts %d became definite (%d%%); verdicts: %v", got.compared,
		got.unknown, got.settled, 100*got.settled/max(got.unknown, 1), got.truths)
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

// FuzzLearning does so with networks and orders of learning that the fuzzer chooses.
func FuzzLearning(f *testing.F) {
	f.Add([]byte("facts"), []byte("a network"))
	f.Fuzz(func(t *testing.T, order, network []byte) {
		out := tally{truths: map[fact.Truth]int{}}
		out.chain(fuzz.Rand(order), func() *rand.Rand { return fuzz.Rand(network) }, func(*Engine) {})
		for _, v := range out.violations {
			t.Error(v)
		}
	})
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
		again := func() *rand.Rand { return rand.New(rand.NewPCG(id, 7)) }
		open, sources, made := randomNetwork(again(), func(_ int, condition bool) bool { return condition })
		plain, same, _ := randomNetwork(again(), func(int, bool) bool { return false })
		bound, decided := New(open.In(made.decided)), New(plain.In(nil))
		for i, s := range sources {
			for _, f := range randomFlows() {
				got, want := bound.Trace(s, f), decided.Trace(same[i], f)
				if got.Reachable.Truth != want.Reachable.Truth || sentences(got.Blocks) != sentences(want.Blocks) {
					t.Fatalf("network %d, subnet %s, %+v: in the bound world %v\n%sdecided %v\n%s", id,
						s.Subnet.Address, f.To,
						got.Reachable, sentences(got.Hops), want.Reachable, sentences(want.Hops))
				}
			}
		}
	}
}
