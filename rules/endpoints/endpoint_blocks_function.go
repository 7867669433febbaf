package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EndpointBlocksFunction flags interface endpoints whose security groups keep out a function that needs their service.
// With private DNS names the endpoint takes all of the service's traffic, so that a NAT gateway is no help.
var EndpointBlocksFunction = &rules.Rule{
	Name:     "endpoint_blocks_function",
	Severity: rules.Error,
	Owns:     ofCode(trace.ClassService, trace.ClassNode).Stops(trace.GroupRules, trace.RoleEndpoint),
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			p.Count(s.Address)
			for _, n := range needs.Services {
				for _, path := range p.AllPaths(s, trace.Flow{To: trace.Service(n.Name)}) {
					reportClosed(p, s, n, needs, path)
					for _, other := range byName(p, s, n, path) {
						reportClosed(p, s, n, needs, other)
					}
				}
			}
		})
	},
}

func reportClosed(p *rules.Pass, s rules.Sender, n need.Need, needs need.Needs, path rules.SubnetPath) {
	owner := p.Stop(path)
	stops, resource := owner != nil, path.Subnet.Address
	if stops {
		resource = owner.Address
	}
	here := p.EndpointsFor(path.Subnet, "Interface", n.Name).Empty().Not()
	p.Ask(fact.And(here, p.Stopped(path), needs.Direct(n.Strength)), resource, "", func() rules.Finding {
		finding := rules.Finding{Span: path.Subnet.Span, Affects: s.Affected()}
		if n.Strength != need.Strong {
			finding.Severity = rules.Warning
		}
		if stops {
			finding.Span = owner.Span
			finding.Trace = append(s.Evidence(path.Result), rules.Because(s.Header, n))
			finding.Message = fmt.Sprintf("%s cannot reach %s: its VPC endpoint%s does not admit the function: %s",
				s.Name(), n.Name, endpointName(p, path), owner.Message)
			finding.Remedy = "admit TCP 443 from the function's security group, or from the VPC's range, in the " +
				"security group of the endpoint"
			if e := p.EndpointOn(path); e != nil {
				finding.Fix = p.LetIn(e.Groups, s.Groups, aws.HTTPS)
			}
		}
		return finding
	})
}

// endpointName is the endpoint that the path leads to, as it follows its kind in a sentence.
func endpointName(p *rules.Pass, path rules.SubnetPath) string {
	if e := p.EndpointOn(path); e != nil {
		return fmt.Sprintf(" %q", e.Address)
	}
	return ""
}
