package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DedicatedTenancy flags VPCs whose tenancy Lambda cannot use for a function. Instances may be on dedicated hardware.
var DedicatedTenancy = &rules.Rule{
	Name:     "dedicated_tenancy",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			vpc, known := p.VPCOfFunction(f)
			if vpc != nil {
				dedicated(p, f, vpc)
				return
			}
			p.Report(known, rules.Finding{Resource: f.Address, Span: f.At("VpcConfig"), Affects: []string{f.Address}})
		})
	},
}

func dedicated(p *rules.Pass, f *graph.Function, vpc *graph.VPC) {
	p.Ask(isOneOf(p.World, vpc.Tenancy, "dedicated", "host"), vpc.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: vpc.At("InstanceTenancy"), Affects: []string{f.Address},
			Message: fmt.Sprintf("Lambda functions cannot connect to VPC %q, because its instances are on dedicated "+
				"hardware", vpc.Address),
			Remedy: fmt.Sprintf("set %s of %q to default, or attach the functions to a VPC with default tenancy "+
				"that is peered with it", p.Word("InstanceTenancy"), vpc.Address),
		}
	})
}

// isOneOf says whether the text is one of names; an unset one is none of them.
func isOneOf(w *fact.World, v fact.Value[fact.Text], names ...string) fact.Verdict {
	text, ok := v.Get(w)
	if !ok.IsTrue() {
		return ok
	}
	same := make([]fact.Verdict, len(names))
	for i, name := range names {
		same[i] = fact.Same(text, fact.Lit(name))
	}
	return fact.Or(same...)
}
