package filter

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Directives accepts the findings that the authors of the networks' files accept. What is malformed, names no rule that
// there is or accepts nothing is reported, once for each place in the files: a directive in a module that several
// networks use is of use when one of them needs it.
func Directives(networks []*graph.Network, scope *Scope) Filter {
	d := &directives{scope: scope, byRoot: map[string][]source.Directive{}, used: map[source.Span]*usage{}}
	for _, n := range networks {
		for _, one := range n.Directives {
			if _, known := d.used[one.Span]; !known {
				d.used[one.Span] = &usage{}
				d.written = append(d.written, one)
			}
			d.byRoot[n.Root] = append(d.byRoot[n.Root], one)
		}
	}
	slices.SortStableFunc(d.written, func(a, b source.Directive) int { return a.Span.Compare(b.Span) })
	return d
}

type directives struct {
	scope   *Scope
	byRoot  map[string][]source.Directive
	written []source.Directive // each place once
	used    map[source.Span]*usage
}

func (d *directives) Apply(f *rules.Finding) {
	var claims []claim
	for _, one := range d.byRoot[f.Root] {
		if !names(one.Rules, f) || !covers(one, f) {
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
		case len(one.Rules) == 0:
			out = append(out, source.Diagnostic{Span: one.Span, Message: malformed(one)})
		case len(unknown) > 0:
			out = append(out, unknown...)
		default:
			out = append(out, d.used[one.Span].unused(d.scope, one.Rules, one.Span)...)
		}
	}
	return out
}

func malformed(d source.Directive) string {
	if d.Metadata {
		return "this suppression names no rule: give `ignore` a list of `RULE[,RULE] [for ADDRESS] reason`, or of objects with `rules`, `for` and `reason`"
	}
	return "this suppression names no rule: write `lambda-vpc-lint:ignore RULE[,RULE] [for ADDRESS] reason`"
}

func kind(d source.Directive) rules.SuppressionKind {
	if d.Metadata {
		return rules.InMetadata
	}
	return rules.InComment
}

// covers reports that the finding points into the text that the directive speaks about, or is about the resource that
// stands there, or one inside of it.
func covers(d source.Directive, f *rules.Finding) bool {
	if f.Span.IsValid() && d.Covers.Pos <= f.Span.Pos && f.Span.Pos < d.Covers.End {
		return true
	}
	return d.Address != "" && isInside(rules.WithoutIndex(f.Resource), d.Address)
}

func isInside(address, of string) bool {
	rest, ok := strings.CutPrefix(address, of)
	return ok && (rest == "" || rest[0] == '.')
}

// isFor compares the function with the address as it is and inside of what the file is read for. An address without
// indexes means all instances.
func isFor(d source.Directive, function string) bool {
	plain := rules.WithoutIndex(function)
	return function == d.For || plain == d.For || d.Within != "" && plain == d.Within+"."+d.For
}
