package parsers

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Boundary is a directory that reads do not leave, by symbolic links neither. Names are those of inputs: slash-separated
// and relative to the working directory. A nil Boundary holds nothing.
type Boundary struct {
	// path and dir are the boundary and the working directory, both absolute.
	path, dir string
	// fsys stands for the directory in memory; nil: it is on disk.
	fsys fs.FS
	// buffer stands in place of a file, or is nil.
	buffer *Buffer
}

// In is a boundary around files in memory, whose working directory is their root.
func In(fsys fs.FS) *Boundary {
	return &Boundary{path: string(filepath.Separator), dir: string(filepath.Separator), fsys: fsys}
}

// Read returns the text of a regular file of at most 4 MiB.
func (b *Boundary) Read(name string) (text []byte, err error) {
	err = b.at(name, func(fsys fs.FS, rel string) error {
		text, _, err = readRegular(fsys, rel)
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

// clean is the one name of what name leads to: a path may leave the working directory and come back into it.
func (b *Boundary) clean(name string) string {
	if b == nil {
		return path.Clean(name)
	}
	return nameIn(b.dir, absolute(b.dir, name))
}

// at calls f with the place of name. The directory is open for that long only, so that nobody has to close a Boundary.
func (b *Boundary) at(name string, f func(fsys fs.FS, rel string) error) error {
	if b == nil {
		return fs.ErrNotExist
	}
	rel, err := filepath.Rel(b.path, absolute(b.dir, name))
	if err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("lies outside %s", filepath.ToSlash(b.path))
	}
	if b.fsys != nil {
		return f(b.fsys, filepath.ToSlash(rel))
	}
	root, err := os.OpenRoot(b.path)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return f(b.buffer.over(root.FS(), b.path, b.dir), filepath.ToSlash(rel))
}
