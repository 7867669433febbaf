// Package endpoints holds the rules about VPC endpoints and the names by which functions find them.
package endpoints

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("endpoints", files,
	GatewayEndpointRouteTable,
	EndpointBlocksFunction,
	EndpointPrivateDNS,
	EndpointVPCDNS,
	VPCDNSOff,
	EndpointPolicy,
	EndpointType,
	EndpointRegion,
	CustomDNS,
	EndpointZones,
	EndpointHidesPublicAPI,
)

// ofCode are the packets over IPv4 of functions and managed instances.
func ofCode(to ...trace.Class) trace.Packets {
	return trace.PacketsTo(to...).Over(4).Of(trace.Hyperplane, trace.EC2)
}

// eachStrong calls ask for each path from a sender to a service that the environment shows it to need.
func eachStrong(
	p *rules.Pass, ask func(*rules.Pass, rules.Sender, need.Need, need.Needs, rules.SubnetPath),
) {
	rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
		needs := p.NeedsOf(s)
		p.Count(s.Address)
		for _, n := range needs.Services {
			if n.Strength != need.Strong {
				continue
			}
			paths, _ := p.Paths(s, trace.Flow{To: trace.Service(n.Name)})
			for _, path := range paths {
				ask(p, s, n, needs, path)
			}
		}
	})
}
