package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// traceOptions are the flags of trace.
type traceOptions struct {
	inputOptions
	format choice // of traceFormats
	all    bool
}

var traceFormats = []string{"text", "json"}

func (t *tool) traceCommand(code *int) *cobra.Command {
	o := traceOptions{format: choice{of: traceFormats}}
	var to string
	c := &cobra.Command{
		Use:   "trace FUNCTION --to DEST [flags] [PATH ...]",
		Short: "Show the way of a packet from a function or managed instance, and where it stops",
		Long: "Follows one packet from FUNCTION to DEST, from each subnet of the function, " +
			`and shows every step with its place.
FUNCTION is the address of a function or its name, or a part of one that no other has, or the address of a capacity
provider, whose instances then send; FILE:ADDRESS where several inputs have one of that address.
DEST is internet, internet6, service:sqs, 10.0.3.4:5432, https://api.example.com or the address of a resource: a
database, a table, a queue, a bucket, a function, a security group for what is in it; TCP 443 unless it says otherwise.

Exits with 0 if the packet arrives, 1 if it is blocked from some subnet, 3 if the files do not tell.`,
		Example: `  lambda-vpc-lint trace Api --to internet
  lambda-vpc-lint trace stacks/app.yaml:Api --to service:secretsmanager stacks/
  lambda-vpc-lint trace Api --to Database:5432 template.yaml
  lambda-vpc-lint trace orders --to https://sqs.eu-west-1.amazonaws.com -f json`,
		Args: cobra.MinimumNArgs(1), DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) (err error) {
			*code, err = t.trace(&o, args[0], to, args[1:], c.InOrStdin())
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&to, "to", "", "where the packet goes to, `DEST`")
	_ = c.MarkFlagRequired("to")
	c.Flags().VarP(&o.format, "format", "f",
		"how the answer is written, `FORMAT`: "+words.Or(traceFormats)+" (default text)")
	c.Flags().BoolVar(&o.all, "all", false,
		"show the way from every subnet, also where it is like that from another one")
	o.declare(c.Flags())
	completeInputs(c)
	completeTrace(c)
	return c
}

func (t *tool) trace(o *traceOptions, function, to string, paths []string, in io.Reader) (code int, err error) {
	defer budget.Catch(&err)
	p := t.progress()
	defer p.stop()
	opts, err := t.options(&o.inputOptions, in, p)
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
	walked := walk(n, from, flow)
	if len(walked.Reaches) == 0 {
		return 0, fmt.Errorf("%q is never created", function)
	}
	walked.Files, walked.To = a.Files, to
	if o.format.value == "json" {
		err = walked.JSON(t.out)
	} else {
		err = walked.Text(t.out, o.all, report.Options{Color: t.colored(t.out)})
	}
	if err != nil {
		return 0, err
	}
	switch {
	case len(a.Errors) > 0:
		return exitFailure, nil
	case walked.Reach.IsTrue():
		return exitClean, nil
	case walked.Reach.IsFalse():
		return exitFindings, nil
	}
	return exitUnknown, nil
}
