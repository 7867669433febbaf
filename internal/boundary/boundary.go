// Package boundary reads files, and never outside the directory that a run keeps to. Inputs are hostile: a link or a
// path in one may lead anywhere.
//
// Names are slash-separated and relative to the working directory of the run.
package boundary

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Boundary is a directory that reads do not leave, by symbolic links neither. A nil Boundary holds nothing.
type Boundary struct {
	path    string // of the directory, absolute
	dir     string // the working directory, absolute
	buffers Buffers
}

// Around is what bounds reads on behalf of path, which is relative to the working directory dir, or absolute. It is
// the root, if that is not empty, and else the nearest directory that holds .git and that path is or lies in. Without
// one it is path itself, or the directory of a file. The error says that root is no directory.
func Around(dir, path, root string, buffers Buffers) (*Boundary, error) {
	b := &Boundary{dir: dir, buffers: buffers}
	if root != "" {
		b.path = Absolute(dir, root)
		if !isDirectory(b.path) {
			return nil, fmt.Errorf("the root %s is not a directory", filepath.ToSlash(b.path))
		}
		return b, nil
	}
	b.path = Absolute(dir, path)
	if !isDirectory(b.path) {
		b.path = filepath.Dir(b.path)
	}
	for at := b.path; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			b.path = at
			return b, nil
		}
		if at == filepath.Dir(at) {
			return b, nil
		}
	}
}

func isDirectory(abs string) bool {
	info, err := os.Stat(abs)
	return err == nil && info.IsDir()
}

// Saved is the boundary without the buffers.
func (b *Boundary) Saved() *Boundary { return &Boundary{path: b.path, dir: b.dir} }

// Absolute is the path of name, if that is inside.
func (b *Boundary) Absolute(name string) (path string, inside bool) {
	if b == nil {
		return "", false
	}
	_, err := b.Relative(name)
	return Absolute(b.dir, name), err == nil
}

// Buffered are the buffers that lie inside, by their names.
func (b *Boundary) Buffered() map[string][]byte {
	out := map[string][]byte{}
	for _, buffer := range b.buffers {
		if _, err := b.Relative(buffer.Name); err == nil {
			out[b.Clean(buffer.Name)] = buffer.Text
		}
	}
	return out
}

// Path is the directory, absolute.
func (b *Boundary) Path() string { return b.path }

// Read returns the text of a regular file of at most 4 MiB.
func (b *Boundary) Read(name string) (text []byte, err error) {
	err = b.at(name, func(fsys fs.FS, rel string) error {
		text, _, err = ReadRegular(fsys, rel)
		return err
	})
	if err != nil {
		return nil, err
	}
	return text, nil
}

// List returns the names of the entries of a directory, sorted and without the directory's own.
func (b *Boundary) List(dir string) (names []string, err error) {
	err = b.at(dir, func(fsys fs.FS, rel string) error {
		entries, err := fs.ReadDir(fsys, rel)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return err
	})
	return names, err
}

// Has reports that something of that name is there, were it a link that leads outside.
func (b *Boundary) Has(name string) bool {
	err := b.at(name, func(fsys fs.FS, rel string) error {
		_, err := fs.Lstat(fsys, rel)
		return err
	})
	return err == nil
}

// Upwards looks for a file of one of the names in the directory that path is or lies in, and in those above it. It
// gives the name of the nearest one, of several in a directory the first, or "" where there is none inside the
// boundary. The error is about path.
func (b *Boundary) Upwards(path string, files ...string) (name string, err error) {
	abs := Absolute(b.dir, path)
	info, err := os.Stat(abs)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	for dir := abs; ; dir = filepath.Dir(dir) {
		if rel, err := filepath.Rel(b.path, dir); err != nil || !filepath.IsLocal(rel) {
			return "", nil
		}
		for _, file := range files {
			if name := Name(b.dir, filepath.Join(dir, file)); b.Has(name) {
				return name, nil
			}
		}
		if dir == filepath.Dir(dir) {
			return "", nil
		}
	}
}

// Clean is the one name of what name leads to: a path may leave the working directory and come back into it.
func (b *Boundary) Clean(name string) string {
	if b == nil {
		return path.Clean(name)
	}
	return Name(b.dir, Absolute(b.dir, name))
}

// Relative is the place of name in the boundary, slash-separated. The error says that it lies outside.
func (b *Boundary) Relative(name string) (string, error) {
	rel, err := filepath.Rel(b.path, Absolute(b.dir, name))
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("lies outside %s", filepath.ToSlash(b.path))
	}
	return filepath.ToSlash(rel), nil
}

// Name is that of what lies at the place in the boundary.
func (b *Boundary) Name(rel string) string {
	return Name(b.dir, filepath.Join(b.path, filepath.FromSlash(rel)))
}

// Enter calls f with the files of the boundary. The directory is open for that long only, so that nobody has to close a
// Boundary.
func (b *Boundary) Enter(f func(fsys fs.FS) error) error {
	root, err := os.OpenRoot(b.path)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return f(b.buffers.over(rootOf(root), b.path, b.dir))
}

// Below calls f with the files of a directory of fsys, which Enter gave. A name is opened part by part, so a walk that
// goes down directory by directory opens far less.
func Below(fsys fs.FS, dir string, f func(fsys fs.FS)) error {
	sub, err := subOf(fsys, dir)
	if err != nil {
		return err
	}
	if open, ok := sub.(io.Closer); ok {
		defer func() { _ = open.Close() }()
	}
	f(sub)
	return nil
}

// subOf is fs.Sub, which refuses names that are not UTF-8, without that.
func subOf(fsys fs.FS, dir string) (fs.FS, error) {
	if own, ok := fsys.(fs.SubFS); ok {
		return own.Sub(dir)
	}
	return fs.Sub(fsys, dir)
}

// at calls f with the place of name.
func (b *Boundary) at(name string, f func(fsys fs.FS, rel string) error) error {
	if b == nil {
		return fs.ErrNotExist
	}
	rel, err := b.Relative(name)
	if err != nil {
		return err
	}
	return b.Enter(func(fsys fs.FS) error { return f(fsys, rel) })
}

// Absolute is where a name leads that is relative to the directory dir, or absolute.
func Absolute(dir, name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

// Name is what the file at the absolute path abs is called where dir is the working directory.
func Name(dir, abs string) string {
	if rel, err := filepath.Rel(dir, abs); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(abs)
}

// Reason is the error without the path, which a diagnostic names already.
func Reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
