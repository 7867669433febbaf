package firewall

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DatastoreBlocksFunction flags security groups between a function and a data store that it refers to.
var DatastoreBlocksFunction = &rules.Rule{
	Name:     "datastore_blocks_function",
	Severity: rules.Warning,
	Owns:     to(trace.ClassNode).Stops(trace.GroupRules, trace.RoleFunction, trace.RoleTarget),
	Run: func(p *rules.Pass) {
		rules.EachSender(p, reportDatastores)
		rules.EachProxy(p, reportDatastores)
	},
}

func reportDatastores(p *rules.Pass, s rules.Sender) {
	needs := p.NeedsOf(s)
	p.Await(needs.Complete())
	p.Count(s.Address)
	for _, n := range referred(p, s, needs) {
		d := p.Store(n.Name)
		if d == nil || behindProxy(p, s, needs, d) {
			continue
		}
		flow := trace.Flow{To: trace.Node(d.Address), Port: n.Port}
		for _, path := range p.AllPaths(s, flow) {
			for _, stop := range p.Stops(path) {
				reportDatastore(p, s, d, n, path, stop)
			}
		}
	}
}

// reportDatastore reports the path at the stop, nil where it is not blocked.
func reportDatastore(
	p *rules.Pass, s rules.Sender, d *graph.DataStore, n need.Need, path rules.SubnetPath, owner *trace.Hop,
) {
	resource, key := d.Address, d.Address
	stops := owner != nil
	if stops {
		resource, key = owner.Address, ""
		if number := port(p, d, n); number != 0 {
			key = strconv.Itoa(number)
		}
	}
	mine := stops && owner.Role == trace.RoleFunction
	v := p.Stopped(path)
	if !v.IsFalse() {
		inVPC := fact.Or(d.Subnets.In(p.World).Empty().Not(), d.Groups.In(p.World).Empty().Not())
		// else incomplete_vpc_config speaks
		grouped := fact.Or(fact.Of(s.IsAgent()), s.Groups.In(p.World).Empty().Not())
		near := fact.Of(!slices.ContainsFunc(path.Blocks, rules.AtTable)) // else datastore_unreachable speaks
		v = fact.And(p.Exists(d), inVPC, grouped, near, v)
	}
	if mine && !v.IsFalse() {
		v = p.UnlessNoEgress(v, s.Groups) // else security_group_no_egress speaks
	}
	p.Ask(v, resource, key, func() rules.Finding {
		finding := rules.Finding{Span: d.Span, Affects: s.Affected(), Severity: unmountable(p, s, d)}
		if stops {
			finding.Span, finding.Trace = owner.Span, append(s.Evidence(path.Result), rules.Because(s.Header, n))
			finding.Message = fmt.Sprintf("%s cannot connect to %s %q: %s", s.Name(), d.Kind, d.Address, owner.Message)
			finding.Remedy = fmt.Sprintf("admit the %s's security group in that of %q, on its port",
				s.Kind(), d.Address)
			finding.Fix = p.LetIn(d.Groups, s.Groups, port(p, d, n))
		}
		if mine {
			finding.Fix = p.LetOut(s.Groups, d.Groups, port(p, d, n))
			finding.Remedy = fmt.Sprintf("let the port of %q out of the %s's security group", d.Address, s.Kind())
		}
		return finding
	})
}

// unmountable is Error for a file system that the sender mounts and cannot connect to from any of its subnets: its
// functions do not start then. Otherwise the severity is left to the rule.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
func unmountable(p *rules.Pass, s rules.Sender, d *graph.DataStore) rules.Severity {
	paths, _ := p.Paths(s, trace.Flow{To: trace.Node(d.Address)})
	if !d.Mounted || slices.ContainsFunc(paths, func(path rules.SubnetPath) bool { return !path.Reachable.IsFalse() }) {
		return 0
	}
	return rules.Error
}
