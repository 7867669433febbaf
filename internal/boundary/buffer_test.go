package boundary_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

// listing are the files of a directory with their texts, each read as the directory lists it.
func listing(t *testing.T, fsys fs.FS, dir string) string {
	t.Helper()
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name()+"/")
			continue
		}
		text, _, err := new(boundary.Reader).Read(fsys, e)
		if dir != "." {
			text, _, err = boundary.ReadRegular(fsys, dir+"/"+e.Name())
		}
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
		info, err := fs.Stat(fsys, path.Join(dir, e.Name()))
		if err != nil || info.Name() != e.Name() || info.Size() != int64(len(text)) {
			t.Errorf("%s: %v, %v", e.Name(), info, err)
		}
		out = append(out, e.Name()+"="+string(text))
	}
	return strings.Join(out, " ")
}

// TestBuffersStandInPlaceOfFiles: of those that are there and of others, wherever a walk begins, and of no others.
func TestBuffersStandInPlaceOfFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"repo/a": "a", "repo/z": "z", "repo/sub/a": "sub a", "repo/sub/c": "sub c",
	} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	within, err := boundary.Around(dir, "repo", filepath.Join(dir, "repo"), boundary.Buffers{
		{Name: "repo/a", Text: []byte("edited")}, {Name: filepath.Join(dir, "repo/sub/b"), Text: []byte("new")},
		{Name: "outside", Text: []byte("of the boundary")},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = within.Enter(func(fsys fs.FS) error {
		for at, want := range map[string]string{".": "a=edited sub/ z=z", "sub": "a=sub a b=new c=sub c"} {
			if got := listing(t, fsys, at); got != want {
				t.Errorf("%s: %s, want %s", at, got, want)
			}
		}
		return boundary.Below(fsys, "sub", func(fsys fs.FS) {
			if got := listing(t, fsys, "."); got != "a=sub a b=new c=sub c" {
				t.Errorf("below: %s", got)
			}
		})
	})
	if err != nil {
		t.Error(err)
	}
}
