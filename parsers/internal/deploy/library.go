package deploy

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// A library is a unit that is worth a look by itself, as others may use it: a module that is made to be called, or a
// template with variants. Its network is built once more, or for the first time, with what a caller gives left open.

// libraries are the libraries among units. To those that are no deployments no parameters are given, only the Region.
// What is part of a deployment that ran out of a budget, which is an error, is not built once more.
func (r *run[T]) libraries(values Values, units []*unit.Unit, deployments []*deployment[T]) (out []*unit.Unit) {
	uses := unit.NewGraph(units)
	tooMuch := map[string]bool{}
	for _, d := range deployments {
		uses.Add(d.Name, d.opened...)
		for _, name := range append(d.opened, d.Name) {
			tooMuch[name] = tooMuch[name] || slices.ContainsFunc(d.errors, isLimit)
		}
	}
	for _, u := range units {
		l, ok := u.Parsed.(frontend.Library)
		if !ok || tooMuch[u.Name] || u.Reason.Exports() || !l.IsLibrary(uses.IsCalled(u.Name)) {
			continue
		}
		if _, known := r.known[u.Name]; !known {
			r.known[u.Name] = frontend.Values{Region: values(u.Name).Region}
		}
		r.callers[u.Name] = uses.Callers(u.Name)
		out = append(out, u)
	}
	return out
}

// tried are deployments of the libraries among units that are tried with values of callers, one for each trial.
func (r *run[T]) tried(libraries []*unit.Unit) (out []*deployment[T]) {
	for _, u := range libraries {
		if l, ok := u.Parsed.(frontend.Tried); ok {
			for _, trial := range l.Trials() {
				out = append(out, &deployment[T]{Unit: u, until: r.until[u], trial: trial})
			}
		}
	}
	return out
}

// addLibrary adds the network of a library. What is odd about the unit has been said of its deployments.
func (out *Outcome[T]) addLibrary(d *deployment[T], set *source.FileSet) {
	for _, e := range d.errors {
		if d.failed || e.Limit && d.trial == nil {
			out.Errors = append(out.Errors, e)
		}
	}
	if d.built && d.generated(set) == nil {
		out.Libraries = append(out.Libraries, d.made)
	}
}
