package egress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATInstance flags instances and interfaces that routes use as a NAT but that cannot serve as one.
var NATInstance = &rules.Rule{
	Name:     "nat_instance",
	Severity: rules.Error,
	Owns: slices.Concat(
		ofFunctions.Stops(trace.SourceDestCheck, trace.RoleInstance),
		ofFunctions.Stops(trace.NoPublicAddress, trace.RoleInstance),
		ofFunctions.Stops(trace.NoRoute, trace.RoleInstance),
		ofFunctions.Stops(trace.GroupRules, trace.RoleInstance),
		ofFunctions.Stops(trace.NATLoop, trace.RoleInstance),
	),
	Run: func(p *rules.Pass) {
		reportStops(p, trace.RoleInstance, func(_ *rules.Pass, stop trace.Hop, result *trace.Result) rules.Finding {
			var why, remedies []string
			for _, c := range causesAt(stop, result) {
				why, remedies = append(why, whyNot(c)), append(remedies, natInstanceRemedy(p, c))
			}
			return rules.Finding{
				Message: fmt.Sprintf("instance %q is the way to the internet but cannot serve as a NAT: %s",
					stop.Address, strings.Join(why, "; ")),
				Remedy: strings.Join(remedies, "; "),
			}
		})
	},
}

// causesAt are those of all that stops a function's packet at such instances, each once: all of it must change.
// Without a function it is the one that stops it first.
func causesAt(stop trace.Hop, result *trace.Result) []trace.Cause {
	if result == nil {
		return []trace.Cause{stop.Cause}
	}
	var out []trace.Cause
	for _, b := range result.Blocks {
		if b.Role == stop.Role && !slices.Contains(out, b.Cause) {
			out = append(out, b.Cause)
		}
	}
	return out
}

func whyNot(c trace.Cause) string {
	switch c {
	case trace.SourceDestCheck:
		return "its source/destination check is on, so EC2 drops packets that are not its own"
	case trace.NoPublicAddress:
		return "it has no public IPv4 address"
	case trace.NoRoute:
		return "its subnet has no route to an internet gateway"
	case trace.NATLoop:
		return "the default route of its own subnet leads back to it"
	case trace.GroupRules:
		return "its security groups do not let the function's packets in"
	}
	return "its packets do not pass"
}

func natInstanceRemedy(p *rules.Pass, c trace.Cause) string {
	switch c {
	case trace.SourceDestCheck:
		return "set " + p.Word("SourceDestCheck") + " to false"
	case trace.NoPublicAddress:
		return "give it an Elastic IP address"
	case trace.NoRoute, trace.NATLoop:
		return "put it into a public subnet"
	}
	return "admit the function's security group, or the subnets' range, in its security group"
}
