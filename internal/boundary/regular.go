package boundary

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// maxSize is the largest file that is read: several times what CloudFormation takes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const maxSize = 4 << 20

// ErrTooLarge is the error of a text that is not read to its end.
var ErrTooLarge = fmt.Errorf("larger than %d MiB", maxSize>>20)

// ReadRegular returns the text of a regular file of at most maxSize bytes, in UTF-8. With ErrTooLarge it returns the
// beginning of a larger one. It opens nothing but regular files: a pipe would block. info is nil if nothing is there.
func ReadRegular(fsys fs.FS, rel string) (text []byte, info fs.FileInfo, err error) {
	info, err = fs.Stat(fsys, rel)
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
	text, err = readUpTo(file, info.Size())
	return text, info, err
}

// ReadBuffer reads the text of a Buffer, which may be as large as a file.
func ReadBuffer(in io.Reader) ([]byte, error) { return readUpTo(in, 0) }

// readUpTo reads a text of about size bytes.
func readUpTo(in io.Reader, size int64) ([]byte, error) {
	var text bytes.Buffer
	text.Grow(int(min(size, maxSize)) + bytes.MinRead)
	_, err := text.ReadFrom(io.LimitReader(in, maxSize+1))
	if err == nil && text.Len() > maxSize {
		err = ErrTooLarge
	}
	return inUTF8(text.Bytes()), err
}
