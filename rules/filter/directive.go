package filter

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Directives accepts the findings that the authors of the networks' files accept. One that has a problem, names no rule
// that there is or accepts nothing is reported, once for each place in the files: a directive in a module that several
// networks use is of use when one of them needs it.
func Directives(networks []Written, scope *Scope) Filter {
	d := &directives{
		scope: scope, naming: map[nameIn][]source.Directive{},
		used: map[source.Span]*usage{}, beyond: map[source.Span]bool{},
	}
	for _, n := range networks {
		for _, one := range n.list {
			if d.used[one.Span] == nil {
				d.used[one.Span] = &usage{}
			}
			if one.root == n.root {
				d.written = append(d.written, one.Directive)
			}
			if one.Problem != "" {
				continue
			}
			for _, name := range one.Rules {
				at := nameIn{one.root, name}
				d.naming[at] = append(d.naming[at], one.Directive)
			}
			d.beyond[one.Span] = d.beyond[one.Span] || one.beyond
		}
	}
	slices.SortStableFunc(d.written, func(a, b source.Directive) int { return a.Span.Compare(b.Span) })
	d.written = slices.CompactFunc(d.written, func(a, b source.Directive) bool { return a.Span == b.Span })
	return d
}

type directives struct {
	scope   *Scope
	naming  map[nameIn][]source.Directive
	written []source.Directive // each place once
	used    map[source.Span]*usage
	beyond  map[source.Span]bool // speaks about a nested stack that is not here, too
}

// nameIn is the name of a rule or pack in the files of a deployment.
type nameIn struct{ root, name string }

func (d *directives) Apply(f *rules.Finding) {
	var claims []claim
	resource := rules.WithoutIndex(f.Resource)
	for _, one := range slices.Concat(d.naming[nameIn{f.Root, f.Rule.Name}], d.naming[nameIn{f.Root, f.Pack}]) {
		if !pointsInto(f, one.Covers) && !isInside(resource, one.Address) {
			continue
		}
		c := claim{
			by:  rules.Suppression{Kind: kind(one), Reason: one.Reason, Span: one.Span},
			use: func() { d.used[one.Span].mark(f) },
		}
		if one.For != "" {
			c.speaks = func(function string) bool { return isFor(one, function) }
		}
		claims = append(claims, c)
	}
	accept(f, claims)
}

func (d *directives) Notices() (out []source.Diagnostic) {
	for _, one := range d.written {
		unknown := d.scope.unknown(one.Rules, one.Span)
		switch {
		case one.Problem != "":
			out = append(out, source.Diagnostic{Span: one.Span, Message: one.Problem})
		case len(unknown) > 0:
			out = append(out, unknown...)
		case !d.beyond[one.Span]:
			out = append(out, d.used[one.Span].unused(d.scope, one.Rules, one.Span)...)
		}
	}
	return out
}

func kind(d source.Directive) rules.SuppressionKind {
	if d.Metadata {
		return rules.InMetadata
	}
	return rules.InComment
}

func pointsInto(f *rules.Finding, covers source.Span) bool {
	in := func(s source.Span) bool { return s.IsValid() && covers.Pos <= s.Pos && s.Pos < covers.End }
	return in(f.Span) || in(f.Copied)
}

// isInside reports that the address is that of the resource, module call or nested stack, or of something inside of it.
func isInside(address, of string) bool {
	rest, ok := strings.CutPrefix(address, of)
	return ok && of != "" && (rest == "" || rest[0] == '.')
}

// isFor compares the function with the address as it is and inside of what the file is read for. An address without
// indexes means all instances.
func isFor(d source.Directive, function string) bool {
	plain := rules.WithoutIndex(function)
	return function == d.For || plain == d.For || d.Within != "" && plain == d.Within+"."+d.For
}
