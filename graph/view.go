package graph

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// View is a linked network in one world of conditions. Its methods answer what is in force there; where facts are
// missing, verdicts are Unknown and name them.
type View struct {
	*Network
	World *fact.World
}

// In looks at the network in the world w.
func (n *Network) In(w *fact.World) *View { return &View{n, w} }

// Exists says whether the node is created in this world.
func (v *View) Exists(n Node) fact.Verdict { return v.World.Holds(n.Head().When) }

// Lookup finds the node that ref names. The verdict is True with the node; False, without, when the reference is unset
// or names a node that does not exist in this world; else Unknown: the node is defined elsewhere or not known.
func Lookup[T any](v *View, t *Table[T], ref Ref[T]) (*T, fact.Verdict) {
	id, ok := ref.Get(v.World)
	if !ok.IsTrue() {
		return nil, ok
	}
	node := t.Get(id)
	if node == nil {
		return nil, fact.Wants(v.Missing(string(id)))
	}
	if exists := v.Exists(any(node).(Node)); !exists.IsTrue() {
		return nil, exists
	}
	return node, fact.Yes()
}

// Resolve looks up each reference of a list. References to things defined elsewhere leave the result open.
func Resolve[T any](v *View, t *Table[T], refs fact.List[Ref[T]]) fact.Elements[*T] {
	in := refs.In(v.World)
	out := fact.Elements[*T]{Open: in.Open}
	for _, it := range in.Items {
		node, ok := Lookup(v, t, it.Value)
		switch {
		case ok.IsTrue():
			out.Items = append(out.Items, fact.Item[*T]{Value: node, Span: it.Span})
		case ok.IsUnknown():
			out.Open = append(out.Open, ok.Missing...)
		}
	}
	out.Open = fact.Unique(out.Open)
	return out
}

// Existing keeps the children that exist in this world; those whose existence is undecided leave the result open.
func Existing[T any, P interface {
	*T
	Node
}](v *View, children fact.List[P]) fact.Elements[P] {
	in := children.In(v.World)
	out := fact.Elements[P]{Open: in.Open}
	for _, it := range in.Items {
		switch exists := v.Exists(it.Value); exists.Truth {
		case fact.True:
			out.Items = append(out.Items, it)
		case fact.Unknown:
			out.Open = append(out.Open, exists.Missing...)
		}
	}
	out.Open = fact.Unique(out.Open)
	return out
}

// Same says whether two references name the same node. Two nodes of this deployment, or two literal ids, are compared;
// a symbol for something elsewhere may be anything.
func Same[T any](v *View, t *Table[T], a, b Ref[T]) fact.Verdict {
	x, ok := a.Get(v.World)
	if !ok.IsTrue() {
		return fact.Wants(ok.Missing...)
	}
	y, ok := b.Get(v.World)
	switch {
	case !ok.IsTrue():
		return fact.Wants(ok.Missing...)
	case x == y:
		return fact.Yes()
	case isSymbol(x) && t.Get(x) == nil:
		return fact.Wants(v.Missing(string(x)))
	case isSymbol(y) && t.Get(y) == nil:
		return fact.Wants(v.Missing(string(y)))
	}
	return fact.No()
}

func isSymbol[T any](id ID[T]) bool { return strings.Contains(string(id), "${") }

// InVPC says whether the function is attached to a VPC: one of its lists has an element.
func (v *View) InVPC(f *Function) fact.Verdict {
	return fact.Or(f.Subnets.In(v.World).Empty().Not(), f.Groups.In(v.World).Empty().Not())
}

// IPv6 says whether the subnet has an IPv6 range, whatever it is.
func (v *View) IPv6(s *Subnet) fact.Verdict {
	blocks := Existing(v, s.IPv6Blocks).Any(func(b *CIDRBlock) fact.Verdict { return b.IPv6.Is(v.World, func(x bool) bool { return x }) })
	return fact.Or(s.IPv6CIDR.IsSet(v.World), s.IPv6Native.Is(v.World, func(x bool) bool { return x }), blocks)
}

// RouteTable is the table in force for the subnet: the one explicitly associated, else the main table of its VPC. The
// verdict is Unknown, without a table, when that cannot be told; explicit is nil for the main table.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
func (v *View) RouteTable(s *Subnet) (table *RouteTable, explicit *RouteTableAssociation, known fact.Verdict) {
	in := Existing(v, s.RouteTables)
	if len(in.Items) > 0 {
		a := in.Items[0].Value
		table, known = Lookup(v, &v.RouteTables, a.Table)
		return table, a, known
	}
	if len(in.Open) > 0 {
		return nil, nil, fact.Wants(in.Open...)
	}
	vpc, known := Lookup(v, &v.VPCs, s.VPC)
	if vpc == nil {
		return nil, nil, fact.Wants(known.Missing...)
	}
	table, known = Lookup(v, &v.RouteTables, vpc.MainTable)
	return table, nil, known
}

// ACL is the network ACL in force for the subnet: the one associated, else the default ACL of its VPC.
func (v *View) ACL(s *Subnet) (*NetworkACL, fact.Verdict) {
	in := Existing(v, s.ACLs)
	if len(in.Items) > 0 {
		return Lookup(v, &v.ACLs, in.Items[0].Value.ACL)
	}
	if len(in.Open) > 0 {
		return nil, fact.Wants(in.Open...)
	}
	vpc, known := Lookup(v, &v.VPCs, s.VPC)
	if vpc == nil {
		return nil, fact.Wants(known.Missing...)
	}
	return Lookup(v, &v.ACLs, vpc.DefaultACL)
}
