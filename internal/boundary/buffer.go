package boundary

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Buffer is a text that stands in place of a file, such as what an editor has not saved yet. The file need not exist.
type Buffer struct {
	// Name is relative to the working directory, or absolute.
	Name string
	Text []byte
}

// Info describes the buffer as the file in whose place it stands.
func (b Buffer) Info() fs.FileInfo { return bufferInfo{b.Name, int64(len(b.Text))} }

// Buffers are those of a run.
type Buffers []Buffer

// At is the buffer that stands in place of the file at the absolute path, where base is the working directory; nil
// without one.
func (bs Buffers) At(abs, base string) *Buffer {
	for i := range bs {
		if Absolute(base, bs[i].Name) == abs {
			return &bs[i]
		}
	}
	return nil
}

// over is fsys with all buffers in it.
func (bs Buffers) over(fsys fs.FS, dir, base string) fs.FS {
	for i := range bs {
		fsys = bs[i].over(fsys, dir, base)
	}
	return fsys
}

// over is fsys, which is at the absolute path dir, with the buffer in it; fsys itself when it lies
// elsewhere. base is the working directory.
func (b *Buffer) over(fsys fs.FS, dir, base string) fs.FS {
	rel, err := filepath.Rel(dir, Absolute(base, b.Name))
	if err != nil || !filepath.IsLocal(rel) {
		return fsys
	}
	return overlay{fsys, bufferInfo{filepath.ToSlash(rel), int64(len(b.Text))}, b.Text}
}

// overlay is a file system in which one file has another text.
type overlay struct {
	fs.FS
	info bufferInfo
	text []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name != o.info.path {
		return o.FS.Open(name)
	}
	return bufferFile{o.info, bytes.NewReader(o.text)}, nil
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if name != o.info.path {
		return fs.Stat(o.FS, name)
	}
	return o.info, nil
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if err != nil || name != path.Dir(o.info.path) {
		return entries, err
	}
	byName := func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) }
	at, there := slices.BinarySearchFunc(entries, o.info.Name(), byName)
	if !there {
		entries = slices.Insert(entries, at, fs.FileInfoToDirEntry(o.info))
	}
	return entries, nil
}

// Sub implements fs.SubFS. The caller closes it, if it can be closed.
func (o overlay) Sub(dir string) (fs.FS, error) {
	sub, err := subOf(o.FS, dir)
	below, inside := o.info.path, dir == "."
	if !inside {
		below, inside = strings.CutPrefix(o.info.path, dir+"/")
	}
	if err != nil || !inside {
		return sub, err
	}
	return overlay{sub, bufferInfo{below, o.info.size}, o.text}, nil
}

// Close closes what Sub opened.
func (o overlay) Close() error {
	if open, ok := o.FS.(io.Closer); ok {
		return open.Close()
	}
	return nil
}

// bufferFile is an open buffer.
type bufferFile struct {
	info bufferInfo
	*bytes.Reader
}

func (f bufferFile) Stat() (fs.FileInfo, error) { return f.info, nil }

func (f bufferFile) Close() error { return nil }

// bufferInfo describes the buffer as a regular file.
type bufferInfo struct {
	path string
	size int64
}

func (i bufferInfo) Name() string     { return path.Base(i.path) }
func (i bufferInfo) Size() int64      { return i.size }
func (bufferInfo) Mode() fs.FileMode  { return 0o444 }
func (bufferInfo) ModTime() time.Time { return time.Time{} }
func (bufferInfo) IsDir() bool        { return false }
func (bufferInfo) Sys() any           { return nil }
