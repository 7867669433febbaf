package functions

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

func (c call) length(args []cty.Value) (cty.Value, error) {
	return c.LengthOf(args[0])
}

// element is the element of a list at an index that wraps around. Of a list that is not known it is the one at the
// index.
func (c call) element(args []cty.Value) (cty.Value, error) {
	items, ok, err := c.list(args[0])
	n, nerr := c.To(args[1], cty.Number)
	switch {
	case err != nil || nerr != nil:
		return cty.NilVal, errors.Join(err, nerr)
	case !ok:
		v, err := c.IndexOne(args[0], n)
		return c.Unless(c.Empty(args[0]), v), err
	case len(items) == 0:
		return cty.NilVal, errors.New("element: the list is empty")
	case calc.IsNull(n):
		return cty.NilVal, errors.New("element: the index must not be null")
	}
	plain, _ := n.Unmark()
	if plain.IsKnown() && c.IsUnordered(args[0]) {
		return c.OneOf(c.key(args...), items), nil
	}
	if plain.IsKnown() {
		i, _ := plain.AsBigFloat().Int64()
		size := int64(len(items))
		return items[(i%size+size)%size], nil
	}
	return c.IndexSequence(cty.TupleVal(items), n)
}

func (c call) lookup(args []cty.Value) (cty.Value, error) {
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
		return c.Access(of, args[1])
	case calc.Known(of) && calc.IsMapping(plain):
		return c.IndexMapping(plain, args[1], &args[2])
	}
	v, err := c.Index(of, args[1])
	if err != nil {
		return v, err
	}
	there := calc.Opaque("can("+c.Name(of)+c.StepText(args[1])+")", c.FirstMissing(of, args[1]))
	return c.Choice(there, v, args[2]), nil
}

// contains says whether an element is equal to the value, by the equality that knows tokens.
func (c call) contains(args []cty.Value) (cty.Value, error) {
	items, ok, err := c.list(args[0])
	if err != nil || !ok {
		return c.open(cty.Bool, args...), err
	}
	is := fact.Never()
	for _, it := range items {
		is = is.Or(c.Equal(it, args[1]))
	}
	return c.Truth(is), nil
}

func (c call) indexOf(args []cty.Value) (cty.Value, error) {
	items, ok, err := c.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	ok = ok && !c.IsUnordered(args[0])
	for i, it := range items {
		if !ok {
			break
		}
		switch is := c.Equal(it, args[1]); {
		case is.IsAlways():
			return cty.NumberIntVal(int64(i)), nil
		case !is.IsNever():
			ok = false
		}
	}
	if !ok {
		return c.open(cty.Number, args...), nil
	}
	return cty.NilVal, errors.New("index: the value is not in the list")
}

// one is the only element of a list, null of an empty one.
func (c call) one(args []cty.Value) (cty.Value, error) {
	items, ok, err := c.list(args[0])
	switch {
	case err != nil:
		return cty.NilVal, err
	case !ok:
		v, err := c.IndexOne(args[0], cty.Zero)
		if err != nil {
			return v, err
		}
		v = c.Doubt(v, c.key(args...), args...)
		return c.Choice(c.Empty(args[0]), cty.NullVal(cty.DynamicPseudoType), v), nil
	case len(items) > 1 && c.IsUnordered(args[0]) && c.MayMeet(items):
		return c.open(cty.DynamicPseudoType, args...), nil
	case len(items) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(items) > 1:
		return cty.NilVal, errors.New("one: the list has more than one element")
	}
	return items[0], nil
}

// quantified is alltrue or anytrue.
func (c call) quantified(args []cty.Value) (cty.Value, error) {
	join, out := fact.Cond.And, fact.Always()
	if c.name == "anytrue" {
		join, out = fact.Cond.Or, fact.Never()
	}
	items, ok, err := c.list(args[0])
	if err != nil || !ok {
		return c.open(cty.Bool, args...), err
	}
	for _, it := range items {
		if calc.IsNull(it) {
			out = join(out, fact.Never())
			continue
		}
		is, err := c.Cond(it)
		if err != nil {
			return it, err
		}
		out = join(out, is)
	}
	return c.Truth(out), nil
}

func (c call) sum(args []cty.Value) (cty.Value, error) {
	items, ok, err := c.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	total := cty.Zero
	for _, it := range items {
		n, err := c.To(it, cty.Number)
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
		return c.open(cty.Number, args...), nil
	}
	return total, calc.CheckNumber(total)
}

func (c call) transpose(args []cty.Value) (cty.Value, error) {
	plain, _ := args[0].Unmark()
	if !calc.Known(args[0]) || plain.IsNull() || !calc.IsMapping(plain) {
		return c.open(cty.Map(cty.List(cty.String)), args...), nil
	}
	out := map[string][]cty.Value{}
	entries := plain.AsValueMap()
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		items, ok, err := c.list(entries[key])
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
			return c.open(cty.Map(cty.List(cty.String)), args...), nil
		}
	}
	attrs := map[string]cty.Value{}
	for key, items := range out {
		attrs[key] = cty.TupleVal(items)
	}
	return cty.ObjectVal(attrs), nil
}
