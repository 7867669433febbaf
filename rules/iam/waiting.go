package iam

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// before is the policies of the role that are written on it, and those whose place is in time, by the address of what
// attaches them. What others attach to an exported role comes later.
func before(role *graph.Role, inTime func(by string) bool) fact.List[policy.Attached] {
	out := fact.List[policy.Attached]{}
	for _, it := range role.Policies.Items {
		if it.Value.By == role.Address || inTime(it.Value.By) {
			out.AppendIf(it.When, it.Value, it.Span)
		}
	}
	for _, gap := range role.Policies.Open {
		if !slices.ContainsFunc(gap.Missing, func(m fact.Missing) bool { return m.Kind == fact.Export }) {
			out.Miss(gap.When, gap.Missing...)
		}
	}
	return out
}

// alwaysLate finds a policy that itself waits for the function, where without such policies the role certainly lacks
// one of the core actions that come late: then no order of creation gives the function what it needs.
func alwaysLate(
	p *rules.Pass, f *graph.Function, role *graph.Role, late func(action string) fact.Verdict,
) (by policy.Grant, ok bool) {
	if !fact.Some(core, late).IsTrue() {
		return by, false // as nearly always: to follow dependencies takes time
	}
	waits := func(by string) bool { return p.DependsOn(by, f.Address) }
	rest := policy.Identity{Policies: before(role, func(by string) bool { return !waits(by) })}
	for _, action := range core {
		if fact.And(late(action), rest.Allows(p.World, action, policy.Anything).Allowed.Not()).IsTrue() {
			for _, by := range p.Allows(role, action).Allows {
				if waits(by.By) {
					return by, true
				}
			}
		}
	}
	return policy.Grant{}, false
}

func waiting(p *rules.Pass, f *graph.Function, role *graph.Role, by policy.Grant) rules.Finding {
	return rules.Finding{
		Span: f.Span, Severity: rules.Error, Affects: []string{f.Address},
		Trace: []trace.Hop{{
			Address: by.By, Span: by.Span,
			Message: fmt.Sprintf("%q lets role %q make network interfaces, and is created after %s",
				by.By, role.Address, quoted(chain(p, by.By, f.Address))),
		}},
		Message: fmt.Sprintf("function %q cannot be created: policy %q, which alone lets its role "+
			"make network interfaces, itself waits for the function", f.Address, by.By),
		Remedy: fmt.Sprintf("take the reference to function %q out of policy %q and of what it refers to, "+
			"as by writing the name, or allow the network interfaces in a policy of their own; "+
			"then make the function depend on that", f.Address, by.By),
	}
}

// chain are the addresses by which from depends on to, without from.
func chain(p *rules.Pass, from, to string) (out []string) {
	for seen := map[string]bool{}; from != to && !seen[from]; {
		seen[from] = true
		h := p.Head(from)
		if h == nil {
			break
		}
		next := slices.IndexFunc(h.Depends, func(d string) bool { return d == to || p.DependsOn(d, to) })
		if next < 0 {
			break
		}
		from = h.Depends[next]
		out = append(out, from)
	}
	return out
}

// quoted lists the addresses of a chain; one that is not told apart ends at what it is inside of.
func quoted(addresses []string) string {
	if len(addresses) == 0 {
		return "the function"
	}
	return words.Quoted(addresses)
}
