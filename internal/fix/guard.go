package fix

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/git"
)

// Guard says which files a fix may change: those below the paths of a run that are no links, and that git has in their
// present form, so that nothing is lost.
type Guard struct {
	// Paths are those of the command line; none: the working directory.
	Paths []string
	// AllowDirty lets files change that git does not have like this.
	AllowDirty bool

	repositories map[string]*git.Tree
}

var (
	errOutside = errors.New("the file is not below the paths that are named")
	errLink    = errors.New("the file is reached by a symbolic link")
	errDirty   = errors.New("the file has changes that are not committed: see --allow-dirty")
)

// May says why the file is not changed, or nothing. Its name is relative to the working directory.
func (g *Guard) May(name string) error {
	if !g.isNamed(name) {
		return errOutside
	}
	file, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return errLink
	}
	if real, err := filepath.EvalSymlinks(file); err != nil || real != file && !g.isBelowPaths(real) {
		return errLink
	}
	if !g.AllowDirty && g.isDirty(file) {
		return errDirty
	}
	return nil
}

// isBelowPaths says whether a file is in one of the paths, links in the way to them followed.
func (g *Guard) isBelowPaths(file string) bool {
	paths := g.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	return slices.ContainsFunc(paths, func(p string) bool {
		abs, err := filepath.Abs(p)
		if err != nil {
			return false
		}
		real, err := filepath.EvalSymlinks(abs)
		if err != nil {
			return false
		}
		rel, err := filepath.Rel(real, file)
		return err == nil && filepath.IsLocal(rel)
	})
}

// isNamed says whether the file is one of the paths, which may be globs, or below one.
func (g *Guard) isNamed(name string) bool {
	return len(g.Paths) == 0 && filepath.IsLocal(name) || slices.ContainsFunc(g.Paths, func(p string) bool {
		rel, err := filepath.Rel(filepath.FromSlash(p), filepath.FromSlash(name))
		return err == nil && filepath.IsLocal(rel) || doublestar.MatchUnvalidated(filepath.ToSlash(p), name)
	})
}

// isDirty says whether git has the file otherwise or not at all. A file that is in no repository is not dirty.
func (g *Guard) isDirty(file string) bool {
	root := git.Root(filepath.Dir(file))
	if root == "" {
		return false
	}
	head, ok := g.repositories[root]
	if !ok {
		head, _ = git.Head(root) // without one, everything is dirty
		if g.repositories == nil {
			g.repositories = map[string]*git.Tree{}
		}
		g.repositories[root] = head
	}
	rel, err := filepath.Rel(root, file)
	text, readErr := os.ReadFile(file)
	return err != nil || readErr != nil || !head.Has(filepath.ToSlash(rel), text)
}
