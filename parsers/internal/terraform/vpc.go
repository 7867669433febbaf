package terraform

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// cidr is an argument that holds a range of addresses.
type cidr = fact.Value[netip.Prefix]

// vpc reads aws_vpc. Its IPv6 range, which is an argument here, becomes a node of its own as in CloudFormation.
func (l *lowering) vpc(r *resource) {
	n := &graph.VPC{
		Header:       l.header(r),
		Tenancy:      l.text(r.get("instance_tenancy")),
		DNSSupport:   l.bool(r.get("enable_dns_support")),
		DNSHostnames: l.bool(r.get("enable_dns_hostnames")),
		MainTable:    preset[graph.RouteTable](l, string(graph.MainTableID(r.Address))),
		DefaultACL:   preset[graph.NetworkACL](l, string(graph.DefaultACLID(r.Address))),
		DefaultGroup: preset[graph.SecurityGroup](l, string(graph.DefaultGroupID(r.Address))),
	}
	if range4 := l.prefixOrPool(r.get("cidr_block"), r.get("ipv4_ipam_pool_id")); !range4.IsUnset() {
		n.CIDRs.Append(range4, range4.Span)
	}
	graph.Add(l.builder, &l.network.VPCs, n)
	l.ipv6Range(r, fact.Known(graph.ID[graph.VPC](r.Address), r.Span), l.part(r, "ipv6_cidr_block", fact.Always(), r.Span))
}

func (l *lowering) ipv4Block(r *resource) {
	graph.Add(l.builder, &l.network.CIDRBlocks, &graph.CIDRBlock{
		Header: l.header(r),
		VPC:    ref(l, r.get("vpc_id"), vpcs),
		CIDR:   l.prefixOrPool(r.get("cidr_block"), r.get("ipv4_ipam_pool_id")),
		IPv6:   fact.Known(false, r.Span),
	})
}

func (l *lowering) ipv6Block(r *resource) { l.ipv6Range(r, ref(l, r.get("vpc_id"), vpcs), l.header(r)) }

// ipv6Range adds the IPv6 range that r gives the VPC: a written one, one of a pool, or one that AWS picks.
func (l *lowering) ipv6Range(r *resource, vpc graph.Ref[graph.VPC], h graph.Header) {
	written, assigned := r.get("ipv6_cidr_block"), r.get("assign_generated_ipv6_cidr_block")
	given := read.OrElse(written, read.OrElse(r.get("ipv6_ipam_pool_id"), r.get("ipv6_pool")))
	n := &graph.CIDRBlock{Header: h, VPC: vpc}
	switch {
	case given.Kind != value.Absent:
		n.IPv6 = read.Written(given)
		n.CIDR = l.prefixOrPool(written, given)
	case assigned.Kind != value.Absent:
		n.IPv6 = l.bool(assigned)
		n.CIDR = fact.Computed[netip.Prefix](assigned.Span, fact.Missing{Kind: fact.Attribute, Name: r.Address + ".ipv6_cidr_block", Span: assigned.Span})
		if yes, known := n.IPv6.Get(nil); known.IsTrue() && !yes {
			return
		}
	default:
		return
	}
	graph.Add(l.builder, &l.network.CIDRBlocks, n)
}

func (l *lowering) subnet(r *resource) {
	graph.Add(l.builder, &l.network.Subnets, &graph.Subnet{
		Header:      l.header(r),
		VPC:         ref(l, r.get("vpc_id"), vpcs),
		CIDR:        l.prefixOrPool(r.get("cidr_block"), r.get("ipv4_ipam_pool_id")),
		IPv6CIDR:    l.prefixOrPool(r.get("ipv6_cidr_block"), r.get("ipv6_ipam_pool_id")),
		IPv6Native:  l.bool(r.get("ipv6_native")),
		AZ:          l.text(read.OrElse(r.get("availability_zone"), r.get("availability_zone_id"))),
		MapPublicIP: l.bool(r.get("map_public_ip_on_launch")),
		TagList:     l.tagList(r),
	})
}

// prefixOrPool reads a range that is written, or that a pool assigns on deployment when only the pool is.
func (l *lowering) prefixOrPool(written, pool value.Value) cidr {
	if written.Kind != value.Absent || pool.Kind == value.Absent {
		return l.prefix(written)
	}
	return fact.Map(l.text(pool), func(_ fact.Text, span source.Span) cidr {
		return fact.Computed[netip.Prefix](span, fact.Missing{Kind: fact.Attribute, Name: "the range that the address pool assigns", Span: span})
	})
}
