package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// peering is accepted by CloudFormation itself when both VPCs are in one account and Region. PeerRoleArn lets it accept
// in another account, which cannot be seen here:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html
func (l *Deployment) peering(r *Resource, d *decode.Decoded[ec2.VPCPeeringConnection]) {
	p := d.P
	n := &graph.Peering{
		Header:   l.header(r),
		VPC:      Ref(l, d.At(&p.VpcId), VPCs),
		PeerVPC:  Ref(l, d.At(&p.PeerVpcId), VPCs),
		Accepted: fact.Known(true, r.Span),
	}
	if other := read.OrElse(l.unlessOwn(d.At(&p.PeerOwnerId), "AWS::AccountId"), l.unlessOwn(d.At(&p.PeerRegion), "AWS::Region")); other.Kind != value.Absent {
		n.Accepted = fact.NotKnown[bool](other.Span, fact.Missing{Kind: fact.Resource, Name: "acceptance of " + r.Address, Span: other.Span})
	}
	add(l, &l.network.Peerings, n)
}

// unlessOwn drops a value that names the account or Region of the deployment itself.
func (l *Deployment) unlessOwn(v value.Value, pseudo string) value.Value {
	if s, ok := l.symbols.Only(v.Text); ok && s.Key == pseudo {
		return value.Value{}
	}
	return v
}

func (l *Deployment) transitGateway(r *Resource) {
	add(l, &l.network.TransitGateways, &graph.TransitGateway{Header: l.header(r)})
}

// transitAttachment reads AWS::EC2::TransitGatewayAttachment and AWS::EC2::TransitGatewayVpcAttachment, whose network
// properties are the same.
func (l *Deployment) transitAttachment(r *Resource, d *decode.Decoded[ec2.TransitGatewayVpcAttachment]) {
	p := d.P
	n := &graph.TransitGatewayAttachment{
		Header:         l.header(r),
		TransitGateway: Ref(l, d.At(&p.TransitGatewayId), TransitGateways),
		VPC:            Ref(l, d.At(&p.VpcId), VPCs),
		Subnets:        Refs(l, d.At(&p.SubnetIds), Subnets),
	}
	added := Refs(l, d.At(&p.AddSubnetIds), Subnets)
	n.Subnets.Items = append(n.Subnets.Items, added.Items...)
	n.Subnets.Open = append(n.Subnets.Open, added.Open...)
	add(l, &l.network.TransitAttachments, n)
}
