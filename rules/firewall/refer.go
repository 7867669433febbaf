package firewall

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// referred lists the data stores that the sender's functions refer to, or that a rule ties to it. All that an agent
// connects to is among its needs.
func referred(p *rules.Pass, s rules.Sender, needs need.Needs) []need.Need {
	out := slices.Clone(needs.Nodes)
	if s.IsAgent() {
		return out
	}
	for d := range p.DataStores.All() {
		if d.Mounted {
			continue
		}
		if r := tie(p, s, d); r != nil && needs.Node(d.Address).Strength == need.None {
			out = append(out, need.Need{Name: d.Address, Strength: need.Weak, Span: r.Span,
				Evidence: fmt.Sprintf("rule %q is between the security groups of %q and %q", r.Address, s.Address,
					d.Address)})
		}
	}
	return out
}

// tie is a rule that certainly names a group of the sender in a group that only the data store has, or the reverse.
func tie(p *rules.Pass, s rules.Sender, d *graph.DataStore) *graph.SecurityGroupRule {
	for _, g := range graph.Resolve(p.View, &p.SecurityGroups, d.Groups).Items {
		if shared(p, g.Value, d) {
			continue
		}
		for _, r := range graph.Existing(p.View, g.Value.Ingress).Items {
			if among(p, s.Groups, r.Value.Peer).IsTrue() {
				return r.Value
			}
		}
		for _, mine := range graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items {
			for _, r := range graph.Existing(p.View, mine.Value.Egress).Items {
				if graph.Names(p.View, &p.SecurityGroups, r.Value.Peer, g.Value).IsTrue() {
					return r.Value
				}
			}
		}
	}
	return nil
}

// shared says whether something else here may be in the group too, so that a rule need not be for the data store. Data
// stores of the same port, such as a cluster and its instances, do not count.
func shared(p *rules.Pass, g *graph.SecurityGroup, d *graph.DataStore) bool {
	own := fact.Known(graph.ID[graph.SecurityGroup](g.Address), g.Span)
	holds := func(gs groupList) bool { return !among(p, gs, own).IsFalse() }
	mine := port(p, d, need.Need{})
	for other := range p.DataStores.All() {
		if other != d && port(p, other, need.Need{}) != mine && holds(other.Groups) {
			return true
		}
	}
	for e := range p.Endpoints.All() {
		if holds(e.Groups) {
			return true
		}
	}
	for s := range p.Senders() {
		if holds(s.Groups) {
			return true
		}
	}
	for i := range p.Instances.All() {
		if holds(i.Groups) {
			return true
		}
	}
	return false
}

type groupList = fact.List[graph.Ref[graph.SecurityGroup]]

func among(p *rules.Pass, groups groupList, g graph.Ref[graph.SecurityGroup]) fact.Verdict {
	return groups.In(p.World).Any(func(mine graph.Ref[graph.SecurityGroup]) fact.Verdict {
		return graph.Same(p.View, &p.SecurityGroups, mine, g)
	})
}
