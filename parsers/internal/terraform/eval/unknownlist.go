package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// overUnknown is a list of the results of f for the elements of a collection about which only its identity is known.
func (r *run) overUnknown(v cty.Value, f func(key, item cty.Value) (cty.Value, error)) (cty.Value, error) {
	key := cty.UnknownVal(cty.Number).Mark(Source{Missing: r.firstMissing(v), Key: "*"})
	var item cty.Value
	src, _ := SourceOf(v)
	if src.each != nil {
		key, item = r.unknown(cty.String, src.Key+"[*].key", src.Missing), src.each.value()
	} else {
		var err error
		if item, err = r.indexOne(v, key); err != nil {
			return item, err
		}
	}
	out, err := f(key, item)
	if err != nil {
		out = r.derived(cty.DynamicPseudoType, "each of "+r.canonical(v), v)
	}
	ty := cty.DynamicPseudoType
	if !isHandle(out) {
		ty = out.Type()
	}
	list := Source{Missing: r.firstMissing(v), Key: r.name(out)}
	if !strings.Contains(list.Key, r.name(v)) {
		list.Key += " for each of " + r.name(v)
	}
	if src.each != nil && src.counted {
		list.mapped = &mapped{func(number cty.Value) (cty.Value, error) {
			return f(number, src.each.at("["+r.canonical(number)+"]").value())
		}}
	}
	if s, ok := onlySymbol(out, r.table); ok && s.Address != "" {
		list.item = out.AsString()
	}
	all := cty.UnknownVal(cty.List(ty)).Mark(list)
	r.alike(all, v)
	return all, nil
}

// overEach is overUnknown as the expression at hand has it: inside of try and can it may fail where f may.
func (s *scope) overEach(v cty.Value, key string, f func(key, item cty.Value) (cty.Value, error)) (cty.Value, error) {
	fails := false
	out, err := s.overUnknown(v, func(k, item cty.Value) (cty.Value, error) {
		x, err := f(k, item)
		fails = fails || err != nil || mayFail(x)
		if err == nil {
			x, err = s.settle(x)
		}
		return x, err
	})
	if err != nil || !fails {
		return out, err
	}
	return s.doubt(out, key, v), nil
}

func (s *scope) forUnknown(x *hclsyntax.ForExpr, coll cty.Value) (cty.Value, error) {
	list, err := s.overEach(coll, "for at "+s.place(x.SrcRange), func(k, v cty.Value) (cty.Value, error) {
		return s.forScope(x, k, v).eval(x.ValExpr)
	})
	if err != nil || x.KeyExpr == nil && x.CondExpr == nil {
		return list, err
	}
	src, _ := SourceOf(list)
	src.mapped = nil // a filter or a key puts the elements elsewhere
	src.Key = s.canonical(coll) + " for " + src.Key + " at " + s.place(x.SrcRange)
	plain, _ := list.Unmark()
	if x.KeyExpr == nil {
		return plain.Mark(src), nil
	}
	all := cty.UnknownVal(cty.Map(plain.Type().ElementType())).Mark(src)
	if x.CondExpr == nil && !x.Group {
		s.alike(all, coll)
	}
	return all, nil
}
