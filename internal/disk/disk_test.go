package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
)

func TestAFailedWriteKeepsTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := disk.Replace(path, func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return errors.New("disk full")
	})
	if err == nil {
		t.Error("the failure is not reported")
	}
	if text, _ := os.ReadFile(path); string(text) != "old" {
		t.Errorf("the file holds %q", text)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%d files are left, want 1", len(entries))
	}
}

// TestFailuresNameTheFileWithSlashes: not the temporary file that was to replace it, and not as the system writes it.
func TestFailuresNameTheFileWithSlashes(t *testing.T) {
	file := filepath.Join("reports", "out.json")
	for _, err := range []error{
		&fs.PathError{Op: "open", Path: filepath.Join("reports", ".out.json.1.tmp"), Err: fs.ErrPermission},
		&os.LinkError{Op: "rename", Old: filepath.Join("reports", ".out.json.1.tmp"), New: file, Err: fs.ErrPermission},
		fs.ErrPermission,
	} {
		if got := disk.Failed(file, err); got.Error() != "reports/out.json: "+fs.ErrPermission.Error() || !errors.Is(got, fs.ErrPermission) {
			t.Errorf("%v becomes %q", err, got)
		}
	}
}
