package lint_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// found is what a baseline keeps of a finding, and its line.
type found struct {
	Rule, Resource, Fingerprint string
	Line                        int
}

// linted lints the files, by name, in a directory of their own.
func linted(t *testing.T, files map[string]string) (out []found) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(t.Context(), nil, lint.Options{Dir: dir})
	if err != nil || len(r.Errors)+len(r.Notices) > 0 {
		t.Fatal(err, r.Errors, r.Notices)
	}
	for _, f := range r.Findings() {
		at, _ := r.Files.Location(f.Span)
		out = append(out, found{f.Rule.Name, f.Resource, r.Fingerprint(f), at.StartLine})
	}
	return out
}

// names matches what declares a resource in either language.
var names = regexp.MustCompile(`(?m)^  (\w+):\n    Type:|^resource "\w+" "(\w+)"`)

// edited has twenty lines more at the top of every file, and another name for each resource but the one that is kept.
func edited(files map[string]string, kept string) map[string]string {
	out := map[string]string{}
	for file, text := range files {
		for _, m := range names.FindAllStringSubmatch(text, -1) {
			name := m[1] + m[2]
			if name == kept || strings.HasSuffix(kept, "."+name) {
				continue
			}
			word := regexp.MustCompile(`\b` + name + `\b`)
			if m[2] != "" {
				word = regexp.MustCompile(`(resource "\w+" "|\baws_\w+\.)` + name + `\b`)
			}
			text = word.ReplaceAllStringFunc(text, func(s string) string { return s + "Renamed" })
		}
		out[file] = strings.Repeat("# a line\n", 20) + text
	}
	return out
}

// TestFingerprintsOutliveEdits keeps a baseline of use: what a fingerprint depends on is the finding alone.
func TestFingerprintsOutliveEdits(t *testing.T) {
	for _, language := range []string{"cloudformation", "sam", "terraform"} {
		files := map[string]string{}
		err := filepath.WalkDir(filepath.Join("../testdata/examples", language), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			name, _ := filepath.Rel("../testdata/examples", path)
			files[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			before := linted(t, files)
			if len(before) == 0 {
				t.Fatal("the example has no finding")
			}
			for _, f := range before {
				t.Run(f.Rule, func(t *testing.T) {
					after := linted(t, edited(files, f.Resource))
					i := slices.IndexFunc(after, func(g found) bool { return g.Rule == f.Rule && g.Resource == f.Resource })
					switch {
					case i < 0:
						t.Fatalf("%s of %q is gone: %v", f.Rule, f.Resource, after)
					case after[i].Line != f.Line+20:
						t.Errorf("the finding is in line %d and was in line %d", after[i].Line, f.Line)
					case after[i].Fingerprint != f.Fingerprint:
						t.Errorf("fingerprint %s, and before the edits %s", after[i].Fingerprint, f.Fingerprint)
					}
					if len(after) != len(before) {
						t.Errorf("%d findings, and before the edits %d", len(after), len(before))
					}
				})
			}
		})
	}
}
