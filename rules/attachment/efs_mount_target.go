package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EFSMountTarget flags functions that may be created before the mount targets of the file system that they mount, or in
// a zone without one. Only functions mount file systems. Those of S3 Files have mount targets as those of EFS have.
var EFSMountTarget = &rules.Rule{
	Name:     "efs_mount_target",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			for _, n := range p.Needs(f).Nodes {
				if d := p.DataStores.At(n.Name); d != nil && d.Mounted {
					reportUnawaited(p, f, d)
					reportUncovered(p, f, d)
				}
			}
		})
	},
}

// reportUnawaited asks for the mount targets in the function's own subnets, through which it connects. Those in other
// zones need not be ready.
func reportUnawaited(p *rules.Pass, f *graph.Function, d *graph.DataStore) {
	early := fact.No()
	var targets []trace.Hop
	subnets := f.Subnets.In(p.World)
	for t := range p.MountTargets.All() {
		v := graph.Names(p.View, &p.DataStores, t.FileSystem, d)
		if v.IsFalse() {
			continue
		}
		here := subnets.Any(func(s graph.Ref[graph.Subnet]) fact.Verdict {
			return graph.Same(p.View, &p.Subnets, s, t.Subnet)
		})
		v = fact.And(v, p.Exists(t), here)
		if v.IsFalse() || p.DependsOn(f.Address, t.Address) || p.DependsOn(t.Address, f.Address) {
			continue
		}
		early = fact.Or(early, v)
		targets = append(targets, trace.Hop{Address: t.Address, Span: t.Span,
			Message: fmt.Sprintf("%q is a mount target of %q in a subnet of the function", t.Address, d.Address)})
		if len(targets) == aws.MaxSubnets { // one in each subnet of the function
			break
		}
	}
	p.Ask(early, f.Address, d.Address, func() rules.Finding {
		var others []string
		for _, t := range targets {
			others = append(others, t.Address)
		}
		return rules.Finding{
			Span: f.Span, Affects: []string{f.Address}, Trace: targets,
			Message: fmt.Sprintf("function %q may be created before mount target %q of %q is ready, and then %s",
				f.Address, targets[0].Address, d.Address, tooEarly(d)),
			Remedy: fmt.Sprintf("make function %q depend on the mount targets of %q", f.Address, d.Address),
			Fix:    p.DependOn(f.Head(), others...),
		}
	})
}

// tooEarly is what becomes of a function that is created before the mount targets of the file system: Lambda refuses it
// where that is EFS. Of S3 Files it is only known that a mount fails without a connection.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
func tooEarly(d *graph.DataStore) string {
	if d.Kind == string(aws.FileSystem) {
		return "its creation fails"
	}
	return "it cannot mount the file system"
}
