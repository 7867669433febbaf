package boundary_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

func TestUpwardsStopsAtTheBoundary(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"f": "outside", "repo/.git/HEAD": "x", "repo/f": "text", "repo/a/b/x.yaml": "x", "repo/a/f": "nearer",
		"plain/x.yaml": "x", "plain/sub/f": "text", "link/.git/HEAD": "x",
	} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../f", filepath.Join(dir, "link/f")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, path, root, want, text string }{
		{from: "repo", path: ".", want: "f", text: "text"},
		{from: "repo", path: "a/b", want: "a/f", text: "nearer"},
		{from: "repo", path: "a/b/x.yaml", want: "a/f", text: "nearer"},
		{from: "repo/a/b", path: "../..", want: "../../f", text: "text"},
		{from: ".", path: "repo/a/b", root: "repo/a/b", want: ""},
		{from: "plain", path: "x.yaml", want: ""},
		{from: ".", path: "plain", root: ".", want: "f", text: "outside"},
		{from: "link", path: ".", want: "f", text: "cannot be read"},
	} {
		from := filepath.Join(dir, c.from)
		if c.root != "" {
			c.root = filepath.Join(from, c.root)
		}
		within, err := boundary.Around(from, c.path, c.root, nil)
		if err != nil {
			t.Fatal(err)
		}
		name, err := within.Upwards(c.path, "f")
		if err != nil || name != c.want {
			t.Errorf("%+v: %q, %v", c, name, err)
			continue
		}
		text, err := within.Read(name)
		if err != nil {
			text = []byte("cannot be read")
		}
		if name != "" && string(text) != c.text {
			t.Errorf("%+v: %q", c, text)
		}
	}
	b, err := boundary.Around(dir, "nowhere", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Upwards("nowhere", "f"); err == nil {
		t.Error("there is no error about a path that is not there")
	}
}
