package endpoints

import (
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// namedServers are the DNS servers that the VPC of the subnet names, and the options that do so. There are none where
// one of them is Amazon's, or not known.
func namedServers(p *rules.Pass, s *graph.Subnet) (*graph.DHCPOptions, []netip.Addr) {
	vpc, _ := p.VPC(s.VPC)
	if vpc == nil {
		return nil, nil
	}
	for _, a := range graph.Existing(p.View, vpc.DHCP).Items {
		if options, _ := graph.Lookup(p.View, &p.DHCPOptions, a.Value.Options); options != nil {
			return options, serversOf(p, vpc, options)
		}
	}
	return nil, nil
}

// serversOf are the addresses of the servers. Firewalls do not look at queries to Amazon's.
// https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
func serversOf(p *rules.Pass, vpc *graph.VPC, options *graph.DHCPOptions) (servers []netip.Addr) {
	in := options.DNSServers.In(p.World)
	for _, it := range in.Items {
		text, known := it.Value.Get(p.World)
		address, err := netip.ParseAddr(text.String())
		if !known.IsTrue() || err != nil || isAmazons(p, vpc, address) {
			return nil
		}
		servers = append(servers, address)
	}
	if len(in.Open) > 0 {
		return nil
	}
	return servers
}

// isAmazons tells the addresses of Amazon's resolver: a link-local one, and the third of each of the VPC's ranges. Of
// servers with IPv6 addresses nothing is said.
func isAmazons(p *rules.Pass, vpc *graph.VPC, server netip.Addr) bool {
	third := func(it fact.Item[fact.Value[netip.Prefix]]) bool {
		r, known := it.Value.Get(p.World)
		return !known.IsTrue() || r.Masked().Addr().Next().Next() == server
	}
	return server.IsLinkLocalUnicast() || server.Is6() || slices.ContainsFunc(vpc.IPv4.In(p.World).Items, third)
}
