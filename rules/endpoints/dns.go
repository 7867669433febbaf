package endpoints

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// support and hostnames are the two DNS attributes of a VPC with their defaults: a VPC that is created has the Amazon
// resolver, and no host names. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
func support(p *rules.Pass, v *graph.VPC) fact.Verdict { return orDefault(p, v.DNSSupport, true) }

func hostnames(p *rules.Pass, v *graph.VPC) fact.Verdict { return orDefault(p, v.DNSHostnames, false) }

func orDefault(p *rules.Pass, v fact.Value[bool], byDefault bool) fact.Verdict {
	on, ok := v.Or(p.World, byDefault)
	return fact.And(ok, fact.Of(on || !ok.IsTrue()))
}

// wantsNames says whether the endpoint is an interface endpoint with private DNS names.
func wantsNames(p *rules.Pass, e *graph.VPCEndpoint) fact.Verdict {
	kind, ok := e.Kind.Or(p.World, fact.Lit("Gateway"))
	if ok.IsTrue() {
		ok = fact.Same(kind, fact.Lit("Interface"))
	}
	return fact.And(ok, p.PrivateDNS(e))
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
