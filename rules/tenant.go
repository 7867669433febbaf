package rules

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// A network is often deployed by itself, and what sends packets there is in other repositories. Of the subnets that are
// meant for it, one function each is thought of: a tenant. It is asked about only in VPCs that none of the senders here
// has a subnet in, for those say the same with more right.

// EachTenant is EachSender over the tenants. What nobody has asked for is no open question: an answer that waits for
// more than conditions is dropped. A finding affects nobody who is known, and is a Warning at most.
func EachTenant(p *Pass, f func(*Pass, Sender)) {
	EachTenantWhere(p, func(*Pass, Sender) fact.Verdict { return fact.Yes() }, f)
}

// EachTenantWhere is EachTenant for rules that speak only where applies holds; see EachWhere.
func EachTenantWhere(p *Pass, applies func(*Pass, Sender) fact.Verdict, f func(*Pass, Sender)) {
	var i int // of all worlds and calls, as in EachWhere
	alone := func(q *Pass) fact.Verdict {
		s := q.engine.at(i).sender
		alone := q.engine.alone(s)
		if alone.IsFalse() {
			return alone
		}
		v := fact.And(alone, applies(q, s))
		if v.IsTrue() && !isBelievable(q.World) {
			return fact.No()
		}
		return v
	}
	look := func(q *Pass) { f(q, q.engine.at(i).sender) }
	all := p.engines.senders
	for n := all.seen; n < len(all.all); n++ {
		i = n
		start := len(p.reports)
		p.decide(all.all[n], alone, look)
		kept := slices.DeleteFunc(p.reports[start:], func(r report) bool {
			return r.verdict.IsUnknown() &&
				slices.ContainsFunc(r.verdict.Missing, func(m fact.Missing) bool { return m.Atom == nil })
		})
		p.reports = p.reports[:start+len(kept)]
		for _, r := range kept {
			r.finding.Affects, r.finding.Severity = nil, min(r.finding.Severity, Warning)
			r.finding.Tenancy = homeOf(p.Network, all.all[n].Tenancy())
		}
	}
}

// plain is the name of an input, such as a parameter or var.stage.
var plain = regexp.MustCompile(`^[\w.:-]+$`)

// isBelievable says whether the world may be one that somebody deploys: it says of inputs what they are, and of
// anything else only that it exists. Whether one thing exists without another, or a computation comes out so, depends
// on inputs that are not known, and often cannot be.
func isBelievable(w *fact.World) bool {
	return !slices.ContainsFunc(w.Assignments(), func(a fact.Assignment) bool {
		exists := a.Is && strings.HasPrefix(a.Subject, "number of ")
		return !exists && !saysGiven(a) && !plain.MatchString(a.Subject)
	})
}

// Tenants yields the tenants of the subnets in the VPC, whatever asks about it.
func (p *Pass) Tenants(vpc graph.Ref[graph.VPC]) iter.Seq[Sender] {
	return func(yield func(Sender) bool) {
		for i := p.engines.senders.seen; i < len(p.engines.senders.all); i++ {
			s := p.engine.at(i).sender
			if !p.Exists(s.Tenancy()).IsTrue() || !graph.Same(p.View, &p.VPCs, s.Tenancy().VPC, vpc).IsTrue() {
				continue
			}
			if !p.engine.alone(s).IsTrue() || !yield(s) {
				return
			}
		}
	}
}

// NATGatewaysBeside lists the NAT gateways in the VPC of the subnet, be that of this deployment or not.
func (p *Pass) NATGatewaysBeside(s *graph.Subnet) (in fact.Elements[*graph.NATGateway]) {
	for n := range p.NATGateways.All() {
		there := fact.And(p.Exists(n), graph.Same(p.View, &p.VPCs, p.HomeOf(n), s.VPC))
		switch there.Truth {
		case fact.True:
			in.Items = append(in.Items, fact.Item[*graph.NATGateway]{Value: n, Span: n.Span})
		case fact.Unknown:
			in.Open = append(in.Open, there.Missing...)
		}
	}
	return in
}

// alone says whether no sender of these files has a subnet in the VPC of the tenant, in a world that somebody thinks
// of.
func (e *engine) alone(tenant Sender) fact.Verdict {
	if e.inhabited == nil {
		e.inhabited = map[graph.ID[graph.VPC]]bool{}
		for subnet := range e.lived() {
			if id, ok := subnet.VPC.Get(e.view.World); ok.IsTrue() {
				e.inhabited[id] = true
			}
		}
	}
	id, ok := tenant.Tenancy().VPC.Get(e.view.World)
	return fact.And(ok, fact.Of(!e.inhabited[id] && e.view.World.IsSpelledOut()))
}

// lived yields the subnets of the senders of these files. An agent is none: it runs no function, and what the network
// gives functions is still to be said where only an RDS proxy or a load balancer is.
func (e *engine) lived() iter.Seq[*graph.Subnet] {
	return func(yield func(*graph.Subnet) bool) {
		for i := range e.senders.seen {
			if e.senders.all[i].IsAgent() {
				continue
			}
			for _, it := range e.at(i).subnets.Items {
				if !yield(it.Value) {
					return
				}
			}
		}
	}
}

// inhabited are the VPCs that senders of these files have a subnet in, by the deployments that they are part of.
func (e *engines) inhabited() (out []string) {
	for subnet := range e.first.lived() {
		if home := homeOf(e.network, subnet); home != "" {
			out = append(out, home)
		}
	}
	return unique(out)
}

// homeOf is the VPC of the subnet, as no other deployment names its own, or "" where it is not known.
func homeOf(n *graph.Network, s *graph.Subnet) string {
	id, ok := s.VPC.Get(nil)
	if !ok.IsTrue() {
		return ""
	}
	return Elsewhere(n.Home(string(id)))
}

// tenantsOf are the tenants of a network.
func tenantsOf(n *graph.Network) (out []*trace.Sender) {
	giving := map[graph.ID[graph.VPC]]bool{} // public addresses, in some subnet
	for s := range n.Subnets.All() {
		if id, ok := s.VPC.Get(nil); ok.IsTrue() && givesPublicAddresses(s) {
			giving[id] = true
		}
	}
	for s := range n.Subnets.All() {
		id, ok := s.VPC.Get(nil)
		if ok.IsTrue() && s.Account == nil && !n.IsBeside(s.Address) && isMeantPrivate(s, giving[id]) {
			out = append(out, trace.Tenant(s))
		}
	}
	return out
}

// withoutTenants leaves out what is said of tenants in VPCs that senders of another deployment turn out to be in.
func withoutTenants(results []Result) []Result {
	inhabited := map[string]bool{}
	for _, r := range results {
		for _, vpc := range r.Inhabited {
			inhabited[vpc] = true
		}
	}
	results = slices.Clone(results)
	for i := range results {
		r := &results[i]
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return inhabited[f.Tenancy] })
		r.Undecided = slices.DeleteFunc(slices.Clone(r.Undecided),
			func(u Undecided) bool { return inhabited[u.Tenancy] })
	}
	return results
}
