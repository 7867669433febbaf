package deploy

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// add adds what the units have come to, in their order.
func (out *Outcome[T]) add(units []*unit.Unit, deployments []*deployment[T], set *source.FileSet) {
	of := map[*unit.Unit]*deployment[T]{}
	opened := map[string][]string{}
	for _, d := range deployments {
		of[d.Unit], opened[d.Name] = d, d.opened
	}
	inner := nested(units, opened)
	for _, u := range units {
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

// reject reports why a unit cannot be read, or not all of it. For a lone file that nobody named this is an error only
// if the file clearly means to be a template; a file that generates inputs is none. A panic is always an error.
func (out *Outcome[T]) reject(u *unit.Unit, why []source.Diagnostic, failed bool) {
	lone := u.Front.Belongs == nil
	for _, e := range why {
		f := u.Holding(e)
		switch {
		case u.Reason == unit.Named || u.Failed || failed || f == nil:
			out.Errors = append(out.Errors, e)
		case lone && !unit.LooksLikeTemplate(f.Text):
		case unit.IsGenerator(f.Text):
			out.Notices = append(out.Notices, notRead(f))
		default:
			out.Errors = append(out.Errors, e)
		}
	}
}

// generated is the file for which the deployment cannot be one yet: an error in it stands on a line with markers,
// which a generator replaces before anything is deployed. What the user names is read as it stands.
func (d *deployment[T]) generated(set *source.FileSet) *source.File {
	for _, e := range d.errors {
		f := set.File(e.Span)
		if f != nil && d.Reason != unit.Named && unit.IsGenerator([]byte(f.Line(f.LineOf(e.Span)))) {
			return f
		}
	}
	return nil
}

func notRead(f *source.File) source.Diagnostic {
	const why = "holds Jinja or Helm markers, or tags that include files, and was not read; lint what is generated from it"
	return source.Diagnostic{File: f.Name, Message: why}
}
