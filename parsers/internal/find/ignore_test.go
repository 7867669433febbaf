package find

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// The look ahead changes no answer of the library.
func TestPatternsMatchWhatTheLibraryMatches(t *testing.T) {
	lines := []string{
		"dist", "dist/", "/dist", "!dist", "dist/*", "**/dist", "**/dist/*", "a/**/b", "*", "*.js", "!*.js", "*.py[cod]",
		"*.terraform*", "?.yaml", "[a-c]*", "[!a]b", "[^a]b", "[]a]", "[", `\!x`, `a\*b`, `[\]a]`, "/*/.build/", "x ", `x\ `, "**", "!", "/",
	}
	paths := []string{
		"dist", "a/dist", "dist/a", "a/dist/b", "a/b", "a/x/y/b", "x.js", "a/x.js", "m.pyc", "x.terraform.lock", "a.yaml", "b", "ab", "bb",
		"!x", "a*b", "]a", "x", "x ", "p/.build", "p/.build/z", "[",
	}
	for _, line := range lines {
		for _, domain := range [][]string{nil, {"a"}} {
			ours, theirs := parse(line, domain), gitignore.ParsePattern(line, domain)
			for _, p := range paths {
				for _, dir := range []bool{false, true} {
					parts := strings.Split(filepath.ToSlash(p), "/")
					if got, want := ours.Match(parts, dir), theirs.Match(parts, dir); got != want {
						t.Errorf("%q below %v and %q (directory: %v): %v, and the library says %v", line, domain, p, dir, got, want)
					}
				}
			}
		}
	}
}
