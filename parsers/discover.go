// Package parsers finds the inputs of a run and has the front ends turn them into networks. It knows no language.
package parsers

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// maxSize is the largest file that is read: several times what CloudFormation takes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const maxSize = 4 << 20

// Input is one file.
type Input struct {
	// Name is the path relative to the working directory, slash-separated.
	Name string
	// Named tells a file that the user named from one that was found in a directory.
	Named bool
	Text  []byte
	// Within bounds what may be read on behalf of the file.
	Within *Boundary
	// Caller marks a file that was looked for because its unit may call that of a named file, and is of no interest when
	// it does not.
	Caller bool
	// Beside marks a file that was looked for because a named file may take values from its unit, and is of no interest by
	// itself.
	Beside bool

	asked bool        // a path led to the file itself, not to a directory
	info  fs.FileInfo // of what a link leads to
	link  bool
	part  bool // of a file that is Beside: another unit calls its own
}

// Options steer Discover.
type Options struct {
	// Dir is the working directory, absolute.
	Dir string
	// Root is the directory that reads do not leave. Empty: for each path its nearest ancestor that holds .git, else
	// the path itself.
	Root string
	// Sniff tells by its content whether a file that was found in a directory may be an input. It is asked of files
	// with a likely name only.
	Sniff func(name string, text []byte) bool
	// Fronts tell which units a file that a path names is part of, and which may call those. Without any, it stands for
	// itself.
	Fronts []Frontend
	// SkipUnrecognized makes no difference between files that paths name and files that are found in a directory: what is
	// no input is passed over.
	SkipUnrecognized bool
	// Buffer stands in place of a file, or is nil.
	Buffer *Buffer
	// Skips tells by its name which file or directory, found in a directory, is left out. Nil leaves out none.
	Skips func(name string, dir bool) bool
}

// Found is what Discover found.
type Found struct {
	// Inputs are sorted by name.
	Inputs          []Input
	Errors, Notices []source.Diagnostic

	dir        string
	boundaries []*Boundary
	covered    []*Boundary // those that were looked through as a whole
	rebased    sync.Map    // what Rebase has said, by name
}

// Discover finds the files of paths: those that paths name, with those that may call them, and those in the directories
// that paths name, except what .gitignore excludes and what package managers and build tools put there.
func Discover(paths []string, opts Options) *Found {
	found := &Found{dir: opts.Dir}
	for _, p := range paths {
		if err := found.discover(p, opts); err != nil {
			found.Errors = append(found.Errors, source.Diagnostic{File: filepath.ToSlash(p), Message: reason(err)})
		}
	}
	found.addCallers(opts)
	slices.SortStableFunc(found.Inputs, func(a, b Input) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), a.rank()-b.rank())
	})
	found.Inputs = slices.CompactFunc(found.Inputs, func(a, b Input) bool { return a.Name == b.Name })
	found.Inputs = withoutAliases(found.Inputs)
	found.Errors, found.Notices = tidy(found.Errors), tidy(found.Notices)
	return found
}

// rank says in which way a file counts that was come by in more than one: the lowest wins.
func (in Input) rank() int {
	switch {
	case in.Named:
		return 0
	case in.Caller:
		return 2
	case in.Beside:
		return 3
	}
	return 1
}

// withoutAliases drops the links that lead to a file which is an input under its own name too.
func withoutAliases(inputs []Input) []Input {
	return slices.DeleteFunc(slices.Clone(inputs), func(in Input) bool {
		return in.link && slices.ContainsFunc(inputs, func(other Input) bool { return !other.link && os.SameFile(in.info, other.info) })
	})
}

func (f *Found) discover(p string, opts Options) error {
	abs := absolute(opts.Dir, p)
	buffered := opts.Buffer != nil && abs == absolute(opts.Dir, opts.Buffer.Name)
	info, err := os.Stat(abs)
	isDir := err == nil && info.IsDir()
	switch {
	case err != nil && !buffered:
		return err
	case isDir && buffered:
		return errors.New("is a directory")
	}
	return f.enter(abs, isDir, opts)
}

// enter takes what the absolute path leads to.
func (f *Found) enter(abs string, isDir bool, opts Options) error {
	boundary, err := f.boundary(abs, isDir, opts)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(boundary.path, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("lies outside %s", filepath.ToSlash(boundary.path))
	}
	root, err := os.OpenRoot(boundary.path)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	w := &walker{fsys: opts.Buffer.over(root.FS(), boundary.path, f.dir), boundary: boundary, likely: isLikely, sniff: opts.Sniff, skips: opts.Skips, found: f}
	if rel == "." {
		f.covered = append(f.covered, boundary)
	}
	if rel = filepath.ToSlash(rel); isDir {
		w.dir(rel, w.above(rel))
		return nil
	}
	return w.named(rel, opts)
}

// boundary is around what may be read on behalf of the path abs. Paths share one.
func (f *Found) boundary(abs string, isDir bool, opts Options) (*Boundary, error) {
	dir, err := boundaryOf(abs, isDir, opts)
	if err != nil {
		return nil, err
	}
	for _, b := range f.boundaries {
		if b.path == dir {
			return b, nil
		}
	}
	b := &Boundary{path: dir, dir: f.dir, buffer: opts.Buffer}
	f.boundaries = append(f.boundaries, b)
	return b, nil
}

// boundaryOf is the directory that reads on behalf of the path abs do not leave.
func boundaryOf(abs string, isDir bool, opts Options) (string, error) {
	if opts.Root != "" {
		root := absolute(opts.Dir, opts.Root)
		if info, err := os.Stat(root); err != nil || !info.IsDir() {
			return "", fmt.Errorf("the root %s is not a directory", filepath.ToSlash(root))
		}
		return root, nil
	}
	start := abs
	if !isDir {
		start = filepath.Dir(abs)
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return start, nil
		}
	}
}

// Whole reports that nothing inside the boundaries of the run was left out.
func (f *Found) Whole() bool {
	return !slices.ContainsFunc(f.boundaries, func(b *Boundary) bool { return !slices.Contains(f.covered, b) })
}

// Rebase turns a path relative to the working directory into one relative to the innermost boundary that holds it.
func (f *Found) Rebase(name string) string {
	if known, ok := f.rebased.Load(name); ok {
		return known.(string)
	}
	abs := absolute(f.dir, name)
	best := name
	for _, b := range f.boundaries {
		rel, err := filepath.Rel(b.path, abs)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if rel = filepath.ToSlash(rel); best == name || len(rel) < len(best) {
			best = rel
		}
	}
	f.rebased.Store(name, best)
	return best
}

// name is how the file at abs is called in messages.
func (f *Found) name(abs string) string { return nameIn(f.dir, abs) }

func nameIn(dir, abs string) string {
	if rel, err := filepath.Rel(dir, abs); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(abs)
}

// readRegular returns the text of a regular file of at most maxSize bytes. Of a larger one it returns errTooLarge and
// the beginning. It opens nothing but regular files: a pipe would block.
func readRegular(fsys fs.FS, rel string) ([]byte, fs.FileInfo, error) {
	info, err := fs.Stat(fsys, rel)
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, info, errors.New("not a regular file")
	}
	file, err := fsys.Open(rel)
	if err != nil {
		return nil, info, err
	}
	defer func() { _ = file.Close() }()
	text, err := readUpTo(file, info.Size())
	return text, info, err
}

// ReadBuffer reads the text of a Buffer, which may be as large as a file.
func ReadBuffer(in io.Reader) ([]byte, error) { return readUpTo(in, 0) }

// readUpTo reads a text of about size bytes, and gives it in UTF-8. Of one that is too large it returns the beginning and errTooLarge.
func readUpTo(in io.Reader, size int64) ([]byte, error) {
	var text bytes.Buffer
	text.Grow(int(min(size, maxSize)) + bytes.MinRead)
	_, err := text.ReadFrom(io.LimitReader(in, maxSize+1))
	if err == nil && text.Len() > maxSize {
		err = errTooLarge
	}
	return inUTF8(text.Bytes()), err
}

var errTooLarge = fmt.Errorf("larger than %d MiB", maxSize>>20)

// reason is the error without the path, which the diagnostic names already.
func reason(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

func tidy(ds []source.Diagnostic) []source.Diagnostic {
	slices.SortStableFunc(ds, func(a, b source.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Span.Compare(b.Span), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(ds)
}
