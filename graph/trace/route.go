package trace

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// wanted is what a route table is asked about.
type wanted struct {
	set set
	// service is the id of the AWS service that the addresses belong to, if they do.
	service string
	// public says that the addresses are on the internet and in no VPC, so that local routes do not cover them.
	public bool
	// internet says that they are all the public addresses. Routes and rules to a single service do not count then.
	internet bool
}

// peer is the wanted addresses as a security group sees them.
func (w wanted) peer() peer { return peer{service: w.service, public: w.public, internet: w.internet} }

// part is a set of addresses for which a table chooses alike.
type part struct {
	set   set
	route *graph.Route // nil: none covers it
	// rivals would be chosen instead if the facts that they wait for turned out so.
	rivals []rival
	// open is what may add a route that brings addresses on which are stopped without it.
	open []fact.Missing
	// propagated is what may put another route in the place of this one.
	propagated []fact.Missing
}

type rival struct {
	route   *graph.Route
	missing []fact.Missing
}

// candidate is a route under one of its prefixes. A candidate that is not sure may be absent.
type candidate struct {
	prefix  netip.Prefix
	set     set
	bits    int
	list    bool // by a prefix list, which loses against a plain route of equal length
	route   *graph.Route
	sure    bool
	missing []fact.Missing
}

// routeWork is what it takes to divide addresses by one route, in things looked at.
const routeWork = 3

// choose divides the wanted addresses by the route that carries them: the longest prefix, at equal length a plain route
// before one by prefix list. A route that may or may not be there, or whose destination is not known, becomes a rival
// of the one that carries the packet without it.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-priority
func (e *Engine) choose(table *graph.RouteTable, want wanted) []part {
	known, anywhere, open := e.candidates(table, want)
	e.view.Spend(routeWork * (len(known) + len(anywhere)))
	slices.SortStableFunc(known, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(b.bits, a.bits), compareBool(a.list, b.list), a.prefix.Addr().Compare(b.prefix.Addr()),
			compareBool(a.sure, b.sure),
		)
	})
	undecided := []part{{set: want.set, rivals: anywhere}}
	var decided []part
	for len(known) > 0 {
		if n := apart(known); n > 1 {
			var taken []part
			taken, undecided = carve(undecided, known[:n])
			decided, known = append(decided, taken...), known[n:]
			continue
		}
		c := known[0]
		sole := len(known) == 1 || !c.ties(known[1])
		known = known[1:]
		var next []part
		for _, p := range undecided {
			in := intersect(p.set, c.set)
			if empty(in) {
				next = append(next, p)
				continue
			}
			if out := minus(p.set, in); !empty(out) {
				next = append(next, part{set: out, rivals: p.rivals})
			}
			if c.sure && sole {
				decided = append(decided, part{set: in, route: c.route, rivals: p.rivals})
			} else {
				next = append(next, part{set: in, rivals: append(slices.Clone(p.rivals), rival{c.route, c.doubt()})})
			}
		}
		undecided = next
	}
	parts := append(decided, undecided...)
	propagated := e.propagated(table)
	for i := range parts {
		if e.canBeBettered(parts[i].route, want) {
			parts[i].open = open
		}
		if parts[i].route == nil || !want.public {
			parts[i].propagated = propagated
		}
	}
	return merge(parts)
}

// apart is how many of the first candidates share no address and are certain, so that their order means nothing.
func apart(known []candidate) int {
	for i, c := range known {
		tied := i+1 < len(known) && c.ties(known[i+1])
		if !c.sure || c.list || tied || c.bits != known[0].bits || c.prefix != c.prefix.Masked() {
			return i
		}
	}
	return len(known)
}

// carve gives candidates that share no address what is theirs of the parts. To take one after the other out of a set
// would go through all of it each time.
func carve(parts []part, candidates []candidate) (taken, left []part) {
	gone := make([][]set, len(parts))
	for _, c := range candidates {
		for i, p := range parts {
			if p.set == nil || !p.set.OverlapsPrefix(c.prefix) {
				continue
			}
			in := c.set
			if !p.set.ContainsPrefix(c.prefix) {
				in = intersect(p.set, in)
			}
			gone[i] = append(gone[i], in)
			taken = append(taken, part{set: in, route: c.route, rivals: p.rivals})
		}
	}
	for i, p := range parts {
		if len(gone[i]) > 0 {
			p.set = minus(p.set, union(gone[i]...))
		}
		if !empty(p.set) {
			left = append(left, p)
		}
	}
	return taken, left
}

// canBeBettered says whether a route that is added to the table may bring on what the chosen one, or none, does not. A
// table has one route to a destination, and a chosen default route keeps the internet: nobody adds it in two halves. Of
// a service's addresses only a gateway endpoint has a longer prefix. Nothing is behind a local route but the VPC
// itself.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func (e *Engine) canBeBettered(chosen *graph.Route, want wanted) bool {
	switch {
	case chosen == nil:
		return true
	case want.internet || e.leadsTo(chosen, graph.ToLocal):
		return false
	case want.service != "":
		return aws.HasGatewayEndpoint(want.service)
	}
	return true
}

// ties says that nothing in AWS's order puts one before the other.
func (c candidate) ties(d candidate) bool {
	return c.bits == d.bits && c.list == d.list && c.prefix == d.prefix
}

// doubt is why the candidate may not be the one that holds.
func (c candidate) doubt() []fact.Missing {
	if !c.sure {
		return c.missing
	}
	name := "which of two routes to " + c.prefix.String() + " holds"
	return []fact.Missing{{Kind: fact.Semantics, Name: name, Span: c.route.Span}}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// candidates sorts the routes of the table into those with known prefixes and those that may cover any address.
func (e *Engine) candidates(
	table *graph.RouteTable, want wanted,
) (known []candidate, anywhere []rival, open []fact.Missing) {
	routes, open := children(e.view, table.Routes)
	for _, r := range routes {
		there := r.there
		if e.undecided != nil {
			there = e.undecided(there)
		}
		if there.IsFalse() || want.public && e.leadsTo(r.value, graph.ToLocal) {
			continue
		}
		ps, vague := e.destinations(r.value, want)
		for _, p := range ps {
			p.route, p.sure, p.missing = r.value, there.IsTrue(), there.Missing
			known = append(known, p)
		}
		if len(vague) > 0 && !(e.leadsTo(r.value, graph.ToEgressOnly) && isIPv4(want.set)) {
			anywhere = append(anywhere, rival{r.value, append(vague, there.Missing...)})
		}
	}
	return known, anywhere, open
}

func isIPv4(s set) bool { return overlap(s, universe(4)) }

// leadsTo says whether the target of the route is certainly of the kind.
func (e *Engine) leadsTo(r *graph.Route, kind graph.TargetKind) bool {
	t, ok := e.target(r)
	return ok.IsTrue() && t.Kind == kind
}

// target is the one target of the route that holds in this world.
func (e *Engine) target(r *graph.Route) (graph.Target, fact.Verdict) {
	in := r.Targets.In(e.view.World)
	if len(in.Items) != 1 {
		return graph.Target{}, fact.Wants(orResource(in.Open, "target of "+r.Address)...)
	}
	t, ok := in.Items[0].Value.Get(e.view.World)
	if !ok.IsTrue() {
		return t, fact.Wants(orResource(ok.Missing, "target of "+r.Address)...)
	}
	return t, ok
}

// prefix is the set of its addresses. Every question asks for those of all routes of a table.
func (e *Engine) prefix(p netip.Prefix) set {
	s, ok := e.sets[p]
	if !ok {
		s = prefixes(p)
		e.sets[p] = s
	}
	return s
}

// destinations lists the prefixes of the route. vague is not empty when it may cover others too.
func (e *Engine) destinations(r *graph.Route, want wanted) (ps []candidate, vague []fact.Missing) {
	p, ok := r.Destination.Get(e.view.World)
	if ok.IsTrue() {
		return []candidate{{prefix: p, set: e.prefix(p), bits: p.Bits()}}, nil
	}
	list, found := graph.Lookup(e.view, &e.view.PrefixLists, r.PrefixList)
	switch {
	case list == nil && (want.internet || want.service != "") && e.leadsToOther(r, want.service):
		return nil, nil
	case list == nil:
		return nil, orResource(append(ok.Missing, found.Missing...), "destination of "+r.Address)
	case list.Service == "":
		known, vague := listed(e.view, list)
		for _, p := range known {
			ps = append(ps, candidate{prefix: p, set: prefixes(p), bits: p.Bits(), list: true})
		}
		return ps, vague
	case list.Service == want.service:
		// The shortest prefix that AWS announces for a service is longer than any half or quarter of the internet.
		return []candidate{{set: want.set, bits: shortestServicePrefix, list: true}}, nil
	case want.internet || want.service != "":
		return nil, nil
	}
	return nil, []fact.Missing{{Kind: fact.Attribute, Name: "addresses of " + list.Service}}
}

const shortestServicePrefix = 8

// leadsToOther says whether the route is that of a gateway endpoint for some other service, whose addresses it covers
// whatever they are. Few services have gateway endpoints: one of an unknown service is for none but these.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func (e *Engine) leadsToOther(r *graph.Route, service string) bool {
	t, ok := e.target(r)
	if !ok.IsTrue() || t.Kind != graph.ToEndpoint {
		return false
	}
	to := e.view.Endpoints.At(t.ID)
	if to == nil || !e.view.IsOfKind(to, "Gateway").IsTrue() {
		return false
	}
	return !aws.HasGatewayEndpoint(service) || e.serves(to, service).IsFalse()
}

// listed gives the known entries of a customer's prefix list and what may add others.
func listed(v *graph.View, list *graph.PrefixList) (ps []netip.Prefix, vague []fact.Missing) {
	in := list.Entries.In(v.World)
	vague = in.Open
	for _, it := range in.Items {
		p, ok := it.Value.Get(v.World)
		if ok.IsTrue() {
			ps = append(ps, p)
		}
		vague = append(vague, ok.Missing...)
	}
	return ps, vague
}

// propagated names what may put routes into the table by itself. Static routes of the same length win, so on the public
// internet such a route counts only where no other is: nobody propagates more than a default route to it.
func (e *Engine) propagated(table *graph.RouteTable) []fact.Missing {
	items, open := children(e.view, table.Propagations)
	for _, p := range items {
		open = append(
			open, fact.Missing{Kind: fact.Target, Name: "routes propagated into " + table.Address, Span: p.value.Span},
		)
		open = append(open, p.there.Missing...)
	}
	return open
}

// merge joins the parts that are chosen alike.
func merge(parts []part) []part {
	var out []part
	for _, p := range parts {
		i := slices.IndexFunc(out, func(q part) bool {
			return q.route == p.route &&
				slices.EqualFunc(q.rivals, p.rivals, func(a, b rival) bool { return a.route == b.route })
		})
		if i < 0 {
			out = append(out, p)
		} else {
			out[i].set = union(out[i].set, p.set)
		}
	}
	slices.SortStableFunc(out, func(a, b part) int { return cmp.Compare(size(b.set), size(a.set)) })
	return out
}

// InternetRoute finds the routes of the table that carry traffic to public addresses of the family, those that may do
// so included, the one for most addresses first. The verdict is True when routes cover all of them, in whatever pieces,
// False when none is covered, and Unknown when only a part is or the table is not wholly known. Routes by a prefix list
// that AWS manages for a service do not count.
func (e *Engine) InternetRoute(table *graph.RouteTable, family Family) ([]*graph.Route, fact.Verdict) {
	if table == nil {
		return nil, fact.Wants(orResource(nil, "route table")...)
	}
	own, _ := vpcRanges(e.view, table.VPC, family)
	want := wanted{set: minus(public(family), own), public: true, internet: true}
	var l leg
	var routes []*graph.Route
	add := func(r *graph.Route) {
		if r != nil && !slices.Contains(routes, r) {
			routes = append(routes, r)
		}
	}
	for _, p := range e.choose(table, want) {
		add(p.route)
		missing := slices.Concat(p.open, p.propagated)
		for _, r := range p.rivals {
			add(r.route)
			missing = append(missing, r.missing...)
		}
		switch {
		case p.route != nil:
		case len(missing) > 0:
			l.doubt(p.set, missing...)
		default:
			l.stop(p.set, Hop{})
		}
	}
	return routes, l.settle(want.set)
}
