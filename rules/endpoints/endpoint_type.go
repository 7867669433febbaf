package endpoints

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointType flags gateway endpoints, as all are unless told, for services that have interface endpoints only.
var EndpointType = &rules.Rule{
	Name:     "endpoint_type",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Endpoints, func(p *rules.Pass, e *graph.VPCEndpoint) {
			wrong := p.IsOfKind(e, "Gateway")
			service, name := "", ""
			if !wrong.IsFalse() {
				var only fact.Verdict
				service, name, only = interfaceOnly(p, e)
				wrong = fact.And(wrong, only)
			}
			p.Ask(wrong, e.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: e.At("VpcEndpointType"), Affects: needing(p, e, service),
					Message: fmt.Sprintf("endpoint %q cannot be created: it is a gateway endpoint, and %s has "+
						"interface endpoints only", e.Address, name),
					Remedy: "set " + p.Word("VpcEndpointType") + " to Interface",
				}
			})
		})
	},
}

// thirdParty begins the names of services that others offer.
const thirdParty = "com.amazonaws.vpce."

// interfaceOnly says whether the service of the endpoint has no gateway endpoints. Service is its id, if it is one of
// AWS, and name what a sentence calls it. A kind of endpoint without a service has no name of one.
func interfaceOnly(p *rules.Pass, e *graph.VPCEndpoint) (service, name string, only fact.Verdict) {
	text, known := e.Service.Get(p.World)
	if !known.IsTrue() {
		return "", "", known
	}
	if literal, whole := text.Literal(); whole && strings.HasPrefix(literal, thirdParty) {
		return "", literal, fact.Yes()
	}
	service, ofAWS := trace.ServiceID(text)
	return service, service, fact.And(ofAWS, fact.Of(!aws.HasGatewayEndpoint(service)))
}

// needing lists the senders of the endpoint's VPC that need the service.
func needing(p *rules.Pass, e *graph.VPCEndpoint, service string) (out []string) {
	for s := range p.Senders() {
		vpc, _ := p.VPCOf(s.Subnets)
		own := func(id graph.ID[graph.VPC]) bool { return vpc != nil && string(id) == vpc.Address }
		if e.VPC.Is(p.World, own).IsTrue() && p.NeedsOf(s).Service(service).Strength != need.None {
			out = append(out, s.Affected()...)
		}
	}
	return out
}
