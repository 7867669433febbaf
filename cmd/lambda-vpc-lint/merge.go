package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

func (t *tool) mergeCommand(code *int) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use: "merge [flags] [NAME=]REPORT ...", Short: "Make one report of several, of shards or of repositories",
		Long: "Reads reports that -f json wrote, and writes one of all. " +
			`Those of the shards of one run, which --shard made, must
all be there, and give the report that the run would have given without shards, except for the lines of source and for
suppressions that nothing needs. NAME is put before the paths of a report, and tells repositories apart.

Exits with 0 if all is well, 1 for findings at or above --fail-on, 2 for bad usage, a report that cannot be read, or an
input that one of the runs could not read.`,
		Example: `  lambda-vpc-lint merge shard-*.json
  lambda-vpc-lint merge -f sarif=lint.sarif -f text shard-1.json shard-2.json
  lambda-vpc-lint merge api=reports/api.json web=reports/web.json`,
		Args: cobra.MinimumNArgs(1), DisableFlagsInUseLine: true, ValidArgsFunction: endingIn("json"),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			*code, err = t.merge(&o, args)
			return err
		},
	}
	c.Flags().SortFlags = false
	o.declare(c.Flags())
	completeOutput(c)
	return c
}

func (t *tool) merge(o *outputOptions, args []string) (int, error) {
	outputs, err := o.outputs()
	if err != nil {
		return 0, err
	}
	docs, err := documents(args)
	if err != nil {
		return 0, err
	}
	r, err := lint.Merge(docs, lint.Options{Packs: t.packs, FailOn: o.failOn})
	if err != nil {
		return 0, err
	}
	return t.write(o, r, outputs)
}

// documents are what the arguments name.
func documents(args []string) (out []report.Document, err error) {
	for _, arg := range args {
		under, name, named := strings.Cut(arg, "=")
		if !named {
			under, name = "", arg
		}
		text, err := boundary.ReadNamed(".", name, "", budget.Report)
		if err != nil {
			return nil, disk.Failed(name, err)
		}
		out = append(out, report.Document{Name: filepath.ToSlash(name), Text: text, Under: strings.Trim(under, "/")})
	}
	return out, nil
}
