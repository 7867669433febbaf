// Package deploy chooses the units of a run that are deployed by themselves, and has their front ends build a network
// of each.
package deploy

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/work"
)

// Outcome is what was made of the units of a run.
type Outcome struct {
	// Networks are those of the deployments, in the order in which the units were met.
	Networks []*graph.Network
	// Libraries are the networks of units as others may use them. What a network above has is in them again, so they
	// are only good for what none of those shows.
	Libraries []*graph.Network
	// Inputs is how many files were read as units or as parts of them.
	Inputs int
	// Roots are the units that are deployed, by name, those of which nothing could be made too.
	Roots           []*unit.Unit
	Errors, Notices []source.Diagnostic
}

// Values says what the user knows about the deployment of that name.
type Values func(name string) frontend.Values

// deployment is one network on its way.
type deployment struct {
	*unit.Unit
	network *graph.Network
	// opened are the units that turned out to be part of it.
	opened          []string
	errors, notices []source.Diagnostic
	// failed says that the program has panicked at it.
	failed bool
}

// run is what all deployments share.
type run struct {
	ctx   context.Context
	set   *source.FileSet
	units *unit.Units
	watch work.Watch
	// known are the values of the units that were asked for.
	known map[string]frontend.Values
	// all is for all deployments to see.
	all []frontend.Deployed
	// files are what deployments have read, by name.
	files map[string]*source.File
}

// Units deploys the units. Files that deployments read become part of set. values says what the user knows about the
// deployment of that name; it is asked once for each, in their order.
func Units(ctx context.Context, set *source.FileSet, units *unit.Units, values Values, watch work.Watch) *Outcome {
	r := &run{
		ctx: ctx, set: set, units: units, watch: watch,
		known: map[string]frontend.Values{}, files: map[string]*source.File{},
	}
	read := needed(units.All, func(*unit.Unit) bool { return true })
	own, exporters := withoutExporters(roots(read))
	r.ask(values, own)
	r.ask(values, exporters)
	r.show(own, exporters, read)
	deployments := r.deploy("deployments", own, false)
	read = needed(units.All, takenBy(deployments, exporters))
	libraries := r.deploy("modules", r.libraries(values, read, deployments), true)

	out := &Outcome{Roots: own}
	for _, d := range libraries {
		out.addLibrary(d, set)
	}
	out.add(read, deployments, set)
	out.Errors, out.Notices = unit.Tidy(out.Errors), unit.Tidy(out.Notices)
	return out
}

func (r *run) ask(values Values, units []*unit.Unit) {
	for _, u := range units {
		r.known[u.Name] = values(u.Name)
	}
}

// show makes known to every deployment what else there is: the deployments by their names, and then the units that are
// part of others.
func (r *run) show(own, exporters, read []*unit.Unit) {
	tops := slices.Concat(own, exporters)
	slices.SortStableFunc(tops, func(a, b *unit.Unit) int { return strings.Compare(a.Name, b.Name) })
	for _, u := range tops {
		part := u.Reason == unit.CalledExporter
		d := frontend.Deployed{Name: u.Name, Unit: u.Parsed, Values: r.known[u.Name], Within: u.Within, Part: part}
		r.all = append(r.all, d)
	}
	for _, u := range read {
		if u.Parsed != nil && !slices.Contains(tops, u) {
			r.all = append(r.all, frontend.Deployed{Name: u.Name, Unit: u.Parsed, Within: u.Within, Part: true})
		}
	}
}

// deploy builds the networks, in parallel. Files that deployments read become part of the set in their order, so that
// units that may read any are deployed one after the other.
func (r *run) deploy(what string, units []*unit.Unit, library bool) []*deployment {
	all := make([]*deployment, len(units))
	for i, u := range units {
		all[i] = &deployment{Unit: u}
	}
	inOrder := slices.ContainsFunc(r.units.All, (*unit.Unit).ReadsFiles)
	step := work.Step[*deployment]{What: what, InOrder: inOrder, Watch: r.watch}
	work.Each(r.ctx, all, step, func(d *deployment) {
		with := r.with(d, inOrder)
		with.Library = library
		d.build(with)
	})
	return all
}

// with is what the unit of d is deployed with.
func (r *run) with(d *deployment, readsFiles bool) frontend.Deployment {
	return frontend.Deployment{
		Root: d.Name, Values: r.known[d.Name], Within: d.Within, All: r.all,
		Look: func(name string) frontend.Parsed { return r.units.Parsed(d.Within.Clean(name)) },
		Open: func(name string) frontend.Parsed {
			name = d.Within.Clean(name)
			d.opened = append(d.opened, name)
			return r.units.Parsed(name)
		},
		File: func(name string) (*source.File, error) {
			if !readsFiles {
				return nil, errors.New("the unit has not said that it reads files")
			}
			if f := r.files[name]; f != nil {
				return f, nil
			}
			text, err := d.Within.Read(name)
			if err != nil {
				return nil, err
			}
			r.files[name] = r.set.Add(name, text)
			return r.files[name], nil
		},
	}
}

func (d *deployment) build(with frontend.Deployment) {
	defer func() {
		if p := recover(); p != nil {
			d.failed, d.errors = true, append(d.errors, frontend.Defect(d.Name, p))
		}
	}()
	network, ds := d.Parsed.Network(with)
	for _, problem := range d.Placed(ds) {
		if network == nil || problem.Error {
			problem.Error = false
			d.errors = append(d.errors, problem)
		} else {
			d.notices = append(d.notices, problem)
		}
	}
	d.network = network
}
