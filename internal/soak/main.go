// Command soak lints whole repositories, each twice, and prints what a release must know: what was read, what crashed,
// what differs between two runs, and what takes long.
//
//	go run ./internal/soak DIR…
//
// The exit code is 1 if anything crashed or differed.
package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

func main() {
	debug.SetMemoryLimit(265 << 20) // as the program does
	s := &soak{byRule: map[string]int{}, lint: once}
	for _, dir := range os.Args[1:] {
		s.add(dir)
	}
	s.print(os.Stdout)
	if !s.ok() {
		os.Exit(1)
	}
}

// soak is what all repositories together have come to.
type soak struct {
	lint               func(dir string) (r *report.Report, text []byte, err error)
	all                []repository
	crashed, different []string
	byRule             map[string]int
}

func (s *soak) ok() bool { return len(s.crashed)+len(s.different) == 0 }

type repository struct {
	name string
	report.Summary
	unread int // errors of inputs
	took   time.Duration
}

// add lints the repository twice.
func (s *soak) add(dir string) {
	name := filepath.Base(dir)
	start := time.Now()
	r, first, err := s.lint(dir)
	took := time.Since(start)
	if err != nil {
		s.crashed = append(s.crashed, fmt.Sprintf("%s: %v", name, err))
		return
	}
	if _, second, err := s.lint(dir); err != nil || !bytes.Equal(first, second) {
		s.different = append(s.different, name)
	}
	for _, e := range r.Errors {
		if strings.Contains(e.Message, "which is a defect in it") {
			s.crashed = append(s.crashed, fmt.Sprintf("%s: %s", name, e.Message))
		}
	}
	for _, f := range r.Result.Findings {
		s.byRule[f.Rule.Name]++
	}
	s.all = append(s.all, repository{name, r.Summary(), len(r.Errors), took})
}

// once is a run, with the report as JSON has it. A panic is an error.
func once(dir string) (r *report.Report, text []byte, err error) {
	defer recovered(&err)
	if r, err = lint.Run(context.Background(), nil, lint.Options{Dir: dir}); err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	err = report.JSON(&out, r, report.Options{})
	return r, out.Bytes(), err
}

func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%v", p)
	}
}

func (s *soak) print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(cells ...any) {
		_, _ = fmt.Fprintf(w, strings.TrimSuffix(strings.Repeat("%v\t", len(cells)), "\t")+"\n", cells...)
	}
	row("REPOSITORY", "READ", "UNREAD", "FUNCTIONS", "IN A VPC", "DECIDED", "UNDECIDED", "FINDINGS")
	sum := repository{name: "all"}
	for _, r := range s.all {
		row(r.name, r.Files, r.unread, r.Functions, r.VPCFunctions, r.Decided, r.Undecided, r.Error+r.Warning+r.Note)
		sum.add(r)
	}
	row(sum.name, sum.Files, sum.unread, sum.Functions, sum.VPCFunctions,
		sum.Decided, sum.Undecided, sum.Error+sum.Warning+sum.Note)
	slices.SortFunc(s.all, func(a, b repository) int { return int(b.took - a.took) })
	row("\nSLOWEST", "SECONDS")
	for _, r := range s.all[:min(10, len(s.all))] {
		row(r.name, fmt.Sprintf("%.2f", r.took.Seconds()))
	}
	row("\nRULE", "FINDINGS")
	often := func(a, b string) int { return cmp.Or(s.byRule[b]-s.byRule[a], strings.Compare(a, b)) }
	for _, name := range slices.SortedFunc(maps.Keys(s.byRule), often) {
		row(name, s.byRule[name])
	}
	_ = w.Flush()
	share := 0.0
	if asked := sum.Decided + sum.Undecided; asked > 0 {
		share = 100 * float64(sum.Decided) / float64(asked)
	}
	_, _ = fmt.Fprintf(out, "\ndefinite answers: %.1f %% of %d\n", share, sum.Decided+sum.Undecided)
	_, _ = fmt.Fprintf(out, "crashes: %d %q\ndifferences between two runs: %d %q\n",
		len(s.crashed), s.crashed, len(s.different), s.different)
}

func (r *repository) add(of repository) {
	r.Files += of.Files
	r.unread += of.unread
	r.Functions += of.Functions
	r.VPCFunctions += of.VPCFunctions
	r.Decided += of.Decided
	r.Undecided += of.Undecided
	r.Error += of.Error
	r.Warning += of.Warning
	r.Note += of.Note
}
