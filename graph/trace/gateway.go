package trace

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func (w *walker) isInternetGateway(id string) bool {
	return w.v.InternetGateways.At(id) != nil || strings.HasPrefix(id, "igw-")
}

// gateway follows a GatewayId, in which the API takes several kinds of gateway.
func (w *walker) gateway(t turn) leg {
	if w.isInternetGateway(t.target.ID) {
		return w.internetGateway(t)
	}
	if g := w.v.NATGateways.At(t.target.ID); g != nil {
		return w.natGateway(t, g)
	}
	if g := w.v.EgressOnlyGateways.At(t.target.ID); g != nil {
		return w.egressOnly(t, g)
	}
	if w.v.Endpoints.At(t.target.ID) != nil {
		return w.endpoint(t)
	}
	if w.v.VPNGateways.At(t.target.ID) != nil || strings.HasPrefix(t.target.ID, "vgw-") {
		return w.behind(t, "virtual private gateway")
	}
	return w.unseen(t)
}

// internetGateway lets through what comes from a public address. A function's interface never has one in IPv4.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
func (w *walker) internetGateway(t turn) leg {
	var l leg
	l.via = "internet gateway"
	g := w.v.InternetGateways.At(t.target.ID)
	name := "internet gateway " + quote(t.target.ID)
	h := w.targetHop(t, RoleGateway, "%s", name)
	l.pass(h)
	if !t.want.public {
		// Only the internet lies behind it.
		l.stop(t.want.set, w.dead(t, "%s leads to public addresses only", name))
	}
	l.then(w.attached(t, g, h))
	stop := func(kind carrierKind, c Cause, role Role, message string) Hop {
		s := h
		if kind != fromSource {
			s = at(t.head, role, "")
		}
		s.Role, s.Message = role, message
		return w.because(s, c)
	}
	private := fmt.Sprintf("NAT gateway %s is private, so %s drops its packets", quote(t.head.Address), name)
	switch {
	case t.kind == fromPrivateNAT:
		l.stop(t.want.set, stop(t.kind, NATIsPrivate, RoleNAT, private))
	case t.kind == fromSource && w.flow.To.Family == 6 && w.src.Compute != EC2:
		sender := strings.TrimPrefix(w.sender(), "the ")
		unclear := "whether a " + sender + " reaches IPv6 addresses through an internet gateway"
		l.doubt(t.want.set, fact.Missing{Kind: fact.Semantics, Name: unclear})
	case t.kind == fromInstance && w.flow.To.Family == 4:
		l.need(t.want.set, t.public, stop(t.kind, NoPublicAddress, RoleInstance,
			fmt.Sprintf("%s has no public IPv4 address, so %s drops its packets", quote(t.head.Address), name)))
	case t.kind == fromSource && w.flow.To.Family == 4:
		what := w.sender() + "'s interface has no public IPv4 address"
		switch w.src.Compute {
		case Hyperplane:
			what = "a function's interface has no public IPv4 address"
		case EC2:
			what = fmt.Sprintf("subnet %s gives its instances no public IPv4 address", quote(t.subnet.Address))
		}
		why := fmt.Sprintf("%s, so %s drops its packets", what, name)
		l.need(t.want.set, t.public, stop(t.kind, NoPublicAddress, RoleGateway, why))
	}
	direct := t.kind != fromNAT && t.kind != fromPrivateNAT
	l.then(w.publicAccess(t, direct, RoleGateway))
	return l
}

// attached checks the attachment of the gateway to the VPC of the carrier; nil is a gateway defined elsewhere.
func (w *walker) attached(t turn, g *graph.InternetGateway, h Hop) leg {
	var l leg
	if g == nil {
		l.doubt(t.want.set, fact.Missing{Kind: fact.Resource, Name: "attachment of internet gateway " + t.target.ID})
		return l
	}
	if g.Works {
		return l
	}
	all := graph.Existing(w.v, g.Attachments)
	stop := w.dead(t, "internet gateway %s is attached to another VPC", quote(g.Address))
	if len(all.Items) == 0 {
		h.Message = fmt.Sprintf("internet gateway %s is attached to no VPC", quote(g.Address))
		stop = w.because(h, Unattached)
	}
	l.need(t.want.set, w.v.IsAttached(g, t.subnet.VPC), stop)
	return l
}

// egressOnly carries IPv6 out of its own VPC, from any interface that has an IPv6 address.
func (w *walker) egressOnly(t turn, g *graph.EgressOnlyGateway) leg {
	var l leg
	name := "egress-only internet gateway " + quote(t.target.ID)
	l.via = "egress-only internet gateway"
	h := w.targetHop(t, RoleEgressOnly, "%s", name)
	l.pass(h)
	if w.flow.To.Family == 4 {
		h.Message = name + " carries IPv6 only"
		l.stop(t.want.set, w.because(h, NoAddressFamily))
	}
	if g == nil {
		l.doubt(t.want.set, w.v.Missing(t.target.ID))
		return l
	}
	l.then(w.inVPC(t, g))
	l.then(w.publicAccess(t, false, RoleEgressOnly))
	return l
}

// transitGateway is known to fail only when it is created here and not attached to the VPC of the carrier.
func (w *walker) transitGateway(t turn) leg {
	var l leg
	g := w.v.TransitGateways.At(t.target.ID)
	if g != nil && w.v.IsJoined(g, t.subnet.VPC).IsFalse() {
		l.stop(t.want.set, w.dead(t, "transit gateway %s is not attached to this VPC", quote(g.Address)))
	}
	l.then(w.elsewhere(t))
	return l
}

// publicAccess is VPC Block Public Access, off unless the deployment declares it. Direct traffic is that of an
// interface of its own public address; block-ingress stops no other.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
func (w *walker) publicAccess(t turn, direct bool, role Role) leg {
	var l leg
	for options := range w.v.BlockPublicAccess.All() {
		if isInOther(options.Region, t.subnet.Region) {
			continue
		}
		there := w.v.Exists(options)
		mode, ok := options.Mode.Get(w.v.World)
		blocks := fact.Same(mode, fact.Lit("block-bidirectional"))
		if direct {
			blocks = fact.Or(blocks, fact.Same(mode, fact.Lit("block-ingress")))
		}
		if !ok.IsTrue() {
			blocks = ok
		}
		h := at(&options.Header, role, "VPC Block Public Access stops what goes through %s", w.targetName(t.target))
		blocked := fact.And(there, blocks, w.excluded(t, direct).Not())
		l.need(t.want.set, blocked.Not(), w.because(h, BlockPublicAccess))
	}
	return l
}

// isInOther says that both Regions are known, and are two: an account has these options in each Region.
func isInOther(a, b fact.Text) bool { return len(a) > 0 && len(b) > 0 && fact.Same(a, b).IsFalse() }

// excluded says whether an exclusion opens the way. AWS does not say which subnets of a way need one, so an exclusion
// of a subnet alone decides nothing.
func (w *walker) excluded(t turn, direct bool) fact.Verdict {
	vs := []fact.Verdict{w.excludedElsewhere(t)}
	for x := range w.v.Exclusions.All() {
		mode, ok := x.Mode.Get(w.v.World)
		opens := fact.Same(mode, fact.Lit("allow-bidirectional"))
		if !direct {
			opens = fact.Or(opens, fact.Same(mode, fact.Lit("allow-egress")))
		}
		if !ok.IsTrue() {
			opens = fact.Wants(ok.Missing...)
		}
		vpc := fact.No()
		if !x.VPC.IsUnset() {
			vpc = graph.Same(w.v, &w.v.VPCs, x.VPC, t.subnet.VPC)
		}
		vs = append(vs, fact.And(w.v.Exists(x), opens, vpc))
		for _, s := range t.subnets {
			if !x.Subnet.IsUnset() {
				const unclear = "whether an exclusion of one subnet opens the way"
				open := fact.Wants(fact.Missing{Kind: fact.Semantics, Name: unclear, Span: x.Span})
				vs = append(vs, fact.And(w.v.Exists(x), graph.Same(w.v, &w.v.Subnets, x.Subnet, w.ref(s)), open))
			}
		}
	}
	return fact.Or(vs...)
}

// excludedElsewhere is Unknown where others know the VPC, and may exclude it.
func (w *walker) excludedElsewhere(t turn) fact.Verdict {
	vpc, known := w.v.VPC(t.subnet.VPC)
	switch {
	case vpc == nil:
		return fact.Wants(orResource(known.Missing, "exclusions of the VPC of "+t.subnet.Address)...)
	case vpc.Exported != nil:
		return fact.Wants(*vpc.Exported)
	}
	return fact.No()
}

func (w *walker) ref(s *graph.Subnet) graph.Ref[graph.Subnet] {
	return fact.Known(graph.ID[graph.Subnet](s.Address), s.Span)
}
