package architecture_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestThePageNamesWhatIsThere: every folder and file that ARCHITECTURE.md names exists, and the code
// defines every function and type.
func TestThePageNamesWhatIsThere(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	code := source(t)
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(string(page), -1) {
		name := strings.FieldsFunc(m[1], func(r rune) bool { return r == '(' || r == '[' })[0]
		switch {
		case strings.ContainsAny(name, " <…_") || strings.HasPrefix(name, "VpcConfig") || strings.HasPrefix(name, "vpc_config"):
		case strings.Contains(name, "/"):
			if !exists(name) {
				t.Errorf("the page names %s, which is not there", name)
			}
		case strings.Contains(name, "."):
			parts := strings.Split(name, ".")
			last := regexp.QuoteMeta(parts[len(parts)-1])
			if !regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|type )` + last + `\b`).MatchString(code) {
				t.Errorf("the page names %s, which no code defines", name)
			}
		}
	}
}

// exists looks for the name in the places that the page leaves out.
func exists(name string) bool {
	for _, above := range []string{"", "parsers/internal", "parsers"} {
		if _, err := os.Stat(filepath.Join("../..", above, name)); err == nil {
			return true
		}
	}
	return name == "go/analysis"
}

// source is the text of all code that is no test.
func source(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	err := filepath.WalkDir("../..", func(file string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(file)
		out.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
