package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// mostBystanders is how many copies of bystanders are told apart in a deployment. A block that makes more is one for an
// unknown number of them.
const mostBystanders = 10_000

// isBystander says whether the block is of resources that no network has a node for, such as queues and log groups.
func (f *frame) isBystander(block *config.Resource) bool {
	return !block.Data && f.in.InNetwork != nil && !f.in.InNetwork(block.Type)
}

// crowd is the count or for_each of bystanders. apart says that their copies are told apart; else there is one or none,
// or it is not known how many there are, or it is taken for that as there are too many.
func (f *frame) crowd(v cty.Value, address string, at source.Span) (of cty.Value, apart bool) {
	plain, _ := v.Unmark()
	n, ty := 0, plain.Type()
	switch {
	case !plain.IsKnown(), plain.IsNull():
	case ty == cty.Number:
		many, _ := plain.AsBigFloat().Int64()
		n = int(many)
	case plain.CanIterateElements():
		n = plain.LengthInt()
	}
	switch {
	case n <= 1:
		return v, false
	case n <= mostBystanders-f.bystanders:
		f.bystanders += n
		return v, true
	case calc.IsMapping(plain):
		ty = cty.Map(cty.DynamicPseudoType)
	}
	m := fact.Missing{Kind: fact.Intrinsic, Name: f.prefix() + address, Span: at}
	f.notice(at, "the %d copies of %s are not told apart", n, m.Name)
	return cty.UnknownVal(ty).Mark(calc.Source{Missing: m, Key: m.Name}), false
}
