package sarif

import (
	"cmp"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// descriptor tells a viewer what the rule is about. The prose is markdown, which is readable as plain text too.
func descriptor(pack string, rule *rules.Rule) *sarif.ReportingDescriptor {
	summary := cmp.Or(rule.Summary(), rule.Name)
	help := cmp.Or(strings.TrimSpace(rule.Doc), summary)
	d := sarif.NewRule(rule.Name).WithDescription(summary).WithFullDescription(sarif.NewMultiformatMessageString(summary)).
		WithTextHelp(help).WithMarkdownHelp(help)
	if rule.URL != "" {
		d.WithHelpURI(rule.URL)
	}
	d.WithProperties(sarif.Properties{"tags": []string{"aws", "lambda", "vpc", pack}})
	if rule.Severity > 0 {
		d.WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(rule.Severity.String()))
	}
	return d
}
