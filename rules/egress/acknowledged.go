package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
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
	acknowledged := fact.No()
	for _, f := range from.Functions {
		acknowledged = fact.Or(acknowledged, f.PublicAcknowledged.Is(p.World, func(yes bool) bool { return yes }))
	}
	if acknowledged.IsFalse() {
		return objection{stands: fact.Yes()}
	}
	out := objection{stands: acknowledged.Not()}
	needs := p.NeedsOf(from)
	missed := func(n need.Need, to trace.Destination) {
		cut := look(p, from, to).every(func(path rules.SubnetPath) fact.Verdict {
			return rules.StoppedBy(path, rules.AtGateway)
		})
		if cut.IsTrue() && out.evidence == "" {
			out.evidence = n.Evidence
		}
		out.stands = fact.Or(out.stands, cut)
	}
	for _, n := range needs.Services {
		missed(n, trace.Service(n.Name))
	}
	for _, n := range needs.Internet {
		missed(n, trace.Internet(4))
	}
	return out
}

func (o objection) clause() string {
	if o.evidence == "" {
		return ""
	}
	return "; AllowPublicSubnet acknowledges that, but " + o.evidence
}
