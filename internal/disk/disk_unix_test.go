//go:build unix

package disk_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
)

// TestAnInterruptedWriteLeavesNothing runs this test as another process, which writes until it is ended.
func TestAnInterruptedWriteLeavesNothing(t *testing.T) {
	const target = "LAMBDA_VPC_LINT_TEST_TARGET"
	if path := os.Getenv(target); path != "" {
		_ = disk.Replace(path, func(w io.Writer) error { // the process ends in it
			_, err := io.WriteString(w, "half")
			_, _ = os.Stdout.WriteString("writing\n")
			time.Sleep(time.Minute)
			return err
		})
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "report")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-test.run=^TestAnInterruptedWriteLeavesNothing$")
	c.Env = append(os.Environ(), target+"="+path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAtLeast(out, make([]byte, 8), 8); err != nil {
		t.Fatal(err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Error("the process ends well")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "report" {
		t.Errorf("the directory holds %v, %v", entries, err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "before" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}
