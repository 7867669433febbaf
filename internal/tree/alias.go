package tree

import "gopkg.in/yaml.v3"

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
		return y.stop(start, end, "alias *%s stands inside the value that it names", n.Value)
	case depth+a.height > maxDepth:
		return y.stop(start, end, "the file is nested deeper than %d levels through alias *%s", maxDepth, n.Value)
	}
	if y.nodes += a.size; y.nodes > maxNodes {
		return y.stop(start, end, "alias *%s repeats too much: the file has more than %d values", n.Value, maxNodes)
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
		if y.nodes += len(from.Fields); y.nodes > maxNodes {
			y.stopped = true
			y.failAt(from.Span, "merge keys repeat too much: the file has more than %d values", maxNodes)
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
