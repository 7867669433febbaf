package calc

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Source is the mark of an unknown value: what would make it known.
type Source struct {
	Missing fact.Missing
	// Key is the identity of the value: unknowns of equal Key have equal content. Empty: it has none.
	Key string
	// counts says that this is a whole number from 0 up.
	counts bool
	// Choice is set when the value is one of two, keyed by a condition.
	Choice *Choice
	// Declared tells a variable that is declared as a list, set or map.
	Declared bool
	// Item is the token that each element of a list of texts is like: an attribute of a resource with any number of
	// instances.
	Item string
	// Front are the first elements of a list. The others are not known.
	Front *Front
	// Each stands for the elements of a collection of resources whose number is not known.
	Each *Handle
	// Counted says of Each that its elements have numbers.
	Counted bool
	// Mapped computes the element at a number of a list that has one for each of such a collection.
	Mapped *mapped
}

// Front are the first elements of a list.
type Front struct{ Items []cty.Value }

type mapped struct {
	at func(number cty.Value) (cty.Value, error)
}

// Choice is Then where When holds and otherwise Else.
type Choice struct {
	When       fact.Cond
	Then, Else cty.Value
}

// failure marks the branch of a choice under whose condition the evaluation would fail.
type failure struct{ err error }

// SourceOf returns the Source of an unknown value, of several always the same one.
func SourceOf(v cty.Value) (Source, bool) {
	if !v.IsMarked() || v.IsKnown() {
		return Source{}, false
	}
	first, found := Source{}, false
	for s := range cty.ValueMarksOfType[Source](v) {
		if !found || s.compare(first) < 0 {
			first, found = s, true
		}
	}
	return first, found
}

// compare orders Sources. A value may have several, in no order.
func (s Source) compare(t Source) int {
	when := func(s Source) string {
		if s.Choice == nil {
			return ""
		}
		return s.Choice.When.String()
	}
	m, n := s.Missing, t.Missing
	c := cmp.Or(strings.Compare(s.Key, t.Key), strings.Compare(m.Name, n.Name), m.Span.Compare(n.Span))
	if c == 0 && s.Choice != t.Choice {
		c = strings.Compare(when(s), when(t))
	}
	return c
}

// AsChoice takes apart a value that depends on a condition: an unknown with a Choice, or a text that is one token.
func AsChoice(v cty.Value, table *symbol.Table) (*Choice, bool) {
	if s, ok := SourceOf(v); ok {
		return s.Choice, s.Choice != nil
	}
	if s, ok := OnlySymbol(v, table); ok && s.Choice != nil {
		c := s.Choice
		return &Choice{When: c.When, Then: cty.StringVal(c.Then), Else: cty.StringVal(c.Else)}, true
	}
	return nil, false
}

// Unknown is a value about which only its type and identity are known: a token for a text, an object of such values for
// an object, otherwise an unknown. Tokens sort by their age, so they are made in the order of the names.
func (r *Run) Unknown(ty cty.Type, key string, m fact.Missing) cty.Value {
	switch {
	case ty == cty.String || ty == cty.DynamicPseudoType:
		return r.Token(symbol.Symbol{Key: key, Missing: m})
	case ty.IsObjectType():
		attrs := map[string]cty.Value{}
		types := ty.AttributeTypes()
		for _, name := range slices.Sorted(maps.Keys(types)) {
			attrs[name] = r.attribute(types[name], key+"."+name, m)
		}
		return cty.ObjectVal(attrs)
	case ty.IsTupleType():
		items := make([]cty.Value, 0, ty.Length())
		for i, t := range ty.TupleElementTypes() {
			items = append(items, r.Unknown(t, key+"["+strconv.Itoa(i)+"]", m))
		}
		return cty.TupleVal(items)
	}
	return cty.UnknownVal(ty).Mark(Source{Missing: m, Key: key})
}

// attribute is an attribute of an object that somebody gives, who may leave it out.
func (r *Run) attribute(ty cty.Type, key string, m fact.Missing) cty.Value {
	if ty == cty.String || ty == cty.DynamicPseudoType {
		return r.Token(symbol.Symbol{Key: key, Missing: m, Nullable: true})
	}
	return r.Unknown(ty, key, m)
}

// Token is the text that stands for a symbol.
func (r *Run) Token(s symbol.Symbol) cty.Value { return cty.StringVal(r.Table.Intern(s)) }

// Derived is the result of a computation on args that cannot be carried out. The same computation has the same key.
func (r *Run) Derived(ty cty.Type, key string, args ...cty.Value) cty.Value {
	m := fact.Missing{Kind: fact.Intrinsic, Name: key}
	if ms := r.Missing(args...); len(ms) > 0 {
		m = ms[0]
	}
	if ty == cty.String || ty == cty.DynamicPseudoType {
		return r.Token(symbol.Symbol{Key: key, Missing: m, Inputs: r.Inputs(args)})
	}
	return r.Unknown(ty, key, m)
}

// Missing lists what would make the values known.
func (r *Run) Missing(vs ...cty.Value) []fact.Missing {
	var out []fact.Missing
	r.Visit(vs, func(s symbol.Symbol) { out = append(out, s.Missing) }, func(s Source) {
		if s.Choice != nil {
			out = append(out, (*fact.World)(nil).Holds(s.Choice.When).Missing...)
			return
		}
		out = append(out, s.Missing)
	})
	return out
}

// Inputs lists the tokens in values.
func (r *Run) Inputs(vs []cty.Value) []string {
	var out []string
	seen := map[string]bool{}
	r.Visit(vs, func(s symbol.Symbol) {
		if len(out) < maxInputs && !seen[s.Key] {
			seen[s.Key] = true
			out = append(out, r.Table.Intern(s))
		}
	}, func(Source) {})
	return out
}

const maxInputs = 64

// Visit calls back with every symbol and source inside values.
func (r *Run) Visit(vs []cty.Value, symbols func(symbol.Symbol), sources func(Source)) {
	for _, v := range vs {
		if r.Spend(1) != nil {
			return
		}
		s, marked := SourceOf(v)
		v, _ = v.Unmark()
		switch {
		case marked && s.Choice != nil:
			sources(s)
			r.Visit([]cty.Value{s.Choice.Then, s.Choice.Else}, symbols, sources)
		case marked && !v.IsKnown():
			sources(s)
		case !v.IsKnown() || v.IsNull():
		case v.Type() == cty.String:
			if !symbol.Has(v.AsString()) {
				continue
			}
			for _, p := range r.Table.Split(v.AsString()) {
				if sym, ok := p.(symbol.Symbol); ok {
					symbols(sym)
				}
			}
		case v.CanIterateElements():
			for it := v.ElementIterator(); it.Next(); {
				k, x := it.Element()
				r.Visit([]cty.Value{k, x}, symbols, sources)
			}
		}
	}
}

const maxKey = 200

// Name is Canonical, and the bare key of a token.
func (r *Run) Name(v cty.Value) string {
	if s, ok := OnlySymbol(v, r.Table); ok {
		return s.Key
	}
	return r.Canonical(v)
}

// Canonical is a text that equal values share.
func (r *Run) Canonical(vs ...cty.Value) string {
	var b strings.Builder
	for i, v := range vs {
		if i > 0 {
			b.WriteString(", ")
		}
		r.write(&b, v)
	}
	if b.Len() <= maxKey {
		return b.String()
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:16])
}

func (r *Run) write(b *strings.Builder, v cty.Value) {
	if r.Spend(1) != nil {
		return
	}
	s, marked := SourceOf(v)
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() && marked && s.Choice != nil:
		c := s.Choice
		b.WriteString("if " + c.When.String() + " then " + r.Canonical(c.Then) + " else " + r.Canonical(c.Else))
	case !v.IsKnown() && marked && s.Key != "":
		b.WriteString(s.Key)
	case !v.IsKnown():
		r.nameless++ // nothing is known of it, so it equals no other value
		b.WriteString("?" + strconv.Itoa(r.nameless))
	case v.IsNull():
		b.WriteString("null")
	case v.Type() == cty.String && symbol.Has(v.AsString()):
		b.WriteString(r.Table.Text(v.AsString()).String())
	case v.Type() == cty.String:
		b.WriteString(strconv.Quote(v.AsString()))
	case v.Type() == cty.Number:
		b.WriteString(v.AsBigFloat().Text('g', 30))
	case v.Type() == cty.Bool:
		b.WriteString(strconv.FormatBool(v.True()))
	case v.Type() == handleType:
		b.WriteString(AsHandle(v).Key)
	case v.CanIterateElements():
		b.WriteString("[")
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			if v.Type().IsObjectType() || v.Type().IsMapType() {
				r.write(b, k)
				b.WriteString("=")
			}
			r.write(b, x)
			b.WriteString(" ")
		}
		b.WriteString("]")
	}
}

// FirstMissing is what would make the first of the values known that is not.
func (r *Run) FirstMissing(vs ...cty.Value) fact.Missing {
	if ms := r.Missing(vs...); len(ms) > 0 {
		return ms[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: r.Canonical(vs...)}
}
