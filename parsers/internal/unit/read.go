package unit

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/work"
)

// Units are those of a run, in the order in which they were met.
type Units struct {
	All    []*Unit
	byName map[string]*Unit
}

// Parsed is what was made of the unit of that name, or nil.
func (us *Units) Parsed(name string) frontend.Parsed {
	if u := us.byName[name]; u != nil {
		return u.Parsed
	}
	return nil
}

// Options steer Read.
type Options struct {
	// Together gives, for a unit, the directory whose units, in and below it, the user declares parts of one. It is
	// empty for all other units.
	Together func(name string) string
	// Cache is what runs keep of the units that they have parsed, or nil.
	Cache *Cache
	// Watch is told how far the reading is; nil is told nothing.
	Watch work.Watch
}

// Read makes units of the inputs and of what those call, and parses them, in parallel. The texts become part of set, in
// an order that depends on nothing but the inputs. The diagnostics are about inputs that no front end knows.
func Read(
	ctx context.Context, set *source.FileSet, inputs []Input, fronts frontend.Set, o Options,
) (*Units, []source.Diagnostic) {
	r := &reader{
		fronts: fronts, set: set, cache: o.Cache, units: &Units{byName: map[string]*Unit{}},
		inputs: map[string]Input{}, inputsIn: map[string][]string{},
		buffered: map[*boundary.Boundary]map[string][]byte{},
	}
	var unknown []source.Diagnostic
	for _, in := range inputs {
		r.inputs[in.Name] = in
		r.inputsIn[path.Dir(in.Name)] = append(r.inputsIn[path.Dir(in.Name)], in.Name)
		if front := fronts.Knowing(in.Name, in.Text); front != nil {
			r.join(front, in)
		} else if in.Reason == Named {
			unknown = append(unknown, source.Diagnostic{File: in.Name, Message: "not a " + fronts.Kinds()})
		}
	}
	step := work.Step[*Unit]{What: "files", Size: func(u *Unit) int { return len(u.Files) }, Watch: o.Watch}
	for done := 0; done < len(r.units.All); {
		wave := r.units.All[done:]
		done = len(r.units.All)
		r.open(wave)
		work.Each(ctx, wave, step, (*Unit).Parse)
		for _, u := range wave {
			r.follow(u)
		}
	}
	r.units.join(fronts, o.Together)
	return r.units, unknown
}

// reader brings together the files of each unit, and finds the units that others call.
type reader struct {
	fronts frontend.Set
	set    *source.FileSet
	cache  *Cache
	inputs map[string]Input
	units  *Units
	// inputsIn are the names of the inputs by their directories, buffered those of the texts in the place of files.
	inputsIn map[string][]string
	buffered map[*boundary.Boundary]map[string][]byte
}

// join makes the input a part of its unit, which the strongest of its reasons holds for.
func (r *reader) join(front *frontend.Frontend, in Input) {
	if front.Aside && in.Reason == Found {
		in.Reason = Exporter
	}
	name := front.UnitOf(in.Name)
	if u := r.units.byName[name]; u != nil {
		u.Reason = min(u.Reason, in.Reason)
		return
	}
	r.add(&Unit{Name: name, Front: front, Within: in.Within, Reason: in.Reason})
}

func (r *reader) add(u *Unit) {
	u.Cache = r.cache
	r.units.byName[u.Name] = u
	r.units.All = append(r.units.All, u)
}

// follow adds the units that u calls.
func (r *reader) follow(u *Unit) {
	for _, name := range u.Calls {
		if r.units.byName[name] == nil {
			r.add(&Unit{Name: name, Front: r.front(name, u), Within: u.Within, Reason: Called})
		}
	}
}

// front is the front end of a unit that u calls: that of directories for a directory, else its own.
func (r *reader) front(name string, u *Unit) *frontend.Frontend {
	if _, err := u.Within.List(name); err == nil {
		for i := range r.fronts {
			if r.fronts[i].Belongs != nil {
				return &r.fronts[i]
			}
		}
	}
	return u.Front
}

// open adds the files of all units of a wave to the set, sorted by name.
func (r *reader) open(wave []*Unit) {
	type entry struct {
		Input
		unit *Unit
	}
	var entries []entry
	for _, u := range wave {
		for _, in := range r.filesOf(u) {
			entries = append(entries, entry{in, u})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	for _, e := range entries {
		e.unit.Files = append(e.unit.Files, r.set.Add(e.Name, e.Text))
	}
}

// filesOf are the files of the unit. What ignore files exclude is part of a directory: the tools that deploy it read it
// too.
func (r *reader) filesOf(u *Unit) (out []Input) {
	names := []string{u.Name}
	if u.Front.Belongs != nil {
		names = r.belonging(u)
	}
	for _, name := range names {
		in, ok := r.inputs[name]
		if !ok {
			text, err := r.read(u.Within, name)
			if err != nil {
				u.Problems = append(u.Problems, source.Diagnostic{File: name, Message: boundary.Reason(err)})
				continue
			}
			in = Input{Name: name, Text: text}
		}
		out = append(out, in)
	}
	return out
}

// belonging are the names of the files that are part of the directory.
func (r *reader) belonging(u *Unit) (names []string) {
	entries := r.list(u.Within, u.Name) // a directory that is not there has no files, and its caller says so
	for _, e := range entries {
		names = append(names, path.Join(u.Name, e))
	}
	u.entries = entries
	names = append(names, r.inputsIn[u.Name]...)
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return !u.Front.Belongs(name) })
}

// read is the text of a file, and list are the entries of a directory. What lies on disk is kept.
func (r *reader) read(within *boundary.Boundary, name string) ([]byte, error) {
	if _, buffered := r.buffers(within)[name]; r.cache == nil || buffered {
		return within.Read(name)
	}
	return r.cache.text(within, name)
}

func (r *reader) list(within *boundary.Boundary, dir string) []string {
	for name := range r.buffers(within) {
		if path.Dir(name) == dir {
			entries, _ := within.List(dir) // what cannot be listed is empty
			return entries
		}
	}
	if r.cache == nil {
		entries, _ := within.List(dir)
		return entries
	}
	return r.cache.list(within, dir)
}

func (r *reader) buffers(within *boundary.Boundary) map[string][]byte {
	if r.cache == nil || within == nil {
		return nil
	}
	known, ok := r.buffered[within]
	if !ok {
		known = within.Buffered()
		r.buffered[within] = known
	}
	return known
}
