package git_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/git"
)

// TestAHostileTreeIsWrittenInside: a tree that no git would make, with a link and a directory of one name and a name
// that leads up, writes nothing outside of the directory.
func TestAHostileTreeIsWrittenInside(t *testing.T) {
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	base := t.TempDir()
	dir, out, outside := filepath.Join(base, "repo"), filepath.Join(base, "out"), filepath.Join(base, "outside")
	for _, d := range []string{dir, out, outside} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	run := func(stdin string, args ...string) string {
		t.Helper()
		c := exec.Command(program, append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		c.Stdin = strings.NewReader(stdin)
		text, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		return strings.TrimSpace(string(text))
	}
	run("", "init", "-q")
	blob := run("x", "hash-object", "-w", "--stdin")
	link := run(outside, "hash-object", "-w", "--stdin")
	inner := run("100644 blob "+blob+"\tfile\n", "mktree")
	for name, tree := range map[string]string{
		"a directory behind a link": "120000 blob " + link + "\tsub\n040000 tree " + inner + "\tsub\n",
		"a name that leads up":      "040000 tree " + inner + "\t..\n",
		"fine":                      "100644 blob " + blob + "\tfine\n120000 blob " + link + "\tlink\n",
	} {
		commit := run("", "commit-tree", "-m", name, run(tree, "mktree"))
		at, err := git.At(dir, commit)
		if err != nil {
			t.Fatal(err)
		}
		err = at.Export(out, 100)
		if isFine := name == "fine"; isFine && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
			t.Errorf("%s: it wrote %v outside, %v", name, left, err)
		}
		if _, err := os.Stat(filepath.Join(base, "file")); err == nil {
			t.Errorf("%s: it wrote a file above", name)
		}
	}
	if text, err := os.ReadFile(filepath.Join(out, "fine")); err != nil || string(text) != "x" {
		t.Errorf("%q, %v", text, err)
	}
}
