package attachment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// FileSystemWithoutVPC flags functions that mount an EFS file system and are in no VPC.
var FileSystemWithoutVPC = &rules.Rule{
	Name:     "file_system_without_vpc",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			if len(f.FileSystems.Items) == 0 {
				return
			}
			mounts := f.FileSystems.In(p.World).Any(func(arn fact.Value[fact.Text]) fact.Verdict {
				text, known := arn.Get(p.World)
				if !known.IsTrue() {
					return known
				}
				return isEFS(p, text)
			})
			// For a function of a capacity provider, the provider's VPC counts.
			inNone := fact.And(p.InVPC(f).Not(), f.CapacityProvider.IsSet(p.World).Not())
			p.Ask(fact.And(mounts, inNone), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: f.FileSystems.Items[0].Value.Span, Affects: []string{f.Address},
					Message: fmt.Sprintf("function %q cannot be deployed, "+
						"because it mounts an EFS file system and is in no VPC", f.Address),
					Remedy: fmt.Sprintf("add a %s with subnets from which the mount targets can be reached",
						p.Word("VpcConfig")),
				}
			})
		})
	},
}

// isEFS says whether the ARN is one of EFS: as such, or as that of an access point of these files.
func isEFS(p *rules.Pass, arn fact.Text) fact.Verdict {
	isPoint := func(address string) bool {
		h := p.Head(address)
		return h != nil && aws.KindOf(h.Type) == aws.FileSystemAccessPoint
	}
	_, literal := arn.Literal()
	switch {
	case strings.Contains(arn.String(), ":elasticfilesystem:") || slices.ContainsFunc(arn.Addresses(), isPoint):
		return fact.Yes()
	case literal:
		return fact.No()
	}
	return fact.Wants(arn.Missing()...)
}
