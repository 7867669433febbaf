package lint

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// users are the functions of the deployments that are, or may be, in a VPC, by where they are written, with what
// troubles them. What a module says of a function on its own is a guess at how others use it, and here they are.
type users map[source.Span]map[report.Trouble]bool

func usersOf(deployments []rules.Result) users {
	u := users{}
	written := map[function]source.Span{}
	for _, r := range deployments {
		for _, f := range r.Functions {
			if !f.InVPC.IsFalse() {
				written[function{f.Root, f.Address}] = f.Span
				written[function{"", rules.Elsewhere(f.Root, f.Address)}] = f.Span
				u.at(f.Span)
			}
		}
	}
	for _, r := range deployments {
		for _, f := range r.Findings {
			u.trouble(&f, written)
		}
		for _, f := range r.Undecided {
			u.trouble(&f.Finding, written)
		}
	}
	return u
}

// function is named by its root and address. Without a root, the address has it too.
type function struct{ root, address string }

// at is what troubles the function that is written there.
func (u users) at(span source.Span) map[report.Trouble]bool {
	if u[span] == nil {
		u[span] = map[report.Trouble]bool{}
	}
	return u[span]
}

// trouble enters a finding, or a question that a rule could not answer.
func (u users) trouble(f *rules.Finding, written map[function]source.Span) {
	for _, address := range f.Affects {
		if span, here := written[function{f.Root, address}]; here {
			u.at(span)[report.Trouble{Rule: f.Rule.Name, Key: f.Key}] = true
		}
		if span, here := written[function{"", address}]; here {
			u.at(span)[report.Trouble{Rule: f.Rule.Name, Key: f.Key, Root: f.Root}] = true
		}
	}
}

// ofLibrary are the findings about a library, with the places of the functions affected.
func ofLibrary(library rules.Result) []rules.Finding {
	written := map[string]source.Span{}
	for _, f := range library.Functions {
		written[f.Address], written[rules.Elsewhere(f.Root, f.Address)] = f.Span, f.Span
	}
	for i := range library.Findings {
		f := &library.Findings[i]
		f.Library = &rules.Library{}
		for _, address := range f.Affects {
			f.Library.Functions = append(f.Library.Functions, written[address])
		}
	}
	return library.Findings
}

// without are the findings about a library, without those that every function affected is free of wherever it is used.
func (u users) without(library []rules.Finding) []rules.Finding {
	return slices.DeleteFunc(library, func(f rules.Finding) bool {
		of := f.Library.Functions
		return len(of) > 0 && !slices.ContainsFunc(of, func(span source.Span) bool { return !u.free(&f, span) })
	})
}

// free says whether there are functions in deployments that are written there, and the question that f answers found
// all of them well.
func (u users) free(f *rules.Finding, span source.Span) bool {
	troubles, used := u[span]
	own := report.Trouble{Rule: f.Rule.Name, Key: f.Key}
	elsewhere := own
	elsewhere.Root = f.Root
	return used && !troubles[own] && !troubles[elsewhere]
}

// unsaid are the findings about a library that nobody has made at the same place before. Nothing else is told of a
// library: what it leaves open is up to those who use it. One that is found again with other values tried needs those
// alone that are the same.
func unsaid(said, library []rules.Finding) (out []rules.Finding) {
	type place struct {
		rule *rules.Rule
		span source.Span
		key  string
	}
	seen := map[place]*rules.Finding{}
	for i := range said {
		f := &said[i]
		seen[place{f.Rule, f.Span, f.Key}] = f
	}
	for _, f := range library {
		if before := seen[place{f.Rule, f.Span, f.Key}]; before == nil {
			out = append(out, f)
		} else {
			before.TriedAgain(&f)
		}
	}
	return out
}
