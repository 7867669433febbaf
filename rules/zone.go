package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// SameZone says whether two subnets are in one Availability Zone. Without one, AWS chooses it, and that is Unknown.
func (p *Pass) SameZone(s, t *graph.Subnet) fact.Verdict {
	if s == t {
		return fact.Yes()
	}
	a, okA := p.zone(s)
	b, okB := p.zone(t)
	return fact.And(okA, okB, sameZone(a, b))
}

func (p *Pass) zone(s *graph.Subnet) (fact.Text, fact.Verdict) {
	text, set := s.AZ.Get(p.World)
	if set.IsTrue() {
		return text, set
	}
	return nil, fact.Wants(fact.Missing{Kind: fact.Attribute, Name: "Availability Zone of " + s.Address, Span: s.Span})
}

// sameZone compares zones as they are written. Two elements of one list, such as that of Fn::GetAZs, are two zones.
func sameZone(a, b fact.Text) fact.Verdict {
	for len(a) > 0 && len(b) > 0 && a[0].Symbol != "" && a[0].Symbol == b[0].Symbol {
		a, b = a[1:], b[1:]
	}
	x, knownX := a.Literal()
	y, knownY := b.Literal()
	switch {
	case a.String() == b.String():
		return fact.Yes()
	case knownX && knownY:
		return fact.Of(x == y)
	case len(a) == 1 && len(b) == 1 && !knownX && !knownY && a[0].Missing.Kind == b[0].Missing.Kind &&
		a[0].Missing.Name == b[0].Missing.Name:
		return fact.No()
	}
	return fact.Wants(append(a.Missing(), b.Missing()...)...)
}
