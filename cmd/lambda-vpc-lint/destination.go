package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// parseDestination reads the value of --to: internet, internet6, service:ID, an IP address or range, or the address of
// a resource of n; the last three with :PORT if wanted.
func parseDestination(s string, n *graph.Network) (trace.Flow, error) {
	switch s {
	case "internet":
		return trace.Flow{To: trace.Internet(4)}, nil
	case "internet6":
		return trace.Flow{To: trace.Internet(6)}, nil
	}
	if id, ok := strings.CutPrefix(s, "service:"); ok && id != "" {
		return trace.Flow{To: trace.Service(id)}, nil
	}
	if prefix, port, ok := parseRange(s); ok {
		return trace.Flow{To: trace.Destination{Class: trace.ClassAddress, Family: family(prefix), Prefix: prefix}, Port: port}, nil
	}
	node, port := splitPort(s)
	if n.Head(node) != nil {
		return trace.Flow{To: trace.Destination{Class: trace.ClassNode, Family: 4, Node: node}, Port: port}, nil
	}
	return trace.Flow{}, fmt.Errorf("--to %q: want internet, internet6, service:sqs, 10.0.3.4:5432 or the address of a resource of %s%s", s, n.Root, suggestion(node, targets(n)))
}

// targets are the resources that a function is likely to want to reach.
func targets(n *graph.Network) []string {
	out := []string{"internet", "internet6"}
	for d := range n.DataStores.All() {
		out = append(out, d.Address)
	}
	for i := range n.Instances.All() {
		out = append(out, i.Address)
	}
	for e := range n.Endpoints.All() {
		out = append(out, e.Address)
	}
	slices.Sort(out)
	return out
}

// parseRange reads 10.0.0.1, 10.0.0.0/16, 10.0.0.1:443, [::1]:443, ::1 and their like.
func parseRange(s string) (netip.Prefix, int, bool) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return netip.PrefixFrom(at.Addr(), at.Addr().BitLen()), int(at.Port()), true
	}
	if addr, err := netip.ParseAddr(s); err == nil && addr.Zone() == "" {
		return netip.PrefixFrom(addr, addr.BitLen()), 0, true
	}
	if prefix, err := netip.ParsePrefix(s); err == nil {
		return prefix.Masked(), 0, true
	}
	if host, port := splitPort(s); port > 0 {
		if prefix, err := netip.ParsePrefix(host); err == nil && prefix.Addr().Is4() {
			return prefix.Masked(), port, true
		}
	}
	return netip.Prefix{}, 0, false
}

func splitPort(s string) (host string, port int) {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		if n, err := strconv.ParseUint(s[i+1:], 10, 16); err == nil && n > 0 {
			return s[:i], int(n)
		}
	}
	return s, 0
}

func family(p netip.Prefix) trace.Family {
	if p.Addr().Is4() {
		return 4
	}
	return 6
}
