package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// printed is a finding as the JSON report has it.
type printed struct {
	Rule, Resource, Fingerprint string
	Location                    struct{ StartLine int }
}

// linted lints the files, by name, in a directory of their own.
func linted(t *testing.T, files map[string]string) (out struct{ Findings []printed }) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-f", "json"}, strings.NewReader(""), &stdout, &stderr); code != exitFindings || stderr.Len() > 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatal(err)
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
		err := filepath.WalkDir(filepath.Join("../../testdata/examples", language), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			name, _ := filepath.Rel("../../testdata/examples", path)
			files[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Run(language, func(t *testing.T) {
			before := linted(t, files).Findings
			if len(before) == 0 {
				t.Fatal("the example has no finding")
			}
			for _, f := range before {
				t.Run(f.Rule, func(t *testing.T) {
					after := linted(t, edited(files, f.Resource)).Findings
					i := slices.IndexFunc(after, func(g printed) bool { return g.Rule == f.Rule && g.Resource == f.Resource })
					switch {
					case i < 0:
						t.Fatalf("%s of %q is gone: %v", f.Rule, f.Resource, after)
					case after[i].Location.StartLine != f.Location.StartLine+20:
						t.Errorf("the finding is in line %d and was in line %d", after[i].Location.StartLine, f.Location.StartLine)
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
