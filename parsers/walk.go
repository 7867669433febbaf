package parsers

import (
	"bytes"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// skipped are the directories that hold what tools made of the inputs, or copies of other people's. They are entered
// only when named.
var skipped = []string{".git", ".terraform", "node_modules", ".aws-sam", "cdk.out", ".terragrunt-cache"}

// isLikely tells by its ending whether the content of a file is looked at.
func isLikely(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json", ".template", ".txt", ".tf", ".tofu", ".mod":
		return true
	}
	return path.Base(name) == "terragrunt.hcl"
}

// walker collects the inputs inside one boundary. Paths are relative to it and slash-separated.
type walker struct {
	fsys     fs.FS // refuses to leave the boundary, by symbolic links too
	boundary *Boundary
	likely   func(name string) bool // by the name alone
	sniff    func(name string, text []byte) bool
	skips    func(name string, dir bool) bool
	found    *Found
}

// dir collects what the directory holds. ignored are the patterns of the directories above it.
func (w *walker) dir(rel string, ignored []gitignore.Pattern) {
	entries, err := fs.ReadDir(w.fsys, rel)
	if err != nil {
		w.fail(rel, err)
		return
	}
	ignored = append(slices.Clip(ignored), w.patterns(path.Join(rel, ".gitignore"), split(rel))...)
	matcher := gitignore.NewMatcher(ignored)
	for _, e := range entries {
		child := path.Join(rel, e.Name())
		out := func() bool {
			return matcher.Match(split(child), e.IsDir()) || w.skips != nil && w.skips(w.name(child), e.IsDir())
		}
		switch {
		case !e.IsDir():
			if w.likely(child) {
				w.walked(child, e, out)
			}
		case !out() && !slices.Contains(skipped, e.Name()):
			w.dir(child, ignored)
		}
	}
}

// walked takes a file that may be an input and is not left out. To ask whether it is takes longer, with many patterns, than
// to look into the file. Links to directories are not followed, links to files are.
func (w *walker) walked(rel string, e fs.DirEntry, out func() bool) {
	text, info, err := readRegular(w.fsys, rel)
	link := e.Type()&fs.ModeSymlink != 0
	switch {
	case err == nil && w.sniff != nil && !w.sniff(w.name(rel), text), out():
	case info == nil && link:
		w.found.Notices = append(w.found.Notices, source.Diagnostic{File: w.name(rel), Message: "a symbolic link that leads outside or nowhere, not read"})
	case info != nil && !info.Mode().IsRegular():
	case err == errTooLarge && !LooksLikeTemplate(text):
	case err != nil:
		w.fail(rel, err)
	default:
		w.found.Inputs = append(w.found.Inputs, Input{Name: w.name(rel), Text: text, Within: w.boundary, info: info, link: link})
	}
}

// named takes a file that the user asked for.
func (w *walker) named(rel string, opts Options) error {
	text, info, err := readRegular(w.fsys, rel)
	if err == errTooLarge && opts.SkipUnrecognized && !LooksLikeTemplate(text) {
		return nil
	}
	if err != nil {
		return err
	}
	in := Input{Name: w.name(rel), Named: !opts.SkipUnrecognized, Text: text, Within: w.boundary, asked: true, info: info}
	if other := w.companion(rel, text, opts.Fronts); other != "" {
		in.Named = false // it is no input by itself, and that is no error
		w.found.Inputs = append(w.found.Inputs, in)
		return w.named(other, opts)
	}
	w.found.Inputs = append(w.found.Inputs, in)
	return nil
}

// above are the ignore patterns that hold for the directory rel from outside it. Where they exclude the directory
// itself, there are none: who names a directory wants it read.
func (w *walker) above(rel string) []gitignore.Pattern {
	ps := w.patterns(".git/info/exclude", nil)
	parts := split(rel)
	for i := range parts {
		ps = append(ps, w.patterns(path.Join(path.Join(parts[:i]...), ".gitignore"), parts[:i])...)
		if gitignore.NewMatcher(ps).Match(parts[:i+1], true) {
			return nil
		}
	}
	return ps
}

// patterns reads one ignore file, which need not exist.
func (w *walker) patterns(rel string, domain []string) []gitignore.Pattern {
	text, _, err := readRegular(w.fsys, rel)
	if err != nil {
		return nil
	}
	var ps []gitignore.Pattern
	for line := range bytes.Lines(text) {
		l := strings.TrimRight(string(line), "\r\n")
		if strings.TrimSpace(l) != "" && !strings.HasPrefix(l, "#") {
			ps = append(ps, gitignore.ParsePattern(l, domain))
		}
	}
	return ps
}

func (w *walker) fail(rel string, err error) {
	w.found.Errors = append(w.found.Errors, source.Diagnostic{File: w.name(rel), Message: reason(err)})
}

func (w *walker) name(rel string) string {
	return w.found.name(filepath.Join(w.boundary.path, filepath.FromSlash(rel)))
}

func split(rel string) []string {
	if rel == "." {
		return nil
	}
	return strings.Split(rel, "/")
}
