package find

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// Index is what searches for related files have found on disk. Runs that share one do not search again. It serves
// several goroutines, and is for runs with the same options, apart from paths and buffers.
type Index struct {
	mu    sync.Mutex
	known map[searched]*kept
}

// searched says what was searched for, and where.
type searched struct{ boundary, dir, fronts, takers string }

// kept is what one search has found.
type kept struct {
	by *related
	// seen are the files that were looked at, found those among them that may have to do with others.
	seen  map[string]bool
	found *Found
	files []file
}

// Forget says that files have changed on disk, were made or removed. Names are absolute.
func (x *Index) Forget(names ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	maps.DeleteFunc(x.known, func(_ searched, k *kept) bool {
		return slices.ContainsFunc(names, func(name string) bool { return !k.refresh(name) })
	})
}

// search is what r would find in its boundary, buffers and all.
func (x *Index) search(r *related, opts Options) (*Found, []file) {
	x.mu.Lock()
	defer x.mu.Unlock()
	k := x.of(r, opts)
	files := slices.Clone(k.files)
	maps.Copy(r.looked, k.by.looked)
	for name, text := range r.boundary.Buffered() {
		delete(r.looked, name)
		files = slices.DeleteFunc(files, func(f file) bool { return f.Name == name })
		in := unit.Input{Name: name, Text: text, Reason: unit.Found}
		if rel, err := r.boundary.Relative(name); err == nil && r.mayRelate(rel) && r.relates(name, text) {
			files = append(files, file{Input: in, info: boundary.Buffer{Name: name, Text: text}.Info()})
		}
	}
	files = slices.DeleteFunc(files, func(f file) bool { return r.isNamed(f.Name) })
	for i := range files {
		files[i].Within = r.boundary
	}
	return k.found, files
}

// of is what was found for r before, or is found now.
func (x *Index) of(r *related, opts Options) *kept {
	key := searched{r.boundary.Path(), opts.Dir, r.fronts.Kinds(), r.takers.Kinds()}
	if k := x.known[key]; k != nil {
		return k
	}
	by := &related{boundary: r.boundary.Saved(), fronts: r.fronts, takers: r.takers, looked: map[string]look{}}
	k := &kept{by: by, seen: map[string]bool{}}
	by.saw = func(name string) { k.seen[name] = true }
	k.found, k.files = by.walk(opts)
	if x.known == nil {
		x.known = map[searched]*kept{}
	}
	x.known[key] = k
	return k
}

// refresh looks at a file again that was looked at before. It says no where all has to be searched again.
func (k *kept) refresh(abs string) bool {
	b := k.by.boundary
	rel, err := b.Relative(abs)
	if err != nil {
		return true
	}
	name := b.Name(rel)
	if !k.seen[name] {
		return path.Base(rel) != ignoreFile && !k.by.mayRelate(rel)
	}
	text, err := b.Read(name)
	if err != nil {
		return false
	}
	delete(k.by.looked, name)
	k.files = slices.DeleteFunc(k.files, func(f file) bool { return f.Name == name })
	if k.by.relates(name, text) {
		in := unit.Input{Name: name, Text: text, Reason: unit.Found}
		k.files = append(k.files, file{Input: in, info: boundary.Buffer{Name: filepath.Base(name), Text: text}.Info()})
	}
	return true
}
