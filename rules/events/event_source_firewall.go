package events

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var behind = []trace.Role{
	trace.RoleSubnet, trace.RoleNATSubnet, trace.RoleInstance, trace.RoleEndpoint, trace.RoleTarget,
}

// EventSourceFirewall flags security groups and network ACLs that stop the pollers of an event source mapping: on the
// way to the brokers, whose groups they have themselves, or to the services that they call.
var EventSourceFirewall = &rules.Rule{
	Name:     "event_source_firewall",
	Severity: rules.Warning,
	All:      true,
	Owns: slices.Concat(
		inside.Stops(trace.GroupRules, trace.RoleFunction, trace.RoleEndpoint, trace.RoleTarget),
		inside.Stops(trace.ACLEgress, behind...), inside.Stops(trace.ACLReturn, behind...),
	),
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			p.Count(s.Address)
			var closed []stop
			for _, n := range needs.Services {
				ask(p, s, aim{n, trace.Service(n.Name), n.Name, []int{0}}, needs.Direct(need.Strong), &closed)
			}
			for _, n := range needs.Nodes {
				ask(p, s, brokers(p, n), fact.Yes(), &closed)
			}
			for _, c := range closed {
				p.Report(fact.Yes(), c.finding(p, s))
			}
		})
	},
}

// aim is what the pollers connect to, on one of the ports; 0 is the usual one.
type aim struct {
	need.Need
	to    trace.Destination
	name  string
	ports []int
}

// brokers is the event source. Brokers of MSK listen on a port for each way to sign in, and which one the pollers use
// may not be known. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
func brokers(p *rules.Pass, n need.Need) aim {
	a := aim{n, trace.Node(n.Name), quote(n.Name), []int{0}}
	d := p.DataStores.At(n.Name)
	if d != nil && d.Kind == string(aws.MSKCluster) {
		if _, known := d.Port.Get(p.World); !known.IsTrue() {
			a.ports = []int{aws.MSKTLS, aws.MSKPlain, aws.MSKSCRAM, aws.MSKIAM}
		}
	}
	return a
}

// ask adds the stops of the ways to a to closed. Of a way that may be stopped it reports that.
func ask(p *rules.Pass, s rules.Sender, a aim, direct fact.Verdict, closed *[]stop) {
	paths, _ := p.Paths(s, trace.Flow{To: a.to, Port: a.ports[0]})
	for i, path := range paths {
		v := fact.And(enabled(p, s), direct, p.Stopped(path))
		for _, port := range a.ports[1:] {
			others, _ := p.Paths(s, trace.Flow{To: a.to, Port: port})
			v = fact.And(v, p.Stopped(others[i]))
		}
		if !v.IsTrue() {
			p.Report(v, rules.Finding{Resource: s.Address, Span: s.Span, Key: a.name, Affects: s.Affected()})
			continue
		}
		for _, hop := range p.Stops(path) {
			at := slices.IndexFunc(*closed, func(c stop) bool { return c.Address == hop.Address && c.Role == hop.Role })
			if at < 0 {
				at = len(*closed)
				*closed = append(*closed, stop{Hop: hop, path: path, because: because(s, a.Need)})
			}
			if c := &(*closed)[at]; !slices.Contains(c.names, a.name) {
				fix := a.fix(p, s, path, hop)
				if len(c.names) > 0 {
					fix = rules.Both(c.fix, fix)
				}
				c.fix, c.names = fix, append(c.names, a.name)
			}
		}
	}
}
