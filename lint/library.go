package lint

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// users are the functions of the deployments that are, or may be, in a VPC, by where they are written. What a module
// says of a function on its own is a guess at how others use it, and here they are.
type users struct {
	functions map[source.Span][]named
	troubled  map[trouble]bool
}

type named struct{ root, address string }

// trouble is a question about a function that a rule answered with a finding or could not answer.
type trouble struct {
	rule *rules.Rule
	key  string
	of   named
}

func usersOf(deployments []rules.Result) *users {
	u := &users{functions: map[source.Span][]named{}, troubled: map[trouble]bool{}}
	for _, r := range deployments {
		for _, f := range r.Functions {
			if !f.InVPC.IsFalse() {
				u.functions[f.Span] = append(u.functions[f.Span], named{f.Root, f.Address})
			}
		}
		for _, f := range r.Findings {
			u.trouble(&f)
		}
		for _, f := range r.Undecided {
			u.trouble(&f.Finding)
		}
	}
	return u
}

func (u *users) trouble(f *rules.Finding) {
	for _, address := range f.Affects {
		u.troubled[trouble{f.Rule, f.Key, named{f.Root, address}}] = true
	}
}

// without are the findings about a library, without those that every function affected is free of wherever it is used.
func (u *users) without(library rules.Result) []rules.Finding {
	written := map[string]source.Span{}
	for _, f := range library.Functions {
		written[f.Address], written[rules.Elsewhere(f.Root, f.Address)] = f.Span, f.Span
	}
	return slices.DeleteFunc(library.Findings, func(f rules.Finding) bool {
		return len(f.Affects) > 0 && !slices.ContainsFunc(f.Affects, func(address string) bool {
			return !u.free(&f, u.functions[written[address]])
		})
	})
}

// free says whether there are functions in deployments, and the question that f answers found all of them well.
func (u *users) free(f *rules.Finding, of []named) bool {
	return len(of) > 0 && !slices.ContainsFunc(of, func(n named) bool {
		elsewhere := named{f.Root, rules.Elsewhere(n.root, n.address)}
		return u.troubled[trouble{f.Rule, f.Key, n}] || u.troubled[trouble{f.Rule, f.Key, elsewhere}]
	})
}

// unsaid are the findings about a library that nobody has made at the same place before. Nothing else is told of a
// library: what it leaves open is up to those who use it.
func unsaid(said, library []rules.Finding) (out []rules.Finding) {
	type place struct {
		rule *rules.Rule
		span source.Span
		key  string
	}
	seen := map[place]bool{}
	for _, f := range said {
		seen[place{f.Rule, f.Span, f.Key}] = true
	}
	for _, f := range library {
		if at := (place{f.Rule, f.Span, f.Key}); !seen[at] {
			out = append(out, f)
		}
	}
	return out
}
