package graph

import (
	"slices"
	"strings"
)

// DependsOn says whether the resource from is created after the resource to, by any chain of dependencies. A dependency
// on a nested stack, a module or a resource with instances is one on everything in it, and what lies in it waits for
// what it waits for. Cycles are harmless: a resource depends on itself if it is part of one. Other deployments that
// values are taken from are complete before, and so is what exists in the account.
func (n *Network) DependsOn(from, to string) bool {
	if n.IsBeside(to) && !n.IsBeside(from) || n.InAccount(to) != nil && n.InAccount(from) == nil {
		return true
	}
	seen := map[string]bool{}
	var visit func(address string) bool
	visit = func(address string) bool {
		for at := address; at != ""; at = enclosing(at) {
			h := n.headers[at]
			if h == nil || seen[at] {
				continue
			}
			seen[at] = true
			n.Spend(1 + len(h.Depends))
			for _, next := range h.Depends {
				if next == to || within(to, next) || visit(next) {
					return true
				}
				if n.headers[next] == nil && n.anyWithin(next, visit) {
					return true
				}
			}
		}
		return false
	}
	return visit(from)
}

// Dependents are the resources that name the one at the address, or something that it is part of, in the order of their
// addresses. The network is linked.
func (n *Network) Dependents(address string) (out []*Header) {
	named := n.dependents()
	out = slices.Clone(named[address])
	for i, c := range address {
		if c == '.' || c == '[' || c == ':' {
			out = append(out, named[address[:i]]...)
		}
	}
	n.Spend(1 + len(out))
	slices.SortFunc(out, func(a, b *Header) int { return strings.Compare(a.Address, b.Address) })
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(h *Header) bool { return h.Address == address })
}

// byNamed are the resources that name each address.
func (n *Network) byNamed() map[string][]*Header {
	out := map[string][]*Header{}
	for _, h := range n.headers {
		for _, d := range h.Depends {
			out[d] = append(out[d], h)
		}
	}
	return out
}

// anyWithin reports whether f holds for a resource in the module, or an instance of the resource, outer.
func (n *Network) anyWithin(outer string, f func(address string) bool) bool {
	if n.inside == nil { // it is not linked yet
		for address := range n.headers {
			if within(address, outer) && f(address) {
				return true
			}
		}
		return false
	}
	n.Spend(len(n.inside[outer]))
	return slices.ContainsFunc(n.inside[outer], f)
}

// insides are the addresses within each of those that are no resources.
func (n *Network) insides() map[string][]string {
	out := map[string][]string{}
	for address := range n.headers {
		for i, c := range address {
			outer := address[:i]
			if (c == '.' || c == '[' || c == ':') && n.headers[outer] == nil {
				out[outer] = append(out[outer], address)
			}
		}
	}
	return out
}

// within reports whether address lies in the deployment, stack, module or resource outer.
func within(address, outer string) bool {
	rest, ok := strings.CutPrefix(address, outer)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[' || rest[0] == ':')
}

// WrittenIn is the node inside of which that at the address is written, or of which AWS makes it, nil without any. A
// stack or an application is no such node.
func (n *Network) WrittenIn(address string) *Header {
	for at := enclosing(address); at != ""; at = enclosing(at) {
		if h := n.headers[at]; h != nil && n.Resources.At(at) == nil {
			return h
		}
	}
	return nil
}

// enclosing is the address without its last step, or "".
func enclosing(address string) string {
	return address[:max(strings.LastIndexAny(address, ".["), 0)]
}
