package git

import (
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

var errCircle = errors.New("a reference leads in a circle")

// mostHops is how many references and tags are followed to a commit, and mostParents how many parents.
const (
	mostHops    = 5
	mostParents = 100_000
)

// reference is the commit or tag that the reference leads to.
func reference(store *filesystem.Storage, name plumbing.ReferenceName) (plumbing.Hash, error) {
	ref, err := store.Reference(name)
	for hops := 0; err == nil && ref.Type() == plumbing.SymbolicReference; hops++ {
		if hops > mostHops {
			return plumbing.ZeroHash, errCircle
		}
		ref, err = store.Reference(ref.Target())
	}
	if err != nil {
		return plumbing.ZeroHash, err
	}
	return ref.Hash(), nil
}

// steps are what follows a name: to a parent, such as ^2, or to an ancestor, such as ~3.
var steps = regexp.MustCompile(`[~^]\d*`)

// resolve finds the commit of a revision: a name or a hash, which may be abbreviated, with ~N and ^N behind it.
// https://git-scm.com/docs/gitrevisions
func resolve(store *filesystem.Storage, revision string) (*object.Commit, error) {
	unknown := fmt.Errorf("%q is no revision of the repository, or one that git alone understands", revision)
	base := revision
	if at := strings.IndexAny(revision, "~^"); at >= 0 {
		base = revision[:at]
	}
	walk := revision[len(base):]
	if strings.Join(steps.FindAllString(walk, -1), "") != walk {
		return nil, unknown
	}
	c := named(store, base)
	for _, step := range steps.FindAllString(walk, -1) {
		n, err := strconv.Atoi(step[1:])
		if step[1:] == "" {
			n, err = 1, nil
		}
		if err != nil || n > mostParents {
			return nil, unknown
		}
		switch {
		case c == nil:
		case step[0] == '~':
			for ; n > 0 && c != nil; n-- {
				c = parent(c, 0)
			}
		case n > 0:
			c = parent(c, n-1)
		}
	}
	if c == nil {
		return nil, unknown
	}
	return c, nil
}

// parent is the n-th parent of a commit, counted from zero, or nil.
func parent(c *object.Commit, n int) *object.Commit {
	p, err := c.Parent(n)
	if err != nil {
		return nil
	}
	return p
}

// named is the commit of that name or hash, or nil.
func named(store *filesystem.Storage, base string) *object.Commit {
	if base == "@" {
		base = "HEAD"
	}
	if !filepath.IsLocal(base) || strings.Contains(base, "..") || strings.ContainsAny(base, "\\:\x00") {
		return nil
	}
	for _, rule := range plumbing.RefRevParseRules {
		if hash, err := reference(store, plumbing.ReferenceName(fmt.Sprintf(rule, base))); err == nil {
			if c := peel(store, hash); c != nil {
				return c
			}
		}
	}
	whole := strings.ToLower(base)
	prefix, err := hex.DecodeString(whole[:len(whole)&^1])
	if err != nil || len(whole) < 4 {
		return nil
	}
	hashes, err := store.HashesWithPrefix(prefix)
	if err != nil {
		return nil
	}
	var commits []*object.Commit
	slices.SortFunc(hashes, func(a, b plumbing.Hash) int { return strings.Compare(a.String(), b.String()) })
	for _, h := range slices.Compact(hashes) {
		if c := peel(store, h); c != nil && strings.HasPrefix(h.String(), whole) {
			commits = append(commits, c)
		}
	}
	if len(commits) != 1 {
		return nil
	}
	return commits[0]
}

// peel is the commit that a hash of a commit or a tag leads to, or nil.
func peel(store *filesystem.Storage, hash plumbing.Hash) *object.Commit {
	for range mostHops {
		if c, err := object.GetCommit(store, hash); err == nil {
			return c
		}
		tag, err := object.GetTag(store, hash)
		if err != nil {
			return nil
		}
		hash = tag.Target
	}
	return nil
}
