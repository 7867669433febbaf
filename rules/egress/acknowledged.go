package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// objection is why the author's word that the function needs no internet does not count. It stands, and says nothing,
// where there is no such word.
type objection struct {
	stands   fact.Verdict
	evidence string
}

// objectionOf looks for something that the function needs and that its public subnets do not reach.
func objectionOf(p *rules.Pass, from rules.Sender) objection {
	acknowledged := fact.Some(from.Functions, func(f *graph.Function) fact.Verdict {
		return fact.IsOn(f.PublicAcknowledged, p.World)
	})
	if acknowledged.IsFalse() {
		return objection{stands: fact.Yes()}
	}
	out := objection{stands: acknowledged.Not()}
	for n, to := range rules.Outside(p.NeedsOf(from)) {
		cut := look(p, from, to).every(func(path rules.SubnetPath) fact.Verdict {
			return rules.StoppedBy(path, rules.AtGateway)
		})
		if cut.IsTrue() && out.evidence == "" {
			out.evidence = n.Evidence
		}
		out.stands = fact.Or(out.stands, cut)
	}
	return out
}

func (o objection) clause() string {
	if o.evidence == "" {
		return ""
	}
	return "; AllowPublicSubnet acknowledges that, but " + o.evidence
}
