// Package deploy chooses the units of a run that are deployed by themselves, and has their front ends build a network
// of each.
package deploy

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/work"
)

// Outcome is what was made of the units of a run. T is what the caller makes of a network, which is then let go: the
// networks of a big repository do not fit into memory together.
type Outcome[T any] struct {
	// Networks are those of the deployments of the share, in the order in which the units were met.
	Networks []T
	// Libraries are the networks of units as others may use them. What a network above has is in them again, so they
	// are only good for what none of those shows.
	Libraries []T
	// Account is what the units of the run and the user say of the account, or nil.
	Account frontend.Account
	// Inputs is how many files were read as units of the share or as parts of them.
	Inputs int
	// Roots are the units that are deployed, by name, including those from which no network could be built.
	Roots           []*unit.Unit
	Errors, Notices []source.Diagnostic

	share Share
}

// Values says what the user knows about the deployment of that name.
type Values func(name string) frontend.Values

// Known is what the user knows.
type Known struct {
	// Values is asked once for each deployment of all shares, in their order.
	Values Values
	// Account is what exists in the account, or nil.
	Account frontend.Account
	// Memory is that of frontend.Deployment.
	Memory *sync.Map
}

// deployment is one network on its way.
type deployment[T any] struct {
	*unit.Unit
	until *budget.Deadline
	// trial is that of frontend.Deployment.
	trial []fact.Assignment
	// made is what the caller has made of the network.
	made T
	outcome
}

// outcome is what became of the building of a network.
type outcome struct {
	// built says that there is a network.
	built bool
	// beside are the other deployments that it takes values from, by the names of their units.
	beside []string
	// opened are the units that turned out to be part of it.
	opened          []string
	errors, notices []source.Diagnostic
	// failed says that the program has panicked at it.
	failed bool
}

// Use is what the caller makes of a network. Its number says where it stands among those of all shares. It is called
// from several goroutines.
type Use[T any] func(n *graph.Network, number int) T

// run is what all deployments share.
type run[T any] struct {
	ctx   context.Context
	set   *source.FileSet
	units *unit.Units
	use   Use[T]
	share Share
	watch work.Watch
	// known are the values of the units that were asked for.
	known map[string]frontend.Values
	// callers are the names of the units that call a library, by its name.
	callers map[string][]string
	// number says where a unit stands among all.
	number map[*unit.Unit]int
	// all is for all deployments to see.
	all []frontend.Deployed
	// completed are the names of those that nobody adds to.
	completed []string
	// account is what units of the run say of the account, with what the user knows of it; nil without either.
	account frontend.Account
	// files are what deployments have read, by name.
	files  readFiles
	memory *sync.Map
	// until are the deadlines of the units.
	until map[*unit.Unit]*budget.Deadline
	// time is that of all deployments; unjudged is the name of the first that was met when it was over.
	time     budget.Watch
	unjudged atomic.Pointer[string]
}

// Units deploys the units of the share and uses each network as soon as it is built. Files that deployments read become
// part of set.
func Units[T any](
	ctx context.Context, set *source.FileSet, units *unit.Units,
	user Known, share Share, use Use[T], watch work.Watch,
) *Outcome[T] {
	r := &run[T]{
		ctx: ctx, set: set, units: units, use: use, share: share, watch: watch, account: user.Account,
		memory: user.Memory,
		known:  map[string]frontend.Values{}, number: map[*unit.Unit]int{}, until: map[*unit.Unit]*budget.Deadline{},
		callers: map[string][]string{},
		time:    budget.NewWatch(budget.RunTime),
	}
	for i, u := range units.All {
		r.number[u], r.until[u] = i, budget.NewDeadline(budget.Time)
	}
	read := needed(units.All, func(*unit.Unit) bool { return true })
	own, exporters := withoutExporters(roots(read))
	r.ask(user.Values, own)
	r.ask(user.Values, exporters)
	r.show(own, exporters, read)
	r.survey()
	deployments := r.deploy("deployments", r.plain(r.worth(own, len(exporters) > 0)), false)
	read = needed(units.All, takenBy(deployments, exporters))
	libraries := slices.DeleteFunc(r.libraries(user.Values, read, deployments), share.lacks)

	out := &Outcome[T]{Roots: own, Account: r.account, share: share}
	for _, d := range r.deploy("modules", slices.Concat(r.plain(libraries), r.tried(libraries)), true) {
		out.addLibrary(d, set)
	}
	out.add(read, deployments, set)
	if name := r.unjudged.Load(); name != nil {
		message := "this is not judged, nor are further ones: " + budget.RunTime.Exceeded()
		out.Errors = append(out.Errors, source.Diagnostic{File: *name, Message: message, Limit: true})
	}
	out.Errors, out.Notices = unit.Tidy(out.Errors), unit.Tidy(out.Notices)
	return out
}

func (r *run[T]) ask(values Values, units []*unit.Unit) {
	for _, u := range units {
		r.known[u.Name] = values(u.Name)
	}
}

// show makes known to every deployment what else there is: the deployments by their names, and then the units that are
// part of others.
func (r *run[T]) show(own, exporters, read []*unit.Unit) {
	tops, isTop := slices.Concat(own, exporters), map[*unit.Unit]bool{}
	slices.SortStableFunc(tops, func(a, b *unit.Unit) int { return strings.Compare(a.Name, b.Name) })
	for _, u := range tops {
		part := u.Reason == unit.CalledExporter
		d := frontend.Deployed{Name: u.Name, Unit: u.Parsed, Values: r.known[u.Name], Within: u.Within, Part: part}
		r.all = append(r.all, d)
		isTop[u] = true
		if d.Values.Complete {
			r.completed = append(r.completed, u.Name)
		}
	}
	for _, u := range read {
		if u.Parsed != nil && !isTop[u] {
			r.all = append(r.all, frontend.Deployed{Name: u.Name, Unit: u.Parsed, Within: u.Within, Part: true})
		}
	}
}

// survey asks the units what exists in the account.
func (r *run[T]) survey() {
	for _, d := range r.all {
		if s, ok := d.Unit.(frontend.Surrounding); ok {
			r.account = s.Surround(r.account)
		}
	}
}

// plain are deployments of the units with what is given.
func (r *run[T]) plain(units []*unit.Unit) []*deployment[T] {
	all := make([]*deployment[T], len(units))
	for i, u := range units {
		all[i] = &deployment[T]{Unit: u, until: r.until[u]}
	}
	return all
}

// deploy builds the networks, in parallel, and uses those of the share. It holds no more networks at a time than it
// works on. Files that deployments read become part of the set in the order of the deployments, so units that may read
// files are deployed one after the other.
func (r *run[T]) deploy(what string, all []*deployment[T], library bool) []*deployment[T] {
	inOrder := slices.ContainsFunc(r.units.All, (*unit.Unit).ReadsFiles)
	step := work.Step[*deployment[T]]{What: what, InOrder: inOrder, Watch: r.watch}
	var using errgroup.Group
	using.SetLimit(runtime.GOMAXPROCS(0))
	work.Each(r.ctx, all, step, func(d *deployment[T]) {
		if n := r.build(d, inOrder, library); n != nil && r.share.Has(d.Unit) {
			using.Go(func() error {
				r.useOf(d, n)
				return nil
			})
		}
	})
	_ = using.Wait()
	return all
}

// build builds the network of d, or says why there is none.
func (r *run[T]) build(d *deployment[T], readsFiles, library bool) (n *graph.Network) {
	if r.time.Passed() {
		r.unjudged.CompareAndSwap(nil, &d.Name)
		return nil
	}
	var out outcome // its own, as what does not end in time goes on writing there
	var network *graph.Network
	with := r.with(d, &out, readsFiles)
	with.Library, with.Trial = library, d.trial
	if library {
		with.Callers = r.callers[d.Name]
	}
	if !d.until.Run(func() { network = out.build(d.Unit, with) }) {
		d.late()
		return nil
	}
	d.outcome = out
	if bulky, ok := d.Parsed.(frontend.Bulky); ok && !library {
		bulky.LetGo()
	}
	return network
}

// useOf has the caller use the network.
func (r *run[T]) useOf(d *deployment[T], n *graph.Network) {
	var made T
	if d.until.Run(func() { made = r.use(n, r.number[d.Unit]) }) {
		d.made = made
	} else {
		d.late()
	}
}

// late makes d a deployment that did not end in time.
func (d *deployment[T]) late() {
	d.outcome = outcome{errors: []source.Diagnostic{stopped(d.Name, budget.Spent{Of: d.until.Of})}}
}

// stopped is the error of a deployment whose work ran out of a budget.
func stopped(name string, over budget.Spent) source.Diagnostic {
	return source.Diagnostic{File: name, Message: over.Error(), Limit: true}
}

// with is what the unit of d is deployed with.
func (r *run[T]) with(d *deployment[T], out *outcome, readsFiles bool) frontend.Deployment {
	return frontend.Deployment{
		Root: d.Name, Values: r.known[d.Name], Account: r.account, Within: d.Within, All: r.all, Until: d.until,
		Memory: r.memory, Completed: r.completed,
		Look: func(name string) frontend.Parsed { return r.units.Parsed(d.Within.Clean(name)) },
		Open: func(name string) frontend.Parsed {
			name = d.Within.Clean(name)
			out.opened = append(out.opened, name)
			return r.units.Parsed(name)
		},
		File: func(name string) (*source.File, error) {
			if !readsFiles {
				return nil, errors.New("the unit has not said that it reads files")
			}
			return r.files.read(name, d.Unit, r.set)
		},
	}
}

// readFiles are files that were read once. A deployment that did not end in time may still ask for one.
type readFiles struct {
	mu    sync.Mutex
	files map[string]*source.File
}

// read reads the file for the unit, and adds it to the set.
func (r *readFiles) read(name string, u *unit.Unit, set *source.FileSet) (*source.File, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.files[name]; f != nil {
		return f, nil
	}
	text, err := u.Within.Read(name)
	if err != nil {
		return nil, err
	}
	if r.files == nil {
		r.files = map[string]*source.File{}
	}
	r.files[name] = set.Add(name, text)
	return r.files[name], nil
}

// build returns nil where the errors say why there is no network.
func (out *outcome) build(u *unit.Unit, with frontend.Deployment) (network *graph.Network) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case budget.Spent:
			network, out.built, out.errors = nil, false, append(out.errors, stopped(u.Name, p))
		default:
			out.failed, out.errors = true, append(out.errors, frontend.Defect(u.Name, p))
		}
	}()
	network, ds := u.Parsed.Network(with)
	for _, problem := range u.Placed(ds) {
		if network == nil || problem.Error {
			problem.Error = false
			out.errors = append(out.errors, problem)
		} else {
			out.notices = append(out.notices, problem)
		}
	}
	if network == nil {
		return nil
	}
	out.built = true
	for _, b := range network.Beside {
		out.beside = append(out.beside, b.Root)
	}
	return network
}
