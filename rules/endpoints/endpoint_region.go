package endpoints

import (
	"fmt"
	"regexp"

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
			there := serviceRegion(p, e)
			own, because := regionOf(p, e)
			if there == "" || own == "" {
				p.Count(e.Address) // a name with the Region of the stack in it, as most have
				return
			}
			other := fact.And(fact.Of(there != own), e.ServiceRegion.IsSet(p.World).Not())
			p.Ask(other, e.Address, "", func() rules.Finding {
				name, _ := e.Service.Get(p.World)
				service, _ := trace.ServiceID(name)
				return rules.Finding{
					Span: e.At("ServiceName"), Affects: needing(p, e, service),
					Message: fmt.Sprintf("endpoint %q cannot be created: it is in Region %s%s, and its service is "+
						"that of Region %s", e.Address, own, because, there),
					Remedy: fmt.Sprintf("name the service of Region %s, or set %s, if the service can be reached "+
						"from other Regions", own, p.Word("ServiceRegion")),
				}
			})
		})
	},
}

// serviceRegion is the Region in the name of the endpoint's service, or "".
func serviceRegion(p *rules.Pass, e *graph.VPCEndpoint) string {
	name, _ := e.Service.Get(p.World)
	return trace.RegionOfService(name)
}

// regionOf is the Region that the endpoint is in, and what shows it where it is not told: a zone of its VPC, or an
// endpoint that stands before it. It is "" where nothing does.
func regionOf(p *rules.Pass, e *graph.VPCEndpoint) (own, because string) {
	if own, told := e.Region.Literal(); told && own != "" {
		return own, ""
	}
	vpc, _ := graph.Lookup(p.View, &p.VPCs, e.VPC)
	if vpc == nil {
		return "", ""
	}
	home := fact.Known(graph.ID[graph.VPC](vpc.Address), vpc.Span)
	for s := range p.Subnets.All() {
		zone, _ := s.AZ.Get(p.World)
		name, _ := zone.Literal()
		if m := ofZone.FindString(name); m != "" && fact.And(p.Exists(s), p.SameVPC(s.VPC, home)).IsTrue() {
			return m, fmt.Sprintf(" with subnet %q", s.Address)
		}
	}
	for _, it := range graph.Existing(p.View, vpc.Endpoints).Items {
		if it.Value == e {
			break
		}
		if r := serviceRegion(p, it.Value); r != "" && it.Value.ServiceRegion.IsUnset() {
			return r, fmt.Sprintf(" with endpoint %q, by the service of that", it.Value.Address)
		}
	}
	return "", ""
}

// ofZone is the Region in the name of an Availability Zone or a Local Zone.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
var ofZone = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]+`)
