// Package disk writes files, and says what is wrong with those that cannot be read or written.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace replaces the file at path as a whole or not at all by what write writes, also where the process is ended
// meanwhile. A file that is there keeps its permissions. What is no regular file, such as /dev/null, is written to
// directly.
func Replace(path string, write func(io.Writer) error) (err error) {
	target, flags := path, os.O_WRONLY
	info, statErr := os.Stat(path)
	direct := statErr == nil && !info.Mode().IsRegular()
	if !direct {
		target = filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
		flags |= os.O_CREATE | os.O_EXCL
		defer removeWhenStopped(target)()
	}
	f, err := os.OpenFile(target, flags, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && !direct {
			_ = os.Remove(target)
		}
	}()
	if statErr == nil && !direct {
		err = f.Chmod(info.Mode().Perm())
	}
	if err := errors.Join(err, write(f), f.Close()); err != nil || direct {
		return err
	}
	return os.Rename(target, path)
}

// Temporary makes a directory that only this user can read, and gives what removes it. It is removed, too, when the
// process is stopped.
func Temporary() (dir string, remove func(), err error) {
	if dir, err = os.MkdirTemp("", "lambda-vpc-lint-*"); err != nil {
		return "", nil, err
	}
	done := removeWhenStopped(dir)
	return dir, func() {
		done()
		_ = os.RemoveAll(dir)
	}, nil
}

// Failed is the error of reading or writing a file: its cause, behind the name with slashes on every system.
func Failed(file string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	} else if at, ok := errors.AsType[*os.LinkError](err); ok {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", filepath.ToSlash(file), err)
}
