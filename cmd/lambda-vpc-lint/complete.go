package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// Shells ask the program itself what may stand at the cursor: see "lambda-vpc-lint completion --help".

// completeLint says what lint and its flags take. Paths come from the shell.
func (t *tool) completeLint(c *cobra.Command) {
	c.ValidArgsFunction = anyFile
	register(c, "rules", t.completeRules)
	register(c, "disable", t.completeRules)
	completeOutput(c)
	register(c, "shard", cobra.NoFileCompletions)
	register(c, "baseline", anyFile)
	register(c, "write-baseline", anyFile)
	register(c, "new-from", cobra.NoFileCompletions)
}

// completeOutput says what the flags take that say how a report is written.
func completeOutput(c *cobra.Command) {
	register(c, "format", completeFormat)
	register(c, "fail-on", cobra.FixedCompletions(lint.Severities(), cobra.ShellCompDirectiveNoFileComp))
}

// completeInputs says what the flags take that say where inputs are and what is known about them.
func completeInputs(c *cobra.Command) {
	for _, flag := range []string{"region", "parameter", "var"} {
		register(c, flag, cobra.NoFileCompletions)
	}
	register(c, "parameters", endingIn("json", "yaml", "yml", "toml"))
	register(c, "context", anyFile)
	register(c, "stdin-filename", anyFile)
	register(c, "var-file", endingIn("tfvars", "json"))
	register(c, "config", endingIn("yaml", "yml"))
	register(c, "root", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	})
}

// completeTrace leaves the name of the function, which comes first, to the user.
func completeTrace(c *cobra.Command) {
	register(c, "format", cobra.FixedCompletions(traceFormats, cobra.ShellCompDirectiveNoFileComp))
	register(c, "to", cobra.FixedCompletions([]string{
		cobra.CompletionWithDesc("internet", "the public IPv4 internet"),
		cobra.CompletionWithDesc("internet6", "the public IPv6 internet"),
		cobra.CompletionWithDesc("service:", "an AWS service, such as service:sqs"),
	}, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace))
	c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return nil, cobra.ShellCompDirectiveDefault
	}
}

// completeRule completes the only argument of explain.
func (t *tool) completeRule(_ *cobra.Command, args []string, _ string) (out []string, _ cobra.ShellCompDirective) {
	for _, p := range t.packs {
		for _, r := range p.Rules {
			if len(args) == 0 {
				out = append(out, cobra.CompletionWithDesc(r.Name, r.Summary()))
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeRules completes the last of a comma-separated list of rules and packs.
func (t *tool) completeRules(_ *cobra.Command, _ []string, typed string) (out []string, _ cobra.ShellCompDirective) {
	before := typed[:strings.LastIndex(typed, ",")+1]
	add := func(name, about string) {
		if !slices.Contains(strings.Split(before, ","), name) {
			out = append(out, cobra.CompletionWithDesc(before+name, about))
		}
	}
	for _, p := range t.packs {
		add(p.Name, "all rules of the pack")
		for _, r := range p.Rules {
			add(r.Name, r.Summary())
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeFormat completes the format, and leaves the file behind it to the user: shells disagree about "=".
func completeFormat(_ *cobra.Command, _ []string, typed string) (out []string, _ cobra.ShellCompDirective) {
	for _, f := range formats {
		if !strings.Contains(typed, "=") {
			out = append(out, cobra.CompletionWithDesc(f.name, "for "+f.about))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func anyFile(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func endingIn(endings ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(endings, cobra.ShellCompDirectiveFilterFileExt)
}

// register fails only for a flag that the command does not have, or that is registered already.
func register(c *cobra.Command, flag string, complete cobra.CompletionFunc) {
	_ = c.RegisterFlagCompletionFunc(flag, complete)
}
