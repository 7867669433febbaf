package functions

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

func (s setting) length(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	return s.LengthOf(args[0])
}

// element is the element of a list at an index that wraps around. Of a list that is not known it is the one at the
// index.
func (s setting) element(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	n, nerr := s.To(args[1], cty.Number)
	switch {
	case err != nil || nerr != nil:
		return cty.NilVal, errors.Join(err, nerr)
	case !ok:
		v, err := s.IndexOne(args[0], n)
		return s.Unless(s.Empty(args[0]), v), err
	case len(items) == 0:
		return cty.NilVal, errors.New("element: the list is empty")
	case calc.IsNull(n):
		return cty.NilVal, errors.New("element: the index must not be null")
	}
	plain, _ := n.Unmark()
	if plain.IsKnown() && s.IsUnordered(args[0]) {
		return s.OneOf("element("+s.Canonical(args...)+")", items), nil
	}
	if plain.IsKnown() {
		i, _ := plain.AsBigFloat().Int64()
		size := int64(len(items))
		return items[(i%size+size)%size], nil
	}
	return s.IndexSequence(cty.TupleVal(items), n)
}

func (s setting) lookup(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 && len(args) != 3 {
		return cty.NilVal, ErrArguments
	}
	of := args[0]
	if calc.IsHandle(of) {
		of = calc.AsHandle(of).Object()
	}
	plain, _ := of.Unmark()
	switch {
	case len(args) == 2:
		return s.Access(of, args[1])
	case calc.Known(of) && calc.IsMapping(plain):
		return s.IndexMapping(plain, args[1], &args[2])
	}
	v, err := s.Index(of, args[1])
	if err != nil {
		return v, err
	}
	there := calc.Opaque("can("+s.Name(of)+s.StepText(args[1])+")", s.FirstMissing(of, args[1]))
	return s.Choice(there, v, args[2]), nil
}

// contains says whether an element is equal to the value, by the equality that knows tokens.
func (s setting) contains(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil || !ok {
		return s.Derived(cty.Bool, "contains("+s.Canonical(args...)+")", args...), err
	}
	c := fact.Never()
	for _, it := range items {
		c = c.Or(s.Equal(it, args[1]))
	}
	return s.Truth(c), nil
}

func (s setting) indexOf(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	ok = ok && !s.IsUnordered(args[0])
	for i, it := range items {
		if !ok {
			break
		}
		switch c := s.Equal(it, args[1]); {
		case c.IsAlways():
			return cty.NumberIntVal(int64(i)), nil
		case !c.IsNever():
			ok = false
		}
	}
	if !ok {
		return s.Derived(cty.Number, "index("+s.Canonical(args...)+")", args...), nil
	}
	return cty.NilVal, errors.New("index: the value is not in the list")
}

// one is the only element of a list, null of an empty one.
func (s setting) one(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	switch {
	case err != nil:
		return cty.NilVal, err
	case !ok:
		v, err := s.IndexOne(args[0], cty.Zero)
		if err != nil {
			return v, err
		}
		v = s.Doubt(v, "one("+s.Canonical(args...)+")", args...)
		return s.Choice(s.Empty(args[0]), cty.NullVal(cty.DynamicPseudoType), v), nil
	case len(items) > 1 && s.IsUnordered(args[0]) && s.MayMeet(items):
		return s.Derived(cty.DynamicPseudoType, "one("+s.Canonical(args...)+")", args...), nil
	case len(items) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(items) > 1:
		return cty.NilVal, errors.New("one: the list has more than one element")
	}
	return items[0], nil
}

// quantified is alltrue or anytrue.
func (s setting) quantified(
	name string, args []cty.Value, join func(fact.Cond, ...fact.Cond) fact.Cond, start fact.Cond,
) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil || !ok {
		return s.Derived(cty.Bool, name+"("+s.Canonical(args...)+")", args...), err
	}
	out := start
	for _, it := range items {
		if calc.IsNull(it) {
			out = join(out, fact.Never())
			continue
		}
		c, err := s.Cond(it)
		if err != nil {
			return it, err
		}
		out = join(out, c)
	}
	return s.Truth(out), nil
}

func (s setting) sum(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	total := cty.Zero
	for _, it := range items {
		n, err := s.To(it, cty.Number)
		if err != nil || calc.IsNull(n) {
			return n, errors.New("sum: only numbers can be added")
		}
		if n, _ = n.Unmark(); !n.IsKnown() {
			ok = false
			break
		}
		total = total.Add(n)
	}
	if !ok {
		return s.Derived(cty.Number, "sum("+s.Canonical(args...)+")", args...), nil
	}
	return total, calc.CheckNumber(total)
}

func (s setting) transpose(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	plain, _ := args[0].Unmark()
	if !calc.Known(args[0]) || plain.IsNull() || !calc.IsMapping(plain) {
		return s.Derived(cty.Map(cty.List(cty.String)), "transpose("+s.Canonical(args...)+")", args...), nil
	}
	out := map[string][]cty.Value{}
	entries := plain.AsValueMap()
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		items, ok, err := s.list(entries[key])
		if err != nil {
			return cty.NilVal, err
		}
		for _, it := range items {
			if !calc.IsText(it) {
				ok = false
				break
			}
			out[it.AsString()] = append(out[it.AsString()], cty.StringVal(key))
		}
		if !ok {
			return s.Derived(cty.Map(cty.List(cty.String)), "transpose("+s.Canonical(args...)+")", args...), nil
		}
	}
	attrs := map[string]cty.Value{}
	for key, items := range out {
		attrs[key] = cty.TupleVal(items)
	}
	return cty.ObjectVal(attrs), nil
}
