package rules

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Intent is what the author declares about the network. The zero Intent declares nothing.
type Intent struct {
	Isolated   Isolated
	Assertions []Assertion
}

// Isolated names what shall have no way to the internet: the union of its parts.
type Isolated struct {
	// Functions are globs over the addresses and names of functions, Subnets over the addresses of subnets.
	Functions, Subnets []string
	// Tags are those that an isolated function or subnet has, all of them; none: they isolate nothing.
	Tags []Tag
}

// Tag is a key, and a glob over its value.
type Tag struct{ Key, Value string }

// Assertion says what the functions that meet all of its conditions must and must not reach.
type Assertion struct {
	// Functions are globs over addresses and names; empty: all.
	Functions []string
	// Tags are those that the functions have, all of them.
	Tags                    []Tag
	MustReach, MustNotReach []Asserted
	Reason                  string
	// Span is its place in the configuration.
	Span source.Span
}

// Asserted is a destination of an assertion, as it is written.
type Asserted struct {
	Name string
	Flow trace.Flow
	Span source.Span
}

// Intent is what the author declares.
func (p *Pass) Intent() Intent { return *p.engines.intent }

// isolatedFunction says whether the author declares that f shall have no way to the internet.
func (p *Pass) isolatedFunction(f *graph.Function) fact.Verdict {
	declared := &p.engines.intent.Isolated
	byName := isCalled(p.View, declared.Functions, f)
	if byName.IsTrue() || len(declared.Tags) == 0 {
		return byName
	}
	return fact.Or(byName, tagged(p.View, declared.Tags, f.TagList))
}

// IsolatedSubnet says whether the author declares that s shall have no way to the internet.
func (p *Pass) IsolatedSubnet(s *graph.Subnet) fact.Verdict {
	declared := &p.engines.intent.Isolated
	if byName := MatchesAddress(declared.Subnets, s.Address); byName || len(declared.Tags) == 0 {
		return fact.Of(byName)
	}
	return tagged(p.View, declared.Tags, s.TagList)
}

// SpeaksOf says whether the assertion is about f. It is Unknown where a name or a tag of f is not known that decides
// it.
func (a *Assertion) SpeaksOf(v *graph.View, f *graph.Function) fact.Verdict {
	byName := fact.Yes()
	if len(a.Functions) > 0 {
		byName = isCalled(v, a.Functions, f)
	}
	if byName.IsFalse() {
		return byName
	}
	return fact.And(byName, tagged(v, a.Tags, f.TagList))
}

// MatchesAddress matches globs with an address, with its indexes, in whose brackets a glob would see a class of
// characters, or without.
func MatchesAddress(globs []string, address string) bool {
	return slices.ContainsFunc(globs, func(g string) bool {
		return g == address || doublestar.MatchUnvalidated(g, address) ||
			doublestar.MatchUnvalidated(g, WithoutIndex(address))
	})
}

// isCalled matches globs with the address of f and its name in AWS. A name that AWS makes up matches nothing.
func isCalled(v *graph.View, globs []string, f *graph.Function) fact.Verdict {
	switch {
	case len(globs) == 0:
		return fact.No()
	case MatchesAddress(globs, f.Address):
		return fact.Yes()
	}
	return matches(v, globs, f.Name)
}

// tagged says whether the list has all tags.
func tagged(v *graph.View, tags []Tag, list fact.List[graph.Variable]) fact.Verdict {
	out := fact.Yes()
	if len(tags) == 0 {
		return out
	}
	in := list.In(v.World)
	for _, want := range tags {
		out = fact.And(out, hasTag(v, want, in))
	}
	return out
}

func hasTag(v *graph.View, want Tag, in fact.Elements[graph.Variable]) fact.Verdict {
	for _, it := range in.Items {
		if it.Value.Name == want.Key && !it.Value.Value.IsUnset() {
			return matches(v, []string{want.Value}, it.Value.Value)
		}
	}
	return fact.Doubt(in.Open)
}

// matches says whether one of the globs matches the text; one that is not set matches none. Of a text that is not known
// as a whole, the ends may tell that none does.
func matches(v *graph.View, globs []string, value fact.Value[fact.Text]) fact.Verdict {
	text, ok := value.Get(v.World)
	if !ok.IsTrue() {
		return ok
	}
	if literal, whole := text.Literal(); whole {
		return fact.Of(slices.ContainsFunc(globs, func(g string) bool {
			return g == literal || doublestar.MatchUnvalidated(g, literal)
		}))
	}
	out := fact.No()
	for _, g := range globs {
		head, tail := g, g
		if i := strings.IndexAny(g, meta); i >= 0 {
			head, tail = g[:i], g[strings.LastIndexAny(g, meta)+1:]
		}
		out = fact.Or(out, fact.And(text.HasPrefix(head), text.HasSuffix(tail), fact.Wants(text.Missing()...)))
	}
	return out
}

// meta are the characters with a meaning in a glob.
const meta = `*?[]{}\`
