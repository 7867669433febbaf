package endpoints

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// CustomDNS flags security groups and network ACLs that keep functions from the DNS servers that their VPC names, and
// notes where only forwarding by those servers makes an endpoint's private names work.
var CustomDNS = &rules.Rule{
	Name:     "custom_dns",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			p.Count(s.Address)
			for _, it := range p.SubnetsOf(s).Items {
				options, servers := namedServers(p, it.Value)
				if len(servers) > 0 {
					reportServers(p, s, it.Value, options, servers)
					reportForwarding(p, s, it.Value, options)
				}
			}
		})
	},
}

// The protocol and port of a query.
const (
	udp = 17
	dns = 53
)

// reportServers reports that the firewalls of the sender and its subnet let no query out to any server.
func reportServers(
	p *rules.Pass, s rules.Sender, subnet *graph.Subnet, options *graph.DHCPOptions, servers []netip.Addr,
) {
	closed := fact.Yes()
	var stop *trace.Hop
	var evidence []trace.Hop
	for _, server := range servers {
		to := trace.Destination{Class: trace.ClassAddress, Prefix: netip.PrefixFrom(server, server.BitLen())}
		path := p.Path(s, subnet, trace.Flow{To: to, Protocol: udp, Port: dns})
		closed = fact.And(closed, rules.StoppedBy(path, rules.AtFirewall))
		if i := slices.IndexFunc(path.Blocks, rules.AtFirewall); i >= 0 && stop == nil {
			stop, evidence = path.Blocks[i], s.Evidence(path.Result)
		}
	}
	if stop == nil {
		p.Await(closed)
		return
	}
	p.Ask(p.UnlessNoEgress(closed, s.Groups), stop.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: stop.Span, Affects: s.Affected(), Trace: evidence,
			Message: fmt.Sprintf("%s can resolve no names: %q does not let UDP 53 out to the DNS servers of DHCP "+
				"options %q", s.Name(), stop.Address, options.Address),
			Remedy: fmt.Sprintf("let UDP and TCP 53 out to %s in %q", servers[0], stop.Address),
		}
	})
}

// reportForwarding reports a service that the sender reaches by the private names of an endpoint alone.
func reportForwarding(p *rules.Pass, s rules.Sender, subnet *graph.Subnet, options *graph.DHCPOptions) {
	needs := p.NeedsOf(s)
	internet := p.Path(s, subnet, trace.Flow{To: trace.Internet(4)})
	for _, n := range needs.Services {
		path := p.Path(s, subnet, trace.Flow{To: trace.Service(n.Name)})
		if n.Strength != need.Strong || !path.ToEndpoint() ||
			p.EndpointsFor(subnet, "Interface", n.Name).Empty().IsTrue() {
			continue
		}
		alone := fact.And(path.Reachable, rules.StoppedBy(internet, rules.AtSubnet), needs.Direct(n.Strength))
		p.Ask(alone, options.Address, "names", func() rules.Finding {
			return rules.Finding{
				Span: options.At("DomainNameServers"), Severity: rules.Note, Affects: s.Affected(),
				Trace: append(s.Evidence(path.Result), rules.Because(s.Header, n)),
				Message: fmt.Sprintf("%s reaches %s only if the DNS servers of DHCP options %q forward its name to "+
					"the VPC's own resolver, which alone knows the private names of endpoints",
					s.Name(), n.Name, options.Address),
				Remedy: "have the servers forward names of AWS to the VPC's resolver, or let functions use that one",
			}
		})
	}
}
