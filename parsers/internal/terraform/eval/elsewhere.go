package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// elsewhere is a call of a module that is not downloaded, or that is not in the local directory it is called from: the
// directory is not there, or outside of what may be read.
type elsewhere struct {
	from, name string
	local      bool
	outside    bool
	span       source.Span
	// modelled says that a model stands in for it; stranger is the first argument that the model of it does not know.
	modelled bool
	stranger string
}

// sayElsewhere names the modules that are not here: each source once, at its first call, however many there are.
func (r *run) sayElsewhere() {
	slices.SortStableFunc(r.elsewhere, func(a, b elsewhere) int { return a.span.Compare(b.span) })
	calls := slices.Compact(r.elsewhere)
	times := map[string]int{}
	for _, c := range calls {
		times[c.from]++
	}
	for _, c := range calls {
		n := times[c.from]
		if n == 0 {
			continue
		}
		times[c.from] = 0
		often := ""
		if n > 1 {
			often = fmt.Sprintf(", called %d times,", n)
		}
		switch {
		case c.outside:
			r.notice(c.span, "module %q%s is in %s, which is outside of what may be read (see --root), "+
				"so what it defines is not known", c.name, often, c.from)
			continue
		case c.local:
			r.notice(c.span, "module %q%s is not in %s, so what it defines is not known", c.name, often, c.from)
			continue
		}
		advice := fmt.Sprintf("; `terraform init` or `terraform get` in %s fetches it", r.root)
		if r.in.Apart {
			advice = ""
		}
		r.notice(c.span, "module %q (%s)%s is not downloaded, so %s%s",
			c.name, c.from, often, c.consequence(), advice)
	}
}

func (c elsewhere) consequence() string {
	switch {
	case c.stranger != "":
		return fmt.Sprintf("a model of it stands in, which has no input %q: what that changes is not known", c.stranger)
	case c.modelled:
		return "a model of it stands in"
	}
	return "what it defines is not known"
}

// absentee is a name that a module refers to and does not have.
type absentee struct {
	address string
	span    source.Span
}

// maxAbsentees is how many of them a notice names. Where files are generated beside a module, nearly all are missing.
const maxAbsentees = 3

// sayAbsentees says of each module what it refers to and does not have, at the first place that does.
func (r *run) sayAbsentees() {
	first := func(a, b absentee) int { return a.span.Compare(b.span) }
	var modules [][]absentee
	for _, all := range r.absentees {
		slices.SortStableFunc(all, first)
		modules = append(modules, all)
	}
	slices.SortFunc(modules, func(a, b []absentee) int { return first(a[0], b[0]) })
	for _, all := range modules {
		seen := map[string]bool{}
		var names []string
		for _, a := range all {
			if !seen[a.address] {
				seen[a.address] = true
				names = append(names, a.address)
			}
		}
		switch n := len(names); {
		case n == 1:
			r.notice(all[0].span, "there is no %s in this module: it is taken to be defined elsewhere", names[0])
		case n > maxAbsentees:
			r.notice(all[0].span, "there are no %s and %d more in this module: they are taken to be defined elsewhere",
				strings.Join(names[:maxAbsentees], ", "), n-maxAbsentees)
		default:
			r.notice(all[0].span, "there are no %s and %s in this module: they are taken to be defined elsewhere",
				strings.Join(names[:n-1], ", "), names[n-1])
		}
	}
}
