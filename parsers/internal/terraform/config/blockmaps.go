package config

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// mapsOfBlocks turns the blocks of a module call into arguments. A module call has no blocks of its own, but before
// Terraform 0.12 a map could be written as a block, and a list of maps as several blocks of one name.
// https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12#attributes-vs-blocks
func mapsOfBlocks(body *hclsyntax.Body) {
	written := map[string][]*hclsyntax.Block{}
	for _, b := range body.Blocks {
		if len(b.Labels) == 0 && body.Attributes[b.Type] == nil {
			written[b.Type] = append(written[b.Type], b)
		}
	}
	for name, blocks := range written {
		first := blocks[0]
		x := hclsyntax.Expression(object(first.Body))
		if len(blocks) > 1 {
			list := &hclsyntax.TupleConsExpr{SrcRange: first.Range(), OpenRange: first.OpenBraceRange}
			for _, b := range blocks {
				list.Exprs = append(list.Exprs, object(b.Body))
			}
			x = list
		}
		body.Attributes[name] = &hclsyntax.Attribute{
			Name: name, Expr: x,
			SrcRange: first.Range(), NameRange: first.TypeRange, EqualsRange: first.OpenBraceRange,
		}
	}
}

func object(body *hclsyntax.Body) *hclsyntax.ObjectConsExpr {
	mapsOfBlocks(body)
	x := &hclsyntax.ObjectConsExpr{SrcRange: body.SrcRange, OpenRange: body.SrcRange}
	for name, a := range body.Attributes {
		key := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(name), SrcRange: a.NameRange}
		x.Items = append(x.Items, hclsyntax.ObjectConsItem{KeyExpr: key, ValueExpr: a.Expr})
	}
	slices.SortFunc(x.Items, func(a, b hclsyntax.ObjectConsItem) int {
		return a.KeyExpr.Range().Start.Byte - b.KeyExpr.Range().Start.Byte
	})
	return x
}
