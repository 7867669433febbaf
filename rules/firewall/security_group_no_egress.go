package firewall

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SecurityGroupNoEgress flags functions whose security groups let nothing out at all. Where a group does so by a rule
// to an address that nobody has, the author may mean it.
var SecurityGroupNoEgress = &rules.Rule{
	Name:     "security_group_no_egress",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			groups := graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items
			resource := s.Address
			if len(groups) > 0 {
				resource = groups[0].Value.Address
			}
			p.Ask(p.NoEgress(s.Groups), resource, "", func() rules.Finding {
				at := s.At("VpcConfig.SecurityGroupIds")
				if len(groups) > 0 {
					at = groups[0].Value.At("SecurityGroupEgress")
				}
				finding := rules.Finding{
					Span: at, Affects: s.Affected(),
					Message: fmt.Sprintf("%s can send nothing, neither inside the VPC nor out of it: no rule of its "+
						"security groups lets TCP or UDP out", s.Name()),
					Remedy: "add an egress rule for what the function calls, such as TCP 443 to 0.0.0.0/0",
				}
				for _, it := range groups {
					if saysNowhere(p, it.Value) {
						finding.Severity = meantSeverity(p.NeedsOf(s))
					}
					finding.Trace = append(finding.Trace,
						trace.Hop{Address: it.Value.Address, Span: it.Value.Span, Role: trace.RoleFunction,
							Message: fmt.Sprintf("security group %q has no egress rule for TCP or UDP to an address "+
								"in use",
								it.Value.Address)})
				}
				return finding
			})
		})
	},
}

// meantSeverity is that of groups which are closed on purpose: a Note while nothing shows that the function calls
// anything.
func meantSeverity(needs need.Needs) rules.Severity {
	if len(needs.Services)+len(needs.Nodes)+len(needs.Internet) == 0 {
		return rules.Note
	}
	return rules.Warning
}

// saysNowhere says whether a rule of the group is there only to take away the one that AWS gives a group without rules.
func saysNowhere(p *rules.Pass, g *graph.SecurityGroup) bool {
	return graph.Existing(p.View, g.Egress).Any(func(r *graph.SecurityGroupRule) fact.Verdict {
		return r.CIDR.Is(p.World, rules.Nowhere)
	}).IsTrue()
}
