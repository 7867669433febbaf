package cloudformation

import (
	"net/netip"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) vpc(r *resource) {
	d := decoded[ec2.VPC](l, r)
	n := &graph.VPC{
		Header:       l.header(r),
		Tenancy:      d.Text(&d.P.InstanceTenancy),
		DNSSupport:   d.Bool(&d.P.EnableDnsSupport),
		DNSHostnames: d.Bool(&d.P.EnableDnsHostnames),
	}
	if cidr := l.prefixOrPool(d.At(&d.P.CidrBlock), d.At(&d.P.Ipv4IpamPoolId)); !cidr.IsUnset() {
		n.CIDRs.Append(cidr, cidr.Span)
	}
	add(l, &l.network.VPCs, n)
}

func (l *lowering) vpcCIDRBlock(r *resource) {
	d := decoded[ec2.VPCCidrBlock](l, r)
	p := d.P
	assigned := d.Bool(&p.AmazonProvidedIpv6CidrBlock)
	n := &graph.CIDRBlock{Header: l.header(r), VPC: ref(l, d.At(&p.VpcId), vpcs), IPv6: assigned}
	given := read.OrElse(d.At(&p.Ipv6CidrBlock), read.OrElse(d.At(&p.Ipv6IpamPoolId), d.At(&p.Ipv6Pool)))
	given4 := read.OrElse(d.At(&p.CidrBlock), d.At(&p.Ipv4IpamPoolId))
	switch {
	case given.Kind != eval.Absent:
		n.IPv6 = read.Written(given)
		n.CIDR = l.prefixOrPool(d.At(&p.Ipv6CidrBlock), given)
	case given4.Kind != eval.Absent:
		n.IPv6 = fact.Known(false, given4.Span)
		n.CIDR = l.prefixOrPool(d.At(&p.CidrBlock), given4)
	default:
		// AWS picks the range: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
		n.CIDR = fact.Map(assigned, func(bool, source.Span) fact.Value[netip.Prefix] {
			return fact.Computed[netip.Prefix](assigned.Span, fact.Missing{Kind: fact.Attribute, Name: r.address + ".Ipv6CidrBlock", Span: r.span})
		})
	}
	add(l, &l.network.CIDRBlocks, n)
}

func (l *lowering) subnet(r *resource) {
	d := decoded[ec2.Subnet](l, r)
	p := d.P
	add(l, &l.network.Subnets, &graph.Subnet{
		Header:      l.header(r),
		VPC:         ref(l, d.At(&p.VpcId), vpcs),
		CIDR:        l.prefixOrPool(d.At(&p.CidrBlock), d.At(&p.Ipv4IpamPoolId)),
		IPv6CIDR:    l.prefixOrPool(d.At(&p.Ipv6CidrBlock), d.At(&p.Ipv6IpamPoolId)),
		IPv6Native:  d.Bool(&p.Ipv6Native),
		AZ:          read.Text(l.symbols, read.OrElse(d.At(&p.AvailabilityZone), d.At(&p.AvailabilityZoneId))),
		MapPublicIP: d.Bool(&p.MapPublicIpOnLaunch),
		TagList:     read.TagPairs(l.symbols, r.properties.Get("Tags")),
	})
}

func (l *lowering) subnetCIDRBlock(r *resource) {
	d := decoded[ec2.SubnetCidrBlock](l, r)
	p := d.P
	add(l, &l.network.CIDRBlocks, &graph.CIDRBlock{
		Header: l.header(r),
		Subnet: ref(l, d.At(&p.SubnetId), subnets),
		CIDR:   l.prefixOrPool(d.At(&p.Ipv6CidrBlock), d.At(&p.Ipv6IpamPoolId)),
		IPv6:   fact.Known(true, r.span),
	})
}
