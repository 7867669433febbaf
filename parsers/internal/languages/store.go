package languages

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// others are the deployments of a run that one may take values from.
type others struct {
	exports exports
	roots   roots
}

// meet finds out what the units inside the boundary of the deployment have to do with each other.
func (o *others) meet(d frontend.Deployment) *rootSet {
	o.exports.in(d)
	return o.roots.in(d)
}

// areApart says of units that have met that none of them looks at another one that it does not call.
func (o *others) areApart(within *boundary.Boundary) bool {
	o.exports.mu.Lock()
	defer o.exports.mu.Unlock()
	o.roots.mu.Lock()
	defer o.roots.mu.Unlock()
	roots := o.roots.by[within]
	return roots != nil && !roots.take && !roots.nest && o.exports.by[within].importers == 0
}

// network evaluates a root module with those that it takes values from.
func (o *others) network(
	d frontend.Deployment, b *graph.Builder, in eval.Inputs, run func(eval.Inputs) *eval.Program,
) (*graph.Network, []source.Diagnostic) {
	known := o.meet(d)
	if d.Library || !known.take {
		return lower(b, run(in))
	}
	known.look(d)
	stacks := cloudformation.Take(b, o.bindings(d, b, d.Root))
	in.Roots, in.Parameter, in.Stored = known.roots, o.parameter(d, known), stacks.Stored
	program := run(in)
	stacks.Lower()
	return among(terraform.Others{Own: in.Name, Surveys: known.surveys}, b, program)
}

// parameter gives the root modules that write parameters of Systems Manager, for those of them that no template writes.
func (o *others) parameter(d frontend.Deployment, of *rootSet) func(string, fact.Text) (*eval.Root, string, bool) {
	templates := o.exports.in(d)
	return func(own string, name fact.Text) (root *eval.Root, address string, none bool) {
		root, address, none = terraform.Parameter(of.surveys, own, name)
		if root != nil && templates.Writes(name) {
			return nil, "", false
		}
		return root, address, none
	}
}

// taking makes root modules parts of the network of a template that reads what they write.
type taking struct {
	frontend.Deployment
	builder *graph.Builder
	roots   *rootSet
	taken   map[*eval.Root]*terraform.Taken
}

// stored is what root modules write to the parameter of Systems Manager of that name.
func (t *taking) stored(name fact.Text) (text string, ok, none bool) {
	if len(t.roots.modules) == 0 || len(name) > 0 && strings.HasPrefix(name[0].Literal, "/aws/") {
		return "", false, true
	}
	t.roots.look(t.Deployment)
	root, address, none := terraform.Parameter(t.roots.surveys, t.Root, name)
	if root == nil {
		return "", false, none
	}
	of := t.taken[root]
	if of == nil {
		in := root.Inputs
		in.Until, in.Roots = t.Until, t.roots.roots
		in.Parameter = func(own string, name fact.Text) (*eval.Root, string, bool) {
			return terraform.Parameter(t.roots.surveys, own, name)
		}
		of = terraform.Others{Surveys: t.roots.surveys}.Take(t.builder, root, in)
		if t.taken == nil {
			t.taken = map[*eval.Root]*terraform.Taken{}
		}
		t.taken[root] = of
	}
	text, ok = of.Written(address)
	return text, ok, false
}
