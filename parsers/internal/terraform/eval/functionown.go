package eval

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

var errArguments = errors.New("wrong number of arguments")

// known reports a value that is certainly known at its top.
func known(v cty.Value) bool {
	plain, _ := v.Unmark()
	return plain.IsKnown() && !hasToken(v)
}

// list is the elements of a sequence or mapping. ok is false when they are not known.
func (r *run) list(v cty.Value) (items []cty.Value, ok bool, err error) {
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil, true, errors.New("the argument must not be null")
	case !known(v):
		return nil, false, nil
	case !plain.CanIterateElements():
		return nil, true, errNotSequence
	}
	return plain.AsValueSlice(), true, r.charge(plain.LengthInt())
}

func (s *scope) length(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	return s.lengthOf(args[0])
}

// element is the element of a list at an index that wraps around. Of a list that is not known it is the one at the
// index.
func (s *scope) element(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	n, nerr := s.to(args[1], cty.Number)
	switch {
	case err != nil || nerr != nil:
		return cty.NilVal, errors.Join(err, nerr)
	case !ok:
		v, err := s.indexOne(args[0], n)
		return s.unless(s.empty(args[0]), v), err
	case len(items) == 0:
		return cty.NilVal, errors.New("element: the list is empty")
	case isNull(n):
		return cty.NilVal, errors.New("element: the index must not be null")
	}
	plain, _ := n.Unmark()
	if plain.IsKnown() && s.isUnordered(args[0]) {
		return s.oneOf("element("+s.canonical(args...)+")", items), nil
	}
	if plain.IsKnown() {
		i, _ := plain.AsBigFloat().Int64()
		size := int64(len(items))
		return items[(i%size+size)%size], nil
	}
	return s.indexSequence(cty.TupleVal(items), n)
}

// keysMayMeet reports that two keys of a map may turn out to be one.
func (r *run) keysMayMeet(of cty.Value) bool {
	keys, ok := r.openKeys([]cty.Value{of})
	return ok && r.mayMeet(keys)
}

func (s *scope) lookup(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 && len(args) != 3 {
		return cty.NilVal, errArguments
	}
	of := args[0]
	if isHandle(of) {
		of = asHandle(of).object()
	}
	plain, _ := of.Unmark()
	switch {
	case len(args) == 2:
		return s.access(of, args[1])
	case known(of) && isMapping(plain):
		return s.indexMapping(plain, args[1], &args[2])
	}
	v, err := s.index(of, args[1])
	if err != nil {
		return v, err
	}
	there := opaque("can("+s.name(of)+stepText(s.run, args[1])+")", s.firstMissing(of, args[1]))
	return s.choice(there, v, args[2]), nil
}

// contains says whether an element is equal to the value, by the equality that knows tokens.
func (s *scope) contains(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil || !ok {
		return s.derived(cty.Bool, "contains("+s.canonical(args...)+")", args...), err
	}
	c := fact.Never()
	for _, it := range items {
		c = c.Or(s.equal(it, args[1]))
	}
	return s.truth(c), nil
}

func (s *scope) indexOf(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	ok = ok && !s.isUnordered(args[0])
	for i, it := range items {
		if !ok {
			break
		}
		switch c := s.equal(it, args[1]); {
		case c.IsAlways():
			return cty.NumberIntVal(int64(i)), nil
		case !c.IsNever():
			ok = false
		}
	}
	if !ok {
		return s.derived(cty.Number, "index("+s.canonical(args...)+")", args...), nil
	}
	return cty.NilVal, errors.New("index: the value is not in the list")
}

// one is the only element of a list, null of an empty one.
func (s *scope) one(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	switch {
	case err != nil:
		return cty.NilVal, err
	case !ok:
		v, err := s.indexOne(args[0], cty.Zero)
		if err != nil {
			return v, err
		}
		v = s.doubt(v, "one("+s.canonical(args...)+")", args...)
		return s.choice(s.empty(args[0]), cty.NullVal(cty.DynamicPseudoType), v), nil
	case len(items) > 1 && s.isUnordered(args[0]) && s.mayMeet(items):
		return s.derived(cty.DynamicPseudoType, "one("+s.canonical(args...)+")", args...), nil
	case len(items) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(items) > 1:
		return cty.NilVal, errors.New("one: the list has more than one element")
	}
	return items[0], nil
}

// quantified is alltrue or anytrue.
func (s *scope) quantified(
	name string, args []cty.Value, join func(fact.Cond, ...fact.Cond) fact.Cond, start fact.Cond,
) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil || !ok {
		return s.derived(cty.Bool, name+"("+s.canonical(args...)+")", args...), err
	}
	out := start
	for _, it := range items {
		if isNull(it) {
			out = join(out, fact.Never())
			continue
		}
		c, err := s.cond(it)
		if err != nil {
			return it, err
		}
		out = join(out, c)
	}
	return s.truth(out), nil
}

func (s *scope) sum(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	items, ok, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	total := cty.Zero
	for _, it := range items {
		n, err := s.to(it, cty.Number)
		if err != nil || isNull(n) {
			return n, errors.New("sum: only numbers can be added")
		}
		if n, _ = n.Unmark(); !n.IsKnown() {
			ok = false
			break
		}
		total = total.Add(n)
	}
	if !ok {
		return s.derived(cty.Number, "sum("+s.canonical(args...)+")", args...), nil
	}
	return total, checkNumber(total)
}

func (s *scope) transpose(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	plain, _ := args[0].Unmark()
	if !known(args[0]) || plain.IsNull() || !isMapping(plain) {
		return s.derived(cty.Map(cty.List(cty.String)), "transpose("+s.canonical(args...)+")", args...), nil
	}
	out := map[string][]cty.Value{}
	entries := plain.AsValueMap()
	for _, key := range sortedKeys(entries) {
		items, ok, err := s.list(entries[key])
		if err != nil {
			return cty.NilVal, err
		}
		for _, it := range items {
			if !isText(it) {
				ok = false
				break
			}
			out[it.AsString()] = append(out[it.AsString()], cty.StringVal(key))
		}
		if !ok {
			return s.derived(cty.Map(cty.List(cty.String)), "transpose("+s.canonical(args...)+")", args...), nil
		}
	}
	attrs := map[string]cty.Value{}
	for key, items := range out {
		attrs[key] = cty.TupleVal(items)
	}
	return cty.ObjectVal(attrs), nil
}
