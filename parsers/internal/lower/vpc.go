package lower

import (
	"net/netip"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) vpc(r *Resource, d *decode.Decoded[vpc]) {
	isDefault, _ := d.Bool(&d.P.IsDefault).Get(nil)
	n := &graph.VPC{
		Header:       l.header(r),
		IsDefault:    isDefault,
		Tenancy:      d.Text(&d.P.InstanceTenancy),
		DNSSupport:   d.Bool(&d.P.EnableDnsSupport),
		DNSHostnames: d.Bool(&d.P.EnableDnsHostnames),
		MainTable:    adopted(l, graph.MainTableID(r.Address)),
		DefaultACL:   adopted(l, graph.DefaultACLID(r.Address)),
		DefaultGroup: adopted(l, graph.DefaultGroupID(r.Address)),
	}
	if cidr := l.prefixOrPool(d.At(&d.P.CidrBlock), d.At(&d.P.Ipv4IpamPoolId)); !cidr.IsUnset() {
		n.CIDRs.Append(cidr, cidr.Span)
	}
	add(l, &l.network.VPCs, n)
}

func (l *Deployment) vpcCIDRBlock(r *Resource, d *decode.Decoded[ec2.VPCCidrBlock]) {
	p := d.P
	assigned := d.Bool(&p.AmazonProvidedIpv6CidrBlock)
	n := &graph.CIDRBlock{Header: l.header(r), VPC: Ref(l, d.At(&p.VpcId), VPCs), IPv6: assigned}
	given := read.OrElse(d.At(&p.Ipv6CidrBlock), read.OrElse(d.At(&p.Ipv6IpamPoolId), d.At(&p.Ipv6Pool)))
	given4 := read.OrElse(d.At(&p.CidrBlock), d.At(&p.Ipv4IpamPoolId))
	switch {
	case given.Kind != value.Absent:
		n.IPv6 = read.Written(given)
		n.CIDR = l.prefixOrPool(d.At(&p.Ipv6CidrBlock), given)
	case given4.Kind != value.Absent:
		n.IPv6 = fact.Known(false, given4.Span)
		n.CIDR = l.prefixOrPool(d.At(&p.CidrBlock), given4)
	default:
		// AWS picks the range: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
		n.CIDR = fact.Map(assigned, func(bool, source.Span) fact.Value[netip.Prefix] {
			missing := fact.Missing{Kind: fact.Attribute, Name: r.Address + ".Ipv6CidrBlock", Span: r.Span}
			return fact.Computed[netip.Prefix](assigned.Span, missing)
		})
	}
	add(l, &l.network.CIDRBlocks, n)
}

func (l *Deployment) subnet(r *Resource, d *decode.Decoded[ec2.Subnet]) {
	p := d.P
	add(l, &l.network.Subnets, &graph.Subnet{
		Header:      l.header(r),
		VPC:         Ref(l, d.At(&p.VpcId), VPCs),
		CIDR:        l.prefixOrPool(d.At(&p.CidrBlock), d.At(&p.Ipv4IpamPoolId)),
		IPv6CIDR:    l.prefixOrPool(d.At(&p.Ipv6CidrBlock), d.At(&p.Ipv6IpamPoolId)),
		IPv6Native:  d.Bool(&p.Ipv6Native),
		AZ:          read.Text(l.symbols, read.OrElse(d.At(&p.AvailabilityZone), d.At(&p.AvailabilityZoneId))),
		MapPublicIP: d.Bool(&p.MapPublicIpOnLaunch),
		TagList:     Tags(l, r),
	})
}

func (l *Deployment) subnetCIDRBlock(r *Resource, d *decode.Decoded[ec2.SubnetCidrBlock]) {
	p := d.P
	add(l, &l.network.CIDRBlocks, &graph.CIDRBlock{
		Header: l.header(r),
		Subnet: Ref(l, d.At(&p.SubnetId), Subnets),
		CIDR:   l.prefixOrPool(d.At(&p.Ipv6CidrBlock), d.At(&p.Ipv6IpamPoolId)),
		IPv6:   fact.Known(true, r.Span),
	})
}

func (l *Deployment) dhcpOptions(r *Resource, d *decode.Decoded[ec2.DHCPOptions]) {
	add(l, &l.network.DHCPOptions, &graph.DHCPOptions{Header: l.header(r), DNSServers: d.Texts(&d.P.DomainNameServers)})
}

// dhcpAssociation reads the id "default" as what it stands for: no options of one's own.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcdhcpoptionsassociation.html
func (l *Deployment) dhcpAssociation(r *Resource, d *decode.Decoded[ec2.VPCDHCPOptionsAssociation]) {
	type options = graph.ID[graph.DHCPOptions]
	named := Ref(l, d.At(&d.P.DhcpOptionsId), DHCPOptions)
	own := fact.Map(named, func(id options, span source.Span) fact.Value[options] {
		if string(id) == l.names.Literal("default") {
			return fact.Value[options]{}
		}
		return fact.Known(id, span)
	})
	add(l, &l.network.DHCPAssociations, &graph.DHCPAssociation{
		Header: l.header(r), VPC: Ref(l, d.At(&d.P.VpcId), VPCs), Options: own,
	})
}

// cidr is a property that holds a range of addresses.
type cidr = fact.Value[netip.Prefix]

// maxIndirect bounds ranges that are given by other resources' ranges, which a hostile template may close to a circle.
const maxIndirect = 4

// prefix reads a property that holds a range of addresses. The CidrBlock of a VPC or subnet of this deployment is the
// range written there; other attributes are Computed.
func (l *Deployment) prefix(v value.Value) cidr { return l.indirect(v, maxIndirect) }

// Prefix reads a property that holds a range of addresses.
func Prefix(l *Deployment, v value.Value) fact.Value[netip.Prefix] { return l.prefix(v) }

func (l *Deployment) indirect(v value.Value, budget int) cidr {
	return read.Convert(l.symbols, v, func(v value.Value) cidr {
		if s, ok := l.symbols.Only(v.Text); ok && s.Attribute == "CidrBlock" && budget > 0 {
			if r := l.resources[s.Address]; r != nil {
				if written := r.Get("CidrBlock"); written.Kind != value.Absent {
					return l.indirect(written, budget-1)
				}
			}
		}
		return read.Parse(l.symbols, v, read.ParsePrefix)
	})
}

// prefixOrPool reads a range that is written, or that a pool assigns on deployment when only the pool is.
func (l *Deployment) prefixOrPool(written, pool value.Value) cidr {
	if written.Kind != value.Absent || pool.Kind == value.Absent {
		return l.prefix(written)
	}
	return fact.Map(read.Text(l.symbols, pool), func(_ fact.Text, span source.Span) cidr {
		const assigned = "the range that the address pool assigns"
		return fact.Computed[netip.Prefix](span, fact.Missing{Kind: fact.Attribute, Name: assigned, Span: span})
	})
}
