// Package docs makes the pages about the rules: each rule's prose, the examples of its fixture, and what the program
// prints for them.
package docs

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Lint runs the program with the arguments in a directory that holds the files, and returns what it prints.
type Lint func(files []txtar.File, args ...string) (string, error)

const notice = "<!-- Written by go generate ./docs from %s. Do not edit. -->\n"

// Pages are the pages by file name: one for each rule, and README.md with a table of them. The archives of the rules are
// read from below fixtures.
func Pages(packs []rules.Pack, fixtures string, lint Lint) (map[string][]byte, error) {
	pages := map[string][]byte{"README.md": index(packs)}
	for _, pack := range packs {
		for _, rule := range pack.Rules {
			archive, err := txtar.ParseFile(filepath.Join(fixtures, pack.Name, rule.Name+".txtar"))
			if err != nil {
				return nil, err
			}
			text, err := page(pack, rule, archive, lint)
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
			fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %s |\n", r.Name, r.Name, pack.Name, r.Severity, strings.ReplaceAll(r.Summary(), "|", `\|`))
		}
	}
	return b.Bytes()
}

// beforeExamples is the heading in front of which the examples stand.
const beforeExamples = "## When to suppress\n"

func page(pack rules.Pack, r *rules.Rule, archive *txtar.Archive, lint Lint) ([]byte, error) {
	prose, rest, found := strings.Cut(strings.TrimSpace(r.Doc)+"\n", beforeExamples)
	if !found {
		return nil, fmt.Errorf("the prose has no heading %q", strings.TrimSpace(beforeExamples))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n", r.Name)
	fmt.Fprintf(&b, notice+"\n", path.Join("rules", pack.Name, "doc", r.Name+".md")+" and "+path.Join("testdata/rules", pack.Name, r.Name+".txtar"))
	fmt.Fprintf(&b, "%s, in the pack %s\n\n%s## Examples\n\n", r.Severity, pack.Name, prose)
	if intro := strings.TrimSpace(string(archive.Comment)); intro != "" {
		fmt.Fprintf(&b, "%s\n\n", intro)
	}
	configuration := configurationOf(archive)
	for _, f := range configuration {
		fmt.Fprintf(&b, "All of them have this configuration, `%s`:\n\n", f.Name)
		fence(&b, "yaml", string(f.Data))
	}
	for _, l := range languages {
		bad, good := l.first(archive, "bad"), l.first(archive, "good")
		if bad == nil || good == nil {
			continue
		}
		output, err := lint(slices.Concat(bad, configuration), "--rules", r.Name, l.argument(bad))
		if err != nil {
			return nil, err
		}
		l.write(&b, r, bad, good, output)
	}
	b.WriteString(beforeExamples + rest)
	return b.Bytes(), nil
}
