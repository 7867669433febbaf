package find

import (
	"io/fs"
	"path"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// related looks for files whose units have to do with those of named files: callers, directly or through others, and
// exporters. Who changes such a file wants to know what becomes of all that use it.
type related struct {
	boundary *boundary.Boundary
	// units are those of the named files.
	units  []string
	fronts frontend.Set
	// takers are the front ends of units that may take values from others.
	takers frontend.Set
	// looked is what a look at each file has shown, by name.
	looked map[string]look
	// saw is told the name of each file that is looked at, or is nil.
	saw func(name string)
}

// look is what the text of a file shows.
type look struct {
	front *frontend.Frontend // or nil
	// callees are the units that it may call.
	callees []string
	// offers says that its unit may have values for one of those named.
	offers bool
}

// addRelated adds the files that are related to those that paths led to. They are searched for in the boundary of the
// file, where a walk would find them.
func (f *finder) addRelated() {
	for _, b := range f.boundaries {
		r := f.relatedIn(b)
		if len(r.units) == 0 {
			continue
		}
		found, files := r.search(f.Options)
		f.files = append(f.files, r.callers(files)...)
		f.files = append(f.files, r.exporters(files)...)
		f.Notices = append(f.Notices, found.Notices...)
		for _, e := range found.Errors {
			e.Message = "may call a module of the named files and was not read: " + e.Message
			f.Notices = append(f.Notices, e)
		}
	}
}

// relatedIn asks for what is related to the named files inside b.
func (f *finder) relatedIn(b *boundary.Boundary) *related {
	r := &related{boundary: b, looked: map[string]look{}}
	for _, in := range f.asked {
		front := f.Fronts.Of(in.Name, in.Text)
		if in.Within != b || front == nil || front.Callees == nil {
			continue
		}
		r.units = append(r.units, front.UnitOf(in.Name))
		r.fronts = r.fronts.With(front)
		if r.takes(front, in) {
			r.takers = r.takers.With(front)
		}
	}
	return r
}

// mostCalled bounds the directories in which a look is taken whether they take anything.
const mostCalled = 100

// takes says whether the unit of the named file, or one that it calls, may take values from other deployments. It looks
// at directories as a whole.
func (r *related) takes(front *frontend.Frontend, in unit.Input) bool {
	if front.Takes == nil || front.Belongs == nil {
		return front.Takes != nil && front.Takes(in.Name, in.Text)
	}
	seen := map[string]bool{}
	for todo := []string{front.UnitOf(in.Name)}; len(todo) > 0; todo = todo[1:] {
		dir := todo[0]
		if seen[dir] {
			continue
		}
		if seen[dir] = true; len(seen) > mostCalled {
			return true
		}
		names, _ := r.boundary.List(dir) // what cannot be listed takes nothing
		for _, name := range names {
			name = path.Join(dir, name)
			if !front.Belongs(name) {
				continue
			}
			text, err := r.boundary.Read(name)
			if err != nil {
				continue
			}
			if front.Takes(name, text) {
				return true
			}
			for _, callee := range front.Callees(name, text) {
				todo = append(todo, r.boundary.Clean(callee))
			}
		}
	}
	return false
}

// search collects the files inside the boundary that may call anything, or that offer what the named files may take.
func (r *related) search(opts Options) (*Found, []file) {
	if opts.Index != nil {
		return opts.Index.search(r, opts)
	}
	return r.walk(opts)
}

// walk searches the directories.
func (r *related) walk(opts Options) (*Found, []file) {
	w := &walker{boundary: r.boundary, skips: opts.Skips, Found: &Found{}}
	w.likely = func(rel string) bool { return r.mayRelate(rel) && !r.isNamed(r.boundary.Name(rel)) }
	w.sniff = func(name string, text []byte) bool {
		if r.saw != nil {
			r.saw(name)
		}
		return r.relates(name, text)
	}
	err := r.boundary.Enter(func(fsys fs.FS) error {
		w.fsys = fsys
		w.dir(fsys, ".", ".", w.above("."))
		return nil
	})
	if err != nil {
		d := source.Diagnostic{File: r.boundary.Name("."), Message: boundary.Reason(err)}
		w.Errors = []source.Diagnostic{d}
	}
	return w.Found, w.files
}

// mayRelate tells by the place of a file whether it is looked at.
func (r *related) mayRelate(rel string) bool {
	anyFile := slices.ContainsFunc(r.fronts, func(f frontend.Frontend) bool { return f.Belongs == nil })
	return r.fronts.OfDirectory(rel) != nil || anyFile && isLikely(rel)
}

// isNamed says that the file is a unit that a path led to. A directory is looked at, as others lie in it.
func (r *related) isNamed(name string) bool { return slices.Contains(r.units, name) }

// relates tells by the text of a file whether its unit may call others, or has what the named ones may take.
func (r *related) relates(name string, text []byte) bool {
	l := r.look(unit.Input{Name: name, Text: text, Within: r.boundary})
	return len(l.callees) > 0 || l.offers
}

// look looks at a file.
func (r *related) look(in unit.Input) look {
	if known, ok := r.looked[in.Name]; ok {
		return known
	}
	l := look{front: r.fronts.Of(in.Name, in.Text)}
	if l.front != nil && l.front.Callees != nil {
		for _, name := range l.front.Callees(in.Name, in.Text) {
			l.callees = append(l.callees, in.Within.Clean(name))
		}
	}
	l.offers = r.takers.Has(l.front) && l.front.Offers != nil && l.front.Offers(in.Name, in.Text)
	r.looked[in.Name] = l
	return l
}

// calls are those between the units of the files, and from them.
func (r *related) calls(files []file) *unit.Graph {
	g := &unit.Graph{}
	for _, f := range files {
		if l := r.look(f.Input); len(l.callees) > 0 {
			g.Add(l.front.UnitOf(f.Name), l.callees...)
		}
	}
	return g
}

// callers are those of the files whose units may call one of the named units, directly or through others.
func (r *related) callers(files []file) (out []file) {
	used := unit.Reach(r.units, r.calls(files).Callers)
	for _, f := range files {
		if slices.ContainsFunc(r.look(f.Input).callees, func(name string) bool { return used[name] }) {
			f.Reason = unit.Caller
			out = append(out, f)
		}
	}
	return out
}

// exporters are those of the files whose units may offer values.
func (r *related) exporters(files []file) (out []file) {
	calls := r.calls(files)
	for _, f := range files {
		l := r.look(f.Input)
		if !l.offers {
			continue
		}
		f.Reason = unit.Exporter
		if calls.IsCalled(l.front.UnitOf(f.Name)) {
			f.Reason = unit.CalledExporter
		}
		out = append(out, f)
	}
	return out
}

// companion is a file that makes a unit of the directory of rel, when rel belongs to such a unit and does not make one
// by itself; else "".
func (f *finder) companion(fsys fs.FS, rel string, text []byte) string {
	front := f.Fronts.OfDirectory(rel)
	if front == nil || front.Knows(rel, text) {
		return ""
	}
	entries, _ := fs.ReadDir(fsys, path.Dir(rel)) // what cannot be listed has no companion
	for _, e := range entries {
		other := path.Join(path.Dir(rel), e.Name())
		if !front.Belongs(other) {
			continue
		}
		if text, _, err := boundary.ReadRegular(fsys, other); err == nil && front.Knows(other, text) {
			return other
		}
	}
	return ""
}
