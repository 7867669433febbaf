package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportUncovered asks of each subnet of the function whether its zone has a mount target of the file system. Lambda
// looks for one in every zone.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
func reportUncovered(p *rules.Pass, f *graph.Function, d *graph.DataStore) {
	from, _ := p.SenderOf(f)
	for _, it := range p.SubnetsOf(from).Items {
		s := it.Value
		covered := d.Subnets.In(p.World).Any(func(target graph.Ref[graph.Subnet]) fact.Verdict {
			return covers(p, target, s)
		})
		lacks := fact.And(p.Exists(d), covered.Not(), needsEveryZone(d))
		p.Ask(lacks, d.Address, "zone of "+s.Address, func() rules.Finding {
			return rules.Finding{
				Span: d.Span, Severity: rules.Error, Affects: []string{f.Address},
				Trace: []trace.Hop{from.Hop(), {Address: s.Address, Span: s.Span,
					Message: fmt.Sprintf("subnet %q of the function", s.Address)}},
				Message: fmt.Sprintf("function %q cannot be created, because %q has no mount target in the "+
					"Availability Zone of subnet %q", f.Address, d.Address, s.Address),
				Remedy: fmt.Sprintf("add a mount target of %q in subnet %q", d.Address, s.Address),
			}
		})
	}
}

// needsEveryZone says whether Lambda demands a mount target in each zone of the function. It does so for EFS; of S3
// Files nothing is written.
func needsEveryZone(d *graph.DataStore) fact.Verdict {
	if d.Kind == string(aws.FileSystem) {
		return fact.Yes()
	}
	return fact.Wants(fact.Missing{
		Kind: fact.Semantics, Name: "whether a " + d.Kind + " needs mount targets in every zone", Span: d.Span,
	})
}

// covers says whether the subnet of a mount target is in the same zone as the other subnet.
func covers(p *rules.Pass, target graph.Ref[graph.Subnet], s *graph.Subnet) fact.Verdict {
	if v := graph.Names(p.View, &p.Subnets, target, s); v.IsTrue() {
		return v
	}
	t, known := graph.Lookup(p.View, &p.Subnets, target)
	if t == nil {
		return fact.Wants(known.Missing...)
	}
	return p.SameZone(t, s)
}
