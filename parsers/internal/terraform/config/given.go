package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Given is the value of a variable: an expression of a file of values, or else a text of the command line or the
// environment.
type Given struct {
	Expr hclsyntax.Expression
	Text string
}

// as is the value for the variable v. A text is taken as it is for a variable of type string, and as an expression for
// one of another type.
// https://developer.hashicorp.com/terraform/language/values/variables#complex-typed-values
func (g Given) as(v *Block) hclsyntax.Expression {
	if g.Expr != nil {
		return g.Expr
	}
	text := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(g.Text), SrcRange: v.Range}
	if t := v.Attr("type"); t == nil || hcl.ExprAsKeyword(t) == "string" {
		return text
	}
	x, diags := hclsyntax.ParseExpression([]byte(g.Text), v.Range.Filename, hcl.InitialPos)
	if diags.HasErrors() || len(x.Variables()) > 0 {
		return text
	}
	return x
}

// VariableNames finds the names of the variables that a text declares.
func VariableNames(text []byte) (names []string) {
	for _, m := range variableHeader.FindAllSubmatch(text, -1) {
		names = append(names, string(m[1]))
	}
	return names
}
