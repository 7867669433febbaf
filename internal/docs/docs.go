// Package docs says what the rules mean, on the pages below docs/rules and in a terminal: each rule's prose, and an
// example from its fixture with what the program prints about it.
package docs

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const notice = "<!-- Written by go generate ./docs from %s. Do not edit. -->\n"

// Pages are the pages by file name: one for each rule, and README.md with a table of them.
func Pages(packs []rules.Pack) (map[string][]byte, error) {
	pages := map[string][]byte{"README.md": index(packs)}
	for _, pack := range packs {
		for _, rule := range pack.Rules {
			archive, err := fixture.Read(pack.Name, rule.Name)
			if err != nil {
				return nil, err
			}
			text, err := page(pack, rule, archive)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", rule.Name, err)
			}
			pages[rule.Name+".md"] = text
		}
	}
	return pages, nil
}

func index(packs []rules.Pack) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Rules\n\n"+notice+"\n", "the rules")
	b.WriteString("The severity is that of most findings of a rule; single ones may differ, as its page says.\n\n")
	b.WriteString("| rule | pack | severity | what it says |\n|-|-|-|-|\n")
	for _, pack := range packs {
		for _, r := range pack.Rules {
			summary := strings.ReplaceAll(r.Summary(), "|", `\|`)
			fmt.Fprintf(&b, "| [%[1]s](%[1]s.md) | %s | %s | %s |\n", r.Name, pack.Name, r.Grade(), summary)
		}
	}
	return b.Bytes()
}

// beforeExample is the heading that follows the example.
const beforeExample = "## When to suppress\n"

// page shows the rule's prose with one example, and links to the others.
func page(pack rules.Pack, r *rules.Rule, archive *fixture.Archive) ([]byte, error) {
	prose, rest, found := strings.Cut(strings.TrimSpace(r.Doc)+"\n", beforeExample)
	if !found {
		return nil, fmt.Errorf("the prose has no heading %q", strings.TrimSpace(beforeExample))
	}
	e, err := newExample(pack, r, archive)
	if err != nil {
		return nil, err
	}
	output, err := e.output()
	if err != nil {
		return nil, err
	}
	path := fixture.Path(pack.Name, r.Name)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n"+notice+"\n", r.Name, "rules/"+pack.Name+"/doc/"+r.Name+".md and "+path)
	fmt.Fprintf(&b, "%s, in the pack %s\n\n%s%s## Example\n\n",
		r.Grade(), pack.Name, fixable(archive, e.packs, "[`--fix`](../fixing.md) can mend it.\n\n"), prose)
	if archive.Intro != "" {
		fmt.Fprintf(&b, "%s\n\n", archive.Intro)
	}
	if c := archive.File(configuration); c != nil {
		fmt.Fprintf(&b, "The configuration, `%s`:\n\n", c.Name)
		fence(&b, "yaml", string(c.Data))
	}
	fence(&b, "console", fmt.Sprintf("$ lambda-vpc-lint --rules %s %s\n%s", r.Name, e.name, output))
	b.WriteString("The change that mends it:\n\n")
	fence(&b, "diff", e.change)
	fmt.Fprintf(&b, "[Its fixture](../../%s) has the whole example, and others, in all languages.\n\n", path)
	b.WriteString(beforeExample + rest)
	return b.Bytes(), nil
}

// fixable is said of a rule if one of its examples is mended by its fix, else it is "".
func fixable(archive *fixture.Archive, packs []rules.Pack, said string) string {
	for _, f := range archive.Files {
		if f.IsConfiguration() {
			continue
		}
		answer := archive.Lint(f.Name, fixture.Clean(f.Data), packs...)
		plan := fix.Make(answer.Files, answer.Findings, func(string) error { return nil })
		if len(plan.Fixed) > 0 {
			return said
		}
	}
	return ""
}

// fence writes text between fences, which are longer than any in the text.
func fence(b *bytes.Buffer, kind, text string) {
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	fmt.Fprintf(b, "%s%s\n%s\n%s\n\n", marks, kind, strings.TrimRight(text, "\n"), marks)
}
