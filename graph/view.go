package graph

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// View is a linked network in one world of conditions. Its methods answer what is in force there; where facts are
// missing, verdicts are Unknown and name them.
type View struct {
	*Network
	World *fact.World

	without map[string]bool
}

// In looks at the network in the world w.
func (n *Network) In(w *fact.World) *View { return &View{Network: n, World: w} }

// Without is the view at a time at which the resources at the addresses do not exist: not yet, or no longer. What is
// written inside of them, or what AWS makes of them, such as the routes of a gateway endpoint, does not exist either.
func (v *View) Without(addresses map[string]bool) *View {
	return &View{Network: v.Network, World: v.World, without: addresses}
}

// Exists says whether the node is there in this world, at the time of the view.
func (v *View) Exists(n Node) fact.Verdict {
	if h := n.Head(); len(v.without) == 0 || !v.lacks(h) {
		return v.World.Holds(h.When)
	}
	return fact.No()
}

func (v *View) lacks(h *Header) bool {
	in := v.WrittenIn(h.Address)
	return v.without[h.Address] || in != nil && v.without[in.Address]
}

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

// Used is Lookup for a reference that something relies on: where the node is not created, what is used is a question,
// and the verdict never False.
func Used[T any](v *View, t *Table[T], ref Ref[T]) (*T, fact.Verdict) {
	node, ok := Lookup(v, t, ref)
	return node, neverFalse(v, ref, ok)
}

// Resolve looks up each reference of a list. References to things defined elsewhere leave the result open.
func Resolve[T any](v *View, t *Table[T], refs fact.List[Ref[T]]) fact.Elements[*T] {
	in := refs.In(v.World)
	v.Spend(len(in.Items))
	out := fact.Elements[*T]{Items: make([]fact.Item[*T], 0, len(in.Items)), Open: in.Open}
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
	v.Spend(len(in.Items))
	out := fact.Elements[P]{Items: make([]fact.Item[P], 0, len(in.Items)), Open: in.Open}
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
// a symbol for something elsewhere may be anything, and so may a reference that is not set: see SameVPC.
func Same[T any](v *View, t *Table[T], a, b Ref[T]) fact.Verdict {
	x, ok := a.Get(v.World)
	if !ok.IsTrue() {
		return neverFalse(v, a, ok)
	}
	y, ok := b.Get(v.World)
	switch {
	case !ok.IsTrue():
		return neverFalse(v, b, ok)
	case x == y:
		return fact.Yes()
	case isSymbol(x) && t.Get(x) == nil:
		return fact.Wants(v.Missing(string(x)))
	case isSymbol(y) && t.Get(y) == nil:
		return fact.Wants(v.Missing(string(y)))
	}
	return fact.No()
}

// Names says whether ref names the node; see Same.
func Names[T any, P interface {
	*T
	Node
}](v *View, t *Table[T], ref Ref[T], node P) fact.Verdict {
	h := node.Head()
	return Same(v, t, ref, fact.Known(ID[T](h.Address), h.Span))
}

// MeanOne says whether two nodes that refer to a third one mean the same by it: of several, each may mean another one.
func MeanOne(of, a, b Node) fact.Verdict {
	h := of.Head()
	if !h.Several || a.Head().Several || b.Head().Several {
		return fact.Yes()
	}
	return fact.Wants(fact.Missing{Kind: fact.Intrinsic, Name: "number of " + h.Address, Span: h.Span})
}

func isSymbol[T any](id ID[T]) bool { return strings.Contains(string(id), "${") }

// neverFalse makes of "not set" or "does not exist here" a question: such a reference means a thing of the account, as
// the default VPC, or the deployment fails before the answer matters.
func neverFalse[T any](v *View, ref Ref[T], ok fact.Verdict) fact.Verdict {
	if !ok.IsFalse() {
		return ok
	}
	missing := fact.Missing{Kind: fact.Resource, Name: "the default of the account"}
	if id, set := ref.Get(v.World); set.IsTrue() {
		missing = fact.Missing{
			Kind: fact.Intent,
			Name: "what is used where " + string(id) + " is not created",
			Span: ref.Span,
		}
	}
	return fact.Wants(missing)
}

// SameVPC is Same for VPCs, where a reference that is not set means the account's default VPC. A VPC that this
// deployment creates is never that one.
func (v *View) SameVPC(a, b Ref[VPC]) fact.Verdict {
	x, y := a.IsSet(v.World), b.IsSet(v.World)
	switch {
	case x.IsFalse() && y.IsFalse():
		return fact.Yes()
	case x.IsFalse():
		return v.isDefault(b)
	case y.IsFalse():
		return v.isDefault(a)
	}
	return Same(v, &v.VPCs, a, b)
}

// isDefault says whether ref names the default VPC of the account. Of a VPC from elsewhere that is not known.
func (v *View) isDefault(ref Ref[VPC]) fact.Verdict {
	vpc, ok := Lookup(v, &v.VPCs, ref)
	if vpc == nil {
		return neverFalse(v, ref, ok)
	}
	return fact.Of(vpc.IsDefault)
}

// VPC is the VPC that ref names. It is Unknown, and never False, where there is none in this deployment: a reference
// that is not set means the account's default VPC.
func (v *View) VPC(ref Ref[VPC]) (*VPC, fact.Verdict) {
	return Used(v, &v.VPCs, ref)
}

// VPCOf is the VPC that the subnets lie in: that of the first one known, for Lambda and the other users of such a list
// demand that they share it. False when there is no subnet, Unknown when none of them tells.
func (v *View) VPCOf(subnets fact.List[Ref[Subnet]]) (*VPC, fact.Verdict) {
	in := Resolve(v, &v.Subnets, subnets)
	missing := in.Open
	for _, it := range in.Items {
		vpc, ok := v.VPC(it.Value.VPC)
		if vpc != nil {
			return vpc, ok
		}
		missing = append(missing, ok.Missing...)
	}
	if len(missing) == 0 {
		return nil, fact.No()
	}
	return nil, fact.Wants(fact.Unique(missing)...)
}

// VPCOfFunction is the VPC that the function is attached to; see VPCOf.
func (v *View) VPCOfFunction(f *Function) (*VPC, fact.Verdict) { return v.VPCOf(f.Subnets) }

// Allocated says whether the NAT gateway is given an Elastic IP address that exists in this world, or one from
// elsewhere.
func (v *View) Allocated(n *NATGateway) fact.Verdict {
	a, given := n.Allocation.Get(v.World)
	if !given.IsTrue() {
		return n.Allocation.IsSet(v.World)
	}
	if address := v.ElasticIPs.Get(a.Address); address != nil {
		return v.Exists(address)
	}
	return given
}

// FunctionsOn lists the functions that certainly run on the capacity provider, whether they exist in this world or not.
func (v *View) FunctionsOn(c *CapacityProvider) (out []*Function) {
	for f := range v.Functions.All() {
		if f.CapacityProvider.Is(v.World, func(id ID[CapacityProvider]) bool { return string(id) == c.Address }).
			IsTrue() {
			out = append(out, f)
		}
	}
	return out
}

// InVPC says whether the function is attached to a VPC: one of its lists has an element.
func (v *View) InVPC(f *Function) fact.Verdict {
	return fact.Or(
		f.Subnets.In(v.World).Any(func(r Ref[Subnet]) fact.Verdict { return r.IsSet(v.World) }),
		f.Groups.In(v.World).Any(func(r Ref[SecurityGroup]) fact.Verdict { return r.IsSet(v.World) }),
	)
}

// IPv6 says whether the subnet has an IPv6 range, whatever it is.
func (v *View) IPv6(s *Subnet) fact.Verdict {
	blocks := Existing(
		v, s.IPv6Blocks,
	).Any(func(b *CIDRBlock) fact.Verdict { return fact.IsOn(b.IPv6, v.World) })
	return fact.Or(s.IPv6CIDR.IsSet(v.World), fact.IsOn(s.IPv6Native, v.World), blocks)
}

// RouteTable is the table in force for the subnet: the one explicitly associated, else the main table of its VPC. The
// verdict is Unknown, without a table, when that cannot be told, and never False, since every subnet has a table;
// explicit is nil for the main table.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
func (v *View) RouteTable(s *Subnet) (table *RouteTable, explicit *RouteTableAssociation, known fact.Verdict) {
	in := Existing(v, s.RouteTables)
	if len(in.Items) > 0 {
		// A second association of one subnet is refused, so the first speaks even if the list is open.
		explicit = in.Items[0].Value
		table, known = Lookup(v, &v.RouteTables, explicit.Table)
		return table, explicit, neverFalse(v, explicit.Table, known)
	}
	if len(in.Open) > 0 {
		return nil, nil, fact.Wants(in.Open...)
	}
	vpc, known := v.VPC(s.VPC)
	if vpc == nil {
		return nil, nil, known
	}
	table, known = Lookup(v, &v.RouteTables, vpc.MainTable)
	return table, nil, neverFalse(v, vpc.MainTable, known)
}

// ACL is the network ACL in force for the subnet: the one associated, else the default ACL of its VPC. Like that of
// RouteTable, the verdict is never False. It is Unknown with the default ACL where others may associate another one.
// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
func (v *View) ACL(s *Subnet) (*NetworkACL, fact.Verdict) {
	in := Existing(v, s.ACLs)
	if len(in.Items) > 0 {
		ref := in.Items[0].Value.ACL
		acl, known := Lookup(v, &v.ACLs, ref)
		return acl, neverFalse(v, ref, known)
	}
	if own := s.Own(in.Open); len(own) > 0 {
		return nil, fact.Wants(own...)
	}
	vpc, known := v.VPC(s.VPC)
	if vpc == nil {
		return nil, known
	}
	acl, known := Lookup(v, &v.ACLs, vpc.DefaultACL)
	if known.IsTrue() && len(in.Open) > 0 {
		return acl, fact.Wants(in.Open...)
	}
	return acl, neverFalse(v, vpc.DefaultACL, known)
}

// Store is the data store at the address, or what is like one to those that connect to it: an instance, by its private
// address, or the tasks of a service. Its port is not known then. It is nil for anything else.
func (v *View) Store(address string) *DataStore {
	if d := v.DataStores.At(address); d != nil {
		return d
	}
	if i := v.Instances.At(address); i != nil {
		return like(&i.Header, aws.Instance, refs(i.Subnet), i.Groups)
	}
	if s := v.Services.At(address); s != nil {
		return like(&s.Header, aws.ECSService, s.Subnets, s.Groups)
	}
	return nil
}

// like is a data store with private addresses that stands for what is none.
func like(h *Header, kind aws.Kind, subnets fact.List[Ref[Subnet]], groups fact.List[Ref[SecurityGroup]]) *DataStore {
	port := fact.Missing{Kind: fact.Intent, Name: "port of " + h.Address, Span: h.Span}
	return &DataStore{
		Header: *h, Kind: string(kind), Subnets: subnets, Groups: groups,
		Port: fact.NotKnown[int](h.Span, port), Public: fact.Known(false, h.Span),
	}
}
