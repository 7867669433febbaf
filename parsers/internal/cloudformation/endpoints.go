package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) endpoint(r *resource) {
	d := decoded[ec2.VPCEndpoint](l, r)
	p := d.P
	add(l, &l.network.Endpoints, &graph.VPCEndpoint{
		Header:      l.header(r),
		VPC:         ref(l, d.At(&p.VpcId), vpcs),
		Service:     d.Text(&p.ServiceName),
		Kind:        d.Text(&p.VpcEndpointType),
		Subnets:     refs(l, d.At(&p.SubnetIds), subnets),
		Groups:      refs(l, d.At(&p.SecurityGroupIds), securityGroups),
		RouteTables: refs(l, d.At(&p.RouteTableIds), routeTables),
		PrivateDNS:  d.Bool(&p.PrivateDnsEnabled),
		Policy:      read.Document(l.symbols, d.At(&p.PolicyDocument)),
	})
}
