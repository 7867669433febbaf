package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

func (t *tool) traceCommand(code *int) *cobra.Command {
	var o inputOptions
	var to string
	c := &cobra.Command{
		Use:   "trace FUNCTION --to DEST [flags] [PATH ...]",
		Short: "Show the way of a packet from a function or managed instance, and where it stops",
		Long: "Follows one packet from FUNCTION to DEST, from each subnet of the function, " +
			`and shows every step with its place.
FUNCTION is the address of a function or its name, or the address of a capacity provider, whose instances then send;
FILE:ADDRESS where several inputs have one of that address.
DEST is internet, internet6, service:sqs, 10.0.3.4:5432 or the address of a resource; TCP 443 unless it says otherwise.

Exits with 0 if the packet arrives, 1 if it is blocked from some subnet, 3 if the files do not tell.`,
		Example: `  lambda-vpc-lint trace Api --to internet
  lambda-vpc-lint trace stacks/app.yaml:Api --to service:secretsmanager stacks/
  lambda-vpc-lint trace Api --to Database:5432 template.yaml`,
		Args: cobra.MinimumNArgs(1), DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) (err error) {
			*code, err = t.trace(&o, args[0], to, args[1:], c.InOrStdin())
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&to, "to", "", "where the packet goes to, `DEST`")
	_ = c.MarkFlagRequired("to")
	o.declare(c.Flags())
	completeInputs(c)
	completeTrace(c)
	return c
}

func (t *tool) trace(o *inputOptions, function, to string, paths []string, in io.Reader) (code int, err error) {
	defer budget.Catch(&err)
	p := t.progress()
	defer p.stop()
	opts, err := t.options(o, in, p)
	if err != nil {
		return 0, err
	}
	a, err := lint.Read(t.context(), paths, opts)
	p.stop()
	if err != nil {
		return 0, t.explained(err)
	}
	t.diagnose(a.Files, a.Notices, a.Errors)
	n, from, err := find(a.Networks, function)
	if err != nil {
		return 0, err
	}
	flow, err := parseDestination(to, n)
	if err != nil {
		return 0, err
	}
	outcomes := walk(n, from, flow)
	for _, oc := range outcomes {
		if err := t.show(a, from, oc, len(outcomes) > 1); err != nil {
			return 0, err
		}
	}
	if len(outcomes) == 0 {
		return 0, fmt.Errorf("%q is never created", function)
	}
	reach := overall(outcomes)
	if err := t.conclude(from, to, reach); err != nil {
		return 0, err
	}
	switch {
	case len(a.Errors) > 0:
		return exitFailure, nil
	case reach.IsTrue():
		return exitClean, nil
	case reach.IsFalse():
		return exitFindings, nil
	}
	return exitUnknown, nil
}

// show prints one world: the way from each subnet and its end.
func (t *tool) show(a *lint.Inputs, from *trace.Sender, o outcome, titled bool) error {
	var b strings.Builder
	if titled {
		fmt.Fprintf(&b, "if %s:\n", world(o.world))
	}
	if o.Outside {
		fmt.Fprintf(&b, "  %q is attached to no VPC and sends from Lambda's own network\n", report.Line(from.Address))
	}
	for _, p := range o.Paths {
		fmt.Fprintf(&b, "  from subnet %q: %s\n", report.Line(p.Subnet.Address), ending(p))
		report.Path(&b, a.Files, p.Evidence(), t.colored(t.out))
	}
	_, err := fmt.Fprint(t.out, b.String())
	return err
}

func ending(p trace.Path) string {
	switch p.Reachable.Truth {
	case fact.True:
		if p.Via != "" {
			return "arrives through " + report.Line(p.Via)
		}
		return "arrives"
	case fact.False:
		return "is blocked"
	}
	return "unknown; " + report.Line(report.Hint(p.Reachable.Missing))
}

func (t *tool) conclude(from *trace.Sender, to string, reach fact.Verdict) (err error) {
	switch reach.Truth {
	case fact.True:
		_, err = fmt.Fprintf(t.out, "reachable: %q reaches %s\n", report.Line(from.Address), report.Line(to))
	case fact.False:
		_, err = fmt.Fprintf(t.out, "blocked: %q does not reach %s\n", report.Line(from.Address), report.Line(to))
	default:
		_, err = fmt.Fprintf(t.out, "unknown: whether %q reaches %s; %s\n",
			report.Line(from.Address), report.Line(to), report.Line(report.Hint(reach.Missing)))
	}
	return err
}

func world(w *fact.World) string {
	var parts []string
	for _, a := range w.Assignments() {
		not := ""
		if !a.Is {
			not = "not "
		}
		parts = append(parts, not+a.Subject+"="+a.Literal)
	}
	return report.Line(strings.Join(parts, " and "))
}
