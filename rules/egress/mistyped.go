package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// mistyped says whether an endpoint for the service is of the kind that the service does not have: of that one
// endpoint_type speaks.
func mistyped(p *rules.Pass, s survey, to trace.Destination) bool {
	if to.Class != trace.ClassService || aws.HasGatewayEndpoint(to.Service) {
		return false
	}
	return slices.ContainsFunc(s.paths, func(path rules.SubnetPath) bool {
		return len(p.EndpointsFor(path.Subnet, "Gateway", to.Service).Items) > 0
	})
}
