package cloudformation

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// A fragment is a template that names logical ids which it does not define. Tools put it together with others before it
// is deployed: `rain merge`, or the list of resources of the Serverless Framework.
// https://github.com/aws-cloudformation/rain https://www.serverless.com/framework/docs/providers/aws/guide/resources

// IsFragment says whether others must complete the template.
func (t *Template) IsFragment() bool { return len(t.lacks) > 0 }

// isOfService says whether the template has variables of the Serverless Framework, and so is among the resources of one
// of its services, whose functions are in another file.
// https://www.serverless.com/framework/docs/guides/variables
func (t *Template) isOfService() bool {
	return slices.ContainsFunc(t.files, func(f *source.File) bool {
		return bytes.Contains(f.Text, []byte("${self:")) || bytes.Contains(f.Text, []byte("${opt:"))
	})
}

// incomplete is the notice about a fragment if it is not known what completes it.
func (t *Template) incomplete() []source.Diagnostic {
	if !t.IsFragment() {
		return nil
	}
	first := t.lacks[0]
	more := ""
	if n := len(t.lacks) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return []source.Diagnostic{{Span: first.Span, Message: fmt.Sprintf(
		"this is a fragment of a template, as it does not define %q%s: it cannot be told which others complete it, "+
			"and nothing is concluded from what it does not hold; paths.fragments of the configuration can tell",
		first.ID, more)}}
}

// Merge finds the fragments in ts that only together are a template, with what completes them, and makes one template
// of each such set. They lie in one folder or, where that is not enough, below the folder above. Each id that one of
// them lacks is defined by exactly one template there, and no two of them define the same id. Of holds the indexes of
// the parts in ts, with that of the merged template's File first. Fragments that are ambiguous are in none.
func Merge(ts []*Template) (merged []*Template, of [][]int) {
	if !slices.ContainsFunc(ts, (*Template).IsFragment) {
		return nil, nil
	}
	done := map[int]bool{}
	for _, folder := range foldersOf(ts) {
		var within []int
		for i, t := range ts {
			if !done[i] && isBelow(t.File.Name, folder) {
				within = append(within, i)
			}
		}
		for _, set := range completing(ts, within) {
			if byChance(ts, set, within) {
				continue
			}
			if t := merge(ts, set); t != nil {
				merged, of = append(merged, t), append(of, set)
				for _, i := range set {
					done[i] = true
				}
			}
		}
	}
	return merged, of
}

// MergeAll makes one template of all ts, whatever they hold, as Merge does. What they do not agree about is an error of
// the template.
func MergeAll(ts []*Template) (merged []*Template, of [][]int) {
	if len(ts) < 2 {
		return nil, nil
	}
	set := make([]int, len(ts))
	for i := range ts {
		set[i] = i
	}
	slices.SortFunc(set, func(a, b int) int { return ts[a].before(ts[b]) })
	out, twice := together(ts, set)
	for _, f := range twice {
		out.fail(source.Diagnostic{Span: f.KeySpan, Message: fmt.Sprintf(
			"another fragment of the same template, as the configuration says they are, defines %q as well", f.Key)})
	}
	for _, d := range out.expand() {
		out.fail(d)
	}
	return []*Template{out}, [][]int{set}
}

// fail says what is wrong with a template that is deployed nevertheless.
func (t *Template) fail(d source.Diagnostic) {
	d.Error = true
	t.notices = append(t.notices, d)
}

// byChance says that a fragment may only happen to name what a whole template defines: most of the templates that lie
// there have nothing to do with the two.
func byChance(ts []*Template, set, within []int) bool {
	isWhole := func(i int) bool { return !ts[i].IsFragment() }
	return 2*len(set) < len(within) && slices.ContainsFunc(set, isWhole)
}

// foldersOf lists the folders of all fragments and those above them, the innermost first.
func foldersOf(ts []*Template) (folders []string) {
	for _, t := range ts {
		if t.IsFragment() {
			folder := path.Dir(t.File.Name)
			folders = append(folders, folder, path.Dir(folder))
		}
	}
	slices.SortFunc(folders, func(a, b string) int {
		return cmp.Or(cmp.Compare(depth(b), depth(a)), strings.Compare(a, b))
	})
	return slices.Compact(folders)
}

// depth is how many folders deep the path leads.
func depth(name string) int {
	if name == "." {
		return 0
	}
	return strings.Count(name, "/") + 1
}

func isBelow(name, folder string) bool {
	return folder == "." && !strings.HasPrefix(name, "/") || strings.HasPrefix(name, folder+"/")
}

// completing are the sets of templates within that complete each other, the one to begin with first.
func completing(ts []*Template, within []int) (sets [][]int) {
	defining := map[string][]int{}
	for _, i := range within {
		for id := range ts[i].template.Defines() {
			defining[id] = append(defining[id], i)
		}
	}
	next := map[int][]int{}
	for _, i := range within {
		for _, lack := range ts[i].lacks {
			if by := defining[lack.ID]; len(by) == 1 {
				next[i], next[by[0]] = append(next[i], by[0]), append(next[by[0]], i)
			}
		}
	}
	seen := map[int]bool{}
	for _, i := range within {
		if set := reach(i, next, seen); len(set) > 1 {
			slices.SortFunc(set, func(a, b int) int { return ts[a].before(ts[b]) })
			sets = append(sets, set)
		}
	}
	return sets
}

// reach lists what next leads to from i, i too, apart from what was seen.
func reach(i int, next map[int][]int, seen map[int]bool) (set []int) {
	for todo := []int{i}; len(todo) > 0; todo = todo[1:] {
		if at := todo[0]; !seen[at] {
			seen[at] = true
			set, todo = append(set, at), append(todo, next[at]...)
		}
	}
	return set
}

// before orders the parts of a template: the outermost folder, and what lacks nothing, first.
func (t *Template) before(other *Template) int {
	rank := func(t *Template) int { return min(len(t.lacks), 1) }
	return cmp.Or(
		cmp.Compare(depth(t.File.Name), depth(other.File.Name)), cmp.Compare(rank(t), rank(other)),
		strings.Compare(t.File.Name, other.File.Name))
}

// merge is the template of all parts, or nil where they do not make one that is complete.
func merge(ts []*Template, set []int) *Template {
	out, twice := together(ts, set)
	if len(twice) > 0 || len(out.expand()) > 0 || out.IsFragment() {
		return nil
	}
	return out
}

// together is what is written in all parts, the first of the set first, and the entries that were there already.
func together(ts []*Template, set []int) (out *Template, twice []tree.Field) {
	out = &Template{File: ts[set[0]].File, root: &tree.Node{Kind: tree.Mapping, Span: ts[set[0]].root.Span}}
	for _, i := range set {
		part := ts[i]
		twice = append(twice, out.take(part.root)...)
		out.files = append(out.files, part.files...)
		out.directives = append(out.directives, part.directives...)
		out.notices = append(out.notices, part.notices...)
	}
	return out, twice
}

// take adds the sections of a part. It gives back the entries that the template has already, under the same id.
func (t *Template) take(part *tree.Node) (twice []tree.Field) {
	for _, f := range part.Fields {
		own := t.root.Field(f.Key)
		switch {
		case own == nil:
			t.root.Fields = append(t.root.Fields, f)
		case f.Key == "Transform":
			items := slices.Concat(listed(own.Value), listed(f.Value))
			own.Value = &tree.Node{Kind: tree.Sequence, Span: own.Value.Span, Items: onceEach(items)}
		case own.Value.Kind == tree.Mapping && f.Value.Kind == tree.Mapping && f.Key != "Metadata":
			fields := slices.Clone(own.Value.Fields)
			for _, entry := range f.Value.Fields {
				if own.Value.Field(entry.Key) != nil {
					twice = append(twice, entry)
				} else {
					fields = append(fields, entry)
				}
			}
			own.Value = &tree.Node{Kind: tree.Mapping, Span: own.Value.Span, Fields: fields}
		}
	}
	return twice
}

// listed are the items of a list. Anything else is the only one.
func listed(n *tree.Node) []*tree.Node {
	if n.Kind == tree.Sequence {
		return n.Items
	}
	return []*tree.Node{n}
}

// onceEach leaves out what is named a second time.
func onceEach(items []*tree.Node) (out []*tree.Node) {
	for _, it := range items {
		same := func(other *tree.Node) bool { return it.Literal() != "" && other.Literal() == it.Literal() }
		if !slices.ContainsFunc(out, same) {
			out = append(out, it)
		}
	}
	return out
}
