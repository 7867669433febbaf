package firewall

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SecurityGroupNoEgress flags functions whose security groups let nothing out at all. Where a function calls nothing,
// or a group does so by a rule to an address that nobody has, the author may mean it.
var SecurityGroupNoEgress = &rules.Rule{
	Name:     "security_group_no_egress",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		each := func(p *rules.Pass, s rules.Sender) {
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
					Span: at, Severity: closedSeverity(p, s, groups), Affects: s.Affected(),
					Message: s.Name() + " can send nothing, neither inside the VPC nor out of it: " +
						"no rule of its security groups lets TCP or UDP out",
					Remedy: "add an egress rule for what the " + s.Kind() + " calls" + example(s),
				}
				for _, it := range groups {
					g := it.Value
					finding.Trace = append(finding.Trace, trace.Hop{
						Address: g.Address, Span: g.Span, Role: trace.RoleFunction,
						Message: fmt.Sprintf("security group %q has no egress rule for TCP or UDP to an address in use",
							g.Address),
					})
				}
				return finding
			})
		}
		rules.EachSender(p, each)
		rules.EachProxy(p, each)
	},
}

// example is a rule that code often needs.
func example(s rules.Sender) string {
	if s.IsAgent() {
		return ""
	}
	return ", such as TCP 443 to 0.0.0.0/0"
}

// closedSeverity is that of groups which let nothing out: an Error where the sender needs something, a Note where it
// calls nothing and so works as it is. In between are functions that may call what no file names, or that have the
// default group of their VPC, which people empty so that nothing uses it. A rule that closes a group on purpose shows
// that nothing more is wanted than what is named.
func closedSeverity(p *rules.Pass, s rules.Sender, groups []fact.Item[*graph.SecurityGroup]) rules.Severity {
	needs := p.NeedsOf(s)
	meant := p.ClosedOnPurpose(s.Groups)
	borrowed := slices.ContainsFunc(groups, func(it fact.Item[*graph.SecurityGroup]) bool {
		return isDefault(p, it.Value)
	})
	needed := len(needs.Services)+len(needs.Internet)+len(referred(p, s, needs)) > 0
	switch {
	case needed && !meant:
		return rules.Error
	case needed, !meant && (borrowed || !rules.CallsNothing(s, needs)):
		return rules.Warning
	}
	return rules.Note
}

// isDefault reports that the group is certainly the default one of its VPC.
func isDefault(p *rules.Pass, g *graph.SecurityGroup) bool {
	vpc, _ := p.VPC(g.VPC)
	is := func(id graph.ID[graph.SecurityGroup]) bool { return string(id) == g.Address }
	return vpc != nil && vpc.DefaultGroup.Is(p.World, is).IsTrue()
}
