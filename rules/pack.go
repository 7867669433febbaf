package rules

import (
	"cmp"
	"io/fs"
	"regexp"
	"strings"
)

// Pack is a named list of rules.
type Pack struct {
	Name  string
	Rules []*Rule
	// Asked are the names of those rules that somebody asks for by their own names: see Pass.Asked.
	Asked []string
}

// NewPack makes a pack of the rules. What follows from a rule's name is filled in: Doc is the text of doc/NAME.md in
// files, and URL, unless the rule has one, the first link below References there. A rule without prose gets none, which
// the test of the pack reports.
func NewPack(name string, files fs.FS, list ...*Rule) Pack {
	for _, r := range list {
		text, _ := fs.ReadFile(files, "doc/"+r.Name+".md")
		r.Doc = string(text)
		r.URL = cmp.Or(r.URL, firstReference(r.Doc))
	}
	return Pack{Name: name, Rules: list}
}

var link = regexp.MustCompile(`\]\((https://[^)]+)\)`)

func firstReference(doc string) string {
	_, references, _ := strings.Cut(doc, "\n## References\n")
	if m := link.FindStringSubmatch(references); m != nil {
		return m[1]
	}
	return ""
}

// Summary is the first paragraph of the rule's prose: one sentence that says what is wrong.
func (r *Rule) Summary() string {
	first, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

// Grade is the severity as a list of rules shows it, with the word that such a rule has to be asked for.
func (r *Rule) Grade() string {
	if r.OptIn {
		return r.Severity.String() + ", off by default"
	}
	return r.Severity.String()
}

// Page is where the rule's prose can be read with examples.
func (r *Rule) Page() string {
	return "https://github.com/lambda-vpc-lint/lambda-vpc-lint/blob/main/docs/rules/" + r.Name + ".md"
}
