package docs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/mitchellh/go-wordwrap"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	// MaxWidth is the width of text that is good to read, in columns.
	MaxWidth = 110
	maxLines = 40
)

// Explain says in at most 40 lines what the rule means, why it matters, how to fix it, and one example. It is markdown,
// with its paragraphs broken into lines of that width.
func Explain(pack rules.Pack, r *rules.Rule, width int) (string, error) {
	parts := [][]string{{"# " + r.Name, fmt.Sprintf("%s, in the pack %s", r.Grade(), pack.Name)}}
	for i, section := range strings.Split("\n"+strings.TrimSpace(r.Doc), "\n## ") {
		heading, text, _ := strings.Cut(section, "\n")
		switch {
		case i == 0:
			parts = append(parts, wrap(text, width))
		case !slices.Contains([]string{"When to suppress", "References"}, heading):
			parts = append(parts, append([]string{"## " + heading}, wrap(strings.TrimSpace(text), width)...))
		}
	}
	last := []string{"see: " + r.URL, "page: " + r.Page()}
	archive, err := fixture.Read(pack.Name, r.Name)
	switch {
	case err == nil:
		e, err := newExample(pack, r, archive)
		if err != nil {
			return "", err
		}
		parts[0][1] += fixable(archive, e.packs, "; --fix can mend it")
		parts = append(parts, slices.Concat([]string{"## Example"}, wrap(e.headline(), width), changedLines(e.change)))
		last = append(last, "examples: lambda-vpc-lint explain "+r.Name+" --examples "+strings.Join(Languages, "|"))
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	shorten(parts, maxLines-len(parts)-len(last))
	var b strings.Builder
	for _, lines := range parts {
		b.WriteString(strings.Join(lines, "\n") + "\n\n")
	}
	b.WriteString(strings.Join(last, "\n") + "\n")
	return b.String(), nil
}

// shorten cuts the longest parts until all of them have at most n lines together.
func shorten(parts [][]string, n int) {
	total := 0
	for _, lines := range parts {
		total += len(lines)
	}
	for ; total > n; total-- {
		longest := 0
		for i, lines := range parts {
			if len(lines) > len(parts[longest]) {
				longest = i
			}
		}
		cut := len(parts[longest]) - 1
		parts[longest] = parts[longest][:cut]
		parts[longest][cut-1] = "…"
	}
}

// changedLines are those of the diff that go and come, and where they are.
func changedLines(change string) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimRight(change, "\n"), "\n") {
		bare := len(out) > 0 && out[len(out)-1] == "@@" // then the next line says where
		if bare || strings.HasPrefix(line, "@@") || strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") {
			out = append(out, line)
		}
	}
	return out
}

// wrap breaks the paragraphs and items of markdown into lines that fit, and leaves indented lines as they are.
func wrap(text string, width int) []string {
	var out []string
	for _, paragraph := range strings.Split(text, "\n\n") {
		if len(out) > 0 {
			out = append(out, "")
		}
		if strings.HasPrefix(paragraph, "    ") {
			out = append(out, strings.Split(paragraph, "\n")...)
			continue
		}
		for i, item := range strings.Split("\n"+paragraph, "\n- ") {
			item = strings.Join(strings.Fields(item), " ")
			if i > 0 {
				item = "- " + item
			}
			if item != "" {
				out = append(out, strings.Split(wordwrap.WrapString(item, uint(width)), "\n")...)
			}
		}
	}
	return out
}

// Languages are those in which Examples shows a network.
var Languages = []string{"cloudformation", "sam", "terraform"}

// Examples shows the first bad example of the rule in a language as a whole, and the change that mends it.
func Examples(pack rules.Pack, r *rules.Rule, language string) (string, error) {
	name := map[string]string{"cloudformation": template, "sam": "sam.yaml", "terraform": module}[language]
	if name == "" {
		return "", fmt.Errorf("%q: want one of %s", language, strings.Join(Languages, ", "))
	}
	archive, err := fixture.Read(pack.Name, r.Name)
	if err != nil {
		return "", err
	}
	bad, good := archive.File("bad/"+name), archive.File("good/"+name)
	if bad == nil || good == nil {
		return "", fmt.Errorf("rule %s has no example in %s", r.Name, language)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s", name, fixture.Clean(bad.Data))
	if good.Change != "" {
		fmt.Fprintf(&b, "\n# the change that mends it\n\n%s", good.Change)
	} else {
		fmt.Fprintf(&b, "\n# mended\n\n%s", fixture.Clean(good.Data))
	}
	return b.String(), nil
}
