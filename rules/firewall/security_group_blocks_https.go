package firewall

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SecurityGroupBlocksHTTPS flags security groups that let something out, but not TCP 443 to what the function
// certainly calls.
var SecurityGroupBlocksHTTPS = &rules.Rule{
	Name:     "security_group_blocks_https",
	Severity: rules.Warning,
	Owns:     to(trace.ClassInternet, trace.ClassService).Stops(trace.GroupRules, trace.RoleFunction),
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			finding := rules.Finding{Resource: s.Address, Span: s.At("VpcConfig.SecurityGroupIds")}
			verdicts := []fact.Verdict{fact.No()}
			var blocked []string
			for n, to := range rules.Outside(needs) {
				if n.Strength != need.Strong {
					continue
				}
				paths, open := p.Paths(s, trace.Flow{To: to})
				// From a subnet that is not here, a public host may have a private address as a service does.
				if path, ok := p.Unseen(s, trace.Flow{To: trace.Service(n.Name)}); ok {
					paths = append(paths, path)
				}
				for _, path := range paths {
					stopped := p.Stopped(path)
					if !stopped.IsFalse() {
						stopped = fact.And(stopped, here(p, path, to), overIPv6(p, s, path.Subnet, to, n.Name).Not())
					}
					verdicts = append(verdicts, stopped)
					if stopped.IsTrue() && !slices.Contains(blocked, n.Name) {
						fix := p.LetOutToEndpoint(s, path)
						if len(blocked) > 0 {
							fix = rules.Both(finding.Fix, fix)
						}
						finding.Fix, blocked = fix, append(blocked, n.Name)
						at := p.Stop(path)
						finding.Resource, finding.Span, finding.Trace = at.Address, at.Span,
							append(s.Evidence(path.Result), rules.Because(s.Header, n))
					}
				}
				verdicts = append(verdicts, fact.Doubt(open))
			}
			closed := fact.Or(verdicts...)
			if !closed.IsFalse() {
				closed = fact.And(p.UnlessNoEgress(closed, s.Groups), needs.Direct(need.Strong))
			}
			p.Ask(closed, finding.Resource, "", func() rules.Finding {
				finding.Affects = s.Affected()
				finding.Message = fmt.Sprintf("%s cannot reach %s: no rule of its security groups lets TCP 443 out "+
					"there", s.Name(), strings.Join(blocked, ", "))
				finding.Remedy = "add an egress rule for TCP 443 to 0.0.0.0/0, or to the endpoint's security group " +
					"or prefix list"
				return finding
			})
		})
	},
}
