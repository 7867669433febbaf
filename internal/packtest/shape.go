package packtest

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var (
	headings = []string{
		"## What it detects", "## Why it hurts", "## How to fix", "## When to suppress", "## References",
	}
	ruleName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
)

// checkShape holds the names and the prose of all rules to one shape.
func checkShape(t *testing.T, rule *rules.Rule) {
	if !ruleName.MatchString(rule.Name) {
		t.Errorf("%q is no name", rule.Name)
	}
	if s := rule.Summary(); s == "" || !strings.HasSuffix(s, ".") || strings.HasPrefix(s, "#") {
		t.Errorf("the prose does not begin with a sentence: %q", s)
	}
	at := 0
	for _, h := range headings {
		i := strings.Index(rule.Doc[at:], h+"\n")
		if i < 0 {
			t.Errorf("no heading %q, or not in its place", h)
			continue
		}
		at += i
	}
	if strings.Contains(rule.Doc, "…\n") || strings.Contains(rule.Doc, "/…)") {
		t.Error("a part of the prose is not filled in")
	}
	code, err := os.ReadFile(rule.Name + ".go")
	if err != nil || bytes.Contains(code, []byte("…")) {
		t.Errorf("a part of %s.go is not filled in (%v)", rule.Name, err)
	}
	if !strings.HasPrefix(rule.URL, "https://") || rule.Severity == 0 || rule.Run == nil {
		t.Error("page, severity or check is missing")
	}
}
