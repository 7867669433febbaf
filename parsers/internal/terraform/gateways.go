package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// internetGateway expands aws_internet_gateway, which vpc_id attaches.
func (x *expansion) internetGateway(r *resource) []*lower.Resource {
	return x.attachedGateway(r, "InternetGatewayId")
}

func (x *expansion) vpnGateway(r *resource) []*lower.Resource {
	return x.attachedGateway(r, "VpnGatewayId")
}

func (x *expansion) attachedGateway(r *resource, property string) []*lower.Resource {
	vpc := r.get("vpc_id")
	if vpc.Kind == value.Absent {
		return []*lower.Resource{r.stated}
	}
	attachment := made(vpc.Span, "VpcId", x.written(vpc), property, self(r))
	return []*lower.Resource{
		r.stated, part(r, "vpc_id", fact.Always(), vpc.Span, "AWS::EC2::VPCGatewayAttachment", attachment),
	}
}

// addressed is an Elastic IP or what ties one to something. The primary interface of an instance stands for the instance.
func (x *expansion) addressed(r *resource) []*lower.Resource {
	x.move(&r.stated.Properties, "NetworkInterfaceId", "InstanceId", aws.Instance, true)
	return []*lower.Resource{r.stated}
}
