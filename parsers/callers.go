package parsers

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// addCallers adds a file of each unit that may call the unit of a file which a path names, directly or through others.
// Who changes such a file wants to know what becomes of all of them. If that unit may take values from others, those that
// offer any are added as well. They are searched for in the boundary of the file, where a walk would find them.
func (f *Found) addCallers(opts Options) {
	named := map[*Boundary]*callees{}
	for _, in := range f.Inputs {
		front := frontOf(opts.Fronts, in)
		if !in.asked || front == nil || front.Callees == nil {
			continue
		}
		if named[in.Within] == nil {
			named[in.Within] = &callees{}
		}
		named[in.Within].add(front, in)
	}
	for _, b := range f.boundaries {
		of := named[b]
		if of == nil {
			continue
		}
		found := f.search(b, of, opts)
		f.Inputs = append(f.Inputs, of.callers(found.Inputs)...)
		f.Inputs = append(f.Inputs, of.offering(found.Inputs)...)
		f.Notices = append(f.Notices, found.Notices...)
		for _, e := range found.Errors {
			e.Message = "may call a module of the named files and was not read: " + e.Message
			f.Notices = append(f.Notices, e)
		}
	}
}

// callees are units whose callers are looked for, and the front ends that know them. Takers are those front ends of which
// a unit may take values from others.
type callees struct {
	units          []string
	fronts, takers []Frontend
}

func (c *callees) add(front *Frontend, in Input) {
	c.units = append(c.units, unitOf(front, in))
	c.fronts = with(c.fronts, front)
	if front.Takes != nil && front.Takes(in.Name, in.Text) {
		c.takers = with(c.takers, front)
	}
}

func with(fronts []Frontend, front *Frontend) []Frontend {
	if slices.ContainsFunc(fronts, func(f Frontend) bool { return f.Kind == front.Kind }) {
		return fronts
	}
	return append(fronts, *front)
}

// search collects the files inside the boundary that may call anything.
func (f *Found) search(b *Boundary, of *callees, opts Options) *Found {
	found := &Found{dir: f.dir}
	root, err := os.OpenRoot(b.path)
	if err != nil {
		found.Errors = []source.Diagnostic{{File: f.name(b.path), Message: reason(err)}}
		return found
	}
	defer func() { _ = root.Close() }()
	files := slices.ContainsFunc(of.fronts, func(f Frontend) bool { return f.Belongs == nil })
	isNamed := func(rel string) bool {
		return slices.Contains(of.units, f.name(filepath.Join(b.path, filepath.FromSlash(rel))))
	}
	w := &walker{
		fsys: opts.Buffer.over(root.FS(), b.path, f.dir), boundary: b, skips: opts.Skips, found: found,
		likely: func(rel string) bool {
			return directoryOf(of.fronts, rel) != nil || files && isLikely(rel) && !isNamed(rel)
		},
		sniff: func(name string, text []byte) bool {
			in := Input{Name: name, Text: text, Within: b}
			return len(of.calledBy(in)) > 0 || of.offers(in)
		},
	}
	w.dir(".", w.above("."))
	return found
}

// callers are those of the files whose units may call one of the units, or a unit that may call one, and so on.
func (c *callees) callers(files []Input) (out []Input) {
	by := map[string][]string{} // the units by the one that they call
	for _, in := range files {
		for _, unit := range c.calledBy(in) {
			by[unit] = append(by[unit], unitOf(frontOf(c.fronts, in), in))
		}
	}
	reached := map[string]bool{}
	follow(c.units, reached, func(unit string) []string { return by[unit] })
	for _, in := range files {
		if slices.ContainsFunc(c.calledBy(in), func(unit string) bool { return reached[unit] }) {
			in.Caller = true
			out = append(out, in)
		}
	}
	return out
}

// offers says whether the unit of the file may have values for one of those looked at.
func (c *callees) offers(in Input) bool {
	front := frontOf(c.takers, in)
	return front != nil && front.Offers != nil && front.Offers(in.Name, in.Text)
}

// offering are those of the files whose units may offer values. What another unit calls is no deployment by itself.
func (c *callees) offering(files []Input) (out []Input) {
	called := map[string]bool{}
	for _, in := range files {
		for _, unit := range c.calledBy(in) {
			called[unit] = true
		}
	}
	for _, in := range files {
		if c.offers(in) {
			in.Beside, in.part = true, called[unitOf(frontOf(c.takers, in), in)]
			out = append(out, in)
		}
	}
	return out
}

// calledBy are the units that the file may call.
func (c *callees) calledBy(in Input) (units []string) {
	if front := frontOf(c.fronts, in); front != nil && front.Callees != nil {
		for _, name := range front.Callees(in.Name, in.Text) {
			units = append(units, in.Within.clean(name))
		}
	}
	return units
}

// unitOf names the unit that the front end makes of the file, or of its directory.
func unitOf(front *Frontend, in Input) string {
	if front.Belongs != nil {
		return path.Dir(in.Name)
	}
	return in.Name
}

// frontOf is the front end that makes a unit of the file or of its directory, or nil.
func frontOf(fronts []Frontend, in Input) *Frontend {
	if front := directoryOf(fronts, in.Name); front != nil {
		return front
	}
	for i, f := range fronts {
		if f.Belongs == nil && recognises(f, in) {
			return &fronts[i]
		}
	}
	return nil
}

// directoryOf is the front end that makes a unit of the file's directory, with the file in it, or nil.
func directoryOf(fronts []Frontend, name string) *Frontend {
	for i, f := range fronts {
		if f.Belongs != nil && f.Belongs(name) {
			return &fronts[i]
		}
	}
	return nil
}

// companion is a file that makes a unit of the directory of rel, when rel belongs to such a unit and does not make one
// by itself; else "".
func (w *walker) companion(rel string, text []byte, fronts []Frontend) string {
	front := directoryOf(fronts, rel)
	if front == nil || recognises(*front, Input{Name: rel, Text: text}) {
		return ""
	}
	entries, _ := fs.ReadDir(w.fsys, path.Dir(rel)) // what cannot be listed has no companion
	for _, e := range entries {
		other := path.Join(path.Dir(rel), e.Name())
		if !front.Belongs(other) {
			continue
		}
		if text, _, err := readRegular(w.fsys, other); err == nil && recognises(*front, Input{Name: other, Text: text}) {
			return other
		}
	}
	return ""
}

// concerned leaves out the units that were looked for as callers of others and turn out to call none of them, with what
// only they call, and those that offer nothing, or nothing that is taken.
func concerned(jobs []*job, byName map[string]*job) []*job {
	callers := map[*job][]*job{}
	keep := map[*job]bool{}
	var up []*job
	for _, j := range jobs {
		if j.wanted {
			up = append(up, j)
		}
		for _, name := range j.calls {
			callers[byName[name]] = append(callers[byName[name]], j)
		}
	}
	follow(up, keep, func(j *job) []*job { return callers[j] })
	down := slices.DeleteFunc(slices.Clone(jobs), func(j *job) bool { return !keep[j] && (!j.beside || j.unit == nil || j.spare) })
	clear(keep)
	follow(down, keep, func(j *job) (callees []*job) {
		for _, name := range j.calls {
			callees = append(callees, byName[name])
		}
		return callees
	})
	return slices.DeleteFunc(slices.Clone(jobs), func(j *job) bool { return !keep[j] })
}

// follow marks the nodes and all that next leads to from them.
func follow[T comparable](nodes []T, marked map[T]bool, next func(T) []T) {
	for nodes = slices.Clone(nodes); len(nodes) > 0; nodes = nodes[1:] {
		if n := nodes[0]; !marked[n] {
			marked[n] = true
			nodes = append(nodes, next(n)...)
		}
	}
}
