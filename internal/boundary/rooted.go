package boundary

import (
	"io/fs"
	"os"
	"slices"
	"strings"
)

// rooted is the files of a directory that is not left. Unlike those of os.Root.FS, they may have names that are not
// UTF-8, which file systems allow.
type rooted struct{ root *os.Root }

// Open implements fs.FS.
func (r rooted) Open(name string) (fs.File, error) {
	f, err := r.root.Open(name)
	if err != nil {
		return nil, err // a nil *os.File would be no nil fs.File
	}
	return f, nil
}

// ReadDir implements fs.ReadDirFS.
func (r rooted) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := r.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat implements fs.StatFS.
func (r rooted) Stat(name string) (fs.FileInfo, error) { return r.root.Stat(name) }

// Lstat implements fs.ReadLinkFS.
func (r rooted) Lstat(name string) (fs.FileInfo, error) { return r.root.Lstat(name) }

// ReadLink implements fs.ReadLinkFS.
func (r rooted) ReadLink(name string) (string, error) { return r.root.Readlink(name) }
