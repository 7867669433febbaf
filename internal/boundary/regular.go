package boundary

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// ErrTooLarge is the error of a text that is not read to its end.
var ErrTooLarge = errors.New("larger than " + budget.File.Size())

// ReadRegular returns the text of a regular file within budget.File, in UTF-8. With ErrTooLarge it returns the
// beginning of a larger one. It opens nothing but regular files: a pipe would block. info is nil if nothing is there.
func ReadRegular(fsys fs.FS, rel string) (text []byte, info fs.FileInfo, err error) {
	return readRegular(fsys, rel, budget.File)
}

// ReadUpTo is ReadRegular within another budget. Its error for a larger text is another one.
func ReadUpTo(fsys fs.FS, rel string, most budget.Budget) (text []byte, info fs.FileInfo, err error) {
	return readRegular(fsys, rel, most)
}

func readRegular(fsys fs.FS, rel string, most budget.Budget) (text []byte, info fs.FileInfo, err error) {
	info, err = fs.Stat(fsys, rel)
	if err != nil {
		return nil, nil, err
	}
	text, err = readInto(&bytes.Buffer{}, fsys, rel, info, most)
	return text, info, err
}

// Reader reads files one after the other into the same memory, for a walk that keeps few of many texts.
type Reader struct{ buffer bytes.Buffer }

// Read is ReadRegular of an entry of the directory fsys. The text is good until the next call.
func (r *Reader) Read(fsys fs.FS, e fs.DirEntry) (text []byte, info fs.FileInfo, err error) {
	if e.Type()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(fsys, e.Name())
	} else {
		info, err = e.Info()
	}
	if err != nil {
		return nil, nil, err
	}
	r.buffer.Reset()
	text, err = readInto(&r.buffer, fsys, e.Name(), info, budget.File)
	return text, info, err
}

// readInto reads the file that info describes into the empty buffer.
func readInto(buffer *bytes.Buffer, fsys fs.FS, rel string, info fs.FileInfo, most budget.Budget) ([]byte, error) {
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	file, err := fsys.Open(rel)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readUpTo(buffer, file, info.Size(), most)
}

// ReadBuffer reads the text of a Buffer, which may be as large as a file.
func ReadBuffer(in io.Reader) ([]byte, error) { return readUpTo(&bytes.Buffer{}, in, 0, budget.File) }

// readUpTo reads a text of about size bytes into the empty buffer.
func readUpTo(text *bytes.Buffer, in io.Reader, size int64, most budget.Budget) ([]byte, error) {
	text.Grow(int(min(size, int64(most.Max))) + bytes.MinRead)
	_, err := text.ReadFrom(io.LimitReader(in, int64(most.Max)+1))
	switch {
	case err == nil && text.Len() > most.Max && most == budget.File:
		err = ErrTooLarge
	case err == nil && text.Len() > most.Max:
		err = errors.New("larger than " + most.Size())
	}
	return inUTF8(text.Bytes()), err
}
