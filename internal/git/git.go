// Package git reads commits of the repository that files are in. It starts no process and asks no server.
package git

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// Root is the root of the working tree that the directory is in, which is absolute; "" where it is in none.
func Root(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// Tree is what a commit holds. A nil Tree holds nothing.
type Tree struct{ tree *object.Tree }

// Has says whether the commit holds a file of that name, relative to the root and with slashes, with that text.
func (t *Tree) Has(name string, text []byte) bool {
	if t == nil {
		return false
	}
	entry, err := t.tree.FindEntry(name)
	return err == nil && plumbing.ComputeHash(plumbing.BlobObject, text) == entry.Hash
}

// Head is what the last commit of the working tree holds, whose root is given.
func Head(root string) (*Tree, error) {
	store, err := open(root)
	if err != nil {
		return nil, err
	}
	hash, err := reference(store, plumbing.HEAD)
	if err != nil {
		return nil, err
	}
	commit, err := object.GetCommit(store, hash)
	if err != nil {
		return nil, err
	}
	tree, err := commit.Tree()
	return &Tree{tree}, err
}

// open opens the folder .git of a working tree. In one of several working trees it is a file that says where the
// folder is, which shares objects with that of the first.
// https://git-scm.com/docs/gitrepository-layout
func open(root string) (*filesystem.Storage, error) {
	dir := filepath.Join(root, ".git")
	if text, err := os.ReadFile(dir); err == nil {
		to, ok := bytes.CutPrefix(bytes.TrimSpace(text), []byte("gitdir: "))
		if !ok {
			return nil, errors.New(".git is no folder, and names none")
		}
		dir = below(root, string(to))
	}
	var shared billy.Filesystem
	if text, err := os.ReadFile(filepath.Join(dir, "commondir")); err == nil {
		shared = osfs.New(below(dir, string(bytes.TrimSpace(text))))
	}
	files := dotgit.NewRepositoryFilesystem(osfs.New(dir), shared)
	return filesystem.NewStorage(files, cache.NewObjectLRUDefault()), nil
}

func below(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
