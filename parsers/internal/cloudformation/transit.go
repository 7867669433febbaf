package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// peering is accepted by CloudFormation itself when both VPCs are in one account and Region. PeerRoleArn lets it accept
// in another account, which cannot be seen here:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html
func (l *lowering) peering(r *resource) {
	d := decoded[ec2.VPCPeeringConnection](l, r)
	p := d.P
	n := &graph.Peering{
		Header:   l.header(r),
		VPC:      ref(l, d.At(&p.VpcId), vpcs),
		PeerVPC:  ref(l, d.At(&p.PeerVpcId), vpcs),
		Accepted: fact.Known(true, r.span),
	}
	if other := read.OrElse(l.unlessOwn(d.At(&p.PeerOwnerId), "AWS::AccountId"), l.unlessOwn(d.At(&p.PeerRegion), "AWS::Region")); other.Kind != eval.Absent {
		n.Accepted = fact.NotKnown[bool](other.Span, fact.Missing{Kind: fact.Resource, Name: "acceptance of " + r.address, Span: other.Span})
	}
	add(l, &l.network.Peerings, n)
}

// unlessOwn drops a value that names the account or Region of the deployment itself.
func (l *lowering) unlessOwn(v eval.Value, pseudo string) eval.Value {
	if s, ok := l.symbols.Only(v.Text); ok && s.Key == pseudo {
		return eval.Value{}
	}
	return v
}

func (l *lowering) transitGateway(r *resource) {
	add(l, &l.network.TransitGateways, &graph.TransitGateway{Header: l.header(r)})
}

// transitAttachment reads AWS::EC2::TransitGatewayAttachment and AWS::EC2::TransitGatewayVpcAttachment, whose network
// properties are the same.
func (l *lowering) transitAttachment(r *resource) {
	d := decoded[ec2.TransitGatewayVpcAttachment](l, r)
	p := d.P
	n := &graph.TransitGatewayAttachment{
		Header:         l.header(r),
		TransitGateway: ref(l, d.At(&p.TransitGatewayId), transitGateways),
		VPC:            ref(l, d.At(&p.VpcId), vpcs),
		Subnets:        refs(l, d.At(&p.SubnetIds), subnets),
	}
	added := refs(l, d.At(&p.AddSubnetIds), subnets)
	n.Subnets.Items = append(n.Subnets.Items, added.Items...)
	n.Subnets.Open = append(n.Subnets.Open, added.Open...)
	add(l, &l.network.TransitAttachments, n)
}
