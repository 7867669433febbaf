package trace

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// ParseFlow reads a destination as people write it: internet, internet6, service:ID, an IP address or range, or the
// address of a resource; the last three with :PORT if wanted. Whether there is such a resource is not asked. ok is
// false for what is certainly none.
func ParseFlow(text string) (flow Flow, ok bool) {
	switch text {
	case "", "service:":
		return Flow{}, false
	case "internet":
		return Flow{To: Internet(4)}, true
	case "internet6":
		return Flow{To: Internet(6)}, true
	}
	if id, ok := strings.CutPrefix(text, "service:"); ok {
		return Flow{To: Service(id)}, true
	}
	if prefix, port, ok := parseRange(text); ok {
		return Flow{To: Destination{Class: ClassAddress, Family: familyOf(prefix), Prefix: prefix}, Port: port}, true
	}
	node, port := splitPort(text)
	return Flow{To: Node(node), Port: port}, true
}

// Defined says whether the destination is there to be reached: a resource of another deployment is Unknown.
func (d Destination) Defined(n *graph.Network) fact.Verdict {
	if d.Class == ClassNode && n.Head(d.Node) == nil {
		return fact.Wants(n.Missing(d.Node))
	}
	return fact.Yes()
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

func familyOf(p netip.Prefix) Family {
	if p.Addr().Is4() {
		return 4
	}
	return 6
}

// FromLambda says whether a function without a VPC reaches the destination, from Lambda's own network: the public IPv4
// internet and AWS services, and no private address.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
func FromLambda(to Destination) fact.Verdict {
	switch {
	case to.Class == ClassService, to.Class == ClassInternet && to.Family == 4:
		return fact.Yes()
	case to.Class == ClassAddress && private(to.Prefix):
		return fact.No()
	case to.Class == ClassAddress && to.Prefix.Addr().Is4() && to.Prefix.IsSingleIP():
		return fact.Yes()
	case to.Class == ClassNode:
		return fact.Wants(fact.Missing{Kind: fact.Attribute, Name: "a public address of " + to.Node})
	}
	return fact.Wants(fact.Missing{Kind: fact.Semantics, Name: "this destination from a function outside of a VPC"})
}

// private reports that the whole range is private: RFC 1918, or fc00::/7.
func private(p netip.Prefix) bool {
	for _, block := range must("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7") {
		if block.Contains(p.Addr()) && block.Bits() <= p.Bits() {
			return true
		}
	}
	return false
}
