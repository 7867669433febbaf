package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// withGlobals are the properties of a resource merged with the section of Globals for its type, without what
// IgnoreGlobals names. The result may be nil.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
func (t *translation) withGlobals(typ string, node *tree.Node) *tree.Node {
	section, ok := strings.CutPrefix(typ, prefix)
	global := t.globals.Get(section)
	local := node.Get("Properties")
	if !ok || global == nil || global.Kind != tree.Mapping {
		return local
	}
	ignored := node.Get("IgnoreGlobals")
	if name, _ := text(ignored); name == "*" {
		return local
	}
	if ignored != nil && len(ignored.Items) > 0 {
		rest := *global
		rest.Fields = slices.DeleteFunc(slices.Clone(global.Fields), func(f tree.Field) bool {
			return slices.ContainsFunc(ignored.Items, func(n *tree.Node) bool { return n.Text == f.Key })
		})
		global = &rest
	}
	if !isGiven(local) {
		return global
	}
	return merge(global, local)
}

// merge lays local over global. Mappings are merged entry by entry, and lists are joined with their duplicates.
// Otherwise local wins, also where one of them is an intrinsic.
func merge(global, local *tree.Node) *tree.Node {
	if global.Kind != local.Kind || isIntrinsic(global) || isIntrinsic(local) {
		return local
	}
	out := *local
	switch local.Kind {
	case tree.Sequence:
		out.Items = append(slices.Clone(global.Items), local.Items...)
	case tree.Mapping:
		out.Fields = slices.Clone(global.Fields)
		for _, f := range local.Fields {
			if i := slices.IndexFunc(out.Fields, func(g tree.Field) bool { return g.Key == f.Key }); i >= 0 {
				f.Value = merge(out.Fields[i].Value, f.Value)
				out.Fields[i] = f
			} else {
				out.Fields = append(out.Fields, f)
			}
		}
	}
	return &out
}

func isIntrinsic(n *tree.Node) bool {
	_, _, ok := n.Intrinsic()
	return ok
}
