package endpoints

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// wantsNames says whether the endpoint is an interface endpoint with private DNS names.
func wantsNames(p *rules.Pass, e *graph.VPCEndpoint) fact.Verdict {
	return fact.And(p.IsOfKind(e, "Interface"), p.HasPrivateDNS(e))
}

// customDNS says whether the VPC's DHCP options name DNS servers other than Amazon's.
// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
func customDNS(p *rules.Pass, v *graph.VPC) fact.Verdict {
	return graph.Existing(p.View, v.DHCP).Any(func(a *graph.DHCPAssociation) fact.Verdict {
		options, known := graph.Lookup(p.View, &p.DHCPOptions, a.Options)
		if options == nil {
			return known
		}
		return options.DNSServers.In(p.World).Any(func(server fact.Value[fact.Text]) fact.Verdict {
			return server.Is(p.World, func(t fact.Text) bool { return t.String() != "AmazonProvidedDNS" })
		})
	})
}
