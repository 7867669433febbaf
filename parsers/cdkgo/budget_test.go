package cdkgo_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cdkgo"
)

// deaf lets analysistest run a package with diagnostics that no comment wants.
type deaf struct{}

func (deaf) Errorf(string, ...any) {}

// The reading of code that is small and never ends stops, and says so.
func TestReadingStops(t *testing.T) {
	calls := strings.Builder{}
	for i := range 40 {
		fmt.Fprintf(&calls, "func f%d(a int) { f%d(a); f%d(a) }\n", i, i+1, i+1)
	}
	calls.WriteString("func f40(int) {}\n")
	branches := "func g(a int) {\n" + strings.Repeat("if a > 1 {\n_ = a\n} else {\n"+strings.Repeat("_ = a\n", 5), 400) + strings.Repeat("}\n", 401)
	loops := "func h() {\nl := []string{" + strings.Repeat(`"a", `, 16) + "}\n" +
		strings.Repeat("for range l {\n", 8) + "_ = l\n" + strings.Repeat("}\n", 9)
	for name, code := range map[string]string{"calls": calls.String(), "branches": branches, "loops": loops} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(analysistest.TestData())); err != nil {
				t.Fatal(err)
			}
			text := "package bomb\n\nimport \"github.com/aws/aws-cdk-go/awscdk/v2\"\n\nvar _ awscdk.Stack\n\n" + code
			at := filepath.Join(dir, "src", "bomb")
			if err := os.MkdirAll(at, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(at, "bomb.go"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			said := 0
			for _, r := range analysistest.Run(deaf{}, dir, cdkgo.Network, "bomb") {
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
