package tree

import (
	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// anchored is a converted node that aliases stand for. Its node is nil while it is being converted.
type anchored struct {
	node         *Node
	size, height int
}

// alias repeats the anchored node at the place of the alias. Its children are shared and keep their places.
func (y *yamlReader) alias(n *yaml.Node, start, depth int) (*Node, int) {
	end := start + 1 + len(n.Value)
	a := y.anchors[n.Alias]
	switch {
	case a == nil || a.node == nil:
		return y.stop(start, end, func() {
			y.fail(start, end, "alias *%s stands inside the value that it names", n.Value)
		})
	case depth+a.height > budget.DocumentLevels.Max:
		return y.over(start, end, budget.DocumentLevels)
	}
	if y.nodes += a.size; y.nodes > budget.DocumentValues.Max {
		return y.over(start, end, budget.DocumentValues)
	}
	y.deepest = max(y.deepest, depth+a.height)
	node := y.node(a.node.Kind, start, end)
	span := node.Span
	*node = *a.node
	node.Span = span
	return node, end
}

// merge adds to node what a merge key brings: the entries of a mapping, or of several. What it has already stays.
func (y *yamlReader) merge(node, from *Node, has map[string]bool) {
	switch from.Kind {
	case Sequence:
		for _, m := range from.Items {
			if m.Kind != Mapping {
				y.failAt(m.Span, "a merge key needs mappings")
				continue
			}
			y.merge(node, m, has)
		}
	case Mapping:
		if y.nodes += len(from.Fields); y.nodes > budget.DocumentValues.Max {
			start := y.file.Offset(from.Span.Pos)
			y.over(start, start+1, budget.DocumentValues)
			return
		}
		for _, f := range from.Fields {
			if !has[f.Key] {
				has[f.Key] = true
				node.Fields = append(node.Fields, f)
			}
		}
	default:
		y.failAt(from.Span, "a merge key needs a mapping")
	}
}
