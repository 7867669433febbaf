package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATWithoutAddress flags NAT gateways that get no Elastic IP address, get it in the wrong form, or must not have one.
var NATWithoutAddress = &rules.Rule{
	Name:     "nat_without_address",
	Severity: rules.Error,
	Owns:     ofFunctions.Stops(trace.NATNoAddress, trace.RoleNAT),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			public, zonal := p.IsPublic(n), p.IsZonal(n)
			wrong := n.Allocation.Is(p.World, func(a graph.Allocation) bool { return a.Attribute == "PublicIp" })
			report := func(v fact.Verdict, key, message, remedy string) {
				f := rules.Finding{
					Resource: n.Address, Span: n.At("AllocationId"), Key: key,
					Message: fmt.Sprintf("NAT gateway %q will not deploy: %s", n.Address, message), Remedy: remedy,
				}
				if key == "form" {
					f.Fix = byAllocation(p, n)
				}
				p.Report(v, f)
			}
			allocation := p.Word("AllocationId")
			lack, remedy := "it is public and has no Elastic IP address",
				"set "+allocation+" to the allocation id of an Elastic IP"
			if a, given := n.Allocation.Get(p.World); given.IsTrue() {
				lack = fmt.Sprintf("its Elastic IP address %q is not created when the gateway is",
					a.Address)
				remedy = "create the two under the same condition"
			}
			report(fact.And(public, zonal, p.Allocated(n).Not()), "none", lack, remedy)
			report(fact.And(zonal, wrong), "form",
				allocation+" is given the address itself and not its allocation id",
				fmt.Sprintf("use %s in place of %s", p.Language.AllocationID, p.Language.PublicIP))
			report(fact.And(public.Not(), n.Allocation.IsSet(p.World)), "private",
				"it is private and is given an Elastic IP address",
				"remove "+allocation+", or set "+p.Word("ConnectivityType")+" to public")
		})
	},
}

// byAllocation is the fix that gives a NAT gateway the allocation id of its address in place of the address itself.
func byAllocation(p *rules.Pass, n *graph.NATGateway) rules.Fix {
	a, _ := n.Allocation.Get(p.World)
	address := p.ElasticIPs.Get(a.Address)
	if address == nil {
		return nil
	}
	return rules.Set.Refer(n.Head(), "AllocationId", address.Head(), "AllocationId")
}
