package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/pflag"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// fixOptions are the flags about changes of the files.
type fixOptions struct{ fix, diff, allowDirty bool }

func (o *fixOptions) declare(fs *pflag.FlagSet) {
	fs.BoolVar(&o.fix, "fix", false, "write the fixes that need no decision into the files, and report what is left")
	fs.BoolVar(&o.diff, "diff", false, "print what --fix would change, and change nothing")
	fs.BoolVar(&o.allowDirty, "allow-dirty", false,
		"let --fix change files that git does not have in their present form")
}

// plan is what the fixes of the report make of the files. Fixes that are refused are told.
func (t *tool) plan(o *fixOptions, r *report.Report, paths []string, isStdin bool) *fix.Plan {
	guard := fix.Guard{Paths: paths, AllowDirty: o.allowDirty || o.diff}
	may := guard.May
	if isStdin {
		may = func(string) error { return nil } // it may be of no file, and is only shown
	}
	plan := fix.Make(r.Files, r.AllFindings(), may)
	for _, f := range plan.Refused {
		where := f.Resource
		if at, ok := r.Files.Location(f.Span); ok {
			where = fmt.Sprintf("%s:%d:%d", at.File, at.StartLine, at.StartColumn)
		}
		t.complain("%s: not fixed: %v [%s]", where, f.Reason, f.Rule.Name)
	}
	return plan
}

// diff prints what would change. The code says whether something would. Lines of a file that would steer a terminal or
// an agent of a build are shown with escapes in them; others are as git apply takes them.
func (t *tool) diff(plan *fix.Plan) (code int, err error) {
	for _, f := range plan.Files {
		text := string(diff.Diff("a/"+f.Name, f.Before, "b/"+f.Name, f.After))
		unix := strings.ReplaceAll(text, "\r\n", "\n")
		if safe := report.Lines(unix); safe != unix {
			text = safe
		}
		if _, err := io.WriteString(t.out, text); err != nil {
			return 0, err
		}
		code = exitFindings
	}
	return code, nil
}

// fix writes what the plan says.
func (t *tool) fix(plan *fix.Plan) error {
	for _, f := range plan.Files {
		err := disk.Replace(filepath.FromSlash(f.Name), func(w io.Writer) error {
			_, err := w.Write(f.After)
			return err
		})
		if err != nil {
			return disk.Failed(f.Name, err)
		}
	}
	if len(plan.Fixed) > 0 {
		t.complain("findings fixed: %d, files written: %d", len(plan.Fixed), len(plan.Files))
	}
	return nil
}
