package eval

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// Account is what is known of the account that is deployed to.
type Account interface {
	// Lookup is what a data source of the type finds that asks for all of the arguments, by attribute. A filter has the
	// name "filter." and its own, a tag "tags." and its key. The region is "" where it is not known. ok is false where
	// the account does not tell.
	Lookup(typ, region string, asks map[string][]string) (found map[string]any, ok bool)
	// Parameter is a value for the variables of that name.
	Parameter(name string) (words []string, ok bool)
}

// ofAccount are values for the variables of the root module that have no default.
func (r *run) ofAccount(m *config.Module) map[string]given {
	out := map[string]given{}
	if r.in.Account == nil {
		return out
	}
	for name, b := range m.Variables {
		words, ok := r.in.Account.Parameter(name)
		if !ok || b.Attr("default") != nil {
			continue
		}
		text := strings.Join(words, ",")
		if t := r.typeOf(b); t.ty.IsCollectionType() || !t.stated && calc.IsPlural(name) {
			list, _ := json.Marshal(words) // texts can always be written
			text = string(list)
		}
		out[name] = given{text: &text}
	}
	return out
}

// inAccount is what the data source finds in the account, nil where that is not known.
func (o *object) inAccount() map[string]cty.Value {
	if o.frame.in.Account == nil {
		return nil
	}
	q := o.query()
	if !q.known {
		return nil
	}
	region := ""
	if v := o.region(); calc.IsText(v) && !calc.HasToken(v) {
		region = v.AsString()
	}
	found, ok := o.frame.in.Account.Lookup(o.set.block.Type, region, q.asks)
	if !ok {
		return nil
	}
	out := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		out[name] = plain(found[name])
	}
	return out
}

// plain is a text, a truth, or a list or map of such. A list has an order, though for Terraform it may be a set.
func plain(v any) cty.Value {
	switch v := v.(type) {
	case nil:
		return cty.NullVal(cty.DynamicPseudoType)
	case bool:
		return cty.BoolVal(v)
	case []string:
		items := make([]any, len(v))
		for i, text := range v {
			items[i] = text
		}
		return plain(items)
	case []any:
		items := make([]cty.Value, len(v))
		for i, item := range v {
			items[i] = plain(item)
		}
		return cty.TupleVal(items)
	case map[string]string:
		fields := map[string]cty.Value{}
		for name, text := range v {
			fields[name] = plain(text)
		}
		return cty.ObjectVal(fields)
	case map[string]any:
		fields := map[string]cty.Value{}
		for name, field := range v {
			fields[name] = plain(field)
		}
		return cty.ObjectVal(fields)
	}
	text, _ := v.(string)
	return cty.StringVal(symbol.Escape(text))
}

// plainWords are a text, a truth or a list of such, as texts.
func plainWords(v cty.Value) (words []string, ok bool) {
	v, marks := v.Unmark()
	switch {
	case len(marks) > 0 || !v.IsKnown() || v.IsNull():
		return nil, false
	case calc.IsText(v):
		return []string{v.AsString()}, !calc.HasToken(v)
	case v.Type() == cty.Bool:
		if v.True() {
			return []string{"true"}, true
		}
		return []string{"false"}, true
	case v.CanIterateElements() && !v.Type().IsObjectType() && !v.Type().IsMapType():
		for _, item := range v.AsValueSlice() {
			more, known := plainWords(item)
			if !known {
				return nil, false
			}
			words = append(words, more...)
		}
		return words, true
	}
	return nil, false
}
