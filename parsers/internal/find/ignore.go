package find

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

// ignoreFile holds the ignore patterns of a directory and those below it.
const ignoreFile = ".gitignore"

// above are the ignore patterns that hold for the directory rel from outside it. Where they exclude the directory
// itself, there are none: who names a directory wants it read.
func (w *walker) above(rel string) []gitignore.Pattern {
	ps := patterns(w.fsys, ".git/info/exclude", nil)
	parts := split(rel)
	for i := range parts {
		ps = append(ps, patterns(w.fsys, path.Join(path.Join(parts[:i]...), ignoreFile), parts[:i])...)
		if gitignore.NewMatcher(ps).Match(parts[:i+1], true) {
			return nil
		}
	}
	return ps
}

// patterns reads one ignore file, which need not exist.
func patterns(fsys fs.FS, rel string, domain []string) []gitignore.Pattern {
	text, _, err := boundary.ReadRegular(fsys, rel)
	if err != nil {
		return nil
	}
	var ps []gitignore.Pattern
	for line := range bytes.Lines(text) {
		l := strings.TrimRight(string(line), "\r\n")
		if strings.TrimSpace(l) != "" && !strings.HasPrefix(l, "#") {
			ps = append(ps, parse(l, domain))
		}
	}
	return ps
}

// parse is gitignore.ParsePattern with a look ahead: the library compares each part of a path with each pattern, and
// a large repository has hundreds of patterns and thousands of directories.
func parse(line string, domain []string) gitignore.Pattern {
	out := literal{Pattern: gitignore.ParsePattern(line, domain)}
	if strings.Contains(line, `\`) {
		return out // nobody knows what stands for itself
	}
	for _, plain := range special.Split(strings.TrimRight(strings.TrimPrefix(line, "!"), " "), -1) {
		if len(plain) > len(out.holds) {
			out.holds = plain
		}
	}
	return out
}

// special is what does not stand for itself in a pattern, or lies between the parts of one.
var special = regexp.MustCompile(`[*?/]|\[[^\]]*\]?`)

// literal is a pattern for paths of which one part holds a text.
type literal struct {
	gitignore.Pattern
	holds string
}

func (l literal) Match(path []string, dir bool) gitignore.MatchResult {
	for _, name := range path {
		if strings.Contains(name, l.holds) {
			return l.Pattern.Match(path, dir)
		}
	}
	return gitignore.NoMatch
}

// split gives the parts of a path, none of ".".
func split(rel string) []string {
	if rel == "." {
		return nil
	}
	return strings.Split(rel, "/")
}
