package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PrivateNATToInternet flags private NAT gateways that are used as the way to the internet.
var PrivateNATToInternet = &rules.Rule{
	Name:     "private_nat_to_internet",
	Severity: rules.Error,
	Owns:     ofFunctions.Stops(trace.NATIsPrivate, trace.RoleNAT),
	Run: func(p *rules.Pass) {
		reportStops(p, trace.RoleNAT, func(p *rules.Pass, stop trace.Hop, _ *trace.Result) rules.Finding {
			finding := rules.Finding{
				Message: fmt.Sprintf("NAT gateway %q is private: it has no public address, and nothing that it "+
					"sends reaches the internet", stop.Address),
				Remedy: "set " + p.Word("ConnectivityType") + " to public and give it an Elastic IP address",
			}
			if n := p.NATGateways.At(stop.Address); n != nil {
				finding.Span = n.At("ConnectivityType")
			}
			return finding
		})
	},
}
