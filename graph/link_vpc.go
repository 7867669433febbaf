package graph

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// MainTableID is the identity of the main route table that AWS creates with the VPC at address. Front ends use this and
// the two below where the files refer to what AWS creates, as with Fn::GetAtt DefaultSecurityGroup.
func MainTableID(vpc string) ID[RouteTable] { return ID[RouteTable](vpc + ".MainRouteTable") }

// DefaultACLID is the identity of the default network ACL of a VPC.
func DefaultACLID(vpc string) ID[NetworkACL] { return ID[NetworkACL](vpc + ".DefaultNetworkAcl") }

// DefaultGroupID is the identity of the default security group of a VPC.
func DefaultGroupID(vpc string) ID[SecurityGroup] {
	return ID[SecurityGroup](vpc + ".DefaultSecurityGroup")
}

// addDefaults gives each VPC the main table, default ACL and default group that AWS creates with it, except where the
// front end has put a node in their place.
// https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html
func (b *Builder) addDefaults() {
	n := b.net
	for v := range n.VPCs.All() {
		self := fact.Known(ID[VPC](v.Address), v.Span)
		table, acl, group := MainTableID(v.Address), DefaultACLID(v.Address), DefaultGroupID(v.Address)
		v.MainTable = byDefault(b, &n.RouteTables, v, v.MainTable, table, func(when fact.Cond) *RouteTable {
			return &RouteTable{Header: implied(&v.Header, string(table), "AWS::EC2::RouteTable", when), VPC: self}
		})
		for _, c := range fact.Cases(v.MainTable) {
			if id, ok := c.Value.Get(nil); ok.IsTrue() && n.RouteTables.Get(id) != nil {
				n.RouteTables.Get(id).Main = true
			}
		}
		v.DefaultACL = byDefault(b, &n.ACLs, v, v.DefaultACL, acl, func(when fact.Cond) *NetworkACL {
			a := &NetworkACL{Header: implied(&v.Header, string(acl), "AWS::EC2::NetworkAcl", when), VPC: self}
			b.addDefaultEntries(a)
			return a
		})
		v.DefaultGroup = byDefault(b, &n.SecurityGroups, v, v.DefaultGroup, group, func(when fact.Cond) *SecurityGroup {
			h := implied(&v.Header, string(group), "AWS::EC2::SecurityGroup", when)
			return defaultGroup(h, self, n.LanguageOf(v.Address).StripsDefaultEgress)
		})
	}
}

// byDefault is preset where that names a node that exists, or one from elsewhere; else it is the node id, which build
// makes for the condition under which it is needed.
func byDefault[T any, P node[T]](
	b *Builder, t *Table[T], v *VPC, preset Ref[T], id ID[T], build func(when fact.Cond) P,
) Ref[T] {
	given := fact.Map(preset, func(id ID[T], span source.Span) Ref[T] {
		ref := fact.Known(id, span)
		if t.Get(id) == nil {
			return ref
		}
		when := P(t.Get(id)).Head().When
		if when.Equal(v.When) {
			return ref
		}
		return fact.Choice(when, ref, Ref[T]{}, span)
	})
	needed := fact.Never()
	for _, c := range fact.Cases(given) {
		if c.Value.IsUnset() {
			needed = needed.Or(c.When)
		}
	}
	if !needed.IsNever() && t.Get(id) == nil {
		Add(b, t, build(needed))
	}
	return fact.Otherwise(given, fact.Known(id, v.Span))
}

// linkCIDRs adds the ranges that are resources of their own to those of their VPC.
func (b *Builder) linkCIDRs() {
	n := b.net
	for v := range n.VPCs.All() {
		v.IPv4.Items = slices.Clone(v.CIDRs.Items)
	}
	for c := range n.CIDRBlocks.All() {
		cidr := fact.Otherwise(c.CIDR,
			fact.Computed[netip.Prefix](c.Span, fact.Missing{Kind: fact.Attribute, Name: c.Address, Span: c.Span}))
		ranges := func(v *VPC) *fact.List[fact.Value[netip.Prefix]] { return &v.CIDRs }
		deliver(&n.VPCs, ranges, refs(c.VPC), c.When, cidr, c.Span)
		ofFamily := func(ipv6 bool) fact.List[Ref[VPC]] {
			return refs(fact.Map(c.IPv6, func(is bool, _ source.Span) Ref[VPC] {
				if is == ipv6 {
					return c.VPC
				}
				return Ref[VPC]{}
			}))
		}
		deliver(&n.VPCs, hasIPv6, ofFamily(true), c.When, struct{}{}, c.Span)
		deliver(&n.VPCs, ipv4, ofFamily(false), c.When, cidr, c.Span)
	}
}

func hasIPv6(v *VPC) *fact.List[struct{}] { return &v.HasIPv6 }

func ipv4(v *VPC) *fact.List[fact.Value[netip.Prefix]] { return &v.IPv4 }

// The rules that AWS puts into a default ACL: 100 allows all IPv4 and 101 all IPv6, in both directions.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
func (b *Builder) addDefaultEntries(acl *NetworkACL) {
	for i, cidr := range everywhere() {
		for _, direction := range []string{"Ingress", "Egress"} {
			name := fmt.Sprintf("%s.%s[%d]", acl.Address, direction, 100+i)
			Add(b, &b.net.ACLEntries, &ACLEntry{
				Header:   implied(&acl.Header, name, "AWS::EC2::NetworkAclEntry", fact.Always()),
				ACL:      fact.Known(ID[NetworkACL](acl.Address), acl.Span),
				Number:   fact.Known(100+i, acl.Span),
				Egress:   fact.Known(direction == "Egress", acl.Span),
				Allow:    fact.Known(true, acl.Span),
				Protocol: fact.Known(-1, acl.Span),
				CIDR:     fact.Known(cidr, acl.Span),
			})
		}
	}
}

// everywhere is the whole of IPv4 and the whole of IPv6.
func everywhere() [2]netip.Prefix {
	return [2]netip.Prefix{netip.PrefixFrom(netip.IPv4Unspecified(), 0), netip.PrefixFrom(netip.IPv6Unspecified(), 0)}
}

// linkACLs fills the entries. An implicit ACL allows all as long as no entry is, or may be, added to it.
func (b *Builder) linkACLs() {
	n := b.net
	distribute(n, &n.ACLs, &n.ACLEntries, func(a *NetworkACL) *fact.List[*ACLEntry] { return &a.Entries },
		func(c *ACLEntry) fact.List[Ref[NetworkACL]] { return refs(c.ACL) })
	for a := range n.ACLs.All() {
		if a.Implicit {
			a.AllowAll = len(a.Entries.Open) == 0
			for _, it := range a.Entries.Items {
				a.AllowAll = a.AllowAll && it.Value.Implicit
			}
		}
	}
}
