package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/docs"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
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
					_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, p.Name, r.Severity, r.Summary())
				}
			}
			return w.Flush()
		},
	}
}

func (t *tool) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain RULE", Short: "Say what a rule means, why it matters and how to fix it", Args: cobra.ExactArgs(1),
		Example:           "  lambda-vpc-lint explain public_subnet_only",
		ValidArgsFunction: t.completeRule,
		RunE: func(_ *cobra.Command, args []string) error {
			var names []string
			for _, p := range t.packs {
				for _, r := range p.Rules {
					if r.Name == args[0] {
						text, ok := docs.Explain(r.Name)
						if !ok {
							text = fmt.Sprintf("# %s\n\n%s, in the pack %s\n\n%s", r.Name, r.Severity, p.Name, strings.TrimSpace(r.Doc))
						}
						_, err := fmt.Fprintf(t.out, "%s\n\nsee: %s\nthe whole examples: %s\n", text, r.URL, r.Page())
						return err
					}
					names = append(names, r.Name)
				}
			}
			return fmt.Errorf("no rule is called %q%s", args[0], suggest.For(args[0], names))
		},
	}
}
