package graph

import (
	"maps"
	"net/netip"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Link makes the implicit explicit and fills every field marked as linked: what AWS creates unasked, the default rules
// of security groups, and the lists of children. It is called once, after the last Add, and returns the finished
// network.
func (b *Builder) Link() *Network {
	if b.around != nil {
		b.around.Add(b, slices.Sorted(maps.Keys(b.referred)))
	}
	b.addDefaults()
	b.markExports()
	b.linkCIDRs()
	b.addLocalRoutes()
	b.addEndpointRoutes()
	b.linkVPCs()
	b.linkSubnets()
	b.linkRouteTables()
	b.linkAddresses()
	b.linkACLs()
	b.linkGroups()
	b.linkFileSystems()
	b.linkPolled()
	b.linkProxies()
	b.linkRoles()
	b.linkRouteSetters()
	b.sortResources()
	b.net.inside = b.net.insides()
	b.net.dependents = sync.OnceValue(b.net.byNamed)
	return b.net
}

func (b *Builder) sortResources() {
	for r := range b.net.Resources.All() {
		kind := aws.KindOf(r.Type)
		b.net.ofKind[kind] = append(b.net.ofKind[kind], r)
	}
}

func (b *Builder) markExports() {
	for address, m := range b.exports {
		if h := b.net.Head(address); h != nil && h.Exported == nil {
			h.Exported = &m
		}
	}
	for address, h := range b.net.headers {
		if b.IsComplete(address) {
			h.Exported = nil
		}
	}
}

// implied is the header of a node at address that exists because of h, where h exists and when holds.
func implied(h *Header, address, typ string, when fact.Cond) Header {
	return Header{
		Address: address, Type: typ, Span: h.Span, When: h.When.And(when), Depends: []string{h.Address}, Implicit: true,
		Account: h.Account,
	}
}

func (b *Builder) linkVPCs() {
	n := b.net
	seal(n, &n.VPCs, func(v *VPC) *fact.List[fact.Value[netip.Prefix]] { return &v.CIDRs })
	seal(n, &n.VPCs, hasIPv6)
	seal(n, &n.VPCs, ipv4)
	distribute(n, &n.VPCs, &n.DHCPAssociations, func(v *VPC) *fact.List[*DHCPAssociation] { return &v.DHCP },
		func(c *DHCPAssociation) fact.List[Ref[VPC]] { return refs(c.VPC) })
	distribute(n, &n.VPCs, &n.GatewayAttachments, func(v *VPC) *fact.List[*GatewayAttachment] { return &v.Gateways },
		func(c *GatewayAttachment) fact.List[Ref[VPC]] { return refs(c.VPC) })
	distribute(n, &n.VPCs, &n.Endpoints, func(v *VPC) *fact.List[*VPCEndpoint] { return &v.Endpoints },
		func(c *VPCEndpoint) fact.List[Ref[VPC]] { return refs(c.VPC) })
	distribute(n, &n.VPCs, &n.NATGateways, func(v *VPC) *fact.List[*NATGateway] { return &v.NATGateways },
		func(c *NATGateway) fact.List[Ref[VPC]] { return refs(fact.Otherwise(n.vpcOfSubnet(c.Subnet), c.VPC)) })
	distribute(n, &n.VPCs, &n.EgressOnlyGateways, func(v *VPC) *fact.List[*EgressOnlyGateway] { return &v.EgressOnly },
		func(c *EgressOnlyGateway) fact.List[Ref[VPC]] { return refs(c.VPC) })
	distribute(n, &n.VPCs, &n.Peerings, func(v *VPC) *fact.List[*Peering] { return &v.Peerings },
		func(c *Peering) fact.List[Ref[VPC]] { return refs(c.VPC, c.PeerVPC) })
	distribute(n, &n.VPCs, &n.TransitAttachments,
		func(v *VPC) *fact.List[*TransitGatewayAttachment] { return &v.TransitGateways },
		func(c *TransitGatewayAttachment) fact.List[Ref[VPC]] { return refs(c.VPC) })
	distribute(
		n, &n.InternetGateways, &n.GatewayAttachments,
		func(g *InternetGateway) *fact.List[*GatewayAttachment] { return &g.Attachments },
		func(c *GatewayAttachment) fact.List[Ref[InternetGateway]] { return refs(c.InternetGateway) },
	)
	distribute(
		n, &n.TransitGateways, &n.TransitAttachments,
		func(g *TransitGateway) *fact.List[*TransitGatewayAttachment] { return &g.Attachments },
		func(c *TransitGatewayAttachment) fact.List[Ref[TransitGateway]] { return refs(c.TransitGateway) },
	)
}

// vpcOfSubnet is the VPC of the subnet that ref names. It is unset for a subnet from elsewhere: such a subnet lies in a
// VPC of this deployment only if that VPC is exported, and then the VPC's lists are open anyway.
func (n *Network) vpcOfSubnet(ref Ref[Subnet]) Ref[VPC] {
	return fact.Map(ref, func(id ID[Subnet], _ source.Span) Ref[VPC] {
		if s := n.Subnets.Get(id); s != nil {
			return s.VPC
		}
		return Ref[VPC]{}
	})
}

func (b *Builder) linkSubnets() {
	n := b.net
	distribute(
		n, &n.Subnets, &n.RouteTableAssociations,
		func(s *Subnet) *fact.List[*RouteTableAssociation] { return &s.RouteTables },
		func(c *RouteTableAssociation) fact.List[Ref[Subnet]] { return refs(c.Subnet) },
	)
	distribute(n, &n.Subnets, &n.ACLAssociations, func(s *Subnet) *fact.List[*ACLAssociation] { return &s.ACLs },
		func(c *ACLAssociation) fact.List[Ref[Subnet]] { return refs(c.Subnet) })
	distribute(n, &n.Subnets, &n.CIDRBlocks, func(s *Subnet) *fact.List[*CIDRBlock] { return &s.IPv6Blocks },
		func(c *CIDRBlock) fact.List[Ref[Subnet]] { return refs(c.Subnet) })
}

func (b *Builder) linkRouteTables() {
	n := b.net
	distribute(n, &n.RouteTables, &n.Routes, routesOf,
		func(c *Route) fact.List[Ref[RouteTable]] { return refs(c.Table) })
	distribute(
		n, &n.RouteTables, &n.RouteTableAssociations,
		func(t *RouteTable) *fact.List[*RouteTableAssociation] { return &t.Associations },
		func(c *RouteTableAssociation) fact.List[Ref[RouteTable]] { return refs(c.Table) },
	)
	distribute(n, &n.RouteTables, &n.Propagations,
		func(t *RouteTable) *fact.List[*Propagation] { return &t.Propagations },
		func(c *Propagation) fact.List[Ref[RouteTable]] { return c.Tables })
}

func routesOf(t *RouteTable) *fact.List[*Route] { return &t.Routes }
