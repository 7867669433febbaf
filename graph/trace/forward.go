package trace

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// carrier is what has the packet: the function's interface, or the NAT gateway or instance that forwards it.
type carrier struct {
	kind   carrierKind
	head   *graph.Header
	subnet *graph.Subnet
	// role is that of its subnet in what stops there.
	role Role
	// answers are the ports at which it waits for answers.
	answers ports
	// public says whether it has a public IPv4 address.
	public fact.Verdict
	// before lists the NAT gateways and instances that forwarded the packet, itself included.
	before []string
	// subnets lists those on the way.
	subnets []*graph.Subnet
}

type carrierKind int

const (
	fromSource carrierKind = iota
	fromNAT
	fromPrivateNAT
	fromInstance
)

// longest is the number of forwarding gateways after which the walk gives up; no working design has so many.
const longest = 4

func (w *walker) start() carrier {
	s := w.src.Subnet
	c := carrier{
		head: &s.Header, subnet: s, subnets: []*graph.Subnet{s},
		role: RoleSubnet, answers: w.answers(), public: fact.No(),
	}
	if w.src.Compute == EC2 {
		// The subnet is the only place that can give a managed instance a public address.
		c.public = fact.IsOn(s.MapPublicIP, w.v.World)
	}
	return c
}

// next is the carrier that took the packet over from c.
func (c carrier) next(
	kind carrierKind, h *graph.Header, subnet *graph.Subnet, role Role, answers ports, public fact.Verdict,
) carrier {
	return carrier{
		kind, h, subnet, role, answers, public, append(slices.Clone(c.before), h.Address),
		append(slices.Clone(c.subnets), subnet),
	}
}

// delivery ends the walk where the packet arrives in a VPC that has the addresses.
type delivery func(w *walker, a arrival, about set) leg

// forward takes the packet from the carrier's subnet by its route table on to the destination.
func (w *walker) forward(c carrier, want wanted, deliver delivery) leg {
	var l leg
	if len(c.before) > longest {
		l.doubt(want.set, fact.Missing{Kind: fact.Target, Name: "what lies behind " + c.head.Address})
		return l
	}
	table, explicit, known := w.v.RouteTable(c.subnet)
	if table == nil {
		l.doubt(want.set, orResource(known.Missing, "route table of "+c.subnet.Address)...)
		return l
	}
	how := fmt.Sprintf("subnet %s uses route table %s", quote(c.subnet.Address), quote(table.Address))
	if explicit == nil {
		how = fmt.Sprintf(
			"subnet %s has no route table of its own and uses the main table of its VPC", quote(c.subnet.Address),
		)
	}
	h := at(&table.Header, RoleRouteTable, "%s", how)
	if table.Implicit {
		h = h.place(c.subnet.Span)
	}
	l.pass(h)
	var shown bool
	for _, p := range w.e.choose(table, want) {
		one := w.part(c, table, p, want, deliver)
		if shown {
			// Only the largest part is shown; of the others what matters is where they stop.
			one.steps = slices.DeleteFunc(one.steps, func(s step) bool { return empty(s.stops) })
		}
		shown = true
		l.then(one)
	}
	return l
}

// part walks the addresses for which the table chooses alike.
func (w *walker) part(c carrier, table *graph.RouteTable, p part, want wanted, deliver delivery) leg {
	want.set = p.set
	return p.join(func(r *graph.Route) leg { return w.route(c, table, r, want, deliver) })
}

// join follows the route of the part by walk, and where another may be chosen instead, that one too.
func (p part) join(walk func(*graph.Route) leg) leg {
	l := walk(p.route).within(p.set)
	var others []leg
	missing := slices.Concat(p.open, p.propagated)
	if len(p.open) > 0 {
		others = append(others, inDoubt(intersect(l.stopped(), p.set), p.open))
	}
	if len(p.propagated) > 0 {
		others = append(others, inDoubt(p.set, p.propagated))
	}
	for _, r := range p.rivals {
		others = append(others, walk(r.route).within(p.set))
		missing = append(missing, r.missing...)
	}
	if len(others) == 0 {
		return l
	}
	return l.either(p.set, others, fact.Unique(missing))
}

// route follows one route, or none.
func (w *walker) route(c carrier, table *graph.RouteTable, r *graph.Route, want wanted, deliver delivery) leg {
	var l leg
	if r == nil {
		l.stop(want.set, w.noRoute(c, table))
		return l
	}
	t, ok := w.e.target(r)
	if !ok.IsTrue() {
		l.pass(at(&r.Header, RoleRoute, "the target of route %s of %s is not known", w.prefix(r), quote(table.Address)))
		l.doubt(want.set, ok.Missing...)
		return l
	}
	l.pass(at(&r.Header, RoleRoute, "route %s of %s leads to %s", w.prefix(r), quote(table.Address), w.targetName(t)))
	hop := turn{c, table, r, t, want, deliver}
	if alive := w.alive(t); !alive.IsTrue() {
		l.need(want.set, alive, w.dead(hop, "the target does not exist"))
		if alive.IsFalse() {
			return l
		}
	}
	l.then(w.follow(hop))
	return l
}

// turn is a route being taken.
type turn struct {
	carrier
	table   *graph.RouteTable
	route   *graph.Route
	target  graph.Target
	want    wanted
	deliver delivery
}

// follow dispatches on the kind of the target.
func (w *walker) follow(t turn) leg {
	switch t.target.Kind {
	case graph.ToLocal:
		near := subnetRanges(w.v, t.subnet, w.flow.To.Family)
		return t.deliver(w, arrival{vpc: t.subnet.VPC, from: t.subnet, near: near, answers: t.answers}, t.want.set)
	case graph.ToGateway:
		return w.gateway(t)
	case graph.ToNATGateway:
		return w.natGateway(t, w.v.NATGateways.At(t.target.ID))
	case graph.ToEgressOnly:
		return w.egressOnly(t, w.v.EgressOnlyGateways.At(t.target.ID))
	case graph.ToInstance:
		return w.instance(t)
	case graph.ToNetworkInterface:
		return w.networkInterface(t)
	case graph.ToPeering:
		return w.peering(t)
	case graph.ToTransitGateway:
		return w.transitGateway(t)
	case graph.ToEndpoint:
		return w.endpoint(t)
	}
	return w.elsewhere(t)
}

// elsewhere is a target behind which the files say nothing.
func (w *walker) elsewhere(t turn) leg { return w.behind(t, string(t.target.Kind)) }

// behind is elsewhere for a target that a person calls by another name than the route does.
func (w *walker) behind(t turn, kind string) leg {
	var l leg
	l.via = kind
	l.pass(w.targetHop(t, RoleTarget, "what lies behind %s %s is not in these files", kind, quote(t.target.ID)))
	l.doubt(t.want.set, fact.Missing{Kind: fact.Target, Name: kind + " " + t.target.ID, Span: t.route.Span})
	return l
}

// targetHop stands at the target of the route, or at the route when the target is defined elsewhere.
func (w *walker) targetHop(t turn, role Role, format string, args ...any) Hop {
	h := Hop{Address: t.target.ID, Span: t.route.Span, Role: role, Message: fmt.Sprintf(format, args...)}
	if node := w.v.Head(t.target.ID); node != nil {
		h = h.place(node.Span)
	}
	return h
}

// unseen is a target that another deployment defines: what it is attached to is not known.
func (w *walker) unseen(t turn) leg {
	var l leg
	l.via = string(t.target.Kind)
	l.pass(w.targetHop(t, RoleTarget, "what lies behind %s is not in these files", w.targetName(t.target)))
	l.doubt(t.want.set, w.v.Missing(t.target.ID))
	return l
}

func (w *walker) noRoute(c carrier, table *graph.RouteTable) Hop {
	h := at(&table.Header, RoleRouteTable, "no route of %s leads to %s", quote(table.Address), w.destination())
	if table.Implicit {
		h.Message = fmt.Sprintf(
			"the main route table of subnet %s has no route to %s", quote(c.subnet.Address), w.destination(),
		)
		h = h.place(c.subnet.Span)
	}
	if c.kind != fromSource {
		h = at(
			c.head, c.role, "%s has no way to %s: no route of %s leads there", quote(c.head.Address), w.destination(),
			quote(table.Address),
		)
	}
	return w.because(h, NoRoute)
}

// dead is the stop at a route whose target does not work from here.
func (w *walker) dead(t turn, format string, args ...any) Hop {
	why := fmt.Sprintf(format, args...)
	return w.because(at(&t.route.Header, RoleRoute, "route %s of %s drops its packets: %s",
		w.prefix(t.route), quote(t.table.Address), why), BadStateRoute)
}

// prefix is the destination of the route as a person reads it.
func (w *walker) prefix(r *graph.Route) string {
	if p, ok := r.Destination.Get(w.v.World); ok.IsTrue() {
		return p.String()
	}
	if id, ok := r.PrefixList.Get(w.v.World); ok.IsTrue() {
		return quote(string(id))
	}
	return quote(r.Address)
}

func (w *walker) targetName(t graph.Target) string {
	kind := string(t.Kind)
	switch {
	case t.Kind == graph.ToLocal:
		return "the VPC itself"
	case t.Kind == graph.ToGateway && w.isInternetGateway(t.ID):
		kind = "internet gateway"
	}
	return kind + " " + quote(t.ID)
}

// alive says whether a target of this deployment exists in this world; one defined elsewhere is taken to.
func (w *walker) alive(t graph.Target) fact.Verdict {
	if h := w.v.Head(t.ID); h != nil && t.Kind != graph.ToLocal {
		return w.v.Exists(h)
	}
	return fact.Yes()
}

// inVPC is the leg past the question whether the target lies in the VPC of the carrier.
func (w *walker) inVPC(t turn, target graph.Node) leg {
	var l leg
	here := w.v.Takes(target, t.subnet.VPC)
	l.need(t.want.set, here, w.dead(t, "%s is in another VPC", w.targetName(t.target)))
	return l
}
