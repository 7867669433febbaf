// Package find finds the files of a run: those that the user names, those in the directories that the user names, and
// those whose units have to do with the unit of a named file.
package find

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// Options steer Files.
type Options struct {
	// Dir is the working directory, absolute.
	Dir string
	// Root is the directory that reads do not leave. Empty: for each path its nearest ancestor that holds .git, else
	// the path itself.
	Root string
	// Sniff tells by its content whether a file that was found in a directory may be an input. It is asked of files
	// with a likely name only. Nil takes all of those.
	Sniff func(name string, text []byte) bool
	// Fronts tell which units a file that a path names is part of, and which may call those. Without any, it stands for
	// itself.
	Fronts frontend.Set
	// SkipUnrecognized makes no difference between files that paths name and files that are found in a directory: what
	// is no input is passed over.
	SkipUnrecognized bool
	// Buffers stand in place of files.
	Buffers boundary.Buffers
	// Index keeps what a search for related files has found, for the next run. Nil: it is searched anew.
	Index *Index
	// Skips tells by its name which file or directory, found in a directory, is left out. Nil leaves out none.
	Skips func(name string, dir bool) bool
	// Together names the directory that is read as a whole with the named file in it, or is empty.
	Together func(name string) string
}

// Found is what Files found.
type Found struct {
	// Inputs are sorted by name.
	Inputs          []unit.Input
	Errors, Notices []source.Diagnostic

	dir        string
	taken      int // the bytes of the files that were found in directories
	boundaries []*boundary.Boundary
	whole      []*boundary.Boundary // those that were looked through as a whole
	rebased    sync.Map             // what Rebase has said, by name
}

// file is an input with what is needed to tell when two names lead to one file.
type file struct {
	unit.Input
	info fs.FileInfo // of what a link leads to
	link bool
}

// finder collects the files of one run.
type finder struct {
	Options
	*Found
	files []file
	asked []unit.Input // those that a path led to, and not a directory
}

// Files finds the files of paths: those that paths name, with those that may call them, and those in the directories
// that paths name, except what .gitignore excludes and what package managers and build tools put there.
func Files(paths []string, opts Options) *Found {
	f := &finder{Options: opts, Found: &Found{dir: opts.Dir}}
	for _, p := range paths {
		if err := f.path(p); err != nil {
			d := source.Diagnostic{File: filepath.ToSlash(p), Message: boundary.Reason(err)}
			f.Errors = append(f.Errors, d)
		}
	}
	f.addRelated()
	f.Inputs = inputs(f.files)
	f.Errors, f.Notices = unit.Tidy(f.Errors), unit.Tidy(f.Notices)
	return f.Found
}

// inputs are the files by name, each once: for the strongest of its reasons, and not by a link where it is an input
// under its own name too.
func inputs(files []file) (out []unit.Input) {
	slices.SortStableFunc(files, func(a, b file) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), int(a.Reason-b.Reason))
	})
	files = slices.CompactFunc(files, func(a, b file) bool { return a.Name == b.Name })
	targets := map[stamp][]file{}
	for _, f := range files {
		if !f.link {
			targets[f.stamp()] = append(targets[f.stamp()], f)
		}
	}
	for _, f := range files {
		isTarget := func(other file) bool { return os.SameFile(f.info, other.info) }
		if !f.link || !slices.ContainsFunc(targets[f.stamp()], isTarget) {
			out = append(out, f.Input)
		}
	}
	return out
}

// stamp is what two names of one file have in common, and few others.
type stamp struct{ size, changed int64 }

func (f *file) stamp() stamp {
	if f.info == nil {
		return stamp{}
	}
	return stamp{f.info.Size(), f.info.ModTime().UnixNano()}
}

// path takes what a path leads to.
func (f *finder) path(p string) error {
	abs := boundary.Absolute(f.Dir, p)
	buffered := f.Buffers.At(abs, f.Dir) != nil
	info, err := os.Stat(abs)
	isDir := err == nil && info.IsDir()
	switch {
	case err != nil && !buffered:
		return err
	case isDir && buffered:
		return errors.New("is a directory")
	}
	b, err := f.boundaryOf(abs)
	if err != nil {
		return err
	}
	rel, err := b.Relative(abs)
	if err != nil {
		return err
	}
	return b.Enter(func(fsys fs.FS) error {
		w := &walker{fsys: fsys, boundary: b, likely: isLikely, sniff: f.Sniff, skips: f.Skips, fronts: f.Fronts,
			Found: f.Found}
		defer func() { f.files = append(f.files, w.files...) }()
		if rel == "." {
			f.whole = append(f.whole, b)
		}
		if isDir {
			w.dir(w.fsys, rel, rel, w.above(rel))
			return nil
		}
		if err := f.named(w, rel); err != nil {
			return err
		}
		f.together(w, rel)
		return nil
	})
}

// named takes a file that the user asked for. A file that makes no unit by itself is no error beside one that does.
func (f *finder) named(w *walker, rel string) error {
	text, info, err := readInput(w.fsys, rel, f.Fronts)
	if err == boundary.ErrTooLarge && f.SkipUnrecognized && f.Fronts.Knowing(rel, text) == nil {
		return nil
	}
	if err != nil {
		return err
	}
	in := unit.Input{Name: w.boundary.Name(rel), Text: text, Within: w.boundary, Reason: unit.Named}
	companion := f.companion(w.fsys, rel, text)
	if f.SkipUnrecognized || companion != "" {
		in.Reason = unit.Found
	}
	f.asked = append(f.asked, in)
	w.files = append(w.files, file{Input: in, info: info})
	if companion != "" {
		return f.named(w, companion)
	}
	return nil
}

// readInput reads a file, which may be as large as its front end takes it.
func readInput(fsys fs.FS, rel string, fronts frontend.Set) (text []byte, info fs.FileInfo, err error) {
	text, info, err = boundary.ReadRegular(fsys, rel)
	if err != boundary.ErrTooLarge {
		return text, info, err
	}
	if front := fronts.Knowing(rel, text); front != nil && front.Most.Max > 0 {
		return boundary.ReadUpTo(fsys, rel, front.Most)
	}
	return text, info, err
}

// together takes the directory that the file belongs to as a part, if there is one inside the boundary.
func (f *finder) together(w *walker, rel string) {
	if f.Together == nil {
		return
	}
	if dir := f.Together(w.boundary.Name(rel)); dir != "" {
		if rel, err := w.boundary.Relative(dir); err == nil {
			w.dir(w.fsys, rel, rel, w.above(rel))
		}
	}
}

// boundaryOf is around what may be read on behalf of the path abs. Paths share one.
func (f *finder) boundaryOf(abs string) (*boundary.Boundary, error) {
	b, err := boundary.Around(f.Dir, abs, f.Root, f.Buffers)
	if err != nil {
		return nil, err
	}
	for _, known := range f.boundaries {
		if known.Path() == b.Path() {
			return known, nil
		}
	}
	f.boundaries = append(f.boundaries, b)
	return b, nil
}

// Whole reports that nothing inside the boundaries of the run was left out.
func (f *Found) Whole() bool {
	return !slices.ContainsFunc(f.boundaries, func(b *boundary.Boundary) bool { return !slices.Contains(f.whole, b) })
}

// Rebase turns a path relative to the working directory into one relative to the innermost boundary that holds it.
func (f *Found) Rebase(name string) string {
	if known, ok := f.rebased.Load(name); ok {
		return known.(string)
	}
	best := name
	for _, b := range f.boundaries {
		if rel, err := b.Relative(name); err == nil && (best == name || len(rel) < len(best)) {
			best = rel
		}
	}
	f.rebased.Store(name, best)
	return best
}
