package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DatastoreUnreachable flags functions outside the VPC of a private data store that their configuration names. Whether
// the way inside a VPC is open is for the firewall rules. It asks about functions, since only they show what they need,
// and looks at what sends their packets.
var DatastoreUnreachable = &rules.Rule{
	Name:     "datastore_unreachable",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			needs := p.Needs(f)
			p.Await(needs.Complete())
			p.Count(f.Address)
			for _, n := range needs.Nodes {
				if d := p.Store(n.Name); d != nil && n.Strength == need.Strong {
					apart, finding := unreachable(p, f, d, n)
					if !reportUnrouted(p, f, d, n, apart) {
						p.Report(apart, finding)
					}
				}
			}
		})
	},
}

func unreachable(p *rules.Pass, f *graph.Function, d *graph.DataStore, n need.Need) (fact.Verdict, rules.Finding) {
	from, attached := p.SenderOf(f)
	why := "the function is not in a VPC"
	if attached.IsTrue() {
		why = "the function is in another VPC"
	}
	inNone := attached.Not()
	if d.Kind == string(aws.FileSystem) {
		inNone = fact.No() // file_system_without_vpc speaks
	}
	outside := fact.Or(inNone, fact.And(apart(p, from.Subnets, d.Subnets),
		joined(p, from.Subnets, d.Subnets).Not()))
	hidden, how := private(p, d), "has no public address"
	if d.Kind == string(aws.Instance) {
		how = "is named by its private address"
	}
	if !hidden.IsTrue() && !outside.IsFalse() {
		hidden, how = fact.Or(hidden, walled(p, d)), "is in subnets without a route to an internet gateway"
	}
	return fact.And(p.Exists(d), hidden, outside), rules.Finding{
		Resource: f.Address, Span: f.At("VpcConfig"), Key: d.Address, Affects: []string{f.Address},
		Trace: []trace.Hop{
			rules.Because(&f.Header, n),
			{Address: d.Address, Span: d.Span, Role: trace.RoleTarget,
				Message: fmt.Sprintf("%s %q %s", d.Kind, d.Address, how)},
		},
		Message: fmt.Sprintf("function %q cannot connect to %s %q, because %s and the %s %s",
			f.Address, d.Kind, d.Address, why, d.Kind, how),
		Remedy: fmt.Sprintf("attach function %q to subnets in the VPC of %q", f.Address, d.Address),
	}
}
