package unit

import "slices"

// Graph says which units call which, by their names. A call of itself is none.
type Graph struct {
	names            []string // in the order in which Add met them
	callees, callers map[string][]string
}

// NewGraph returns a Graph of units with the calls that their texts make.
func NewGraph(units []*Unit) *Graph {
	g := &Graph{}
	for _, u := range units {
		g.Add(u.Name, u.Calls...)
	}
	return g
}

// Add says that the unit is there, and calls others. It may be called again for the same unit.
func (g *Graph) Add(name string, callees ...string) {
	if g.callees == nil {
		g.callees, g.callers = map[string][]string{}, map[string][]string{}
	}
	if _, known := g.callees[name]; !known {
		g.names, g.callees[name] = append(g.names, name), nil
	}
	for _, callee := range callees {
		if callee != name {
			g.callees[name] = append(g.callees[name], callee)
			g.callers[callee] = append(g.callers[callee], name)
		}
	}
}

// Callees are the units that the unit calls.
func (g *Graph) Callees(name string) []string { return g.callees[name] }

// Callers are the units that call the unit.
func (g *Graph) Callers(name string) []string { return g.callers[name] }

// IsCalled says whether another unit calls the unit.
func (g *Graph) IsCalled(name string) bool { return len(g.callers[name]) > 0 }

// Reach is the set of the units and all that next, which is g.Callees or g.Callers, leads to from them.
func Reach(units []string, next func(string) []string) map[string]bool {
	reached := map[string]bool{}
	for todo := slices.Clone(units); len(todo) > 0; todo = todo[1:] {
		if name := todo[0]; !reached[name] {
			reached[name] = true
			todo = append(todo, next(name)...)
		}
	}
	return reached
}

// Roots are the units that no other one calls and, of units that only call each other, the first one. They are in the
// order in which they were found: those that nobody calls come first.
func (g *Graph) Roots() (roots []string) {
	reached := map[string]bool{}
	add := func(root string, below map[string]bool) {
		roots = append(roots, root)
		for name := range below {
			reached[name] = true
		}
	}
	for _, name := range g.names {
		if !g.IsCalled(name) {
			add(name, Reach([]string{name}, g.Callees))
		}
	}
	for _, name := range g.names {
		if reached[name] {
			continue
		}
		below := Reach([]string{name}, g.Callees)
		isCircle := true
		for above := range Reach([]string{name}, g.Callers) {
			isCircle = isCircle && below[above]
		}
		if isCircle {
			add(name, below)
		}
	}
	return roots
}
