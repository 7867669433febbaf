package egress

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATInPrivateSubnet flags NAT gateways whose own subnet has no internet gateway behind it.
var NATInPrivateSubnet = &rules.Rule{
	Name:     "nat_in_private_subnet",
	Severity: rules.Error,
	Owns: slices.Concat(
		ofFunctions.Stops(trace.NoRoute, trace.RoleNATSubnet),
		ofFunctions.Stops(trace.NATToNAT, trace.RoleNAT),
	),
	Run: func(p *rules.Pass) {
		reportStops(p, trace.RoleNAT, func(p *rules.Pass, stop trace.Hop, _ *trace.Result) rules.Finding {
			finding, subnet := natFinding(p, stop)
			finding.Message = fmt.Sprintf("NAT gateway %q carries nothing to the internet: its subnet %q has no "+
				"route to an internet gateway", stop.Address, subnet)
			finding.Remedy = "put the NAT gateway into a public subnet, one whose default route points at the " +
				"internet gateway"
			return finding
		})
	},
}
