package firewall

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// eachACLPath calls ask with the path of every flow of every sender from each of its subnets. A path that is open, or
// unknown for another reason than ACLs, is an answer too.
func eachACLPath(p *rules.Pass, ask func(p *rules.Pass, s rules.Sender, f flow, path rules.SubnetPath)) {
	each := func(p *rules.Pass, s rules.Sender) {
		for _, f := range flows(s, p.NeedsOf(s)) {
			paths, _ := p.Paths(s, trace.Flow{To: f.to, Port: f.Port})
			for _, path := range paths {
				ask(p, s, f, path)
			}
		}
	}
	rules.EachSender(p, each)
	rules.EachProxy(p, each)
	rules.EachTenant(p, func(p *rules.Pass, s rules.Sender) {
		internet := flows(s, need.Needs{})[0]
		path := p.Path(s, s.Tenancy(), trace.Flow{To: internet.to})
		p.Await(path.Reachable)
		if !slices.ContainsFunc(path.Blocks, rules.AtSubnet) {
			ask(p, s, internet, path)
		}
	})
}

// reportACL reports the path at the stop that owns it, if that is one of the pass's rule.
func reportACL(p *rules.Pass, s rules.Sender, f flow, path rules.SubnetPath, remedy string) {
	if path.Reachable.IsUnknown() && !filters(p, path) {
		return
	}
	owner := p.Stop(path)
	stops, resource := owner != nil, path.Subnet.Address
	if stops {
		resource = owner.Address
	}
	closed := p.Stopped(path)
	if !closed.IsFalse() {
		closed = fact.And(closed, fact.Of(meant(f, path)), here(p, path, f.to), withoutReason(p, s, f).Not())
	}
	p.Ask(closed, resource, "", func() rules.Finding {
		finding := rules.Finding{Span: path.Subnet.Span, Severity: severity(f), Affects: s.Affected()}
		if stops {
			finding.Span, finding.Trace = owner.Span, s.Evidence(path.Result)
			finding.Message = fmt.Sprintf("%s cannot reach %s: %s", s.Name(), f.name, owner.Message)
			finding.Remedy = remedy
		}
		return finding
	})
}

// severity is an Error for the default route, which says that the internet is wanted, and for strong needs.
func severity(f flow) rules.Severity {
	if f.to.Class == trace.ClassInternet || f.Strength == need.Strong {
		return rules.Error
	}
	return rules.Warning
}

// meant reports that the way is one that the author wants open: there is a default route, strong evidence of the need,
// or nothing else that stops the path.
func meant(f flow, path rules.SubnetPath) bool {
	isolated := slices.ContainsFunc(path.Blocks, rules.AtTable)
	otherwise := slices.ContainsFunc(path.Blocks, func(h *trace.Hop) bool {
		return h.Cause != trace.ACLEgress && h.Cause != trace.ACLReturn
	})
	return f.Strength == need.Strong || !otherwise || f.to.Class == trace.ClassInternet && !isolated
}

// withoutReason says whether the flow is one to the internet, which all functions of the sender are declared to do
// without and none seems to need.
func withoutReason(p *rules.Pass, s rules.Sender, f flow) fact.Verdict {
	return fact.And(fact.Of(f.to.Class == trace.ClassInternet && f.Strength == need.None), p.Isolated(s))
}

// filters reports that the ACL of the path's first subnet may be one that denies something.
func filters(p *rules.Pass, path rules.SubnetPath) bool {
	acl, _ := p.ACL(path.Subnet)
	return acl == nil || !acl.AllowAll
}
