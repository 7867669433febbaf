package attachment

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// vpcs are the VPCs of this deployment in which the subnets lie, each once. It is open for subnets and VPCs that are
// defined elsewhere.
func vpcs(p *rules.Pass, refs fact.List[graph.Ref[graph.Subnet]]) fact.Elements[*graph.VPC] {
	subnets := graph.Resolve(p.View, &p.Subnets, refs)
	out := fact.Elements[*graph.VPC]{Open: subnets.Open}
	for _, s := range subnets.Items {
		vpc, known := graph.Lookup(p.View, &p.VPCs, s.Value.VPC)
		out.Open = append(out.Open, known.Missing...)
		if vpc != nil && !slices.ContainsFunc(out.Items, func(it fact.Item[*graph.VPC]) bool { return it.Value == vpc }) {
			out.Items = append(out.Items, fact.Item[*graph.VPC]{Value: vpc, Span: s.Span})
		}
	}
	out.Open = fact.Unique(out.Open)
	return out
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
