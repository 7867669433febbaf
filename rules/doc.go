package rules

import (
	"io/fs"
	"strings"
)

// Docs reads the prose of a pack's rules from doc/NAME.md. A rule without a page gets none, which a test over all packs
// reports.
func Docs(files fs.FS) func(name string) string {
	return func(name string) string {
		text, err := fs.ReadFile(files, "doc/"+name+".md")
		if err != nil {
			return ""
		}
		return string(text)
	}
}

// Summary is the first paragraph of the rule's prose: one sentence that says what is wrong.
func (r *Rule) Summary() string {
	first, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

// Page is where the rule's prose can be read with examples.
func (r *Rule) Page() string {
	return "https://github.com/lambda-vpc-lint/lambda-vpc-lint/blob/main/docs/rules/" + r.Name + ".md"
}
