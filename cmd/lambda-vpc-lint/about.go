package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/fatih/color"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/docs"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// release is the version, for builds from a source that is no module download and no git checkout:
// go build -ldflags "-X main.release=v1.2.3". Nothing else sets it.
var release string

// build says which program this is. What is not known is empty.
type build struct {
	version, commit, date string // the date of the commit, in UTC
	modified              bool   // since the commit
	goVersion             string
}

func readBuild() build {
	b := build{version: cmp.Or(release, "devel")}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.goVersion = info.GoVersion
	if v := info.Main.Version; release == "" && v != "" && v != "(devel)" {
		b.version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.time":
			b.date, _, _ = strings.Cut(s.Value, "T")
		case "vcs.modified":
			b.modified = s.Value == "true"
		}
	}
	return b
}

func (b build) String() string {
	commit := cmp.Or(b.commit, "unknown")
	if b.modified {
		commit += ", modified"
	}
	return fmt.Sprintf("%s %s (commit %s, %s)", name, b.version, commit, b.goVersion)
}

func (t *tool) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version, the commit and the Go version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(t.out, t.build)
			return err
		},
	}
}

func (t *tool) rulesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rules", Short: "List the rules", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
			_, _ = fmt.Fprintln(w, "RULE\tPACK\tSEVERITY\tWHAT IT SAYS")
			for _, p := range t.packs {
				for _, r := range p.Rules {
					_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, p.Name, r.Grade(), r.Summary())
				}
			}
			return w.Flush()
		},
	}
}

func (t *tool) explainCommand() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use: "explain RULE", Short: "Say what a rule means, why it matters and how to fix it", Args: cobra.ExactArgs(1),
		Example: "  lambda-vpc-lint explain public_subnet_only\n" +
			"  lambda-vpc-lint explain public_subnet_only --examples terraform",
		ValidArgsFunction: t.completeRule,
		RunE: func(_ *cobra.Command, args []string) error {
			pack, rule, err := t.ruleCalled(args[0])
			if err != nil {
				return err
			}
			var text string
			if language == "" {
				text, err = docs.Explain(pack, rule, textWidth(t.out))
			} else {
				text, err = docs.Examples(pack, rule, language)
			}
			if err != nil {
				return err
			}
			_, err = io.WriteString(t.out, highlight(text, t.colored(t.out)))
			return err
		},
	}
	c.Flags().StringVar(&language, "examples", "",
		"show a whole example in `LANGUAGE` and what mends it: "+words.Or(docs.Languages))
	register(c, "examples", cobra.FixedCompletions(docs.Languages, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (t *tool) ruleCalled(name string) (rules.Pack, *rules.Rule, error) {
	var names []string
	for _, p := range t.packs {
		for _, r := range p.Rules {
			if r.Name == name {
				return p, r, nil
			}
			names = append(names, r.Name)
		}
	}
	return rules.Pack{}, nil, fmt.Errorf("no rule is called %q%s", name, suggest.For(name, names))
}

// textWidth is the width for text that is written to w.
func textWidth(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return min(columns, docs.MaxWidth)
		}
	}
	return docs.MaxWidth
}

// highlight colours the headings of markdown and the change in it, for a terminal that wants it.
func highlight(text string, colored bool) string {
	if !colored {
		return text
	}
	heading, place := color.New(color.Bold), color.New(color.FgCyan)
	gone, come := color.New(color.FgRed), color.New(color.FgGreen)
	for _, ink := range []*color.Color{heading, place, gone, come} {
		ink.EnableColor()
	}
	lines := strings.Split(text, "\n")
	changes := false // a change follows the rest
	for i, line := range lines {
		changes = changes || strings.HasPrefix(line, "@@")
		switch {
		case !changes && strings.HasPrefix(line, "#"):
			lines[i] = heading.Sprint(line)
		case strings.HasPrefix(line, "@@"):
			lines[i] = place.Sprint(line)
		case changes && strings.HasPrefix(line, "-"):
			lines[i] = gone.Sprint(line)
		case changes && strings.HasPrefix(line, "+"):
			lines[i] = come.Sprint(line)
		}
	}
	return strings.Join(lines, "\n")
}
