package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATRouteLoop flags NAT gateways whose packets come back to them.
var NATRouteLoop = &rules.Rule{
	Name:     "nat_route_loop",
	Severity: rules.Error,
	Owns:     ofFunctions.Stops(trace.NATLoop, trace.RoleNAT),
	Run: func(p *rules.Pass) {
		reportStops(p, trace.RoleNAT, func(p *rules.Pass, stop trace.Hop, _ *trace.Result) rules.Finding {
			finding, subnet := natFinding(p, stop)
			finding.Message = fmt.Sprintf("NAT gateway %q sends its packets in a circle: the default route of its "+
				"subnet %q leads back to it", stop.Address, subnet)
			finding.Remedy = "put the NAT gateway into a subnet of its own route table, whose default route points " +
				"at the internet gateway"
			return finding
		})
	},
}
