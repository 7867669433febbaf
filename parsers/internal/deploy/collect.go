package deploy

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// add adds what the units of the share have come to, in their order.
func (out *Outcome[T]) add(units []*unit.Unit, deployments []*deployment[T], set *source.FileSet) {
	of := map[*unit.Unit]*deployment[T]{}
	opened := map[string][]string{}
	for _, d := range deployments {
		of[d.Unit], opened[d.Name] = d, d.opened
	}
	inner := nested(units, opened)
	for _, u := range units {
		if out.share.lacks(u) {
			continue
		}
		d := of[u]
		out.reject(u, u.Problems, d != nil && d.failed)
		if u.Parsed == nil {
			continue
		}
		if d == nil || inner[u.Name] || out.addNetwork(d, set) {
			out.Inputs += len(u.Files)
		}
	}
}

// addNetwork adds the network of a deployment, and says whether there is one.
func (out *Outcome[T]) addNetwork(d *deployment[T], set *source.FileSet) bool {
	if !d.built {
		out.reject(d.Unit, d.errors, d.failed)
		return false
	}
	if f := d.generated(set); f != nil {
		out.Notices = append(out.Notices, notRead(f))
		return false
	}
	out.Networks = append(out.Networks, d.made)
	out.Errors = append(out.Errors, d.errors...)
	out.Notices = append(out.Notices, d.notices...)
	return true
}

// reject reports why a unit cannot be read, or not all of it. A file that generates inputs is none, unless the user
// names it.
func (out *Outcome[T]) reject(u *unit.Unit, why []source.Diagnostic, failed bool) {
	if f := generator(u, why); f != nil && !failed {
		out.Notices = append(out.Notices, notRead(f))
		return
	}
	out.Errors = append(out.Errors, why...)
}

// generator is the file of the unit that generates inputs, if that is why it cannot be read, or nil.
func generator(u *unit.Unit, why []source.Diagnostic) *source.File {
	if u.Reason == unit.Named || u.Failed || len(u.Files) != 1 || slices.ContainsFunc(why, isLimit) {
		return nil
	}
	f := u.Files[0]
	parses := func(text []byte) bool {
		again := unit.Unit{Name: u.Name, Front: u.Front, Within: u.Within}
		again.Files = []*source.File{source.NewFileSet().Add(f.Name, text)}
		again.Parse()
		return again.Parsed != nil && len(again.Problems) == 0
	}
	if len(why) == 0 || !unit.IsGenerated(f, why, parses) {
		return nil
	}
	return f
}

func isLimit(d source.Diagnostic) bool { return d.Limit }

// generated is the file for which the deployment cannot be one yet: an error in it stands on a line with markers,
// which a generator replaces before anything is deployed. What the user names is read as it stands.
func (d *deployment[T]) generated(set *source.FileSet) *source.File {
	if d.Reason == unit.Named || slices.ContainsFunc(d.errors, isLimit) {
		return nil
	}
	for _, e := range d.errors {
		if f := set.File(e.Span); f != nil && unit.HasMarkers([]byte(f.Line(f.LineOf(e.Span)))) {
			return f
		}
	}
	return nil
}

func notRead(f *source.File) source.Diagnostic {
	const why = "holds Jinja, Helm or Terraform markers, or tags that include files, and was not read; " +
		"lint what is generated from it"
	return source.Diagnostic{File: f.Name, Message: why}
}
