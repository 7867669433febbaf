package cloudformation

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// cidr is a property that holds a range of addresses.
type cidr = fact.Value[netip.Prefix]

// maxIndirect bounds ranges that are given by other resources' ranges, which a hostile template may close to a circle.
const maxIndirect = 4

// prefix reads a property that holds a range of addresses. The CidrBlock of a VPC or subnet of this deployment is the
// range written there; other attributes are Computed.
func (l *lowering) prefix(v eval.Value) cidr { return l.indirect(v, maxIndirect) }

func (l *lowering) indirect(v eval.Value, budget int) cidr {
	return read.Convert(l.symbols, v, func(v eval.Value) cidr {
		if s, ok := l.symbols.Only(v.Text); ok && s.Attribute == "CidrBlock" && budget > 0 {
			if r := l.resources[s.Address]; r != nil {
				if written := r.properties.Get("CidrBlock"); written.Kind != eval.Absent {
					return l.indirect(written, budget-1)
				}
			}
		}
		return read.Parse(l.symbols, v, read.ParsePrefix)
	})
}

// prefixOrPool reads a range that is written, or that a pool assigns on deployment when only the pool is.
func (l *lowering) prefixOrPool(written, pool eval.Value) cidr {
	if written.Kind != eval.Absent || pool.Kind == eval.Absent {
		return l.prefix(written)
	}
	return fact.Map(read.Text(l.symbols, pool), func(_ fact.Text, span source.Span) cidr {
		return fact.Computed[netip.Prefix](span, fact.Missing{Kind: fact.Attribute, Name: "the range that the address pool assigns", Span: span})
	})
}
