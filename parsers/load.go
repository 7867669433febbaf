package parsers

import (
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Loaded are the networks of a run, in the order of their units.
type Loaded struct {
	Files    *source.FileSet
	Networks []*graph.Network
	// Libraries are the networks of units as others may use them. What a network above has is in them again, so they are
	// only good for what none of those shows.
	Libraries []*graph.Network
	// Inputs is how many files were read as units or as parts of them.
	Inputs int
	// Roots are the deployments, by name, those of which nothing could be made too.
	Roots []Root
	// Declared are the names of all parameters of all deployments, sorted, by the flag that gives them a value.
	Declared        map[string][]string
	Errors, Notices []source.Diagnostic
}

// Root is a unit that is deployed.
type Root struct {
	Name string
	// Flag is the flag that gives a value to one of its parameters, without the dashes.
	Flag string
	// Parameters are the names that it takes values for.
	Parameters []string
}

// Load has the front ends parse the inputs, in parallel, and build a network of each that is no part of another. What
// cannot be read becomes a diagnostic, and the others go on. The texts become part of files. values says what the user
// knows about the deployment of that name; it is asked once for each, in their order. A nil watch is told nothing.
func Load(files *source.FileSet, inputs []Input, fronts []Frontend, values func(root string) Values, watch Watch) *Loaded {
	out := &Loaded{Files: files, Declared: map[string][]string{}}
	g := &gathering{fronts: fronts, files: out.Files, given: map[string]Input{}, jobs: map[string]*job{}, extra: map[string]*source.File{}}
	var wave []*job
	for _, in := range inputs {
		g.given[in.Name] = in
		i := slices.IndexFunc(fronts, func(f Frontend) bool { return recognises(f, in) })
		if i >= 0 {
			wave = append(wave, g.join(fronts[i], in)...)
		} else if in.Named {
			out.Errors = append(out.Errors, source.Diagnostic{File: in.Name, Message: "not a " + kinds(fronts)})
		}
	}
	jobs := concerned(g.parse(wave, watch), g.jobs)
	all := roots(jobs, g.jobs)
	deploy := slices.DeleteFunc(slices.Clone(all), func(j *job) bool { return j.beside })
	given := &giving{values: values, files: files, sources: map[string]*source.File{}, known: map[string]Values{}}
	for _, j := range deploy {
		out.Roots = append(out.Roots, Root{j.name, j.front.Flag, j.unit.Parameters()})
		out.Declared[j.front.Flag] = append(out.Declared[j.front.Flag], j.unit.Parameters()...)
		given.ask(j.name)
	}
	for flag, names := range out.Declared {
		slices.Sort(names)
		out.Declared[flag] = slices.Compact(names)
	}
	for _, j := range all {
		if j.beside {
			given.ask(j.name)
		}
		g.all = append(g.all, Deployed{Name: j.name, Unit: j.unit, Values: given.known[j.name], Within: j.within, Part: j.part})
	}
	for _, j := range jobs {
		if j.unit != nil && !slices.Contains(all, j) {
			g.all = append(g.all, Deployed{Name: j.name, Unit: j.unit, Within: j.within, Part: true})
		}
	}
	one := func(*job) int { return 1 }
	each(deploy, watch.counting("deployments", deploy, one), func(j *job) { j.lower(g.deployment(j, deploy, given.known[j.name])) })
	spare(all, deploy)
	jobs = concerned(jobs, g.jobs)
	libraries := g.libraries(jobs)
	for _, j := range libraries {
		given.askRegion(j.name)
	}
	each(libraries, watch.counting("modules", libraries, one), func(j *job) {
		d := g.deployment(j, libraries, given.known[j.name])
		d.Library = true
		j.lower(d)
	})
	for _, j := range libraries {
		j.collectLibrary(out)
	}
	nested := nestedUnits(jobs)
	for _, j := range jobs {
		j.collect(out, nested[j.name])
	}
	out.Errors, out.Notices = tidy(out.Errors), tidy(out.Notices)
	return out
}

// spare marks the units that were only read for what they offer, if no deployment has taken it.
func spare(all, deployed []*job) {
	taken := map[string]bool{}
	for _, j := range deployed {
		if j.network != nil {
			for _, b := range j.network.Beside {
				taken[b.Root] = true
			}
		}
	}
	for _, j := range all {
		j.spare = j.beside && !taken[j.name]
	}
}

// Sniff is an Options.Sniff that asks the front ends.
func Sniff(fronts []Frontend) func(name string, text []byte) bool {
	return func(name string, text []byte) bool {
		return slices.ContainsFunc(fronts, func(f Frontend) bool { return recognises(f, Input{Name: name, Text: text}) })
	}
}

// recognises counts a front end that fails on a file as one that knows it: parsing will fail as well, and say so.
func recognises(f Frontend, in Input) (yes bool) {
	defer func() {
		if recover() != nil {
			yes = true
		}
	}()
	return f.Recognises(in.Name, in.Text)
}

// roots are the units that are deployments of their own: those that no other one calls and, where units only call each
// other, the first of them.
func roots(jobs []*job, byName map[string]*job) []*job {
	callees := func(j *job) (out []*job) {
		for _, name := range j.calls {
			if callee := byName[name]; callee != nil && callee != j {
				out = append(out, callee)
			}
		}
		return out
	}
	callers := map[*job][]*job{}
	for _, j := range jobs {
		for _, callee := range callees(j) {
			callers[callee] = append(callers[callee], j)
		}
	}
	var out []*job
	reached := map[*job]bool{}
	for _, alone := range []bool{true, false} {
		for _, j := range jobs {
			if j.unit == nil || reached[j] || alone && len(callers[j]) > 0 {
				continue
			}
			below := map[*job]bool{}
			follow([]*job{j}, below, callees)
			if slices.ContainsFunc(callers[j], func(caller *job) bool { return !below[caller] }) {
				continue // one of those that call each other brings it along
			}
			out = append(out, j)
			maps.Copy(reached, below)
		}
	}
	slices.SortStableFunc(out, func(a, b *job) int { return strings.Compare(a.name, b.name) })
	return out
}

// each runs f for all jobs, as many at a time as there are processors, starts them in order, and tells of each that is
// done.
func each(jobs []*job, done, f func(*job)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		group.Go(func() error {
			f(j)
			done(j)
			return nil
		})
	}
	_ = group.Wait()
}

func kinds(fronts []Frontend) string {
	names := make([]string, len(fronts))
	for i, f := range fronts {
		names[i] = f.Kind
	}
	return strings.Join(names, " or ")
}
