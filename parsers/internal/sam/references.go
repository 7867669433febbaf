package sam

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// renamer has Ref, GetAtt and Sub name the generated resource in place of "Function.Alias" and the like. It copies only
// the nodes above a change, and reads a node once that many resources share.
type renamer struct {
	to   map[string]string // from "Function.Alias" to a logical id
	done map[*tree.Node]*tree.Node
}

// renameReferences is root with all its references renamed. It does not change root.
func renameReferences(root *tree.Node, to map[string]string) *tree.Node {
	if len(to) == 0 {
		return root
	}
	return renamer{to, map[*tree.Node]*tree.Node{}}.node(root)
}

func (r renamer) node(n *tree.Node) *tree.Node {
	if n == nil || n.Kind < tree.Sequence {
		return n
	}
	if done, ok := r.done[n]; ok {
		return done
	}
	out := r.rewrite(n)
	r.done[n] = out
	return out
}

// rewrite is n with its references renamed, or n itself where there are none.
func (r renamer) rewrite(n *tree.Node) *tree.Node {
	to := r.to
	if name, arg, ok := n.Intrinsic(); ok && arg != nil {
		switch name {
		case "Ref":
			return withArgument(n, renamedText(arg, func(s string) string { return renamedID(s, to) }))
		case "Fn::GetAtt":
			return withArgument(n, renamedAttribute(arg, to))
		case "Fn::Sub":
			n = withArgument(n, renamedSub(arg, to))
		}
	}
	var out *tree.Node
	change := func() *tree.Node {
		if out == nil {
			c := *n
			c.Fields, c.Items = slices.Clone(n.Fields), slices.Clone(n.Items)
			out = &c
		}
		return out
	}
	for i, f := range n.Fields {
		if v := r.node(f.Value); v != f.Value {
			change().Fields[i].Value = v
		}
	}
	for i, item := range n.Items {
		if v := r.node(item); v != item {
			change().Items[i] = v
		}
	}
	if out != nil {
		return out
	}
	return n
}

// withArgument is the intrinsic n with another argument.
func withArgument(n, arg *tree.Node) *tree.Node {
	if arg == n.Fields[0].Value {
		return n
	}
	out := *n
	out.Fields = []tree.Field{n.Fields[0]}
	out.Fields[0].Value = arg
	return &out
}

// renamedText is the scalar n with its text changed. Any other node stays.
func renamedText(n *tree.Node, change func(string) string) *tree.Node {
	s := change(n.Text)
	if n.Kind != tree.Scalar || s == n.Text {
		return n
	}
	out := *n
	out.Text = s
	return &out
}

// renamedID is the new name of "Function.Alias" or "Function.Version.Attribute". Any other text stays.
func renamedID(s string, to map[string]string) string {
	resource, rest, ok := strings.Cut(s, ".")
	if !ok {
		return s
	}
	property, attribute, more := strings.Cut(rest, ".")
	id, ok := to[resource+"."+property]
	if !ok {
		return s
	}
	if more {
		return id + "." + attribute
	}
	return id
}

// renamedAttribute is the argument of a GetAtt renamed. It reads both spellings, "Function.Alias.Arn" and
// ["Function.Alias", "Arn"].
func renamedAttribute(arg *tree.Node, to map[string]string) *tree.Node {
	if arg.Kind == tree.Scalar {
		return renamedText(arg, func(s string) string { return renamedID(s, to) })
	}
	if len(arg.Items) == 0 {
		return arg
	}
	var words []string
	for _, item := range arg.Items {
		words = append(words, item.Text)
	}
	full := strings.Join(words, ".")
	changed := renamedID(full, to)
	if changed == full {
		return arg
	}
	b := builder{arg.Span}
	id, attribute, ok := strings.Cut(changed, ".")
	if !ok {
		return b.list(b.text(id))
	}
	return b.list(b.text(id), b.text(attribute))
}

var variable = regexp.MustCompile(`\$\{[^!}][^}]*\}`)

// renamedSub is the argument of a Sub renamed. It reads both spellings, a text and a list that begins with the text.
func renamedSub(arg *tree.Node, to map[string]string) *tree.Node {
	change := func(s string) string {
		return variable.ReplaceAllStringFunc(s, func(v string) string {
			return "${" + renamedID(strings.TrimSpace(v[2:len(v)-1]), to) + "}"
		})
	}
	if arg.Kind != tree.Sequence || len(arg.Items) == 0 {
		return renamedText(arg, change)
	}
	head := renamedText(arg.Items[0], change)
	if head == arg.Items[0] {
		return arg
	}
	out := *arg
	out.Items = append([]*tree.Node{head}, arg.Items[1:]...)
	return &out
}
