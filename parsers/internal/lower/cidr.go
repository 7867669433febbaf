package lower

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// cidr is a property that holds a range of addresses.
type cidr = fact.Value[netip.Prefix]

// maxIndirect bounds ranges that are given by other resources' ranges, which a hostile template may close to a circle.
const maxIndirect = 4

// prefix reads a property that holds a range of addresses. The CidrBlock of a VPC or subnet of this deployment is the
// range written there; other attributes are Computed.
func (l *Deployment) prefix(v value.Value) cidr { return l.indirect(v, maxIndirect) }

// Prefix reads a property that holds a range of addresses.
func Prefix(l *Deployment, v value.Value) fact.Value[netip.Prefix] { return l.prefix(v) }

func (l *Deployment) indirect(v value.Value, budget int) cidr {
	return read.Convert(l.symbols, v, func(v value.Value) cidr {
		if s, ok := l.symbols.Only(v.Text); ok && s.Attribute == "CidrBlock" && budget > 0 {
			if r := l.resources[s.Address]; r != nil {
				if written := r.Get("CidrBlock"); written.Kind != value.Absent {
					return l.indirect(written, budget-1)
				}
			}
		}
		return read.Parse(l.symbols, v, read.ParsePrefix)
	})
}

// prefixOrPool reads a range that is written, or that a pool assigns on deployment when only the pool is.
func (l *Deployment) prefixOrPool(written, pool value.Value) cidr {
	if written.Kind != value.Absent || pool.Kind == value.Absent {
		return l.prefix(written)
	}
	return fact.Map(read.Text(l.symbols, pool), func(_ fact.Text, span source.Span) cidr {
		return fact.Computed[netip.Prefix](span, fact.Missing{Kind: fact.Attribute, Name: "the range that the address pool assigns", Span: span})
	})
}
