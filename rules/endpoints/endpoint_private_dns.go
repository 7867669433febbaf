package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointPrivateDNS flags interface endpoints that nobody finds: the SDK asks for the public name of the service,
// which leads to the internet, where the function cannot go.
var EndpointPrivateDNS = &rules.Rule{
	Name:     "endpoint_private_dns",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		eachStrong(p, func(p *rules.Pass, s rules.Sender, n need.Need, needs need.Needs, path rules.SubnetPath) {
			for _, it := range p.EndpointsFor(path.Subnet, "Interface", n.Name).Items {
				reportNameless(p, s, n, needs, path, it.Value)
			}
		})
	},
}

func reportNameless(
	p *rules.Pass, s rules.Sender, n need.Need, needs need.Needs, path rules.SubnetPath, e *graph.VPCEndpoint,
) {
	subnet := path.Subnet
	lost := fact.And(p.HasPrivateDNS(e).Not(), rules.StoppedBy(path, rules.AtSubnet))
	if !lost.IsFalse() {
		lost = fact.And(lost, withoutGateway(p, subnet, n.Name), inZone(p, subnet, n.Name).Not(),
			fact.Of(!mentions(s, e)), needs.Direct(n.Strength))
	}
	p.Ask(lost, e.Address, "", func() rules.Finding {
		return rules.Finding{
			Span:    e.At("PrivateDnsEnabled"),
			Affects: s.Affected(),
			Trace:   append(s.Evidence(path.Result), rules.Because(s.Header, n)),
			Message: fmt.Sprintf("%s cannot reach %s: the private DNS names of endpoint %q are off, "+
				"so the service's name leads to the internet, to which subnet %q has no way",
				s.Name(), n.Name, e.Address, subnet.Address),
			Remedy: withNames(p, n.Name),
		}
	})
}

// withNames is the remedy. For S3 and DynamoDB it is the other kind of endpoint, which costs nothing and whose names
// are the public ones: S3 takes private names only beside a gateway endpoint, unless told otherwise.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns
func withNames(p *rules.Pass, service string) string {
	if aws.HasGatewayEndpoint(service) {
		return fmt.Sprintf("add a gateway endpoint for %s to the route table of the subnet", service)
	}
	return "set " + p.Word("PrivateDnsEnabled") + " to true"
}

// withoutGateway says whether there is no gateway endpoint for the service: of one that leaves out the subnet's table,
// gateway_endpoint_route_table speaks.
func withoutGateway(p *rules.Pass, s *graph.Subnet, service string) fact.Verdict {
	if !aws.HasGatewayEndpoint(service) {
		return fact.Yes()
	}
	return p.EndpointsFor(s, "Gateway", service).Empty()
}
