package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commandTree is every command of the program, as users find them.
func commandTree(t *testing.T) (*tool, []*cobra.Command) {
	t.Helper()
	tool := &tool{frontends: toyFrontends(), packs: toyPacks(), out: io.Discard, err: io.Discard, build: build{version: "v1.2.3", date: "2026-11-21"}}
	var code int
	root := tool.command(&code)
	root.InitDefaultCompletionCmd()
	all := []*cobra.Command{root}
	for i := 0; i < len(all); i++ {
		all = append(all, all[i].Commands()...)
	}
	return tool, all
}

func TestTheManualHasEveryCommandAndFlag(t *testing.T) {
	tool, all := commandTree(t)
	page := tool.manual(all[0])
	for _, c := range all {
		if !strings.Contains(page, roff(c.CommandPath())) {
			t.Errorf("the manual has no %q", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(page, roff("--"+f.Name)) {
				t.Errorf("the manual has no --%s of %q", f.Name, c.CommandPath())
			}
		})
	}
	for _, f := range formats {
		if !strings.Contains(page, roff(f.name)) {
			t.Errorf("the manual has no format %s", f.name)
		}
	}
}

func TestTheManualIsTheSameEveryTime(t *testing.T) {
	tool, all := commandTree(t)
	first := tool.manual(all[0])
	if !strings.HasPrefix(first, `.TH "LAMBDA\-VPC\-LINT" "1" "2026\-11\-21" "lambda\-vpc\-lint v1.2.3" "User Commands"`+"\n") {
		t.Errorf("it begins with %.100q", first)
	}
	if second := tool.manual(all[0]); first != second {
		t.Error("two pages of one program differ")
	}
}

func TestTextIsNoRequestOfTheManual(t *testing.T) {
	if got, want := roff(".so /etc/passwd\n'quoted' \\fB-x"), "\\&.so /etc/passwd\n\\&'quoted' \\efB\\-x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryFlagIsCompleted: a flag with a value says what may stand there, be it that only the user knows.
func TestEveryFlagIsCompleted(t *testing.T) {
	_, all := commandTree(t)
	for _, c := range all {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if _, ok := c.GetFlagCompletionFunc(f.Name); !ok && f.NoOptDefVal == "" {
				t.Errorf("--%s of %q has no completion", f.Name, c.CommandPath())
			}
		})
	}
}
