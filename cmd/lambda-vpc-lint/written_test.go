package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPagesWithFilesAreTrue writes the files that a page shows, those with a name behind the language, runs its
// commands over them, and compares what they print.
func TestPagesWithFilesAreTrue(t *testing.T) {
	for _, name := range []string{"suppressing.md", "fixing.md"} {
		t.Run(name, func(t *testing.T) { holdPage(t, "../../docs/"+name) })
	}
}

func holdPage(t *testing.T, page string) {
	t.Helper()
	page, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	block := regexp.MustCompile("(?s)```(\\w+) ?([^\n]*)\n(.*?)```")
	commands := 0
	got := block.ReplaceAllStringFunc(string(text), func(s string) string {
		m := block.FindStringSubmatch(s)
		language, name, body := m[1], m[2], m[3]
		switch {
		case language == "console":
			commands++
			command, _, _ := strings.Cut(body, "\n")
			var out bytes.Buffer
			if code := run(strings.Fields(command)[2:], strings.NewReader(""), &out, &out); code == exitFailure {
				t.Errorf("%s: %s", command, out.String())
			}
			return "```console\n" + command + "\n" + out.String() + "```"
		case name != "":
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return s
	})
	switch {
	case commands == 0:
		t.Fatal("the page shows no command")
	case got == string(text):
	case !*update:
		t.Fatal("the page does not show what the program prints: go test ./cmd/lambda-vpc-lint -run Pages -update")
	default:
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
