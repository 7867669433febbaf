package cdkgo_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cdkgo"
)

// deaf lets analysistest run a package with diagnostics that no comment wants.
type deaf struct{}

func (deaf) Errorf(string, ...any) {}

// readBomb reads a package of the code that uses CDK.
func readBomb(t *testing.T, code string) []*analysistest.Result {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(analysistest.TestData())); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(dir, "src", "bomb")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	text := "package bomb\n\nimport \"github.com/aws/aws-cdk-go/awscdk/v2\"\n\nvar _ awscdk.Stack\n\n" + code
	if err := os.WriteFile(filepath.Join(at, "bomb.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return analysistest.Run(deaf{}, dir, cdkgo.Network, "bomb")
}

// loops is code with loops inside each other, as deep as that.
func loops(deep int) string {
	return "func h() {\nl := []string{" + strings.Repeat(`"a", `, 16) + "}\n" +
		strings.Repeat("for range l {\n", deep) + "_ = l\n" + strings.Repeat("}\n", deep+1)
}

func TestReadingHasADeadline(t *testing.T) {
	defer func(was budget.Budget) { budget.Time = was }(budget.Time)
	budget.Time.Max = 0
	for _, r := range readBomb(t, loops(8)) {
		if !errors.Is(r.Err, budget.Spent{Of: budget.Time}) {
			t.Errorf("it ends with %v", r.Err)
		}
	}
}

// The reading of code that is small and never ends stops, and says so.
func TestReadingStops(t *testing.T) {
	calls := strings.Builder{}
	for i := range 40 {
		fmt.Fprintf(&calls, "func f%d(a int) { f%d(a); f%d(a) }\n", i, i+1, i+1)
	}
	calls.WriteString("func f40(int) {}\n")
	branches := "func g(a int) {\n" + strings.Repeat("if a > 1 {\n_ = a\n} else {\n"+strings.Repeat("_ = a\n", 5), 400) + strings.Repeat("}\n", 401)
	for name, code := range map[string]string{"calls": calls.String(), "branches": branches, "loops": loops(8)} {
		t.Run(name, func(t *testing.T) {
			said := 0
			for _, r := range readBomb(t, code) {
				if r.Err != nil {
					t.Fatal(r.Err)
				}
				for _, d := range r.Diagnostics {
					if strings.Contains(d.Message, "not all of this package is checked") {
						said++
					}
				}
			}
			if said != 1 {
				t.Errorf("it says %d times that it stops, want once", said)
			}
		})
	}
}
