package trace

import (
	"math"
	"net/netip"
	"slices"

	"go4.org/netipx"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// set is a set of addresses of one family. The nil set is empty.
type set = *netipx.IPSet

func build(f func(*netipx.IPSetBuilder)) set {
	var b netipx.IPSetBuilder
	f(&b)
	s, _ := b.IPSet() // the error speaks of invalid prefixes, which the builder has left out
	return s
}

func prefixes(ps ...netip.Prefix) set {
	if len(ps) == 1 && ps[0].Bits() == 0 { // what most rules and routes are for
		if ps[0].Addr().Is4() {
			return everyIPv4
		}
		return everyIPv6
	}
	return build(func(b *netipx.IPSetBuilder) {
		for _, p := range ps {
			b.AddPrefix(p)
		}
	})
}

func union(ss ...set) set {
	ss = slices.Compact(slices.DeleteFunc(ss, empty))
	switch len(ss) {
	case 0:
		return nil
	case 1:
		return ss[0]
	}
	return build(func(b *netipx.IPSetBuilder) {
		for _, s := range ss {
			b.AddSet(s)
		}
	})
}

func minus(a set, bs ...set) set {
	if slices.ContainsFunc(bs, func(b set) bool { return a == b || isUniverse(b) && overlap(a, b) }) {
		return nil
	}
	if !slices.ContainsFunc(bs, func(b set) bool { return overlap(a, b) }) {
		return a
	}
	return build(func(b *netipx.IPSetBuilder) {
		b.AddSet(a)
		for _, s := range bs {
			if s != nil {
				b.RemoveSet(s)
			}
		}
	})
}

func intersect(a, b set) set {
	switch {
	case a == b:
		return a
	case !overlap(a, b):
		return nil
	case isUniverse(b): // a set has one family
		return a
	case isUniverse(a):
		return b
	}
	xs, ys := a.Ranges(), b.Ranges()
	return build(func(out *netipx.IPSetBuilder) {
		for len(xs) > 0 && len(ys) > 0 {
			x, y := xs[0], ys[0]
			from, to := x.From(), x.To()
			if from.Less(y.From()) {
				from = y.From()
			}
			if y.To().Less(to) {
				to = y.To()
			}
			if !to.Less(from) {
				out.AddRange(netipx.IPRangeFrom(from, to))
			}
			if x.To().Less(y.To()) {
				xs = xs[1:]
			} else {
				ys = ys[1:]
			}
		}
	})
}

var none = new(netipx.IPSet)

func empty(s set) bool { return s == nil || s.Equal(none) }

func overlap(a, b set) bool { return a != nil && b != nil && (a == b && !empty(a) || a.Overlaps(b)) }

// size is the number of addresses, as a measure to compare parts by.
func size(s set) float64 {
	if s == nil {
		return 0
	}
	n := 0.0
	for _, p := range s.Prefixes() {
		n += math.Ldexp(1, p.Addr().BitLen()-p.Bits())
	}
	return n
}

func must(ps ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(ps))
	for i, p := range ps {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}

// everyIPv4 and everyIPv6 are all addresses of a family, publicIPv4 and publicIPv6 those that the internet routes: what
// is left of IPv4 without the ranges of the IANA special-purpose registry (RFC 6890), and 2000::/3 without
// documentation addresses.
var (
	everyIPv4  = build(func(b *netipx.IPSetBuilder) { b.AddPrefix(netip.MustParsePrefix("0.0.0.0/0")) })
	everyIPv6  = build(func(b *netipx.IPSetBuilder) { b.AddPrefix(netip.MustParsePrefix("::/0")) })
	publicIPv4 = minus(everyIPv4, prefixes(must(
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
		"192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")...))
	publicIPv6 = minus(prefixes(must("2000::/3")...), prefixes(must("2001:db8::/32", "3fff::/20")...))
)

// isUniverse tells the sets of all addresses of a family, which most rules and routes are for.
func isUniverse(s set) bool { return s == everyIPv4 || s == everyIPv6 }

// universe is every address of the family.
func universe(f Family) set {
	if f == 6 {
		return everyIPv6
	}
	return everyIPv4
}

// public is every address of the family that the internet routes.
func public(f Family) set {
	if f == 6 {
		return publicIPv6
	}
	return publicIPv4
}

// ranges is a set that may be known only from outside: it contains every address meant, and more of them unless
// missing is empty.
type ranges struct {
	set     set
	missing []fact.Missing
}

// vpcRanges gives the ranges of the VPC in the family; sure holds only those that are known.
func vpcRanges(v *graph.View, ref graph.Ref[graph.VPC], f Family) (sure set, all ranges) {
	vpc, known := graph.Lookup(v, &v.VPCs, ref)
	if vpc == nil {
		return nil, ranges{universe(f), orResource(known.Missing, "VPC")}
	}
	in := vpc.IPv4.In(v.World)
	if f == 6 {
		in = vpc.CIDRs.In(v.World)
	}
	missing := in.Open
	if f == 6 {
		// An IPv6 range given by AWS may stand in HasIPv6 alone.
		if other := vpc.HasIPv6.In(v.World); len(other.Items) > 0 || len(other.Open) > 0 {
			m := fact.Missing{Kind: fact.Attribute, Name: vpc.Address + " IPv6 range", Span: vpc.Span}
			missing = append(missing, m)
		}
	}
	var ps []netip.Prefix
	for _, it := range in.Items {
		p, ok := it.Value.Get(v.World)
		if ok.IsTrue() {
			ps = append(ps, p)
		}
		missing = append(missing, ok.Missing...)
	}
	sure = intersect(prefixes(ps...), universe(f))
	if len(missing) > 0 || empty(sure) {
		return sure, ranges{universe(f), orResource(fact.Unique(missing), vpc.Address+" range")}
	}
	return sure, ranges{set: sure}
}

// subnetRanges gives the addresses of the subnet: its own range where known, else a wider one.
func subnetRanges(v *graph.View, s *graph.Subnet, f Family) ranges {
	cidr := s.CIDR
	if f == 6 {
		cidr = s.IPv6CIDR
		for _, b := range graph.Existing(v, s.IPv6Blocks).Items {
			if cidr.IsUnset() {
				cidr = b.Value.CIDR
			}
		}
	}
	p, ok := cidr.Get(v.World)
	if ok.IsTrue() {
		return ranges{set: prefixes(p)}
	}
	_, wide := vpcRanges(v, s.VPC, f)
	wide.missing = orResource(append(ok.Missing, wide.missing...), s.Address+" range")
	return wide
}

// orResource makes sure that an Unknown names something.
func orResource(ms []fact.Missing, name string) []fact.Missing {
	if len(ms) > 0 {
		return ms
	}
	return []fact.Missing{{Kind: fact.Resource, Name: name}}
}

// present is an element of a list with the verdict on whether it is there.
type present[T any] struct {
	value T
	there fact.Verdict
}

// children reads a list of nodes. Unlike graph.Existing it keeps those whose existence is undecided, with their
// verdict, because what they are still bounds what they can change. Elements that do not exist are left out.
func children[T any, P interface {
	*T
	graph.Node
}](v *graph.View, list fact.List[P]) (items []present[P], open []fact.Missing) {
	for _, it := range list.Items {
		if there := fact.And(v.World.Holds(it.When), v.Exists(it.Value)); !there.IsFalse() {
			items = append(items, present[P]{it.Value, there})
		}
	}
	for _, g := range list.Open {
		if h := v.World.Holds(g.When); !h.IsFalse() {
			open = append(open, h.Missing...)
			open = append(open, g.Missing...)
		}
	}
	return items, fact.Unique(open)
}
