package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// EndpointsFor lists the endpoints of the kind, "Gateway" or "Interface", for the service in the subnet's VPC. Of a VPC
// that is not here, they are those that this deployment puts into it, and the list is open.
func (p *Pass) EndpointsFor(s *graph.Subnet, kind, service string) fact.Elements[*graph.VPCEndpoint] {
	in := p.endpointsOf(s.VPC)
	out := fact.Elements[*graph.VPCEndpoint]{Open: in.Open}
	for _, it := range in.Items {
		switch serves := p.Trace.Serves(it.Value, kind, service); serves.Truth {
		case fact.True:
			out.Items = append(out.Items, it)
		case fact.Unknown:
			out.Open = append(out.Open, serves.Missing...)
		}
	}
	return out
}

func (p *Pass) endpointsOf(ref graph.Ref[graph.VPC]) (in fact.Elements[*graph.VPCEndpoint]) {
	vpc, known := p.VPC(ref)
	if vpc != nil {
		return graph.Existing(p.View, vpc.Endpoints)
	}
	in.Open = known.Missing
	for e := range p.Endpoints.All() {
		if p.Exists(e).IsTrue() && graph.Same(p.View, &p.VPCs, e.VPC, ref).IsTrue() {
			in.Items = append(in.Items, fact.Item[*graph.VPCEndpoint]{Value: e, Span: e.Span})
		}
	}
	return in
}

// Unlisted says whether the subnet's VPC has a gateway endpoint for the service, and none that puts its route into the
// subnet's table.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func (p *Pass) Unlisted(s *graph.Subnet, service string) fact.Verdict {
	table, _, known := p.RouteTable(s)
	if table == nil {
		return known
	}
	in := p.EndpointsFor(s, "Gateway", service)
	listed := in.Any(func(e *graph.VPCEndpoint) fact.Verdict {
		return e.RouteTables.In(p.World).Any(func(t graph.Ref[graph.RouteTable]) fact.Verdict {
			return graph.Names(p.View, &p.RouteTables, t, table)
		})
	})
	return fact.And(in.Empty().Not(), listed.Not())
}

// PassedBy says, of a subnet without a way to the destination, whether its VPC has an endpoint for it all the same: a
// gateway endpoint that leaves out the subnet's route table, or an interface endpoint whose private DNS names do not
// work.
func (p *Pass) PassedBy(s *graph.Subnet, to trace.Destination) fact.Verdict {
	if to.Class != trace.ClassService {
		return fact.No()
	}
	listed := fact.No()
	if aws.HasGatewayEndpoint(to.Service) {
		listed = p.Unlisted(s, to.Service)
	}
	return fact.Or(listed, p.EndpointsFor(s, "Interface", to.Service).Empty().Not())
}

// EndpointOn is the endpoint that the path leads to, or nil.
func (p *Pass) EndpointOn(path SubnetPath) *graph.VPCEndpoint {
	i := slices.IndexFunc(path.Hops, func(h *trace.Hop) bool { return h.Role == trace.RoleEndpoint && h.Cause == "" })
	if i < 0 {
		return nil
	}
	return p.Endpoints.At(path.Hops[i].Address)
}
