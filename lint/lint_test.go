package lint_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

func TestARelativeDirectoryIsThatOfTheProcess(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("apps/orders", 0o700); err != nil {
		t.Fatal(err)
	}
	template := `{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {}}}}`
	if err := os.WriteFile(filepath.Join("apps", "orders", "app.json"), []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, paths := range [][]string{nil, {"."}, {"orders"}} {
		r, err := lint.Run(t.Context(), paths, lint.Options{Dir: "apps", Config: lint.NoConfig})
		if err != nil {
			t.Fatal(err)
		}
		if s := r.Summary(); s.Files != 1 || s.Functions != 1 || len(r.Errors) > 0 {
			t.Errorf("%q: %d files with %d functions, errors %v", paths, s.Files, s.Functions, r.Errors)
		}
	}
}
