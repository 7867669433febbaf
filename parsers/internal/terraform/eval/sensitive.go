package eval

import (
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// shown is the value of a variable or an output, such as "var.x", as reports may show it: of a sensitive one, what
// texts say is unknown. How many there are, whether they are empty, and whatever is no text stays.
// https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output
func (f *frame) shown(name string, b *config.Block, v cty.Value) cty.Value {
	if v == cty.NilVal || !isSensitive(b) {
		return v
	}
	key, m := f.prefix()+name, f.missingOf(name, b)
	if m.Kind == fact.Variable {
		m.Kind = fact.Secret
	}
	hidden, err := cty.Transform(v, func(at cty.Path, part cty.Value) (cty.Value, error) {
		if !calc.IsText(part) || part.AsString() == "" || calc.HasToken(part) {
			return part, nil
		}
		return f.Token(symbol.Symbol{Key: key + pathText(at), Missing: m}), nil
	})
	if err != nil {
		return f.Unknown(cty.DynamicPseudoType, key, m)
	}
	return hidden
}

func isSensitive(b *config.Block) bool {
	return config.Constant(b.Attr("sensitive")).RawEquals(cty.True)
}

// pathText tells the parts of one value apart.
func pathText(at cty.Path) (text string) {
	for _, step := range at {
		switch step := step.(type) {
		case cty.GetAttrStep:
			text += "." + step.Name
		case cty.IndexStep:
			text += fmt.Sprintf("[%#v]", step.Key)
		}
	}
	return text
}
