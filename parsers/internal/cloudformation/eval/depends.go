package eval

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Depends lists the addresses of what r depends on directly: by DependsOn, and by Ref, Fn::GetAtt and Fn::Sub anywhere
// in it, in both branches of conditions.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
func (e *Evaluator) Depends(r *Resource) []string {
	var out []string
	add := func(id string) {
		if address := e.Address(id); e.resources[id] != nil && id != r.ID && !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	for _, id := range r.DependsOn {
		add(id)
	}
	for _, f := range r.Node.Fields {
		if f.Key != "DependsOn" && f.Key != "Condition" {
			references(f.Value, func(id string, _ *tree.Node) { add(id) })
		}
	}
	return out
}

// referenced is the name that a reference has for an argument. An Fn::Sub without variables, which Fn::ForEach leaves
// of one of a loop, is a text.
func referenced(n *tree.Node) string {
	if name, arg, ok := n.Intrinsic(); ok && name == "Fn::Sub" && !strings.Contains(arg.Text, "${") {
		return arg.Text
	}
	return n.Text
}

// references calls add with every logical id or parameter that n names, and the call that names it.
func references(n *tree.Node, add func(id string, at *tree.Node)) {
	name, arg, ok := n.Intrinsic()
	switch {
	case ok && name == "Ref":
		add(referenced(arg), n)
	case ok && name == "Fn::GetAtt":
		text := arg.Text
		if len(arg.Items) > 0 {
			text = referenced(arg.Items[0])
		}
		id, _, _ := strings.Cut(text, ".")
		add(id, n)
	case ok && name == "Fn::Sub":
		template, variables := arg, (*tree.Node)(nil)
		if len(arg.Items) == 2 {
			template, variables = arg.Items[0], arg.Items[1]
		}
		for _, p := range subParts(template.Text) {
			if p.name && variables.Get(p.text) == nil {
				id, _, _ := strings.Cut(p.text, ".")
				add(id, n)
			}
		}
	}
	for _, it := range n.Items {
		references(it, add)
	}
	for _, f := range n.Fields {
		references(f.Value, add)
	}
}
