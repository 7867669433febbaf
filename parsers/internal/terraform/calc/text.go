package calc

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Spelled writes out the ARNs of resources of this configuration that stand in a text as tokens.
func (r *Run) Spelled(v cty.Value) cty.Value {
	if !HasToken(v) {
		return v
	}
	var b strings.Builder
	for _, p := range r.Table.Split(v.AsString()) {
		switch p := p.(type) {
		case string:
			b.WriteString(p)
		case symbol.Symbol:
			b.WriteString(r.Host.ARN(p))
		}
	}
	return cty.StringVal(b.String())
}

// MayHold reports that a token in the text may stand for something with the searched text in it. Regions and the ids of
// resources consist of letters, digits and hyphens, most of them; no ARN is without a colon and a slash.
func (r *Run) MayHold(text cty.Value, search string) bool {
	odd := strings.Trim(search, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != ""
	for _, p := range r.Table.Split(text.AsString()) {
		sym, ok := p.(symbol.Symbol)
		plain := sym.Single && strings.HasPrefix(sym.Key, "AWS::") || isIdentity(sym) && sym.Attribute == "id"
		if ok && !(odd && plain) {
			return true
		}
	}
	return false
}
