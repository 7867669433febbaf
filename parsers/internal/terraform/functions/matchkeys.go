package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// matchkeys compares keys as elements of one list, so that 1 is equal to "1".
func (c call) matchkeys(args []cty.Value) (cty.Value, error) {
	values, vok, verr := c.list(args[0])
	keys, kok, kerr := c.list(args[1])
	wanted, wok, werr := c.list(args[2])
	if err := errors.Join(verr, kerr, werr, c.unify(keys, wanted)); err != nil {
		return cty.NilVal, err
	}
	ok := vok && kok && wok && !c.IsUnordered(args[0]) && !c.IsUnordered(args[1])
	if ok && len(values) != len(keys) {
		return cty.NilVal, errors.New("matchkeys: there are not as many keys as values")
	}
	out := []cty.Value{}
	for i := 0; ok && i < len(keys); i++ {
		match := fact.Never()
		for _, w := range wanted {
			match = match.Or(c.Equal(keys[i], w))
		}
		switch {
		case match.IsAlways():
			out = append(out, values[i])
		case !match.IsNever():
			ok = false
		}
	}
	if !ok {
		return c.open(cty.List(cty.String), args...), nil
	}
	return cty.TupleVal(out), nil
}

// unify makes texts of all numbers and truth values of the lists if one of their elements is a text, in place.
func (c call) unify(lists ...[]cty.Value) error {
	items := []*cty.Value{}
	texts := false
	for _, list := range lists {
		for i := range list {
			items = append(items, &list[i])
			texts = texts || list[i].Type() == cty.String
		}
	}
	for _, it := range items {
		if !texts || !it.Type().IsPrimitiveType() {
			continue
		}
		as, err := c.To(*it, cty.String)
		if err != nil {
			return err
		}
		*it = as
	}
	return nil
}
