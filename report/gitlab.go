package report

import (
	"fmt"
	"io"
)

// gitLabIssue has the properties that GitLab reads; it ignores all others.
type gitLabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitLabLocation `json:"location"`
}

type gitLabLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// gitLabSeverity says each kind of issue in GitLab's words. What could not be read is worse than any finding: it may
// hide all of them.
var gitLabSeverity = map[string]string{
	badInput: "blocker", "error": "critical", "warning": "major", "note": "minor", undecided: "info",
}

// GitLab writes a Code Quality report, for the widget of a merge request. GitLab compares the fingerprints of two
// branches, and shows issues with one fingerprint as one.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
func GitLab(w io.Writer, r *Report, opts Options) error {
	out := []gitLabIssue{}
	seen := map[string]int{}
	for _, i := range r.issues(opts) {
		g := gitLabIssue{
			Description: i.sentence(), CheckName: i.rule, Fingerprint: i.fingerprint, Severity: gitLabSeverity[i.kind],
			Location: gitLabLocation{Path: i.at.file},
		}
		g.Location.Lines.Begin = max(1, i.at.StartLine)
		if seen[i.fingerprint]++; seen[i.fingerprint] > 1 {
			g.Fingerprint = fmt.Sprintf("%s-%d", i.fingerprint, seen[i.fingerprint])
		}
		if g.Location.Path == "" {
			g.Location.Path = "." // an issue of the run as a whole, such as a parameter that nothing declares
		}
		out = append(out, g)
	}
	return EncodeJSON(w, out)
}
