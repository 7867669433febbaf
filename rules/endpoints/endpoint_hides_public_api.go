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

// EndpointHidesPublicAPI flags endpoints of API Gateway whose private DNS names take calls of public APIs.
var EndpointHidesPublicAPI = &rules.Rule{
	Name:     "endpoint_hides_public_api",
	Severity: rules.Warning,
	URL:      "https://repost.aws/knowledge-center/api-gateway-vpc-connections",
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			p.Count(s.Address)
			for _, n := range needs.Internet {
				if n.Strength == need.Strong && isAPI(p, n.Name) {
					reportHidden(p, s, n, needs)
				}
			}
		})
	},
}

// isAPI says whether the public host, or the resource that has it, is an API of this deployment by its own name: the
// private names are those of its Region. A literal host may be that of a private API.
func isAPI(p *rules.Pass, host string) bool {
	if strings.HasPrefix(host, "${") && strings.Contains(host, ".execute-api.") {
		return true
	}
	h := p.Head(host)
	if h == nil {
		return false
	}
	switch aws.KindOf(h.Type) {
	case aws.HTTPAPI, aws.HTTPAPIStage, aws.RESTAPIStage:
		return true
	}
	return false
}

func reportHidden(p *rules.Pass, s rules.Sender, n need.Need, needs need.Needs) {
	for _, subnet := range p.SubnetsOf(s).Items {
		for _, it := range p.EndpointsFor(subnet.Value, "Interface", "execute-api").Items {
			e := it.Value
			p.Ask(fact.And(p.HasPrivateDNS(e), needs.Direct(n.Strength)), e.Address, "", func() rules.Finding {
				return hidden(s, n, e)
			})
		}
	}
}

func hidden(s rules.Sender, n need.Need, e *graph.VPCEndpoint) rules.Finding {
	return rules.Finding{
		Span: e.At("PrivateDnsEnabled"), Affects: s.Affected(), Trace: []trace.Hop{rules.Because(s.Header, n)},
		Message: fmt.Sprintf("%s gets 403 Forbidden from %q: with the private DNS names of endpoint %q the names of "+
			"all APIs of the Region lead to it, and it has the way to private APIs only", s.Name(), n.Name, e.Address),
		Remedy: "call the API by a custom domain name, or turn the private DNS names off and call private APIs by " +
			"the names of the endpoint",
	}
}
