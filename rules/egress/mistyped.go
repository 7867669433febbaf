package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// mistyped is an endpoint for the service that is a gateway endpoint, as all are unless told, where there is no such
// kind for the service, or nil.
func mistyped(p *rules.Pass, s survey, to trace.Destination) *graph.VPCEndpoint {
	if to.Class != trace.ClassService || aws.HasGatewayEndpoint(to.Service) {
		return nil
	}
	for _, path := range s.paths {
		for _, it := range p.EndpointsFor(path.Subnet, "Gateway", to.Service).Items {
			return it.Value
		}
	}
	return nil
}

// mistypedText is what to say of it, and the remedy.
func mistypedText(p *rules.Pass, from rules.Sender, e *graph.VPCEndpoint, service string) (message, remedy string) {
	return fmt.Sprintf("%s cannot reach %s, which it seems to need: %q is a gateway endpoint, and that "+
			"service has interface endpoints only", from.Name(), service, e.Address),
		"set " + p.Word("VpcEndpointType") + " to Interface"
}
