package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func (l *lowering) dhcpOptions(r *resource) {
	d := decoded[ec2.DHCPOptions](l, r)
	add(l, &l.network.DHCPOptions, &graph.DHCPOptions{Header: l.header(r), DNSServers: d.Texts(&d.P.DomainNameServers)})
}

// dhcpAssociation reads the id "default" as what it stands for: no options of one's own.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcdhcpoptionsassociation.html
func (l *lowering) dhcpAssociation(r *resource) {
	d := decoded[ec2.VPCDHCPOptionsAssociation](l, r)
	options := fact.Map(ref(l, d.At(&d.P.DhcpOptionsId), dhcpOptions), func(id graph.ID[graph.DHCPOptions], span source.Span) graph.Ref[graph.DHCPOptions] {
		if id == "${default}" {
			return graph.Ref[graph.DHCPOptions]{}
		}
		return fact.Known(id, span)
	})
	add(l, &l.network.DHCPAssociations, &graph.DHCPAssociation{Header: l.header(r), VPC: ref(l, d.At(&d.P.VpcId), vpcs), Options: options})
}
