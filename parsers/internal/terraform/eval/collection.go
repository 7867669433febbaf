package eval

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// splatted evaluates x[*].y. A value that is no list is a list of one, null is an empty one.
func (s *scope) splatted(x *hclsyntax.SplatExpr) (cty.Value, error) {
	v, err := s.eval(x.Source)
	if err != nil {
		return v, err
	}
	return s.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		each := func(item cty.Value) (cty.Value, error) {
			in := &scope{frame: s.frame, Setting: s.Setting, parent: s, splat: x.Item, item: item}
			return in.eval(x.Each)
		}
		plain, _ := args[0].Unmark()
		ty := plain.Type()
		switch {
		case plain.IsNull():
			return cty.EmptyTupleVal, nil
		case !plain.IsKnown(), calc.HasToken(args[0]):
			return s.OverEach(args[0], "[*] at "+s.place(x.SrcRange), func(_, item cty.Value) (cty.Value, error) {
				return each(item)
			})
		case !ty.IsTupleType() && !ty.IsListType() && !ty.IsSetType():
			item, err := each(args[0])
			return cty.TupleVal([]cty.Value{item}), err
		}
		if err := errors.Join(s.Charge(plain.LengthInt()), s.Spend(plain.LengthInt()*calc.ElementWork)); err != nil {
			return cty.NilVal, err
		}
		var items []cty.Value
		for it := plain.ElementIterator(); it.Next(); {
			_, item := it.Element()
			if item, err = each(item); err != nil {
				return item, err
			}
			items = append(items, item)
		}
		if slices.ContainsFunc(items, calc.MayFail) {
			return s.Spread(items, func(vs []cty.Value) (cty.Value, error) {
				return cty.TupleVal(slices.Clone(vs)), nil
			})
		}
		return s.Built(cty.TupleVal(items))
	})
}

// row is an element of what a for expression makes, there where when holds.
type row struct {
	when       fact.Cond
	key, value cty.Value
	fails      fact.Cond // where the evaluation fails; only inside of try and can
}

func (s *scope) forEach(x *hclsyntax.ForExpr) (cty.Value, error) {
	coll, err := s.eval(x.CollExpr)
	if err != nil {
		return coll, err
	}
	return s.Spread([]cty.Value{coll}, func(args []cty.Value) (cty.Value, error) {
		if calc.IsHandle(args[0]) {
			args = []cty.Value{calc.AsHandle(args[0]).Object()}
		}
		plain, _ := args[0].Unmark()
		switch {
		case plain.IsNull():
			return plain, s.failf(x.CollExpr.Range(), "for cannot go over null")
		case !plain.IsKnown(), calc.HasToken(args[0]):
			return s.forUnknown(x, args[0])
		case !plain.CanIterateElements():
			return plain, s.failf(x.CollExpr.Range(), "for cannot go over this value")
		}
		if err := s.Charge(plain.LengthInt()); err != nil {
			return cty.NilVal, err
		}
		var rows []row
		for it := plain.ElementIterator(); it.Next(); {
			k, v := it.Element()
			if plain.Type().IsSetType() {
				k = v
			}
			next, err := s.row(x, k, v)
			if err != nil {
				return cty.NilVal, err
			}
			rows = append(rows, next)
		}
		v, err := s.assemble(x, rows)
		if err != nil {
			return v, err
		}
		fails := fact.Never()
		for _, w := range rows {
			fails = fails.Or(w.fails)
		}
		if x.KeyExpr == nil && s.IsUnordered(args[0]) {
			v, err = s.Spread([]cty.Value{v}, func(vs []cty.Value) (cty.Value, error) { return s.anyOrder(vs[0]), nil })
		}
		return s.Unless(fails, v), err
	})
}

// anyOrder is the list that a for expression makes of a set whose order is not known.
func (s *scope) anyOrder(v cty.Value) cty.Value {
	if !v.Type().IsTupleType() || !v.IsKnown() || v.LengthInt() < 2 {
		return v
	}
	items := v.AsValueSlice()
	isOther := func(it cty.Value) bool { return !calc.IsText(it) }
	if slices.ContainsFunc(items, isOther) || cty.SetVal(items).LengthInt() < len(items) {
		return v
	}
	return cty.SetVal(items)
}

func (s *scope) forScope(x *hclsyntax.ForExpr, k, v cty.Value) *scope {
	names := map[string]cty.Value{x.ValVar: v}
	if x.KeyVar != "" {
		names[x.KeyVar] = k
	}
	return s.with(names)
}

func (s *scope) row(x *hclsyntax.ForExpr, k, v cty.Value) (out row, err error) {
	in := s.forScope(x, k, v)
	out.fails = fact.Never()
	if x.CondExpr != nil {
		if out.when, out.fails, err = in.conditionOf(x.CondExpr); err != nil || out.when.IsNever() {
			return out, err
		}
	}
	if x.KeyExpr != nil {
		if out.key, err = in.eval(x.KeyExpr); err != nil {
			return out, err
		}
		out.fails = out.fails.Or(in.Failing(out.key))
		if out.key, err = in.Settle(out.key); err != nil {
			return out, err
		}
		if out.key = s.Convert(out.key, cty.String); calc.IsNull(out.key) {
			return out, s.failf(x.KeyExpr.Range(), "a key must not be null")
		}
	}
	out.value, err = in.eval(x.ValExpr)
	if err != nil && !out.when.IsAlways() {
		out.value, err = calc.Failed(err), nil
	}
	return out, err
}

var errTooManyCases = errors.New("too many conditions")

// assemble makes the result of rows, a case for each combination of their conditions.
func (s *scope) assemble(x *hclsyntax.ForExpr, rows []row) (cty.Value, error) {
	left := calc.MaxCases
	v, err := s.assembleCases(x, rows, &left)
	if errors.Is(err, errTooManyCases) {
		vs := make([]cty.Value, 0, len(rows))
		for _, w := range rows {
			if !w.when.IsNever() {
				vs = append(vs, w.value)
			}
		}
		return s.Derived(cty.DynamicPseudoType, "for "+s.Canonical(vs...)+" at "+s.place(x.SrcRange), vs...), nil
	}
	return v, err
}

func (s *scope) assembleCases(x *hclsyntax.ForExpr, rows []row, left *int) (cty.Value, error) {
	i := slices.IndexFunc(rows, func(w row) bool { return !w.when.IsAlways() && !w.when.IsNever() })
	if i < 0 {
		if *left--; *left < 0 {
			return cty.NilVal, errTooManyCases
		}
		return s.collect(x, slices.DeleteFunc(slices.Clone(rows), func(w row) bool { return w.when.IsNever() }))
	}
	if *left <= 0 {
		return cty.NilVal, errTooManyCases
	}
	when := rows[i].when
	under := func(c fact.Cond) []row {
		out := slices.Clone(rows)
		for j := range out {
			if out[j].when.String() == when.String() {
				out[j].when = c
			}
		}
		return out
	}
	a, err := s.assembleCases(x, under(fact.Always()), left)
	if err != nil {
		return a, err
	}
	b, err := s.assembleCases(x, under(fact.Never()), left)
	if err != nil {
		return b, err
	}
	return s.Choice(when, a, b), nil
}

func (s *scope) collect(x *hclsyntax.ForExpr, rows []row) (cty.Value, error) {
	values := make([]cty.Value, len(rows))
	for i, w := range rows {
		values[i] = w.value
	}
	build := func(vs []cty.Value) (cty.Value, error) {
		if x.KeyExpr == nil {
			return s.Built(cty.TupleVal(slices.Clone(vs)))
		}
		attrs, groups := map[string]cty.Value{}, map[string][]cty.Value{}
		for i, w := range rows {
			if !calc.IsText(w.key) {
				name := "for " + s.Canonical(vs...) + " at " + s.place(x.SrcRange)
				return s.Derived(cty.DynamicPseudoType, name, append(slices.Clone(vs), w.key)...), nil
			}
			attrs[w.key.AsString()] = vs[i]
			groups[w.key.AsString()] = append(groups[w.key.AsString()], vs[i])
		}
		for name, group := range groups {
			if x.Group {
				attrs[name] = cty.TupleVal(group)
			}
		}
		return s.Built(cty.ObjectVal(attrs))
	}
	if slices.ContainsFunc(values, calc.MayFail) {
		return s.Spread(values, build)
	}
	return build(values)
}
func (s *scope) forUnknown(x *hclsyntax.ForExpr, coll cty.Value) (cty.Value, error) {
	list, err := s.OverEach(coll, "for at "+s.place(x.SrcRange), func(k, v cty.Value) (cty.Value, error) {
		return s.forScope(x, k, v).eval(x.ValExpr)
	})
	if err != nil || x.KeyExpr == nil && x.CondExpr == nil {
		return list, err
	}
	src, _ := calc.SourceOf(list)
	src.Mapped = nil // a filter or a key puts the elements elsewhere
	src.Key = s.Canonical(coll) + " for " + src.Key + " at " + s.place(x.SrcRange)
	plain, _ := list.Unmark()
	if x.KeyExpr == nil {
		return plain.Mark(src), nil
	}
	all := cty.UnknownVal(cty.Map(plain.Type().ElementType())).Mark(src)
	if x.CondExpr == nil && !x.Group {
		s.Alike(all, coll)
	}
	return all, nil
}
