package git

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// At is what the commit holds that the revision names. root is the root of the working tree.
func At(root, revision string) (*Tree, error) {
	store, err := open(root)
	if err != nil {
		return nil, err
	}
	commit, err := resolve(store, revision)
	if err != nil {
		return nil, err
	}
	tree, err := commit.Tree()
	return &Tree{tree}, err
}

// The most that is written of one commit.
const (
	mostFiles = 500_000
	mostBytes = 2 << 30
)

var errTooBig = errors.New("the commit has too many files")

// Export writes files into a directory, those of at most that many bytes, and links. Whatever their names, nothing is
// written outside of it. Submodules are left out.
func (t *Tree) Export(dir string, most int64) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	files, bytes := 0, int64(0)
	return t.tree.Files().ForEach(func(f *object.File) error {
		name := filepath.FromSlash(f.Name)
		if f.Size > most || !filepath.IsLocal(name) {
			return nil
		}
		if files, bytes = files+1, bytes+f.Size; files > mostFiles || bytes > mostBytes {
			return errTooBig
		}
		if err := export(root, name, f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		return nil
	})
}

func export(root *os.Root, name string, f *object.File) (err error) {
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if f.Mode == filemode.Symlink {
		target, err := f.Contents()
		if err != nil {
			return err
		}
		return root.Symlink(filepath.FromSlash(target), name)
	}
	in, err := f.Reader()
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
