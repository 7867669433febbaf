package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointRegion flags endpoints that name a service of another Region.
var EndpointRegion = &rules.Rule{
	Name:     "endpoint_region",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Endpoints, func(p *rules.Pass, e *graph.VPCEndpoint) {
			name, known := e.Service.Get(p.World)
			there := trace.RegionOfService(name)
			own, told := e.Region.Literal()
			if !known.IsTrue() || there == "" || !told || own == "" {
				p.Count(e.Address) // a name with the Region of the stack in it, as most have
				return
			}
			other := fact.And(fact.Of(there != own), e.ServiceRegion.IsSet(p.World).Not())
			p.Ask(other, e.Address, "", func() rules.Finding {
				service, _ := trace.ServiceID(name)
				return rules.Finding{
					Span: e.At("ServiceName"), Affects: needing(p, e, service),
					Message: fmt.Sprintf("endpoint %q cannot be created: it is in Region %s, and its service is that "+
						"of Region %s", e.Address, own, there),
					Remedy: fmt.Sprintf("name the service of Region %s, or set %s, if the service can be reached "+
						"from other Regions", own, p.Word("ServiceRegion")),
				}
			})
		})
	},
}
