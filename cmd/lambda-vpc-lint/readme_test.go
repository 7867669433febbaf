package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the outputs in README.md and docs")

// TestReadmeShowsRealOutput runs each command of a console block in README.md and compares what follows it.
func TestReadmeShowsRealOutput(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```console\n\\$ lambda-vpc-lint ([^\n]*)\n(.*?)```")
	if !block.Match(text) {
		t.Fatal("README.md shows no command")
	}
	got := block.ReplaceAllStringFunc(string(text), func(s string) string {
		args := block.FindStringSubmatch(s)[1]
		var out, errs bytes.Buffer
		if code := run(strings.Fields(args), strings.NewReader(""), &out, &errs); code != exitFindings || errs.Len() > 0 {
			t.Errorf("%s: exit %d, %s", args, code, errs.String())
		}
		return "```console\n$ lambda-vpc-lint " + args + "\n" + out.String() + "```"
	})
	if got == string(text) {
		return
	}
	if !*update {
		t.Fatal("README.md does not show what the program prints: go test ./cmd/lambda-vpc-lint -run Readme -update")
	}
	if err := os.WriteFile("README.md", []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
}
