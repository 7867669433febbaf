package sarif

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// entry is what becomes a result: a finding, or an open question.
type entry struct {
	rules.Finding
	open *rules.Undecided
	// print is the fingerprint, and occurrence counts the entries that share it, from 1.
	print      string
	occurrence int
}

// entries are the findings, the worst first and those of equal severity by place; then the suppressed ones, and at the
// end, if asked for, what is undecided. An entry has the same fingerprint whatever is left out.
func (c *converter) entries(opts report.Options) []entry {
	seen := map[string]int{}
	number := func(e entry) entry {
		e.print = c.Fingerprint(e.Finding)
		seen[e.print]++
		e.occurrence = seen[e.print]
		return e
	}
	var out []entry
	for _, f := range c.AllFindings() {
		if e := number(entry{Finding: f}); e.Suppressed == nil || !c.standing {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int { return b.weight() - a.weight() })
	if opts.Undecided {
		for _, u := range c.Undecided() {
			out = append(out, number(entry{Finding: u.Finding, open: &u}))
		}
	}
	return out
}

func (e entry) weight() int {
	if e.Suppressed != nil {
		return 0
	}
	return int(report.Severity(e.Finding))
}

// fingerprints are the partialFingerprints of a result. The first is that of the JSON format.
//
// GitHub tells alerts of one rule apart by the second alone, whatever else a file has, and expects "hash:occurrence":
// "Code scanning only uses the primaryLocationLineHash". Where a file has none, the upload hashes the hundred letters
// from the line on and counts the lines with the same hash. That follows no alert in templates whose functions repeat
// one VpcConfig: mending the first renumbers the others. Ours names rule, resource and cause, so that an alert survives
// any edit that leaves its resource alone; the upload then logs that the two differ, and keeps ours.
//
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
// https://github.com/github/codeql-action/blob/v4.36.2/src/fingerprints.ts
func (e entry) fingerprints() map[string]any {
	return map[string]any{
		"lambdaVpcLint/v1":        e.print,
		"primaryLocationLineHash": fmt.Sprintf("%s:%d", e.print, e.occurrence),
	}
}
