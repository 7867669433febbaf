package trace

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// box is an instance or a network interface that packets are routed to, to be forwarded: a NAT instance.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
type box struct {
	head    *graph.Header
	face    graph.Node // what lies in the subnet: the instance, or its interface
	subnet  graph.Ref[graph.Subnet]
	groups  fact.List[graph.Ref[graph.SecurityGroup]]
	check   fact.Value[bool]
	address fact.Verdict // it has an Elastic IP, or is told to take a public address
	byHost  bool         // where it is not told, the subnet decides
}

func (w *walker) instance(t turn) leg {
	i := w.v.Instances.At(t.target.ID)
	if i == nil {
		return w.unseen(t)
	}
	b := box{head: &i.Header, face: i, subnet: i.Subnet, groups: i.Groups, check: i.SourceDestCheck,
		address: w.hasElasticIP(i.ElasticIPs), byHost: i.PublicIP.IsUnset()}
	b.address = fact.Or(b.address, fact.IsOn(i.PublicIP, w.v.World))
	faces := i.Interfaces.In(w.v.World)
	switch {
	case len(faces.Items) == 1 && len(faces.Open) == 0:
		face, known := graph.Lookup(w.v, &w.v.NetworkInterfaces, faces.Items[0].Value)
		if face == nil {
			var l leg
			l.doubt(t.want.set, orResource(known.Missing, "network interface of "+i.Address)...)
			return l
		}
		b.face, b.subnet, b.groups, b.byHost = face, face.Subnet, face.Groups, false
		b.address = fact.Or(b.address, w.hasElasticIP(face.ElasticIPs))
		if !face.SourceDestCheck.IsUnset() {
			b.check = face.SourceDestCheck
		}
	case len(faces.Items)+len(faces.Open) > 0:
		var l leg
		name := "which interface of " + i.Address + " takes the packets"
		l.doubt(t.want.set, append(faces.Open, fact.Missing{Kind: fact.Semantics, Name: name})...)
		return l
	}
	return w.forwarder(t, b)
}

// networkInterface forwards only when an instance has it. Where another program attaches it, that program may give it
// what the files leave out, such as an address; the groups and the source/destination check that they state stay.
// https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
func (w *walker) networkInterface(t turn) leg {
	n := w.v.NetworkInterfaces.At(t.target.ID)
	if n == nil {
		return w.unseen(t)
	}
	l := w.forwarder(
		t,
		box{
			head: &n.Header, face: n, subnet: n.Subnet, groups: n.Groups, check: n.SourceDestCheck,
			address: w.hasElasticIP(n.ElasticIPs),
		},
	)
	if attached := n.Attachments.In(w.v.World); len(attached.Items) == 0 {
		l.steps = slices.DeleteFunc(l.steps, func(s step) bool {
			return s.Cause == NoPublicAddress || s.Cause == SourceDestCheck && n.SourceDestCheck.IsUnset() ||
				s.Cause == GroupRules && !n.Groups.IsSet
		})
		l.doubt(t.want.set, orResource(attached.Open, "what "+n.Address+" is attached to")...)
	}
	return l
}

func (w *walker) hasElasticIP(list fact.List[*graph.ElasticIP]) fact.Verdict {
	return graph.Existing(w.v, list).Empty().Not()
}

// forwarder takes the packet in, and sends it on by the routes of its own subnet.
func (w *walker) forwarder(t turn, b box) leg {
	var l leg
	l.via = "NAT instance"
	l.pass(at(b.head, RoleInstance, "%s %s", t.target.Kind, quote(b.head.Address)))
	if slices.Contains(t.before, b.head.Address) {
		l.stop(
			t.want.set,
			w.because(at(b.head, RoleInstance, "the packets of %s come back to it", quote(b.head.Address)), NATLoop),
		)
		return l
	}
	check, ok := b.check.Or(w.v.World, true)
	off := fact.Of(!check)
	if !ok.IsTrue() {
		off = fact.Wants(ok.Missing...)
	}
	l.need(t.want.set, off, w.because(at(
		b.head, RoleInstance, "%s drops packets that are not its own: its source/destination check is on",
		quote(b.head.Address),
	).place(b.check.Span), SourceDestCheck))
	subnet, known := graph.Lookup(w.v, &w.v.Subnets, b.subnet)
	if subnet == nil {
		l.doubt(t.want.set, orResource(known.Missing, "subnet of "+b.head.Address)...)
		return l
	}
	l.then(w.inVPC(t, b.face))
	gs := groupsOf(w.v, b.groups, subnet.VPC)
	near, from := subnetRanges(w.v, t.subnet, w.flow.To.Family), w.members()
	if t.kind != fromSource {
		name := "which groups the packets of " + t.head.Address + " belong to"
		from = groups{open: []fact.Missing{{Kind: fact.Semantics, Name: name}}}
	}
	l.then(w.welcome(gs, b.head, RoleInstance, from, near, t.want.set))
	l.then(w.guard(gs, quote(b.head.Address), RoleInstance, t.want.peer(), t.want.set))
	l.then(w.through(t.carrier, subnet, RoleInstance, linuxPorts, t.want.set))
	address := b.address
	if b.byHost {
		address = fact.Or(address, fact.IsOn(subnet.MapPublicIP, w.v.World))
	}
	next := t.carrier.next(fromInstance, b.head, subnet, RoleInstance, linuxPorts, address)
	onward := w.forward(next, t.want, t.deliver)
	onward.via = ""
	l.then(onward)
	return l
}
