package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *Deployment) endpoint(r *Resource, d *decode.Decoded[ec2.VPCEndpoint]) {
	p := d.P
	add(l, &l.network.Endpoints, &graph.VPCEndpoint{
		Header:      l.header(r),
		VPC:         Ref(l, d.At(&p.VpcId), VPCs),
		Service:     d.Text(&p.ServiceName),
		Kind:        d.Text(&p.VpcEndpointType),
		Subnets:     Refs(l, d.At(&p.SubnetIds), Subnets),
		Groups:      Refs(l, d.At(&p.SecurityGroupIds), SecurityGroups),
		RouteTables: Refs(l, d.At(&p.RouteTableIds), RouteTables),
		PrivateDNS:  d.Bool(&p.PrivateDnsEnabled),
		Policy:      read.Document(l.symbols, d.At(&p.PolicyDocument)),
	})
}
