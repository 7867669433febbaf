package git_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/git"
)

// TestHead compares files with the last commit, in a repository and in a second working tree of it.
func TestHead(t *testing.T) {
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	dir, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")
	run := func(args ...string) {
		t.Helper()
		c := exec.Command(program, append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	inside := filepath.Join(dir, "net", "a.tf")
	if err := os.MkdirAll(filepath.Dir(inside), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inside, []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run("init", "-q")
	if _, err := git.Head(dir); err == nil {
		t.Error("there is a last commit before the first")
	}
	run("add", ".")
	run("commit", "-qm", "one")
	run("pack-refs", "--all")
	run("gc", "-q")
	run("worktree", "add", "-q", second)
	for _, root := range []string{dir, second} {
		if got := git.Root(filepath.Join(root, "net")); got != root {
			t.Errorf("the root is %q, want %q", got, root)
		}
		head, err := git.Head(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, text string
			want       bool
		}{{"net/a.tf", "x\n", true}, {"net/a.tf", "y\n", false}, {"net/b.tf", "x\n", false}, {"net", "", false}} {
			if got := head.Has(c.name, []byte(c.text)); got != c.want {
				t.Errorf("%s: it has %s with %q: %v", root, c.name, c.text, got)
			}
		}
	}
	if got := git.Root(t.TempDir()); got != "" {
		t.Errorf("a folder outside of git is in %s", got)
	}
}
