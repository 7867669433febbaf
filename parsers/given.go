package parsers

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// giving keeps what the user knows about each deployment. It is for one goroutine; known is for all once it is filled.
type giving struct {
	values  func(root string) Values
	files   *source.FileSet
	sources map[string]*source.File // by name: one file may give values to several deployments
	known   map[string]Values
}

// ask learns what is known about the root, and makes its files of variables part of the set.
func (g *giving) ask(root string) {
	v := g.values(root)
	v.Variables = slices.Clone(v.Variables)
	for i, given := range v.Variables {
		if given.File == "" {
			continue
		}
		if g.sources[given.File] == nil {
			g.sources[given.File] = g.files.Add(given.File, given.Text)
		}
		v.Variables[i].Source = g.sources[given.File]
	}
	g.known[root] = v
}

// askRegion learns of a unit that is no deployment what does not depend on one: parameters are given to roots.
func (g *giving) askRegion(name string) {
	if _, isRoot := g.known[name]; !isRoot {
		g.known[name] = Values{Region: g.values(name).Region}
	}
}
