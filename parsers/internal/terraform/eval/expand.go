package eval

import (
	"errors"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// copies are what count or for_each make of a block.
type copies struct {
	turns []turn
	// value builds the value of the whole block from the values of its turns.
	value func(of func(turn) cty.Value) cty.Value
}

// turn is one copy of a block.
type turn struct {
	// key is the index in an address: "", [0], ["a"], or [*] for the one that stands for an unknown number.
	key     string
	when    fact.Cond
	in      []fact.Cond          // the cases that have it
	names   map[string]cty.Value // each or count
	summary bool
}

// expand evaluates count, for_each or enabled of a block, which may be one of a bystander. The address is only for what
// is said about it.
func (f *frame) expand(body *hclsyntax.Body, address string, isBystander bool) (*copies, error) {
	if a := body.Attributes["count"]; a != nil {
		return f.multiplied(f.counted, a, address, isBystander)
	}
	if a := body.Attributes["for_each"]; a != nil {
		return f.multiplied(f.keyed, a, address, isBystander)
	}
	if x := lifecycle(body, "enabled"); x != nil {
		return f.enabled(x)
	}
	single := turn{}
	return &copies{[]turn{single}, func(of func(turn) cty.Value) cty.Value { return of(single) }}, f.instance(1)
}

// multiplied makes copies of a block by its count or for_each.
func (f *frame) multiplied(
	by func(v cty.Value, address string, at hcl.Range) (*copies, error),
	a *hclsyntax.Attribute, address string, isBystander bool,
) (*copies, error) {
	at := a.Expr.Range()
	v, err := f.scope().settled(a.Expr)
	if err != nil {
		return nil, err
	}
	apart := false
	if isBystander {
		v, apart = f.crowd(v, address, f.where(at))
	}
	c, err := by(v, address, at)
	if err != nil || apart {
		return c, err
	}
	return c, f.instance(len(c.turns))
}

// instance counts instances.
func (r *run) instance(n int) error {
	if r.instances += n; r.instances > budget.HCLInstances.Max && r.Ended == nil {
		return r.exhaust(r.program.lastSpan(), budget.HCLInstances)
	}
	return r.Ended
}

func indexed(i int) turn {
	n := cty.NumberIntVal(int64(i))
	count := cty.ObjectVal(map[string]cty.Value{"index": n})
	return turn{key: "[" + strconv.Itoa(i) + "]", names: map[string]cty.Value{"count": count}}
}

// counted makes as many copies as the largest case has. Each is there under the conditions of the cases that have it.
func (f *frame) counted(v cty.Value, address string, at hcl.Range) (*copies, error) {
	out := &copies{}
	sizes := func(v cty.Value) (int, bool, error) {
		n, err := f.To(v, cty.Number)
		if err != nil || calc.IsNull(n) {
			return 0, true, errors.New("count must be a number")
		}
		if n, _ = n.Unmark(); !n.IsKnown() {
			return 0, false, nil
		}
		i, _ := n.AsBigFloat().Int64()
		if i < 0 {
			return 0, true, errors.New("count must not be negative")
		}
		return int(i), true, nil
	}
	cases := f.Cases(v)
	open, some := false, []fact.Cond(nil)
	for _, c := range cases {
		n, known, err := sizes(c.Value)
		switch {
		case err != nil:
			return nil, f.failAt(at, "%s", err)
		case n > budget.HCLInstances.Max:
			return nil, f.exhaust(f.where(at), budget.HCLInstances)
		case !known || n > 0:
			some = append(some, c.When.And(f.None(c.Value).Not()))
		}
		open = open || !known
		for i := range n {
			if i == len(out.turns) {
				out.turns = append(out.turns, indexed(i))
			}
			out.turns[i].in = append(out.turns[i].in, c.When)
		}
	}
	if open {
		return f.summarized(v, address, cty.NilVal, some), nil
	}
	out.settle(f.run, len(cases))
	out.value = func(of func(turn) cty.Value) cty.Value {
		whole, _ := f.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
			n, _, _ := sizes(args[0])
			var items []cty.Value
			for _, e := range out.turns[:min(n, len(out.turns))] {
				items = append(items, of(e))
			}
			return cty.TupleVal(items), nil
		})
		return whole
	}
	return out, nil
}

// settle joins the cases that have a turn; one that is in all of them is always there.
func (c *copies) settle(r *run, all int) {
	for i, e := range c.turns {
		if len(e.in) < all {
			c.turns[i].when = r.Brief(fact.Never().Or(e.in...))
		}
	}
}

// keyed makes a copy for each key of all cases.
func (f *frame) keyed(v cty.Value, address string, at hcl.Range) (*copies, error) {
	out := &copies{}
	index := map[string]int{}
	values := map[string]cty.Value{}
	cases := f.Cases(v)
	open, some := false, []fact.Cond(nil)
	for _, c := range cases {
		pairs, known, err := f.pairs(c.Value)
		if err != nil {
			return nil, f.failAt(at, "%s", err)
		}
		if !known || len(pairs) > 0 {
			some = append(some, c.When.And(f.Empty(c.Value).Not()))
		}
		open = open || !known
		for _, p := range pairs {
			i, ok := index[p.name]
			if !ok {
				i = len(out.turns)
				index[p.name] = i
				out.turns = append(out.turns, turn{key: "[" + f.quoted(p.name) + "]"})
				values[p.name] = p.value
			} else {
				values[p.name] = f.Choice(c.When, p.value, values[p.name])
			}
			out.turns[i].in = append(out.turns[i].in, c.When)
			out.turns[i].names = eachNames(cty.StringVal(p.name), values[p.name])
		}
	}
	if open {
		return f.summarized(v, address, v, some), nil
	}
	out.settle(f.run, len(cases))
	out.value = func(of func(turn) cty.Value) cty.Value {
		whole, _ := f.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
			pairs, _, _ := f.pairs(args[0])
			attrs := map[string]cty.Value{}
			for _, p := range pairs {
				attrs[p.name] = of(out.turns[index[p.name]])
			}
			return cty.ObjectVal(attrs), nil
		})
		return whole
	}
	return out, nil
}

func eachNames(key, value cty.Value) map[string]cty.Value {
	return map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})}
}

func (f *frame) quoted(name string) string { return strconv.Quote(f.Table.Text(name).String()) }

type pair struct {
	name  string
	value cty.Value
}

var errForEach = errors.New("for_each must be a map or a set of texts")

// pairs are the keys and values of what for_each goes over. known is false when they are not known.
func (f *frame) pairs(v cty.Value) (out []pair, known bool, err error) {
	if calc.IsHandle(v) {
		v = calc.AsHandle(v).Object()
	}
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil, true, errForEach
	case !plain.IsKnown(), calc.HasToken(v):
		return nil, false, nil
	case !plain.CanIterateElements():
		return nil, true, errForEach
	}
	if err := f.Charge(plain.LengthInt()); err != nil {
		return nil, true, err
	}
	for it := plain.ElementIterator(); it.Next(); {
		k, x := it.Element()
		if !calc.IsMapping(plain) {
			k = f.Convert(x, cty.String)
			x = k
		}
		switch {
		case !calc.IsText(k) && !calc.IsNull(k) && !k.IsKnown():
			return nil, false, nil
		case !calc.IsText(k):
			return nil, true, errForEach
		}
		out = append(out, pair{k.AsString(), x})
	}
	return out, true, nil
}

// summarized is the one copy that stands for an unknown number of them, which there are in some cases only.
func (f *frame) summarized(v cty.Value, address string, elements cty.Value, in []fact.Cond) *copies {
	m := f.FirstMissing(v)
	e := turn{key: "[*]", summary: true, when: f.Brief(fact.Never().Or(in...))}
	key := f.Unknown(cty.String, f.prefix()+address+"[*].key", m)
	if elements == cty.NilVal {
		e.names = map[string]cty.Value{"count": cty.ObjectVal(map[string]cty.Value{
			"index": cty.UnknownVal(cty.Number).Mark(calc.Source{Missing: m, Key: f.prefix() + address + "[*].index"}),
		})}
	} else {
		value := key
		if plain, _ := elements.Unmark(); !plain.Type().IsSetType() {
			value = f.indexUnknownElement(elements, key)
		}
		e.names = eachNames(key, value)
	}
	out := &copies{turns: []turn{e}}
	out.value = func(of func(turn) cty.Value) cty.Value {
		one := of(out.turns[0])
		src := calc.Source{Missing: m, Key: f.prefix() + address}
		if calc.IsHandle(one) {
			src.Each, src.Counted = calc.AsHandle(one), elements == cty.NilVal
		}
		whole := cty.DynamicVal.Mark(src)
		if elements == cty.NilVal {
			f.Count(src.Key, f.CopiesOf(v))
		} else {
			f.Alike(whole, v)
		}
		return whole
	}
	return out
}

// indexUnknownElement is the element of a collection that an unknown key stands for.
func (f *frame) indexUnknownElement(v, key cty.Value) cty.Value {
	if _, ok := calc.AsChoice(v, f.Table); ok {
		return f.Derived(cty.DynamicPseudoType, f.Canonical(v)+"["+f.Canonical(key)+"]", v)
	}
	out, err := f.IndexOne(v, key)
	if err != nil {
		return f.Derived(cty.DynamicPseudoType, f.Canonical(v)+"["+f.Canonical(key)+"]", v)
	}
	return out
}

// lastSpan is the place of the instance that was made last.
func (p *Program) lastSpan() (span source.Span) {
	if n := len(p.Instances); n > 0 {
		return p.Instances[n-1].Span
	}
	return span
}
