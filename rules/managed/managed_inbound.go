package managed

import (
	"fmt"
	"net/netip"

	"go4.org/netipx"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedInbound flags capacity providers whose instances have public addresses and admit everyone. Unlike functions,
// instances can be reached.
var ManagedInbound = &rules.Rule{
	Name:     "managed_inbound",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachSenderOn(p, trace.EC2, func(p *rules.Pass, s rules.Sender) {
			p.Count(s.Address)
			paths, _ := p.Paths(s, trace.Flow{To: trace.Internet(4)})
			for _, it := range graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items {
				for _, path := range paths {
					admitting(p, s, it.Value, path)
				}
			}
		})
	},
}

// admitting asks whether the group admits everyone to instances in the subnet of the path.
func admitting(p *rules.Pass, s rules.Sender, g *graph.SecurityGroup, path rules.SubnetPath) {
	public := fact.And(path.Reachable, fact.Of(path.Via == string(trace.RoleGateway)))
	var rule, wide *graph.SecurityGroupRule
	var parts netipx.IPSetBuilder
	open := graph.Existing(p.View, g.Ingress).Any(func(r *graph.SecurityGroupRule) fact.Verdict {
		v := r.CIDR.Is(p.World, func(c netip.Prefix) bool {
			if parts.AddPrefix(c); wide == nil && c.Addr().Is4() && c.Bits() <= 8 {
				wide = r
			}
			return c.Masked() == everyone
		})
		if rule == nil && !v.IsFalse() || v.IsTrue() {
			rule = r
		}
		return v
	})
	if all, _ := parts.IPSet(); all != nil && all.ContainsPrefix(everyone) && !open.IsTrue() {
		open, rule = fact.Yes(), wide // two halves, or smaller parts
	}
	if rule == nil {
		return
	}
	p.Ask(fact.And(public, open), s.Address, g.Address, func() rules.Finding {
		return rules.Finding{
			Span: rule.Span, Affects: p.Guests(s), Trace: s.Evidence(path.Result),
			Message: fmt.Sprintf("everyone may connect to the instances of %s: they get public addresses in subnet "+
				"%q, and security group %q admits the whole internet", s.Name(), path.Subnet.Address, g.Address),
			Remedy: "remove the ingress rule: what calls functions on instances needs none",
		}
	})
}

var everyone = netip.MustParsePrefix("0.0.0.0/0")
