package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	name = "lambda-vpc-lint"
	home = "https://github.com/lambda-vpc-lint/lambda-vpc-lint"
)

// Exit codes. The output format never changes them.
const (
	exitClean    = 0
	exitFindings = 1 // for trace: blocked
	exitFailure  = 2 // bad usage, or an input that could not be read; wins over exitFindings
	exitUnknown  = 3 // trace only
)

// tool is the program with what it is made of, so that tests can make it of something else.
type tool struct {
	frontends frontend.Set // nil: all languages
	packs     []rules.Pack
	build     build
	now       time.Time // for what expires
	out, err  io.Writer
	// columns is how wide the terminal is that err leads to; nil: to none.
	columns func() int
	// color is --color.
	color choice
}

// run carries out one command line. Any error is a failure; commands return the other exit codes through code.
func (t *tool) run(args []string, in io.Reader) int {
	code := exitClean
	root := t.command(&code)
	help := &watched{Writer: t.out}
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(help)
	root.SetErr(t.err)
	err := root.Execute()
	if err == nil {
		err = help.err
	}
	if err != nil {
		t.complain("%v", err)
		return exitFailure
	}
	return code
}

// context is that of a run, with the tool's own languages, if it has some.
func (t *tool) context() context.Context {
	if t.frontends == nil {
		return context.Background()
	}
	return frontend.NewContext(context.Background(), t.frontends)
}

// watched keeps the first error of a Writer whose users drop it, as the library of commands does.
type watched struct {
	io.Writer
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

func (t *tool) complain(format string, args ...any) {
	_, _ = fmt.Fprintln(t.err, name+": "+report.Lines(fmt.Sprintf(format, args...)))
}

// command is the whole command line. The root is lint, so that the shortest call does the usual thing.
func (t *tool) command(code *int) *cobra.Command {
	var o lintOptions
	lint := func(c *cobra.Command, paths []string) (err error) {
		*code, err = t.lint(&o, paths, c.InOrStdin())
		return err
	}
	root := &cobra.Command{
		Use:   name + " [flags] [PATH ...]",
		Short: "Find Lambda functions whose VPC configuration will fail",
		Long: "Finds Lambda functions whose VPC configuration will not deploy, " +
			`or will not let them reach what they need.
It reads infrastructure code, follows the packet from each function through subnet, route table and gateway, and
shows where it stops. Nothing is deployed, no network is used, and no code of the input is run.

PATH is a file, a directory or a glob; without one it is the working directory. A file of a Terraform module stands for
the module and for all inside the boundary (see --root) that call it; - is standard input. Write ./rules for a path
that is called like a command.

Exits with 0 if all is well, 1 for findings at or above --fail-on, 2 for bad usage or an input that cannot be read.`,
		Example: "  lambda-vpc-lint                                  " +
			`lint all templates and modules below the working directory
  lambda-vpc-lint template.yaml --region eu-west-1
  lambda-vpc-lint --var-file prod.tfvars terraform/
  lambda-vpc-lint --parameter SubnetIds=subnet-0a1b,subnet-0c2d stacks/
  lambda-vpc-lint --context account.json stacks/   with what exists in the account
  lambda-vpc-lint --diff stacks/                   what --fix would change in the files
  lambda-vpc-lint -f text -f sarif=lint.sarif      for people, and for code scanning
  lambda-vpc-lint --stdin-filename a.tf - <buffer  what an editor has not saved yet
  lambda-vpc-lint --shard 2/8 -f json=2.json       an eighth of a big repository, for lambda-vpc-lint merge
  lambda-vpc-lint trace Api --to internet          why a function does or does not get out
  lambda-vpc-lint graph >network.html              a picture of the network
  lambda-vpc-lint explain public_subnet_only       what a rule means and how to fix it`,
		Args: cobra.ArbitraryArgs, Version: t.build.version,
		RunE: lint, SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
	}
	root.SetVersionTemplate(t.build.String() + "\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w\nrun %q for the flags", err, c.CommandPath()+" --help")
	})
	root.Flags().SortFlags = false
	o.declare(root.Flags())
	root.Flags().Bool("version", false, "print the version and exit") // declared here, it takes no letter
	t.color.of = colorChoices
	root.PersistentFlags().Var(&t.color, "color", "colour the output: `WHEN` is "+words.Or(colorChoices)+
		" (default auto, for terminals)")
	register(root, "color", cobra.FixedCompletions(colorChoices, cobra.ShellCompDirectiveNoFileComp))
	same := &cobra.Command{
		Use: "lint [flags] [PATH ...]", Short: "Lint the inputs; what happens without a command, too",
		Args: cobra.ArbitraryArgs, RunE: lint, DisableFlagsInUseLine: true,
	}
	same.Flags().SortFlags = false
	o.declare(same.Flags())
	root.AddCommand(same, t.traceCommand(code), t.graphCommand(code), t.mergeCommand(code), t.explainCommand(),
		t.rulesCommand(), t.initCommand(), t.manCommand(), t.lspCommand(), t.versionCommand())
	for _, c := range []*cobra.Command{root, same} {
		t.completeLint(c)
		completeInputs(c)
	}
	return root
}
