package trace

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// lab builds small networks: VPC "Vpc" (10.0.0.0/16) with the function's subnet "App" (10.0.1.0/24), the subnet "Edge"
// (10.0.9.0/24), the route tables "AppTable" and "EdgeTable", the attached internet gateway "Gateway" to which
// EdgeTable leads, and the group "Group", which lets everything out.
type lab struct {
	b   *graph.Builder
	n   *graph.Network
	src Source
}

func known[T any](v T) fact.Value[T] { return fact.Known(v, source.Span{}) }

func ref[T any](id string) graph.Ref[T] { return known(graph.ID[T](id)) }

func list[T any](vs ...T) fact.List[T] {
	var l fact.List[T]
	for _, v := range vs {
		l.Append(v, source.Span{})
	}
	return l
}

func cidr(s string) fact.Value[netip.Prefix] { return known(netip.MustParsePrefix(s)) }

func text(s string) fact.Value[fact.Text] { return known(fact.Lit(s)) }

func head(address string) graph.Header { return graph.Header{Address: address} }

func missing(name string) fact.Missing { return fact.Missing{Kind: fact.Parameter, Name: name} }

func notKnown[T any](name string) fact.Value[T] {
	return fact.NotKnown[T](source.Span{}, missing(name))
}

func newLab() *lab {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	x := &lab{b: b, n: b.Network()}
	x.vpc("Vpc", "10.0.0.0/16", "2600:1f00::/56")
	x.subnet("App", "Vpc", "10.0.1.0/24")
	x.subnet("Edge", "Vpc", "10.0.9.0/24")
	x.table("AppTable", "Vpc", "App")
	x.table("EdgeTable", "Vpc", "Edge")
	x.gateway("Gateway", "Vpc")
	x.route("EdgeTable", "0.0.0.0/0", graph.ToGateway, "Gateway")
	x.group("Group", rule("0.0.0.0/0"), rule("::/0"))
	x.src = Source{Compute: Hyperplane, Groups: list(ref[graph.SecurityGroup]("Group"))}
	return x
}

func (x *lab) vpc(id string, cidrs ...string) *graph.VPC {
	v := &graph.VPC{Header: head(id), DNSHostnames: known(true)}
	for _, c := range cidrs {
		v.CIDRs.Append(cidr(c), source.Span{})
	}
	graph.Add(x.b, &x.n.VPCs, v)
	return v
}

func (x *lab) subnet(id, vpc, c string) *graph.Subnet {
	s := &graph.Subnet{Header: head(id), VPC: ref[graph.VPC](vpc), CIDR: cidr(c), IPv6CIDR: cidr("2600:1f00:0:1::/64")}
	graph.Add(x.b, &x.n.Subnets, s)
	return s
}

func (x *lab) table(id, vpc string, subnets ...string) *graph.RouteTable {
	t := &graph.RouteTable{Header: head(id), VPC: ref[graph.VPC](vpc)}
	graph.Add(x.b, &x.n.RouteTables, t)
	for _, s := range subnets {
		graph.Add(x.b, &x.n.RouteTableAssociations,
			&graph.RouteTableAssociation{Header: head(id + s), Table: ref[graph.RouteTable](id),
				Subnet: ref[graph.Subnet](s)})
	}
	return t
}

func (x *lab) route(table, dest string, kind graph.TargetKind, id string) *graph.Route {
	r := &graph.Route{Header: head(table + " " + dest), Table: ref[graph.RouteTable](table), Destination: cidr(dest),
		Targets: list(known(graph.Target{Kind: kind, ID: id}))}
	graph.Add(x.b, &x.n.Routes, r)
	return r
}

// gateway makes an internet gateway and attaches it to the VPC unless that is "".
func (x *lab) gateway(id, vpc string) *graph.InternetGateway {
	g := &graph.InternetGateway{Header: head(id)}
	graph.Add(x.b, &x.n.InternetGateways, g)
	if vpc != "" {
		graph.Add(x.b, &x.n.GatewayAttachments, &graph.GatewayAttachment{Header: head(id + "Attachment"),
			VPC: ref[graph.VPC](vpc), InternetGateway: ref[graph.InternetGateway](id)})
	}
	return g
}

func (x *lab) nat(id, subnet string) *graph.NATGateway {
	g := &graph.NATGateway{Header: head(id), Subnet: ref[graph.Subnet](subnet),
		Allocation: known(graph.Allocation{Address: "Eip", Attribute: "AllocationId"})}
	graph.Add(x.b, &x.n.NATGateways, g)
	return g
}

// rule is a group rule for every protocol.
func rule(c string) *graph.SecurityGroupRule {
	return &graph.SecurityGroupRule{Header: head(c), Protocol: known(-1), CIDR: cidr(c)}
}

func tcp(c string, port int) *graph.SecurityGroupRule {
	r := rule(c)
	r.Protocol, r.Ports = known(6), graph.PortRange{From: known(port), To: known(port)}
	return r
}

// group lets the rules out and nothing in.
func (x *lab) group(id string, egress ...*graph.SecurityGroupRule) *graph.SecurityGroup {
	g := &graph.SecurityGroup{Header: head(id), VPC: ref[graph.VPC]("Vpc"), InlineEgress: list(egress...)}
	g.InlineEgress.IsSet = true
	graph.Add(x.b, &x.n.SecurityGroups, g)
	return g
}

// acl gives the subnet an ACL with the entries.
func (x *lab) acl(id, subnet string, entries ...*graph.ACLEntry) *graph.NetworkACL {
	a := &graph.NetworkACL{Header: head(id), VPC: ref[graph.VPC]("Vpc")}
	graph.Add(x.b, &x.n.ACLs, a)
	graph.Add(x.b, &x.n.ACLAssociations,
		&graph.ACLAssociation{Header: head(id + subnet), ACL: ref[graph.NetworkACL](id),
			Subnet: ref[graph.Subnet](subnet)})
	for _, e := range entries {
		e.ACL = ref[graph.NetworkACL](id)
		e.Address = id + e.Address
		graph.Add(x.b, &x.n.ACLEntries, e)
	}
	return a
}

func in(number int, allow bool, c string, from, to int) *graph.ACLEntry {
	return line(number, false, allow, c, from, to)
}

func out(number int, allow bool, c string, from, to int) *graph.ACLEntry {
	return line(number, true, allow, c, from, to)
}

func line(number int, egress, allow bool, c string, from, to int) *graph.ACLEntry {
	name := map[bool]string{true: "out", false: "in"}[egress]
	return &graph.ACLEntry{Header: head(name + string(rune('0'+number%1000))), Number: known(number),
		Egress: known(egress), Allow: known(allow),
		Protocol: known(6), Ports: graph.PortRange{From: known(from), To: known(to)}, CIDR: cidr(c)}
}

// trace links the network and walks from App.
func (x *lab) trace(f Flow) *Result {
	x.b.Link()
	if x.src.Subnet == nil {
		x.src.Subnet = x.n.Subnets.Get("App")
	}
	return New(x.n.In(nil)).Trace(x.src, f)
}
