package rules

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"

// OneALine merges the findings of instances that one place makes: count, for_each, calls of one module, and functions
// with the VPC configuration of SAM's Globals. The first speaks for all. What is suppressed merges with what is
// suppressed for the same reason only.
func OneALine(findings []Finding) []Finding {
	type line struct {
		rule       *Rule
		root, key  string
		span, copy source.Span
		suppressed Suppression
	}
	var out []Finding
	at := map[line]int{}
	for _, f := range findings {
		l := line{rule: f.Rule, root: f.Root, key: f.Key, span: f.Span, copy: f.Copied}
		if f.Suppressed != nil {
			l.suppressed = *f.Suppressed
		}
		i, seen := at[l]
		if !seen || !f.Span.IsValid() {
			at[l] = len(out)
			out = append(out, f)
			continue
		}
		first := &out[i]
		if first.instances == nil {
			first.instances = []Finding{*first}
		}
		first.instances = append(first.instances, Instances([]Finding{f})...)
		first.Severity = max(first.Severity, f.Severity)
		first.Scenarios = scenariosOf(first, &f)
	}
	for i := range out {
		if f := &out[i]; f.instances != nil {
			f.Affects = affected(f.instances)
		}
	}
	return out
}

func affected(findings []Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Affects...)
	}
	return unique(out)
}

// Instances takes apart what OneALine merged.
func Instances(findings []Finding) []Finding {
	var out []Finding
	for _, f := range findings {
		if f.instances == nil {
			out = append(out, f)
		}
		out = append(out, f.instances...)
	}
	return out
}
