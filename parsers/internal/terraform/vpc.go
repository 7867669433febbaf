package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// vpc expands aws_vpc. Its IPv6 range, which is an argument here, is a resource of its own in CloudFormation.
func (x *expansion) vpc(r *resource) []*lower.Resource {
	out := []*lower.Resource{r.stated}
	if block, ok := x.ipv6Range(r, self(r)); ok {
		out = append(out, part(r, "ipv6_cidr_block", fact.Always(), r.Span, "AWS::EC2::VPCCidrBlock", block))
	}
	return out
}

// ipv6Block expands aws_vpc_ipv6_cidr_block_association.
func (x *expansion) ipv6Block(r *resource) []*lower.Resource {
	block, ok := x.ipv6Range(r, r.stated.Get("VpcId"))
	if !ok {
		return nil
	}
	r.stated.Properties = block
	return []*lower.Resource{r.stated}
}

// ipv6Range is the IPv6 range that r gives the VPC: a written one, one of a pool, or one that AWS picks. ok is false where
// it gives none.
func (x *expansion) ipv6Range(r *resource, vpc value.Value) (block value.Value, ok bool) {
	written, assigned := r.get("ipv6_cidr_block"), r.get("assign_generated_ipv6_cidr_block")
	pool := read.OrElse(r.get("ipv6_ipam_pool_id"), r.get("ipv6_pool"))
	if written.Kind == value.Absent && pool.Kind == value.Absent {
		missing := fact.Missing{Kind: fact.Attribute, Name: r.Address + ".ipv6_cidr_block", Span: assigned.Span}
		written = x.mapText(assigned, func(v value.Value) value.Value {
			if yes, ok := read.ParseBool(v.Text); ok && !yes {
				return value.Value{Span: v.Span}
			}
			return value.Value{Kind: value.Unknown, Set: true, Span: v.Span, Missing: []fact.Missing{missing}}
		})
	}
	block = made(r.Span, "VpcId", vpc, "Ipv6CidrBlock", written, "Ipv6IpamPoolId", pool)
	return block, written.Kind != value.Absent || pool.Kind != value.Absent
}

// amazonDNS is what stands in the place of a DNS server for the Amazon resolver of each VPC:
// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
const amazonDNS = "AmazonProvidedDNS"

// defaultDHCPOptions expands aws_default_vpc_dhcp_options, which adopts AWS's own options and cannot change their servers.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_vpc_dhcp_options
func (x *expansion) defaultDHCPOptions(r *resource) []*lower.Resource {
	r.stated.Properties = made(r.Span, "DomainNameServers", literal(amazonDNS, r.Span))
	return []*lower.Resource{r.stated}
}
