package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Children that are resources of their own name their parent; linking turns that around, so that the parent lists them.
// All such lists are filled here, and by these rules:
//
//   - A child is an item of the parent that it names, where the child exists and where it names that parent.
//   - A parent that is defined elsewhere gets nothing: no list of this deployment changes.
//   - A child that may name any parent, since its reference is not known, leaves the list of every parent open.
//   - A parent whose identity leaves the deployment may have children that are not seen here, so its list is open.

// node is a pointer to a struct that embeds Header.
type node[T any] interface {
	*T
	Node
}

// refs makes a list of references that are always there.
func refs[T any](rs ...Ref[T]) fact.List[Ref[T]] {
	var l fact.List[Ref[T]]
	for _, r := range rs {
		l.Append(r, r.Span)
	}
	return l
}

// deliver puts v into the list of every parent that to names, where when holds and the reference names it.
func deliver[P, V any](
	parents *Table[P], list func(*P) *fact.List[V], to fact.List[Ref[P]], when fact.Cond, v V, span source.Span,
) {
	named(parents, list, to, when, func(l *fact.List[V], when fact.Cond) { l.AppendIf(when, v, span) })
}

// deliverGap leaves the list of every parent that to names open.
func deliverGap[P, V any](parents *Table[P], list func(*P) *fact.List[V], to fact.List[Ref[P]], g fact.Gap) {
	named(parents, list, to, g.When, func(l *fact.List[V], when fact.Cond) { l.Miss(when, g.Missing...) })
}

func named[P, V any](
	parents *Table[P], list func(*P) *fact.List[V], to fact.List[Ref[P]], when fact.Cond,
	put func(*fact.List[V], fact.Cond),
) {
	for _, it := range to.Items {
		for _, c := range fact.Cases(it.Value) {
			when := when.And(it.When, c.When)
			id, ok := c.Value.Get(nil)
			switch {
			case ok.IsUnknown():
				missAll(parents, list, when, ok.Missing...)
			case ok.IsTrue():
				if parent := parents.Get(id); parent != nil && !when.IsNever() {
					put(list(parent), when)
				}
			}
		}
	}
	for _, g := range to.Open {
		missAll(parents, list, when.And(g.When), g.Missing...)
	}
}

// missAll leaves the list of every parent open where when holds.
func missAll[P, V any](parents *Table[P], list func(*P) *fact.List[V], when fact.Cond, m ...fact.Missing) {
	if when.IsNever() {
		return
	}
	for parent := range parents.All() {
		list(parent).Miss(when, m...)
	}
}

// seal says of each parent's list why it may be incomplete although every child of the files is in it.
func seal[P, V any, PP node[P]](n *Network, parents *Table[P], list func(*P) *fact.List[V]) {
	for parent := range parents.All() {
		if len(n.Open) > 0 {
			list(parent).Miss(fact.Always(), n.Open...)
		}
		if export := PP(parent).Head().Exported; export != nil {
			list(parent).Miss(fact.Always(), *export)
		}
	}
}

// distribute delivers each child to the parents that to finds in it, and seals the lists.
func distribute[P, C any, PP node[P], CC node[C]](
	n *Network, parents *Table[P], children *Table[C], list func(*P) *fact.List[*C], to func(*C) fact.List[Ref[P]],
) {
	for child := range children.All() {
		h := CC(child).Head()
		deliver(parents, list, to(child), h.When, child, h.Span)
	}
	seal[P, *C, PP](n, parents, list)
}

// existing is the condition under which one of the list's items is there.
func existing[T any](l fact.List[T]) fact.Cond {
	some := fact.Never()
	for _, it := range l.Items {
		some = some.Or(it.When)
	}
	return some
}

// open is the condition under which the list may have items that are not seen.
func open[T any](l fact.List[T]) fact.Cond {
	some := fact.Never()
	for _, g := range l.Open {
		some = some.Or(g.When)
	}
	return some
}
