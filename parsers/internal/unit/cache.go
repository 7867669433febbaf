package unit

import (
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
)

// Cache is what was made of the files of units, for runs after this one. It serves several goroutines, and is for runs
// whose texts have the same positions: see source.NewSpreadSet.
type Cache struct {
	mu   sync.Mutex
	runs int
	made map[place]*made
	// texts and lists are what lies on disk, by absolute paths, of which size is the bytes of the texts.
	texts map[string][]byte
	lists map[string][]string
	size  int
}

// mostKept bounds the texts that are kept.
const mostKept = 32 << 20

// Forget says that files have changed on disk, were made or removed. Names are absolute. Without names, anything may
// have changed.
func (c *Cache) Forget(names ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range names {
		delete(c.texts, name)
		delete(c.lists, filepath.Dir(name))
	}
	if len(names) == 0 {
		c.clear()
	}
}

func (c *Cache) clear() { c.texts, c.lists, c.size = map[string][]byte{}, map[string][]string{}, 0 }

// text is that of a file on disk. One that cannot be read is not kept.
func (c *Cache) text(within *boundary.Boundary, name string) ([]byte, error) {
	abs, ok := within.Absolute(name)
	c.mu.Lock()
	defer c.mu.Unlock()
	if text, known := c.texts[abs]; ok && known {
		return text, nil
	}
	text, err := within.Read(name)
	if err != nil || !ok {
		return text, err
	}
	if c.size += len(text); c.texts == nil || c.size > mostKept {
		c.clear()
	}
	c.texts[abs] = text
	return text, nil
}

// list are the entries of a directory on disk; none of what cannot be listed, which is not kept.
func (c *Cache) list(within *boundary.Boundary, dir string) []string {
	abs, ok := within.Absolute(dir)
	c.mu.Lock()
	defer c.mu.Unlock()
	if entries, known := c.lists[abs]; ok && known {
		return entries
	}
	entries, err := within.List(dir)
	if err == nil && ok {
		if c.lists == nil {
			c.clear()
		}
		c.lists[abs] = entries
	}
	return entries
}

// place is where a unit stood among the files of a run.
type place struct {
	name string
	pos  token.Pos
}

type made struct {
	files []*source.File
	of    any
	// used is the last run that asked for it.
	used int
}

// mostRuns is how many runs may pass before what they have not asked for is dropped.
const mostRuns = 32

// Begin counts a run.
func (c *Cache) Begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs++
	maps.DeleteFunc(c.made, func(_ place, m *made) bool { return m.used < c.runs-mostRuns })
}

// of is what was made of the files of the unit, or what make makes now.
func (c *Cache) of(u *Unit, make func() any) any {
	at := place{u.Name, u.Files[0].Span(0, 0).Pos}
	c.mu.Lock()
	m := c.made[at]
	if m != nil && slices.EqualFunc(m.files, u.Files, (*source.File).Same) {
		m.used = c.runs
		c.mu.Unlock()
		return m.of
	}
	c.mu.Unlock()
	of := make()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = map[place]*made{}
	}
	c.made[at] = &made{u.Files, of, c.runs}
	return of
}
