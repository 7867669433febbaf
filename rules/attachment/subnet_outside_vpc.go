package attachment

import (
	"fmt"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SubnetOutsideVPC flags subnets whose IPv4 range is not a part of one of their VPC's.
var SubnetOutsideVPC = &rules.Rule{
	Name:     "subnet_outside_vpc",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			vpc, known := p.VPC(s.VPC)
			cidr, ok := s.CIDR.Get(p.World)
			p.Await(fact.And(known, ok))
			if vpc == nil || !ok.IsTrue() || vpc.IsDefault {
				return
			}
			p.Ask(within(p, s, vpc, cidr).Not(), s.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: s.At("CidrBlock"), Affects: p.SendersIn(s),
					Message: fmt.Sprintf("subnet %q cannot be deployed, because its range %s is no part "+
						"of a range of VPC %q", s.Address, cidr, vpc.Address),
					Remedy: fmt.Sprintf("take a range of VPC %q, or give the VPC a further one", vpc.Address),
				}
			})
		})
	},
}

// within says whether a range of the VPC contains that of the subnet. What others may add to a VPC that is exported,
// they add when the subnet is there, or has failed.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
func within(p *rules.Pass, s *graph.Subnet, vpc *graph.VPC, cidr netip.Prefix) fact.Verdict {
	in := vpc.IPv4.In(p.World)
	own, _ := p.Home(s.Address)
	if of, _ := p.Home(vpc.Address); of == own {
		in.Open = vpc.Own(in.Open)
	}
	return fact.Or(in.Empty(), in.Any(func(of fact.Value[netip.Prefix]) fact.Verdict {
		return of.Is(p.World, func(r netip.Prefix) bool { return rules.Covers(r, cidr) })
	}))
}
