package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Long arrays are written in runs, which must show nowhere.
func TestJSONOfManyFindingsIsOneArray(t *testing.T) {
	for _, n := range []int{0, 1, 200, 201, 400, 1001} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r := &report.Report{Rebase: func(path string) string { return path }}
			for i := range n {
				r.Result.Findings = append(r.Result.Findings, rules.Finding{Rule: &rules.Rule{Name: "some_rule"}, Resource: fmt.Sprintf("R%04d", i)})
			}
			var out, again bytes.Buffer
			if err := report.JSON(&out, r, report.Options{}); err != nil {
				t.Fatal(err)
			}
			var read struct{ Findings []struct{ Resource string } }
			if err := json.Unmarshal(out.Bytes(), &read); err != nil {
				t.Fatal(err)
			}
			if len(read.Findings) != n {
				t.Fatalf("%d of %d findings", len(read.Findings), n)
			}
			for i, f := range read.Findings {
				if f.Resource != fmt.Sprintf("R%04d", i) {
					t.Fatalf("finding %d is %s", i, f.Resource)
				}
			}
			if err := json.Indent(&again, bytes.TrimSpace(out.Bytes()), "", "  "); err != nil {
				t.Fatal(err)
			}
			if again.String()+"\n" != out.String() {
				t.Error("the layout is not that of encoding/json")
			}
		})
	}
}
