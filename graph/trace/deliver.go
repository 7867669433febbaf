package trace

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// arrival is where the packet enters the destination's VPC: by the local route, or through a peering connection from
// near, the addresses that it comes from.
type arrival struct {
	vpc     graph.Ref[graph.VPC]
	peering string // "" for the local route
	from    *graph.Subnet
	near    ranges
	answers ports
}

// anywhere ends the walk at addresses whose owner is not known: the ACLs of the subnets that hold them
// are checked, groups are not.
func anywhere(w *walker, a arrival, about set) leg {
	var l leg
	rest := about
	for s := range w.v.Subnets.All() {
		p, ok := cidrOf(w.v, s, w.flow.To.Family)
		if !ok.IsTrue() {
			continue
		}
		in := intersect(rest, prefixes(p))
		if empty(in) || !graph.Same(w.v, &w.v.VPCs, s.VPC, a.vpc).IsTrue() || !w.v.Exists(s).IsTrue() {
			continue
		}
		rest = minus(rest, in)
		l.pass(at(&s.Header, RoleTarget, "subnet %s holds the destination", quote(s.Address)))
		if s != a.from {
			l.then(w.aclsFor(crossing{s, RoleTarget, false, a.answers}, a.near, in))
		}
		l.then(w.wayBack(s, a, in))
	}
	l.doubt(rest, fact.Missing{Kind: fact.Target, Name: "which subnet has " + w.destination()})
	return l
}

func cidrOf(v *graph.View, s *graph.Subnet, f Family) (netip.Prefix, fact.Verdict) {
	if f == 6 {
		return s.IPv6CIDR.Get(v.World)
	}
	return s.CIDR.Get(v.World)
}

// node is a destination with interfaces here: a data store, an instance, an interface endpoint.
type node struct {
	head    *graph.Header
	role    Role
	subnets fact.List[graph.Ref[graph.Subnet]]
	groups  fact.List[graph.Ref[graph.SecurityGroup]]
	vpc     graph.Ref[graph.VPC] // unset: that of the groups
	free    bool                 // it has no groups, and takes everything
}

// toNode goes to a node of the deployment.
func (w *walker) toNode(about set) leg {
	n, here := w.node(w.flow.To.Node)
	if n == nil {
		var l leg
		l.doubt(about, orResource(here.Missing, w.flow.To.Node)...)
		return l
	}
	return w.reach(*n, about)
}

func (w *walker) node(address string) (*node, fact.Verdict) {
	if d := w.v.Store(address); d != nil && w.v.Exists(d).IsTrue() {
		return &node{
			head: &d.Header, role: RoleTarget, subnets: d.Subnets, groups: d.Groups, free: isFree(w.v, d),
		}, fact.Yes()
	}
	if e, _ := graph.Lookup(w.v, &w.v.Endpoints, named[graph.VPCEndpoint](address)); e != nil {
		return endpointNode(e), fact.Yes()
	}
	if h := w.v.Head(address); h != nil {
		return nil, w.v.Exists(h)
	}
	return nil, fact.Wants(w.v.Missing(address))
}

func endpointNode(e *graph.VPCEndpoint) *node {
	return &node{head: &e.Header, role: RoleEndpoint, subnets: e.Subnets, groups: e.Groups, vpc: e.VPC}
}

// named is the reference to a node of this deployment.
func named[T any](address string) graph.Ref[T] {
	return fact.Known(graph.ID[T](address), source.Span{})
}

// reach tries every subnet of the node, since the packet may go to its interface in any of them.
func (w *walker) reach(n node, about set) leg {
	var out leg
	subnets := graph.Resolve(w.v, &w.v.Subnets, n.subnets)
	var no, yes int
	var missing []fact.Missing
	var first, bad leg
	for i, it := range subnets.Items {
		l := w.reachIn(n, it.Value, about)
		switch v := l.settle(about); v.Truth {
		case fact.True:
			yes++
		case fact.False:
			if no++; no == 1 {
				bad = l
			}
		default:
			missing = append(missing, v.Missing...)
		}
		if i == 0 {
			first = l
		}
	}
	if l, stops := w.unseenStop(n, subnets.Open, about); stops {
		if no++; no == 1 {
			bad = l
		}
	} else {
		missing = append(missing, subnets.Open...)
	}
	switch {
	case len(missing) == 0 && no == 0 && yes > 0:
		return first
	case len(missing) == 0 && yes == 0 && no > 0:
		return bad
	}
	if yes > 0 && no > 0 {
		missing = append(
			missing,
			fact.Missing{Kind: fact.Target, Name: "which subnet of " + n.head.Address + " answers", Span: n.head.Span},
		)
	}
	if no > 0 {
		first = bad
	}
	for _, s := range first.steps {
		s.stops = nil
		s.Cause, s.Key = "", Key{}
		out.steps = append(out.steps, s)
	}
	out.via = first.via
	out.doubt(about, orResource(fact.Unique(missing), "subnets of "+n.head.Address)...)
	return out
}

// reachIn goes to the node's interface in one subnet.
func (w *walker) reachIn(n node, to *graph.Subnet, about set) leg {
	there := subnetRanges(w.v, to, w.flow.To.Family)
	far := groups{free: true}
	if !n.free {
		far = groupsOf(w.v, n.groups, to.VPC)
	}
	l := w.interfaceFor(there.set)
	l.then(w.letOut(peer{groups: &far}, there.set))
	if to != w.src.Subnet && !w.e.isUnseen(to) {
		l.then(w.acls(crossing{w.src.Subnet, RoleSubnet, true, w.answers()}, there.set))
	}
	same := graph.Same(w.v, &w.v.VPCs, to.VPC, w.src.Subnet.VPC)
	switch same.Truth {
	case fact.True:
		l.then(w.local(to, there.set))
	case fact.False:
		arrive := func(w *walker, a arrival, about set) leg { return w.wayBack(to, a, about) }
		l.then(w.forward(w.start(), wanted{set: there.set}, arrive))
	default:
		l.doubt(there.set, same.Missing...)
	}
	l.pass(at(n.head, n.role, "%s in %s", quote(n.head.Address), w.inSubnet(to)))
	l = spread(l, there, about)
	if to != w.src.Subnet && !w.e.isUnseen(w.src.Subnet) {
		l.then(w.aclsFor(crossing{to, n.role, false, w.answers()}, w.near(), about))
	}
	l.then(w.welcome(far, n.head, n.role, w.members(), w.near(), about))
	return l
}

// local is the way inside the VPC: the local route, unless a more specific one leads through an appliance.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-middlebox
func (w *walker) local(to *graph.Subnet, about set) leg {
	var l leg
	if to == w.src.Subnet {
		return l
	}
	table, _, known := w.v.RouteTable(w.src.Subnet)
	if table == nil {
		l.doubt(about, orResource(known.Missing, "route table of "+w.src.Subnet.Address)...)
		return l
	}
	l.pass(at(&table.Header, RoleRouteTable, "subnet %s uses route table %s",
		quote(w.src.Subnet.Address), quote(table.Address)))
	routes, open := children(w.v, table.Routes)
	if len(open) > 0 {
		l.doubt(about, open...)
	}
	for _, r := range routes {
		p, ok := r.value.Destination.Get(w.v.World)
		if ok.IsFalse() || w.e.leadsTo(r.value, graph.ToLocal) ||
			ok.IsTrue() && (p.Bits() < shortestVPC(p) || !overlap(prefixes(p), about)) {
			continue
		}
		if t, ok := w.e.target(r.value); ok.IsTrue() && !isAppliance(t.Kind) {
			continue
		}
		l.doubt(
			about,
			fact.Missing{
				Kind: fact.Target, Name: "what route " + r.value.Address + " takes out of the VPC's own traffic",
				Span: r.value.Span,
			},
		)
	}
	return l
}

// shortestVPC is the length of the widest range that a VPC can have; a route as long may be more specific than local.
func shortestVPC(p netip.Prefix) int {
	if p.Addr().Is4() {
		return aws.ShortestVPCPrefix
	}
	return aws.ShortestVPCIPv6Prefix
}

// isAppliance says whether AWS lets a route inside the VPC's own range lead there.
func isAppliance(k graph.TargetKind) bool {
	switch k {
	case graph.ToNATGateway, graph.ToInstance, graph.ToNetworkInterface, graph.ToEndpoint:
		return true
	}
	return false
}
