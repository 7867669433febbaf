package resilience

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SmallSubnet flags subnets of functions that are as small as subnets can be, or have fewer addresses than the
// functions need interfaces.
var SmallSubnet = &rules.Rule{
	Name:     "small_subnet",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			p.Count(s.Address)
			here := interfacesIn(p, func(in *graph.Subnet) bool { return in == s })
			if len(here.functions) == 0 {
				return
			}
			cidr, known := s.CIDR.Get(p.World)
			if known.IsFalse() || s.Account != nil && known.IsUnknown() {
				return // it has no IPv4 range, or whoever wrote the account down had no use for it
			}
			free := 1<<max(32-cidr.Bits(), 0) - aws.ReservedAddresses
			n := here.count()
			v := known
			if v.IsTrue() {
				v = fact.Of(cidr.Bits() >= aws.LongestSubnetPrefix || n > free)
			}
			p.Ask(v, s.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: s.At("CidrBlock"), Affects: here.functions,
					Message: fmt.Sprintf("subnet %q has %d addresses for all that is in it, and Lambda takes %d at "+
						"least and more under load: without a free one functions cannot be invoked",
						s.Address, free, n),
					Remedy: "give functions a subnet with a larger range",
				}
			})
		})
	},
}
