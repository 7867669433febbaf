package trace

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// world makes random networks. The numbers of r alone decide how a network is; hidden says which of its facts the
// analyzer is not told, by their number, so that one network can be shown with more and more facts known.
type world struct {
	*lab
	r      *rand.Rand
	facts  int
	hidden func(number int, condition bool) bool
	// plain is set while nothing is hidden of what is made.
	plain bool
	// decided binds the atom of each hidden condition to what it is.
	decided *fact.World
}

// hide counts one fact.
func (g *world) hide() bool {
	g.facts++
	return !g.plain && g.hidden(g.facts, false)
}

func (g *world) chance(percent int) bool { return g.r.IntN(100) < percent }

func (g *world) name() string { return fmt.Sprintf("Fact%d", g.facts) }

// when is the condition of a thing that is there with the probability: decided, or left to an atom.
func (g *world) when(percent int) fact.Cond {
	there := g.chance(percent)
	g.facts++
	if !g.plain && g.hidden(g.facts, true) {
		a := &fact.Atom{Subject: g.name(), Literal: "true"}
		g.decided = g.decided.With(a, there)
		return fact.If(a)
	}
	if there {
		return fact.Always()
	}
	return fact.Never()
}

func maybe[T any](g *world, v T) fact.Value[T] {
	if g.hide() {
		return notKnown[T](g.name())
	}
	return known(v)
}

// mayNot is unset with the probability.
func mayNot[T any](g *world, percent int, v T) fact.Value[T] {
	unset := g.chance(percent)
	switch {
	case g.hide():
		return notKnown[T](g.name())
	case unset:
		return fact.Value[T]{}
	}
	return known(v)
}

// to is a reference to a thing here, or, hidden, by a parameter.
func to[T any](g *world, id string) graph.Ref[T] {
	if !g.hide() {
		return ref[T](id)
	}
	symbol := "${" + g.name() + "}"
	g.b.Foreign(symbol, missing(g.name()))
	return ref[T](symbol)
}

// under is a reference by which a child names its parent. Hidden, it is not known at all: a child that names a parent
// by a parameter is none of this deployment's, so that learning the parameter would be learning another network.
func under[T any](g *world, id string) graph.Ref[T] { return maybe(g, graph.ID[T](id)) }

func pick[T any](g *world, vs ...T) T { return vs[g.r.IntN(len(vs))] }

// wholly has add make something of which nothing is hidden. That is what a sealed route must be: that a route is there
// whose destination nobody knows is another network, not a fact about a table that may have more routes. Nor does a
// sealed route take a part of the internet out of a default route: the engine supposes that nobody adds such a one.
func (g *world) wholly(add func()) {
	g.plain = true
	add()
	g.plain = false
}

// seal hides a child that add would make, and says of its parents that it may be there.
func (g *world) seal(percent int, add func(), parents ...*graph.Header) {
	there, hidden := g.chance(percent), g.hide()
	if hidden {
		m := missing(g.name())
		for _, p := range parents {
			p.Exported = &m
		}
	}
	if there {
		// The child is made up in either case, so that the numbers of all later facts stay the same.
		real := g.lab
		if hidden {
			g.lab = newLab()
		}
		add()
		g.lab = real
	}
}

// randomNetwork is a network of up to three subnets with everything that a flow can meet, and how it was made.
func randomNetwork(r *rand.Rand, hidden func(number int, condition bool) bool) (*graph.Network, []Source, *world) {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	g := &world{lab: &lab{b: b, n: b.Network()}, r: r, hidden: hidden}
	vpc := g.vpc("Vpc")
	vpc.CIDRs = list(maybe(g, netip.MustParsePrefix("10.0.0.0/16")))
	vpc.DNSHostnames = mayNot(g, 20, true)
	g.vpc("Other", "10.7.0.0/16")
	g.gateways()
	for _, id := range []string{"A", "B", "C"}[:1+g.r.IntN(3)] {
		g.subnetWithTable(id)
	}
	g.subnet("Far", "Other", "10.7.1.0/24")
	g.table("FarTable", "Other", "Far")
	g.route("FarTable", "10.0.0.0/16", graph.ToPeering, "Peering").When = g.when(80)
	g.groups()
	g.endpoints()
	if g.chance(15) {
		graph.Add(g.b, &g.n.BlockPublicAccess,
			&graph.BlockPublicAccess{Header: graph.Header{Address: "Bpa", When: g.when(60)},
				Mode: maybe(g, fact.Lit(pick(g, "block-ingress", "block-bidirectional")))})
		graph.Add(g.b, &g.n.Exclusions,
			&graph.BlockPublicAccessExclusion{Header: graph.Header{Address: "Ex", When: g.when(50)},
				VPC: to[graph.VPC](g, "Vpc"), Mode: maybe(g, fact.Lit(pick(g, "allow-egress", "allow-bidirectional")))})
	}
	var sources []Source
	groups := list(to[graph.SecurityGroup](g, "Group"))
	if g.chance(30) {
		groups.AppendIf(g.when(50), ref[graph.SecurityGroup]("Second"), source.Span{})
	}
	ipv6 := fact.Of(g.chance(70))
	if g.hide() {
		ipv6 = fact.Wants(missing(g.name()))
	}
	compute := pick(g, Hyperplane, Hyperplane, EC2)
	n := b.Link()
	for s := range n.Subnets.All() {
		if s.Address != "Far" {
			sources = append(sources, Source{Compute: compute, Subnet: s, Groups: groups, IPv6: ipv6})
		}
	}
	return n, sources, g
}

func (g *world) gateways() {
	gateway := g.gateway("Gateway", "")
	gateway.When = g.when(95)
	g.seal(90, func() {
		graph.Add(g.b, &g.n.GatewayAttachments,
			&graph.GatewayAttachment{Header: graph.Header{Address: "Attachment", When: g.when(95)},
				VPC:             under[graph.VPC](g, pick(g, "Vpc", "Vpc", "Vpc", "Vpc", "Vpc", "Vpc", "Other")),
				InternetGateway: ref[graph.InternetGateway]("Gateway")})
	}, &gateway.Header, &g.n.VPCs.Get("Vpc").Header, &g.n.VPCs.Get("Other").Header)
	graph.Add(g.b, &g.n.EgressOnlyGateways,
		&graph.EgressOnlyGateway{Header: head("Eigw"), VPC: to[graph.VPC](g, pick(g, "Vpc", "Vpc", "Other"))})
	for _, id := range []string{"Nat", "SecondNat"} {
		n := g.nat(id, "")
		n.Header.When = g.when(95)
		n.Subnet = to[graph.Subnet](g, pick(g, "A", "A", "A", "A", "B"))
		n.VPC = known(graph.ID[graph.VPC]("Vpc"))
		n.Allocation = mayNot(g, 10, graph.Allocation{Address: "Eip", Attribute: "AllocationId"})
		n.Connectivity = mayNot(g, 80, fact.Lit(pick(g, "private", "public")))
		n.Availability = mayNot(g, 80, fact.Lit(pick(g, "regional", "zonal")))
	}
	graph.Add(g.b, &g.n.Instances,
		&graph.Instance{Header: graph.Header{Address: "Box", When: g.when(95)},
			Subnet: to[graph.Subnet](g, pick(g, "A", "B")),
			Groups: list(to[graph.SecurityGroup](g, "Second")), SourceDestCheck: mayNot(g, 20, false),
			PublicIP: mayNot(g, 50, g.chance(70))})
	graph.Add(g.b, &g.n.Peerings,
		&graph.Peering{Header: head("Peering"), VPC: to[graph.VPC](g, "Vpc"), PeerVPC: to[graph.VPC](g, "Other"),
			Accepted: maybe(g, g.chance(80))})
	hub := &graph.TransitGateway{Header: head("Hub")}
	graph.Add(g.b, &g.n.TransitGateways, hub)
	if g.chance(50) {
		graph.Add(g.b, &g.n.TransitAttachments,
			&graph.TransitGatewayAttachment{Header: graph.Header{Address: "Join", When: g.when(50)},
				TransitGateway: ref[graph.TransitGateway]("Hub"), VPC: ref[graph.VPC]("Vpc")})
	}
}

var randomDestinations = []string{"0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "52.0.0.0/8", "10.7.0.0/16",
	"0.0.0.0/2", "10.0.0.0/8"}

func (g *world) subnetWithTable(id string) {
	index := map[string]int{"A": 1, "B": 2, "C": 3}[id]
	s := g.subnet(id, "Vpc", "10.0.0.0/24")
	s.CIDR = maybe(g, netip.MustParsePrefix(fmt.Sprintf("10.0.%d.0/24", index)))
	s.MapPublicIP = mayNot(g, 30, g.chance(50))
	t := g.table(id+"Table", "Vpc")
	if g.chance(85) {
		graph.Add(g.b, &g.n.RouteTableAssociations,
			&graph.RouteTableAssociation{Header: graph.Header{Address: id + "Assoc", When: g.when(95)},
				Table: to[graph.RouteTable](g, id+"Table"), Subnet: ref[graph.Subnet](id)})
	}
	hasDefault := false
	for i, d := range randomDestinations {
		if !g.chance(map[bool]int{true: 90, false: 12}[i < 2]) {
			continue
		}
		add := func() { g.randomRoute(t.Address, d, id == "A") }
		if isPart := i > 1 && !strings.HasPrefix(d, "10."); isPart && hasDefault || g.chance(50) {
			add()
		} else {
			g.seal(97, func() { g.wholly(add) }, &t.Header)
		}
		hasDefault = hasDefault || i < 2
	}
	if g.chance(18) {
		a := g.acl(id+"Acl", id)
		for i := range 1 + g.r.IntN(5) {
			g.seal(90, func() { g.randomEntry(a.Address, i) }, &a.Header)
		}
	}
}

func (g *world) randomRoute(table, destination string, edge bool) {
	r := g.route(table, destination, graph.ToLocal, "")
	r.When = g.when(96)
	prefix := netip.MustParsePrefix(destination)
	r.Destination = maybe(g, prefix)
	t := pick(g, graph.Target{Kind: graph.ToNATGateway, ID: "Nat"}, graph.Target{Kind: graph.ToNATGateway, ID: "Nat"},
		graph.Target{Kind: graph.ToNATGateway, ID: "SecondNat"},
		graph.Target{Kind: graph.ToGateway, ID: "Gateway"}, graph.Target{Kind: graph.ToEgressOnly, ID: "Eigw"},
		graph.Target{Kind: graph.ToPeering, ID: "Peering"},
		graph.Target{Kind: graph.ToTransitGateway, ID: "Hub"}, graph.Target{Kind: graph.ToInstance, ID: "Box"})
	switch {
	case edge && g.chance(85):
		t = graph.Target{Kind: graph.ToGateway, ID: "Gateway"}
	case destination == "0.0.0.0/0" && g.chance(50):
		t = graph.Target{Kind: graph.ToNATGateway, ID: "Nat"}
	case destination == "10.7.0.0/16":
		t = graph.Target{Kind: graph.ToPeering, ID: "Peering"}
	case destination == "::/0" && g.chance(80):
		t = graph.Target{Kind: graph.ToEgressOnly, ID: "Eigw"}
	}
	if t.Kind == graph.ToEgressOnly && prefix.Addr().Is4() {
		r.Destination = known(prefix) // not known, the engine takes it for one of IPv6: AWS takes no other
	}
	if g.hide() {
		t.ID = "${" + g.name() + "}"
	}
	r.Targets = list(maybe(g, t))
}

func (g *world) randomEntry(acl string, i int) {
	e := line(10*(i+1), g.chance(50), g.chance(75), "0.0.0.0/0", 0, 65535)
	e.Address = fmt.Sprintf("%sEntry%d", acl, i)
	e.ACL = ref[graph.NetworkACL](acl)
	e.When = g.when(90)
	e.Number, e.Allow, e.Egress = maybe(g, 10*(i+1)), maybe(g, g.chance(75)), maybe(g, g.chance(50))
	e.Protocol = maybe(g, pick(g, -1, 6, 6, 17))
	from := pick(g, 0, 443, 1024, 32768)
	e.Ports = graph.PortRange{From: maybe(g, from), To: maybe(g, pick(g, 443, 40000, 65535))}
	e.CIDR = maybe(g,
		netip.MustParsePrefix(pick(g, "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/16", "52.0.0.0/8", "::/0")))
	graph.Add(g.b, &g.n.ACLEntries, e)
}

func (g *world) groups() {
	for _, id := range []string{"Group", "Second", "EndpointGroup"} {
		group := &graph.SecurityGroup{Header: head(id), VPC: ref[graph.VPC]("Vpc")}
		graph.Add(g.b, &g.n.SecurityGroups, group)
		for i := range 1 + g.r.IntN(3) {
			g.seal(97, func() { g.randomRule(id, i) }, &group.Header)
		}
	}
}

func (g *world) randomRule(group string, i int) {
	r := &graph.SecurityGroupRule{Header: graph.Header{Address: fmt.Sprintf("%sRule%d", group, i), When: g.when(97)},
		Group: ref[graph.SecurityGroup](group), Egress: group == "Group" || i == 1,
		Protocol: maybe(g, pick(g, -1, -1, 6)),
		Ports:    graph.PortRange{From: maybe(g, pick(g, 0, 443)), To: maybe(g, pick(g, 443, 65535))}}
	if g.chance(80) {
		r.CIDR = maybe(g,
			netip.MustParsePrefix(pick(g, "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", "::/0", "::/0",
				"0.0.0.0/1", "10.0.0.0/16", "10.0.1.0/24")))
	} else {
		r.Peer = to[graph.SecurityGroup](g, pick(g, "Group", "Second"))
	}
	graph.Add(g.b, &g.n.SecurityGroupRules, r)
}

func (g *world) endpoints() {
	for _, service := range []string{"sqs", "s3"} {
		if !g.chance(50) {
			continue
		}
		e := &graph.VPCEndpoint{Header: graph.Header{Address: "Endpoint" + service, When: g.when(90)},
			VPC:     under[graph.VPC](g, "Vpc"),
			Service: maybe(g, fact.Lit("com.amazonaws.us-east-1."+service))}
		if service == "sqs" {
			e.Kind, e.PrivateDNS = maybe(g, fact.Lit("Interface")), maybe(g, g.chance(80))
			e.Subnets = list(to[graph.Subnet](g, "A"))
			e.Groups = list(to[graph.SecurityGroup](g, "EndpointGroup"))
		} else {
			e.RouteTables = list(under[graph.RouteTable](g, "ATable"), under[graph.RouteTable](g, "BTable"))
		}
		graph.Add(g.b, &g.n.Endpoints, e)
	}
	graph.Add(g.b, &g.n.DataStores, &graph.DataStore{Header: head("Db"), Kind: "RDS instance", Port: maybe(g, 443),
		Subnets: list(to[graph.Subnet](g, "A"), to[graph.Subnet](g, pick(g, "A", "Far"))),
		Groups:  list(to[graph.SecurityGroup](g, "EndpointGroup"))})
}

func randomFlows() []Flow {
	return []Flow{{To: Internet(4)}, {To: Internet(6)}, {To: Service("sqs")}, {To: Service("s3")},
		{To: Destination{Class: ClassNode, Family: 4, Node: "Db"}},
		{To: Destination{Class: ClassAddress, Family: 4, Prefix: netip.MustParsePrefix("10.7.1.0/28")}}}
}
