package parsers

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// gathering brings together the files of each unit, and finds the units that others call.
type gathering struct {
	fronts []Frontend
	files  *source.FileSet
	given  map[string]Input
	jobs   map[string]*job // by the name of the unit
	all    []Deployed

	mu    sync.Mutex
	extra map[string]*source.File // what deployments read
}

// join makes a job of the unit that the input belongs to, if it has none yet.
func (g *gathering) join(front Frontend, in Input) []*job {
	name := in.Name
	if front.Belongs != nil {
		name = path.Dir(name)
	}
	if j := g.jobs[name]; j != nil {
		j.named = j.named || in.Named
		j.wanted = j.wanted || !in.Caller && !in.Beside
		j.beside = j.beside && in.Beside
		return nil
	}
	j := g.job(name, front, in.Within, in.Named)
	j.wanted, j.beside, j.part = !in.Caller && !in.Beside, in.Beside, in.part
	return []*job{j}
}

func (g *gathering) job(name string, front Frontend, within *Boundary, named bool) *job {
	j := &job{name: name, front: front, within: within, named: named, done: make(chan struct{})}
	g.jobs[name] = j
	return j
}

// parse parses the units of the jobs, then those that they call, and so on. The order in which files become part of the
// set depends on nothing but the inputs.
func (g *gathering) parse(wave []*job, watch Watch) (all []*job) {
	for len(wave) > 0 {
		g.read(wave)
		each(wave, watch.counting("files", wave, func(j *job) int { return len(j.files) }), (*job).parse)
		all = append(all, wave...)
		var next []*job
		for _, j := range wave {
			for _, name := range j.calls {
				if g.jobs[name] == nil {
					next = append(next, g.job(name, g.front(name, j), j.within, false))
				}
			}
		}
		wave = next
	}
	return all
}

// front is the front end of a unit that j calls: that of directories for a directory, else its own.
func (g *gathering) front(name string, j *job) Frontend {
	if _, err := j.within.List(name); err == nil {
		for _, f := range g.fronts {
			if f.Belongs != nil {
				return f
			}
		}
	}
	return j.front
}

// read adds the files of all jobs of a wave, sorted by name.
func (g *gathering) read(wave []*job) {
	type entry struct {
		Input
		job *job
	}
	var entries []entry
	for _, j := range wave {
		for _, in := range g.inputs(j) {
			entries = append(entries, entry{in, j})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	for _, e := range entries {
		e.job.files = append(e.job.files, g.files.Add(e.Name, e.Text))
	}
}

// inputs are the files of the job's unit. What ignore files exclude is part of a directory: the tools that deploy it
// read it too.
func (g *gathering) inputs(j *job) (out []Input) {
	names := []string{j.name}
	if j.front.Belongs != nil {
		names = nil
		entries, _ := j.within.List(j.name) // a directory that is not there has no files, and its caller says so
		for _, e := range entries {
			names = append(names, path.Join(j.name, e))
		}
		for name := range g.given {
			if path.Dir(name) == j.name {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return !j.front.Belongs(name) })
	}
	for _, name := range names {
		in, ok := g.given[name]
		if !ok {
			text, err := j.within.Read(name)
			if err != nil {
				j.parsing = append(j.parsing, source.Diagnostic{File: name, Message: reason(err)})
				continue
			}
			in = Input{Name: name, Text: text}
		}
		out = append(out, in)
	}
	return out
}

// libraries are the units to look at by themselves, as jobs of their own.
func (g *gathering) libraries(jobs []*job) (out []*job) {
	called := map[string]bool{}
	for _, j := range jobs {
		for _, name := range slices.Concat(j.calls, j.opened) {
			called[name] = called[name] || name != j.name
		}
	}
	for _, j := range jobs {
		if l, ok := j.unit.(Library); ok && !j.beside && l.IsLibrary(called[j.name]) {
			out = append(out, &job{name: j.name, front: j.front, within: j.within, unit: j.unit, done: make(chan struct{})})
		}
	}
	return out
}

// deployment is what the unit of j is deployed with. Files become part of the set in the order of the deployments: a
// deployment that wants one waits until those before it are done.
func (g *gathering) deployment(j *job, all []*job, values Values) Deployment {
	look := func(name string) Unit {
		if other := g.jobs[name]; other != nil && other.unit != nil {
			return other.unit
		}
		return nil
	}
	return Deployment{
		Root: j.name, Values: values, Within: j.within, All: g.all,
		Look: func(name string) Unit { return look(j.within.clean(name)) },
		Open: func(name string) Unit {
			name = j.within.clean(name)
			j.opened = append(j.opened, name)
			return look(name)
		},
		File: func(name string) (*source.File, error) {
			for _, before := range all[:slices.Index(all, j)] {
				<-before.done
			}
			g.mu.Lock()
			defer g.mu.Unlock()
			if f := g.extra[name]; f != nil {
				return f, nil
			}
			text, err := j.within.Read(name)
			if err != nil {
				return nil, err
			}
			g.extra[name] = g.files.Add(name, text)
			return g.extra[name], nil
		},
	}
}
