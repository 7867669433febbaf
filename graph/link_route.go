package graph

import (
	"fmt"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// addLocalRoutes gives each table a local route for each range of its VPC, unless a route for that very range is
// written. The ranges of a VPC from elsewhere are not known, but it has one: a single route with a computed
// destination.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
func (b *Builder) addLocalRoutes() {
	n := b.net
	written := n.writtenRoutes()
	for t := range n.RouteTables.All() {
		count := 0
		add := func(when fact.Cond, destination fact.Value[netip.Prefix], vpc ID[VPC]) {
			if when.IsNever() {
				return
			}
			r := &Route{
				Header:      implied(&t.Header, fmt.Sprintf("%s.Local[%d]", t.Address, count), "AWS::EC2::Route", when),
				Table:       fact.Known(ID[RouteTable](t.Address), t.Span),
				Destination: destination,
			}
			r.Targets.Append(fact.Known(Target{Kind: ToLocal, ID: string(vpc)}, t.Span), t.Span)
			Add(b, &n.Routes, r)
			count++
		}
		for _, c := range fact.Cases(t.VPC) {
			id, ok := c.Value.Get(nil)
			v := n.VPCs.Get(id)
			if v == nil {
				missing := neverFalse(n.In(nil), c.Value, ok).Missing
				if ok.IsTrue() {
					missing = []fact.Missing{n.Missing(string(id))}
				}
				add(c.When, fact.Computed[netip.Prefix](t.Span, missing...), id)
				continue
			}
			for _, it := range v.CIDRs.Items {
				when := c.When.And(it.When)
				if cidr, ok := it.Value.Get(nil); ok.IsTrue() {
					if instead, ok := written[rangeOf{ID[RouteTable](t.Address), cidr}]; ok {
						when = when.And(instead.Not())
					}
				}
				add(when, it.Value, id)
			}
			for _, g := range v.CIDRs.Open {
				add(c.When.And(g.When), fact.NotKnown[netip.Prefix](t.Span, g.Missing...), id)
			}
		}
	}
}

// rangeOf is one destination in one table.
type rangeOf struct {
	table       ID[RouteTable]
	destination netip.Prefix
}

// writtenRoutes tells for which destinations, and where, the files themselves state a route.
func (n *Network) writtenRoutes() map[rangeOf]fact.Cond {
	out := map[rangeOf]fact.Cond{}
	for r := range n.Routes.All() {
		for _, table := range fact.Cases(r.Table) {
			id, ok := table.Value.Get(nil)
			if !ok.IsTrue() {
				continue
			}
			for _, d := range fact.Cases(r.Destination) {
				if cidr, ok := d.Value.Get(nil); ok.IsTrue() {
					key := rangeOf{id, cidr}
					if _, ok := out[key]; !ok {
						out[key] = fact.Never()
					}
					out[key] = out[key].Or(r.When.And(table.When, d.When))
				}
			}
		}
	}
	return out
}

// ManagedPrefixList is the identity of the prefix list that AWS keeps for a service with gateway endpoints, such as
// "s3".
func ManagedPrefixList(service string) ID[PrefixList] {
	return ID[PrefixList]("com.amazonaws.${AWS::Region}." + service)
}

// addEndpointRoutes adds the route from the prefix list of the service to the endpoint that a gateway endpoint puts
// into each table it lists. Only gateway endpoints list tables, so a list speaks for an endpoint whose kind is not
// known.
func (b *Builder) addEndpointRoutes() {
	n := b.net
	for e := range n.Endpoints.All() {
		when := fact.Never()
		for _, c := range fact.Cases(fact.Otherwise(e.Kind, fact.Known(fact.Lit("Gateway"), e.Span))) {
			kind, ok := c.Value.Get(nil)
			if !ok.IsTrue() || !fact.Same(kind, fact.Lit("Gateway")).IsFalse() {
				when = when.Or(c.When)
			}
		}
		if when.IsNever() {
			continue
		}
		list := fact.Map(e.Service, func(service fact.Text, span source.Span) Ref[PrefixList] {
			return b.prefixList(e, service, span)
		})
		for i, it := range e.RouteTables.Items {
			address := fmt.Sprintf("%s.Route[%d]", e.Address, i)
			r := &Route{
				Header:     implied(&e.Header, address, "AWS::EC2::Route", when.And(it.When)),
				Table:      it.Value,
				PrefixList: list,
			}
			if it.Span.IsValid() {
				r.Span = it.Span
			}
			r.Targets.Append(fact.Known(Target{Kind: ToEndpoint, ID: e.Address}, r.Span), r.Span)
			Add(b, &n.Routes, r)
		}
		for _, g := range e.RouteTables.Open {
			missAll(&n.RouteTables, routesOf, e.When.And(when, g.When), g.Missing...)
		}
	}
}

// prefixList is the managed list of the endpoint's service, which is told by the end of its name.
func (b *Builder) prefixList(e *VPCEndpoint, service fact.Text, span source.Span) Ref[PrefixList] {
	var missing []fact.Missing
	for _, s := range aws.GatewayServices() {
		switch is := service.HasSuffix("." + s); is.Truth {
		case fact.True:
			id := ManagedPrefixList(s)
			if b.net.PrefixLists.Get(id) == nil {
				p := &PrefixList{
					Header:  Header{Address: string(id), Type: "AWS::EC2::PrefixList", Span: e.Span, Implicit: true},
					Service: s,
				}
				p.Entries.Miss(fact.Always(), fact.Missing{Kind: fact.Attribute, Name: string(id), Span: e.Span})
				Add(b, &b.net.PrefixLists, p)
			}
			return fact.Known(id, span)
		case fact.Unknown:
			missing = append(missing, is.Missing...)
		}
	}
	if len(missing) > 0 {
		return fact.Computed[ID[PrefixList]](span, fact.Unique(missing)...)
	}
	// A service of another name has a list too, but none that is known here.
	return fact.Computed[ID[PrefixList]](
		span, fact.Missing{Kind: fact.Attribute, Name: e.Address + ".PrefixList", Span: span},
	)
}
