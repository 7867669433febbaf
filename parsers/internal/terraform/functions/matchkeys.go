package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// matchkeys compares keys as elements of one list, so that 1 is equal to "1".
func (s setting) matchkeys(args []cty.Value) (cty.Value, error) {
	if len(args) != 3 {
		return cty.NilVal, ErrArguments
	}
	values, vok, verr := s.list(args[0])
	keys, kok, kerr := s.list(args[1])
	wanted, wok, werr := s.list(args[2])
	if err := errors.Join(verr, kerr, werr, s.unify(keys, wanted)); err != nil {
		return cty.NilVal, err
	}
	ok := vok && kok && wok && !s.IsUnordered(args[0]) && !s.IsUnordered(args[1])
	if ok && len(values) != len(keys) {
		return cty.NilVal, errors.New("matchkeys: there are not as many keys as values")
	}
	out := []cty.Value{}
	for i := 0; ok && i < len(keys); i++ {
		match := fact.Never()
		for _, w := range wanted {
			match = match.Or(s.Equal(keys[i], w))
		}
		switch {
		case match.IsAlways():
			out = append(out, values[i])
		case !match.IsNever():
			ok = false
		}
	}
	if !ok {
		return s.Derived(cty.List(cty.String), "matchkeys("+s.Canonical(args...)+")", args...), nil
	}
	return cty.TupleVal(out), nil
}

// unify makes texts of all numbers and truth values of the lists if one of their elements is a text, in place.
func (s setting) unify(lists ...[]cty.Value) error {
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
		as, err := s.To(*it, cty.String)
		if err != nil {
			return err
		}
		*it = as
	}
	return nil
}
