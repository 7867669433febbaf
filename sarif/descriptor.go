package sarif

import (
	"cmp"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// descriptor tells a viewer what the rule is about. The prose is markdown, which is readable as plain text too. It
// has no security severity: a function that does not reach what it needs is broken, not open.
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
func descriptor(pack string, rule *rules.Rule) *sarif.ReportingDescriptor {
	summary := cmp.Or(rule.Summary(), rule.Name)
	help := cmp.Or(strings.TrimSpace(rule.Doc), summary) + "\n\nWith examples: " + rule.Page()
	if rule.URL != "" {
		help += "\n\nWhat AWS says: " + rule.URL
	}
	d := sarif.NewRule(rule.Name).WithName(pascal(rule.Name)).
		WithDescription(summary).WithFullDescription(sarif.NewMultiformatMessageString(summary)).
		WithTextHelp(help).WithMarkdownHelp(help).WithHelpURI(rule.Page())
	d.WithProperties(sarif.Properties{
		"tags": []string{"aws", "lambda", "vpc", pack}, "precision": precision(rule.Severity),
		"problem.severity": problem(rule.Severity),
	})
	if rule.Severity > 0 {
		d.WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(rule.Severity.String()))
	}
	return d
}

// pascal turns public_subnet_only into PublicSubnetOnly, the form that viewers expect of a rule's friendly name.
func pascal(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// precision is how often a result is true. Rules report what is decided; a note may still be what its author intends.
func precision(s rules.Severity) string {
	if s > rules.Note {
		return "high"
	}
	return "medium"
}

// problem is GitHub's word for a severity.
func problem(s rules.Severity) string {
	if s > rules.Note {
		return s.String()
	}
	return "recommendation"
}
