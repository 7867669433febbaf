package trace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// groups are the security groups of an interface.
type groups struct {
	refs []graph.Ref[graph.SecurityGroup]
	open []fact.Missing
	// given is false when the files name none, so that it is the default group of the VPC.
	given bool
	// free is set where there are none, and where they are nobody's concern: everything passes.
	free bool
	// name tells combinations of groups apart. Only those of a source have one.
	name string
}

// sourceGroups are the groups of a source.
func sourceGroups(v *graph.View, src Source) *groups {
	gs := groupsOf(v, src.Groups, src.Subnet.VPC)
	var b strings.Builder
	for _, ref := range gs.refs {
		id, ok := ref.Get(v.World)
		b.WriteByte('|')
		b.WriteString(string(id))
		b.WriteString(identity(ok.Missing))
	}
	if len(gs.open) > 0 {
		b.WriteByte('|')
		b.WriteString(identity(gs.open))
	}
	gs.name = b.String()
	return &gs
}

// isFree says whether the data store has certainly no groups, and lets everything in and out.
func isFree(v *graph.View, d *graph.DataStore) bool {
	return d.Filterless && d.Groups.In(v.World).Empty().IsTrue()
}

// groupsOf reads a list of groups; without any, AWS gives the interface the default group of its VPC.
func groupsOf(v *graph.View, list fact.List[graph.Ref[graph.SecurityGroup]], vpc graph.Ref[graph.VPC]) groups {
	in := list.In(v.World)
	out := groups{open: in.Open}
	for _, it := range in.Items {
		switch set := it.Value.IsSet(v.World); set.Truth {
		case fact.True:
			out.refs = append(out.refs, it.Value)
		case fact.Unknown:
			out.open = append(out.open, set.Missing...)
		}
	}
	if out.given = len(out.refs)+len(out.open) > 0; out.given {
		return out
	}
	owner, known := graph.Lookup(v, &v.VPCs, vpc)
	if owner == nil || owner.DefaultGroup.IsUnset() {
		out.open = orResource(known.Missing, "default security group")
		return out
	}
	out.refs = append(out.refs, owner.DefaultGroup)
	return out
}

// peer is the far side of a flow as a group sees it.
type peer struct {
	// service is the id of the AWS service that the addresses belong to, if they do.
	service string
	// groups of the far interface; nil when it has none that rules can name, or none that is known.
	groups *groups
	// public says that the addresses are outside every VPC, where no group has members.
	public bool
	// internet says that they are all the public addresses. Routes and rules to a single service do not count then.
	internet bool
}

// admits filters addresses by the union of the rules of all groups. A group that is not here, an incomplete list, or a
// rule about which a fact is missing leaves open what no other rule allows.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
func (w *walker) admits(gs groups, p packet, far peer, about set) filtered {
	var out filtered
	var maybe []doubt
	for _, ref := range gs.refs {
		group, known := graph.Used(w.v, &w.v.SecurityGroups, ref)
		if group == nil {
			maybe = append(maybe, doubt{about, known.Missing})
			continue
		}
		list := group.Ingress
		if p.egress {
			list = group.Egress
		}
		rules, open := children(w.v, list)
		if len(open) > 0 {
			maybe = append(maybe, doubt{about, open})
		}
		for _, r := range rules {
			allow, doubts := w.rule(r, p, far, about)
			out.allow = union(out.allow, intersect(about, allow))
			maybe = append(maybe, doubts...)
		}
	}
	if len(gs.open) > 0 {
		maybe = append(maybe, doubt{about, gs.open})
	}
	out.deny = minus(about, out.allow)
	for _, d := range maybe {
		if d.about = minus(intersect(d.about, about), out.allow); !empty(d.about) {
			out.doubts = append(out.doubts, d)
			out.deny = minus(out.deny, d.about)
		}
	}
	return out
}

// rule says which addresses one rule allows, and which it may allow.
func (w *walker) rule(r present[*graph.SecurityGroupRule], p packet, far peer, about set) (allow set, maybe []doubt) {
	match := fact.And(r.there, carries(w.v.World, r.value.Protocol, r.value.Ports, p))
	if match.IsFalse() {
		return nil, nil
	}
	allow, maybe = w.peers(r.value, far, about)
	missing := match.Missing
	if r.value.Doubtful != nil {
		missing = append(missing, *r.value.Doubtful)
	}
	if match.IsTrue() && len(missing) == 0 {
		return allow, maybe
	}
	for i := range maybe {
		maybe[i].missing = append(maybe[i].missing, missing...)
	}
	return nil, append(maybe, doubt{allow, missing})
}

// peers says which addresses the peer of the rule covers, whatever the port.
func (w *walker) peers(r *graph.SecurityGroupRule, far peer, about set) (sure set, maybe []doubt) {
	cidr, ok := r.CIDR.Get(w.v.World)
	switch ok.Truth {
	case fact.True:
		return prefixes(cidr), nil
	case fact.Unknown:
		maybe = append(maybe, doubt{about, orResource(ok.Missing, "range of "+r.Address)})
	}
	if !r.PrefixList.IsUnset() {
		list, known := graph.Lookup(w.v, &w.v.PrefixLists, r.PrefixList)
		switch {
		case list == nil && known.IsUnknown():
			maybe = append(maybe, doubt{about, known.Missing})
		case list == nil:
		case list.Service == "":
			ps, vague := listed(w.v, list)
			if len(vague) > 0 {
				maybe = append(maybe, doubt{about, vague})
			}
			sure = prefixes(ps...)
		case list.Service == far.service:
			sure = about
		case far.service == "" && !far.internet && far.groups == nil: // an interface has an address of its VPC
			m := fact.Missing{Kind: fact.Attribute, Name: "addresses of " + list.Service}
			maybe = append(maybe, doubt{about, []fact.Missing{m}})
		}
	}
	if !r.Peer.IsUnset() && !far.public {
		switch member := w.member(r.Peer, far); member.Truth {
		case fact.True:
			sure = about
		case fact.Unknown:
			maybe = append(maybe, doubt{about, member.Missing})
		}
	}
	return sure, maybe
}

// member says whether the far interface is in the group.
func (w *walker) member(group graph.Ref[graph.SecurityGroup], far peer) fact.Verdict {
	if set := group.IsSet(w.v.World); set.IsFalse() {
		return set
	}
	if far.groups == nil {
		return fact.Wants(fact.Missing{Kind: fact.Target, Name: "whose address it is"})
	}
	vs := make([]fact.Verdict, 0, len(far.groups.refs)+1)
	for _, ref := range far.groups.refs {
		vs = append(vs, graph.Same(w.v, &w.v.SecurityGroups, group, ref))
	}
	if len(far.groups.open) > 0 {
		vs = append(vs, fact.Wants(far.groups.open...))
	}
	return fact.Or(vs...)
}

// guard is the leg through the groups of the interface that sends.
func (w *walker) guard(gs groups, owner string, role Role, far peer, about set) leg {
	var l leg
	f := w.admits(gs, packet{true, w.flow.Protocol, w.flow.Port}, far, about)
	if !empty(f.deny) {
		what := fmt.Sprintf("no rule lets %s %d of %s out", protocolName(w.flow.Protocol), w.flow.Port, owner)
		l.stop(f.deny, w.because(w.groupHop(gs, role, what), GroupRules))
	} else if w.e.detailed && len(f.doubts) == 0 {
		what := fmt.Sprintf("a rule lets %s %d of %s out", protocolName(w.flow.Protocol), w.flow.Port, owner)
		l.pass(w.groupHop(gs, role, what))
	}
	l.doubts = append(l.doubts, f.doubts...)
	return l
}

// welcome is the leg through the groups of the owner's interface, which receives from near, whose groups are from. It
// holds for every address of about alike. An owner without groups of its own is where to change that.
func (w *walker) welcome(gs groups, owner *graph.Header, role Role, from groups, near ranges, about set) leg {
	var l leg
	if gs.free {
		return l
	}
	f := w.admits(gs, packet{false, w.flow.Protocol, w.flow.Port}, peer{groups: &from}, near.set)
	if !empty(f.deny) {
		l.stop(f.deny, w.because(w.unwelcome(gs, owner, role), GroupRules))
	} else if w.e.detailed && len(f.doubts) == 0 {
		what := fmt.Sprintf("a rule lets %s %d of %s into %s",
			protocolName(w.flow.Protocol), w.flow.Port, w.sender(), quote(owner.Address))
		l.pass(w.groupHop(gs, role, what))
	}
	l.doubts = f.doubts
	return spread(l, near, about)
}

// unwelcome stands where to change that the owner's groups admit nothing of the flow.
func (w *walker) unwelcome(gs groups, owner *graph.Header, role Role) Hop {
	what := fmt.Sprintf("no rule lets %s %d of %s into %s",
		protocolName(w.flow.Protocol), w.flow.Port, w.sender(), quote(owner.Address))
	h := w.groupHop(gs, role, what)
	if !gs.given {
		h.Address, h.Span = owner.Address, owner.Span
		h.Message = what + ": it names no security group, so it has the default one of its VPC"
	}
	return h
}

// groupHop stands at the first group of the list that is here.
func (w *walker) groupHop(gs groups, role Role, what string) Hop {
	var first *graph.SecurityGroup
	var names []string
	for _, ref := range gs.refs {
		if g, _ := graph.Lookup(w.v, &w.v.SecurityGroups, ref); g != nil {
			if name := quote(g.Address); !slices.Contains(names, name) {
				names = append(names, name)
			}
			if first == nil {
				first = g
			}
		}
	}
	if first == nil {
		return Hop{Role: role, Message: what}
	}
	return at(&first.Header, role, "%s: security group %s", what, strings.Join(names, ", "))
}
