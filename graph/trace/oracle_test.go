package trace

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
)

// undecidedIf is a condition that the nil world leaves open.
func undecidedIf(name string) fact.Cond {
	return fact.If(&fact.Atom{Subject: name, Literal: "true", Why: []fact.Missing{missing(name)}})
}

// randomAddress is near the edges of the prefixes, where mistakes are.
func randomAddress(r *rand.Rand, ps []netip.Prefix) netip.Addr {
	p := ps[r.IntN(len(ps))].Masked()
	a := p.Addr()
	switch r.IntN(4) {
	case 0:
		return a
	case 1:
		if prev := a.Prev(); prev.IsValid() {
			return prev
		}
		return a
	}
	b := a.As4()
	for i := range b {
		for bit := range 8 {
			if i*8+bit >= p.Bits() && r.IntN(2) == 0 {
				b[i] |= 0x80 >> bit
			}
		}
	}
	return netip.AddrFrom4(b)
}

// completions calls f with every way in which n open questions can turn out.
func completions(n int, f func(yes []bool)) {
	for bits := range 1 << n {
		yes := make([]bool, n)
		for i := range yes {
			yes[i] = bits>>i&1 == 1
		}
		f(yes)
	}
}

func TestRouteChoiceAgreesWithReadingTheTableByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	contested := 0
	for range 400 {
		contested += chooseByHand(t, r)
	}
	if contested < 400*addressesOfTable/10 {
		t.Errorf("only %d addresses have more than one possible route", contested)
	}
}

func FuzzRouteChoice(f *testing.F) {
	f.Add([]byte("a table"))
	f.Fuzz(func(t *testing.T, from []byte) { chooseByHand(t, fuzz.Rand(from)) })
}

const addressesOfTable = 20

// chooseByHand makes a table and compares whose routes carry some addresses. It counts those that more than one may
// carry.
func chooseByHand(t *testing.T, r *rand.Rand) (contested int) {
	t.Helper()
	b := graph.NewBuilder("t", "cloudformation")
	table := &graph.RouteTable{Header: head("Table")}
	var routes []*graph.Route
	var ps []netip.Prefix
	var open []int // indexes of the routes that may not exist
	for i := range 1 + r.IntN(7) {
		p := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(r.IntN(3) * 64), byte(r.IntN(3) * 64), 0, 0}),
			r.IntN(18)).Masked()
		if slices.Contains(ps, p) {
			continue
		}
		route := &graph.Route{Header: head(fmt.Sprint("Route", i)), Destination: known(p),
			Targets: list(known(graph.Target{Kind: graph.ToTransitGateway, ID: "Hub"}))}
		if r.IntN(3) == 0 {
			route.When = undecidedIf(route.Address)
			open = append(open, len(routes))
		}
		routes, ps = append(routes, route), append(ps, p)
		table.Routes.AppendIf(route.When, route, route.Span)
	}
	parts := New(b.Network().In(nil)).choose(table, wanted{set: universe(4)})
	for range addressesOfTable {
		a := randomAddress(r, ps)
		possible := map[*graph.Route]bool{} // nil is no route
		completions(len(open), func(yes []bool) {
			var best *graph.Route
			bits := -1
			for i, route := range routes {
				if q := slices.Index(open, i); q >= 0 && !yes[q] {
					continue
				}
				if ps[i].Contains(a) && ps[i].Bits() > bits {
					best, bits = route, ps[i].Bits()
				}
			}
			possible[best] = true
		})
		got := map[*graph.Route]bool{}
		for _, p := range parts {
			if p.set.Contains(a) {
				got[p.route] = true
				for _, x := range p.rivals {
					got[x.route] = true
				}
			}
		}
		if len(possible) > 1 {
			contested++
		}
		if fmt.Sprint(addresses(got)) != fmt.Sprint(addresses(possible)) {
			t.Fatalf("%v may go by %v, the engine says %v", a, addresses(possible), addresses(got))
		}
	}
	return contested
}

func addresses(routes map[*graph.Route]bool) []string {
	var out []string
	for r := range routes {
		if r == nil {
			out = append(out, "none")
		} else {
			out = append(out, r.Address)
		}
	}
	slices.Sort(out)
	return out
}

// plainEntry is an ACL entry as a person reads it.
type plainEntry struct {
	number, protocol, from, to int
	allow, egress, exists      bool
	prefix                     netip.Prefix
}

// allowed reads the entries one by one.
func allowed(entries []plainEntry, egress bool, a netip.Addr, port int) bool {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(x, y plainEntry) int { return x.number - y.number })
	for _, x := range sorted {
		if !x.exists || x.egress != egress || x.protocol != -1 && x.protocol != 6 || !x.prefix.Contains(a) {
			continue
		}
		if x.protocol == 6 && (port < x.from || port > x.to) {
			continue
		}
		return x.allow
	}
	return false
}

func TestACLsAgreeWithReadingTheEntriesByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	seen := map[fact.Truth]int{}
	for range 400 {
		filterByHand(t, r, seen)
	}
	for _, truth := range []fact.Truth{fact.True, fact.False, fact.Unknown} {
		if seen[truth] < 50 {
			t.Errorf("only %d answers are %v", seen[truth], truth)
		}
	}
}

func FuzzACL(f *testing.F) {
	f.Add([]byte("an ACL"))
	f.Fuzz(func(t *testing.T, from []byte) { filterByHand(t, fuzz.Rand(from), map[fact.Truth]int{}) })
}

// filterByHand makes an ACL and compares what it does to some packets. It counts the answers.
func filterByHand(t *testing.T, r *rand.Rand, seen map[fact.Truth]int) {
	t.Helper()
	b := graph.NewBuilder("t", "cloudformation")
	acl := &graph.NetworkACL{Header: head("Acl")}
	var plain []plainEntry
	var open []int
	var ps []netip.Prefix
	for i := range 1 + r.IntN(6) {
		p := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(r.IntN(4) * 64), 0, 0, 0}), r.IntN(4)).Masked()
		from := []int{0, 443, 1024, 30000}[r.IntN(4)]
		x := plainEntry{number: 1 + r.IntN(90)*10 + i, protocol: []int{-1, 6, 6, 17}[r.IntN(4)], from: from,
			to:    from + []int{0, 600, 35535}[r.IntN(3)],
			allow: r.IntN(3) > 0, egress: r.IntN(4) > 0, exists: true, prefix: p}
		e := &graph.ACLEntry{Header: head(fmt.Sprint("Entry", i)), Number: known(x.number), Protocol: known(x.protocol),
			Allow: known(x.allow), Egress: known(x.egress),
			Ports: graph.PortRange{From: known(x.from), To: known(x.to)}, CIDR: known(p)}
		if r.IntN(3) == 0 {
			e.When = undecidedIf(e.Address)
			open = append(open, i)
		}
		plain, ps = append(plain, x), append(ps, p)
		acl.Entries.Append(e, e.Span)
	}
	e := New(b.Network().In(nil))
	for range 8 {
		a, port := randomAddress(r, ps), []int{443, 1024, 1623, 30000, 65535}[r.IntN(5)]
		yes, no := false, false
		completions(len(open), func(there []bool) {
			for q, i := range open {
				plain[i].exists = there[q]
			}
			if allowed(plain, true, a, port) {
				yes = true
			} else {
				no = true
			}
		})
		f := e.filter(acl, packet{egress: true, protocol: 6, port: port}, universe(4))
		truth := fact.Unknown
		switch {
		case f.allow != nil && f.allow.Contains(a):
			truth = fact.True
		case f.deny != nil && f.deny.Contains(a):
			truth = fact.False
		}
		seen[truth]++
		want := map[[2]bool]fact.Truth{{true, false}: fact.True, {false, true}: fact.False,
			{true, true}: fact.Unknown}[[2]bool{yes, no}]
		if truth != want {
			t.Fatalf("%v port %d: %v, by hand %v, entries %+v, in doubt %v", a, port, truth, want, plain, open)
		}
	}
	compareReturn(t, r, e, acl, plain, open, ps)
}

// compareReturn asks whether answers come back at any ephemeral port.
func compareReturn(t *testing.T, r *rand.Rand, e *Engine, acl *graph.NetworkACL,
	plain []plainEntry, open []int, ps []netip.Prefix,
) {
	t.Helper()
	a := randomAddress(r, ps)
	ports := []int{1024, 65535} // and every port at which an entry begins to matter or ceases to
	for _, x := range plain {
		for _, p := range []int{x.from, x.to, x.to + 1} {
			if p >= 1024 && p <= 65535 {
				ports = append(ports, p)
			}
		}
	}
	some, none := false, false
	completions(len(open), func(there []bool) {
		for q, i := range open {
			plain[i].exists = there[q]
		}
		any := false
		for _, port := range ports {
			any = any || allowed(plain, true, a, port)
		}
		some, none = some || any, none || !any
	})
	f, _ := e.returning(acl, packet{egress: true, protocol: 6}, gatewayPorts, universe(4))
	if yes := f.allow != nil && f.allow.Contains(a); yes && none {
		t.Fatalf("%v: the engine says that answers pass, by hand %v", a, plain)
	} else if len(open) == 0 && yes != some {
		t.Fatalf("%v: nothing is open, the engine says %v, by hand %v", a, yes, some)
	}
	if no := f.deny != nil && f.deny.Contains(a); no && some {
		t.Fatalf("%v: the engine says that answers are dropped, by hand %v", a, plain)
	}
}
