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
			return fact.Computed[netip.Prefix](assigned.Span, fact.Missing{Kind: fact.Attribute, Name: r.Address + ".Ipv6CidrBlock", Span: r.Span})
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
		TagList:     l.tagList(r),
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
	options := fact.Map(Ref(l, d.At(&d.P.DhcpOptionsId), DHCPOptions), func(id graph.ID[graph.DHCPOptions], span source.Span) graph.Ref[graph.DHCPOptions] {
		if string(id) == l.names.Literal("default") {
			return graph.Ref[graph.DHCPOptions]{}
		}
		return fact.Known(id, span)
	})
	add(l, &l.network.DHCPAssociations, &graph.DHCPAssociation{Header: l.header(r), VPC: Ref(l, d.At(&d.P.VpcId), VPCs), Options: options})
}
