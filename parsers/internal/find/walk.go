package find

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// skipped are the directories that hold what tools made of the inputs, or copies of other people's. They are entered
// only when named.
var skipped = []string{".git", ".terraform", "node_modules", ".aws-sam", "cdk.out", ".terragrunt-cache"}

// isLikely tells by its ending whether the content of a file is looked at.
func isLikely(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json", ".template", ".cfn", ".cform", ".txt", ".tf", ".tofu", ".mod":
		return true
	}
	return path.Base(name) == "terragrunt.hcl"
}

// walker collects the inputs inside one boundary. Paths are relative to it and slash-separated.
type walker struct {
	fsys     fs.FS // refuses to leave the boundary, by symbolic links too
	boundary *boundary.Boundary
	likely   func(name string) bool // by the name alone
	sniff    func(name string, text []byte) bool
	skips    func(name string, dir bool) bool
	fronts   frontend.Set
	files    []file
	reader   boundary.Reader
	*Found   // what there is to say about them
}

// dir collects what the directory of parent holds that is called name there. rel is its place in the boundary, and
// ignored are the patterns of the directories above it.
func (w *walker) dir(parent fs.FS, name, rel string, ignored []gitignore.Pattern) {
	if strings.Count(rel, "/") >= budget.Directories.Max {
		message := "this directory is not read: " + budget.Directories.Exceeded()
		w.Errors = append(w.Errors, source.Diagnostic{File: w.boundary.Name(rel), Message: message, Limit: true})
		return
	}
	entries, err := fs.ReadDir(parent, name)
	matters := func(e fs.DirEntry) bool { return e.IsDir() || w.likely(path.Join(rel, e.Name())) }
	if err == nil && slices.ContainsFunc(entries, matters) {
		err = boundary.Below(parent, name, func(fsys fs.FS) { w.entries(fsys, rel, entries, ignored) })
	}
	if err != nil {
		w.fail(rel, err)
	}
}

// entries collects what is in the directory fsys.
func (w *walker) entries(fsys fs.FS, rel string, entries []fs.DirEntry, ignored []gitignore.Pattern) {
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ignoreFile }) {
		ignored = append(slices.Clip(ignored), patterns(fsys, ignoreFile, split(rel))...)
	}
	matcher := gitignore.NewMatcher(ignored)
	for _, e := range entries {
		child := path.Join(rel, e.Name())
		out := func() bool {
			return matcher.Match(split(child), e.IsDir()) ||
				w.skips != nil && w.skips(w.boundary.Name(child), e.IsDir())
		}
		switch {
		case !e.IsDir():
			if w.likely(child) {
				w.walked(fsys, child, e, out)
			}
		case !out() && !slices.Contains(skipped, e.Name()):
			w.dir(fsys, e.Name(), child, ignored)
		}
	}
}

// walked takes a file that may be an input and is not left out. To ask whether it is takes longer, with many patterns,
// than to look into the file. Links to directories are not followed, links to files are.
func (w *walker) walked(fsys fs.FS, rel string, e fs.DirEntry, out func() bool) {
	name := w.boundary.Name(rel)
	if w.taken > budget.Text.Max {
		return
	}
	text, info, err := w.reader.Read(fsys, e)
	link := e.Type()&fs.ModeSymlink != 0
	switch {
	case (err == nil || err == boundary.ErrTooLarge) && w.sniff != nil && !w.sniff(name, text), out():
	case info == nil && link && w.sniff != nil && w.sniff(name, nil): // its name alone says what it is
		w.fail(rel, err)
	case info == nil && link:
		d := source.Diagnostic{File: name, Message: "a symbolic link that leads outside or nowhere, not read"}
		w.Notices = append(w.Notices, d)
	case info != nil && !info.Mode().IsRegular():
	case err == boundary.ErrTooLarge && w.isAside(name, text):
		message := boundary.Reason(err) + ", so it is only read where it is named, or with --context"
		w.Notices = append(w.Notices, source.Diagnostic{File: name, Message: message})
	case err != nil:
		w.fail(rel, err)
	case w.take(text):
		why := "this file is not read, nor are further ones: " + budget.Text.Exceeded()
		w.Errors = append(w.Errors, source.Diagnostic{File: name, Message: why, Limit: true})
	default:
		in := unit.Input{Name: name, Text: bytes.Clone(text), Within: w.boundary, Reason: unit.Found}
		w.files = append(w.files, file{Input: in, info: info, link: link})
	}
}

// isAside says of a file that it only serves others.
func (w *walker) isAside(name string, text []byte) bool {
	front := w.fronts.Knowing(name, text)
	return front != nil && front.Aside
}

// take counts the text of one more file. It says that there is too much of it.
func (w *walker) take(text []byte) bool {
	w.taken += len(text)
	return w.taken > budget.Text.Max
}

func (w *walker) fail(rel string, err error) {
	d := source.Diagnostic{File: w.boundary.Name(rel), Message: boundary.Reason(err)}
	w.Errors = append(w.Errors, d)
}
