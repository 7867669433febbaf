package unit

import (
	"go/token"
	"maps"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Cache is what was made of the files of units, for runs after this one. It serves several goroutines, and is for runs
// whose texts have the same positions: see source.NewSpreadSet.
type Cache struct {
	mu   sync.Mutex
	runs int
	made map[place]*made
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
