package calc

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// OverUnknown is a list of the results of f for the elements of a collection about which only its identity is known.
func (r *Run) OverUnknown(v cty.Value, f func(key, item cty.Value) (cty.Value, error)) (cty.Value, error) {
	key := cty.UnknownVal(cty.Number).Mark(Source{Missing: r.FirstMissing(v), Key: "*"})
	var item cty.Value
	src, _ := SourceOf(v)
	if src.Each != nil {
		key, item = r.Unknown(cty.String, src.Key+"[*].key", src.Missing), src.Each.Value()
	} else {
		var err error
		if item, err = r.IndexOne(v, key); err != nil {
			return item, err
		}
	}
	out, err := f(key, item)
	if err != nil {
		out = r.Derived(cty.DynamicPseudoType, "each of "+r.Canonical(v), v)
	}
	ty := cty.DynamicPseudoType
	if !IsHandle(out) {
		ty = out.Type()
	}
	list := Source{Missing: r.FirstMissing(v), Key: r.Name(out)}
	if !strings.Contains(list.Key, r.Name(v)) {
		list.Key += " for each of " + r.Name(v)
	}
	if src.Each != nil && src.Counted {
		list.Mapped = &mapped{func(number cty.Value) (cty.Value, error) {
			return f(number, src.Each.At("["+r.Canonical(number)+"]").Value())
		}}
	}
	if s, ok := OnlySymbol(out, r.Table); ok && s.Address != "" {
		list.Item = out.AsString()
	}
	all := cty.UnknownVal(cty.List(ty)).Mark(list)
	r.Alike(all, v)
	return all, nil
}

// OverEach is OverUnknown as the expression at hand has it: inside of try and can it may fail where f may.
func (s Setting) OverEach(v cty.Value, key string, f func(key, item cty.Value) (cty.Value, error)) (cty.Value, error) {
	fails := false
	out, err := s.OverUnknown(v, func(k, item cty.Value) (cty.Value, error) {
		x, err := f(k, item)
		fails = fails || err != nil || MayFail(x)
		if err == nil {
			x, err = s.Settle(x)
		}
		return x, err
	})
	if err != nil || !fails {
		return out, err
	}
	return s.Doubt(out, key, v), nil
}
