package calc

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// MissingInstance is an index past the last of a resource's instances, or into an empty list of whatever.
type MissingInstance struct {
	Sibling string // the address of an instance that there is, "" if there is none
	// Attribute is what the list holds of the instances; "": themselves.
	Attribute string
	Index     int64
	count     int
}

func (m *MissingInstance) Error() string {
	return fmt.Sprintf("there is no element %d in a list of %d", m.Index, m.count)
}

// splat is the attribute of the first instance of a resource, if items are those of all instances that have a number,
// in their order.
func (r *Run) splat(items []cty.Value) (first symbol.Symbol, ok bool) {
	for i, item := range items {
		s, ok := OnlySymbol(item, r.Table)
		if i == 0 {
			first = s
		}
		address, isFirst := strings.CutSuffix(first.Address, "[0]")
		is := ok && isFirst && s.Address == address+"["+strconv.Itoa(i)+"]" && s.Attribute == first.Attribute
		if !is || s.Attribute == "" {
			return first, false
		}
	}
	return first, len(items) > 0
}

// Index takes an attribute or element of v, whatever v is.
func (r *Run) Index(v, key cty.Value) (cty.Value, error) {
	return r.Spread([]cty.Value{v, key}, func(args []cty.Value) (cty.Value, error) {
		return r.IndexOne(args[0], args[1])
	})
}

// IndexOne is Index for a value and a key that are no choices.
func (r *Run) IndexOne(v, key cty.Value) (cty.Value, error) {
	if IsNull(v) {
		return v, errors.New("this value is null, so it has no attributes")
	}
	if IsNull(key) {
		return v, errors.New("an index must not be null")
	}
	if IsHandle(v) {
		if IsText(key) {
			return AsHandle(v).Attr(key.AsString())
		}
		return v, nil // a resource without count, indexed as if it had one: Terraform 0.11
	}
	if sym, ok := OnlySymbol(v, r.Table); ok {
		return r.within(sym.Key, sym.Address, sym.Attribute, sym.Missing, key), nil
	}
	if src, ok := SourceOf(v); ok || !v.IsKnown() {
		return r.indexUnknown(v, src, key), nil
	}
	plain, _ := v.Unmark()
	ty := plain.Type()
	switch {
	case ty.IsObjectType() || ty.IsMapType():
		return r.IndexMapping(plain, key, nil)
	case ty.IsTupleType() || ty.IsListType() || ty.IsSetType():
		return r.IndexSequence(plain, key)
	}
	return v, errors.New("this value has no attributes or elements")
}

func (r *Run) indexUnknown(v cty.Value, src Source, key cty.Value) cty.Value {
	if src.Each != nil && src.Counted && IsText(key) && !HasToken(key) {
		if v, err := src.Each.At("[0]").Attr(key.AsString()); err == nil {
			return v // the only instance without its index: Terraform 0.11
		}
	}
	if src.Each != nil {
		if name := r.Canonical(key); key.Type() == cty.Number || HasToken(key) || IsText(key) {
			return src.Each.At("[" + name + "]").Value()
		}
	}
	if n, ok := SmallNumber(key); ok && src.Front != nil && n < len(src.Front.Items) {
		return src.Front.Items[n]
	}
	if src.Mapped != nil && key.Type() == cty.Number {
		if v, err := src.Mapped.at(key); err == nil {
			return v
		}
	}
	if s, ok := r.Table.Only(src.Item); ok && key.Type() == cty.Number {
		s.Key += r.StepText(key)
		return r.Token(s)
	}
	path := src.Key + r.StepText(key)
	if src.Key == "" {
		path = r.Canonical(v) + r.StepText(key)
	}
	m := src.Missing
	if m.Name == "" {
		m = r.FirstMissing(v)
	}
	plain, _ := v.Unmark()
	ty := cty.DynamicPseudoType
	switch t := plain.Type(); {
	case t.IsCollectionType():
		ty = t.ElementType()
	case t.IsObjectType() && IsText(key) && t.HasAttribute(key.AsString()):
		ty = t.AttributeType(key.AsString())
	}
	if ty == cty.DynamicPseudoType {
		return r.within(src.Key, "", "", m, key)
	}
	return r.Unknown(ty, path, m)
}

// StepText is how the step that takes the key stands in an identity.
func (r *Run) StepText(key cty.Value) string {
	if IsText(key) && !HasToken(key) {
		return "." + key.AsString()
	}
	return "[" + r.Canonical(key) + "]"
}

// within is an attribute or element of something about which only its identity is known. If the name says that it is a
// list or a map, it is an unknown one; everything else is taken as a text.
func (r *Run) within(key, address, attribute string, m fact.Missing, step cty.Value) cty.Value {
	path := r.StepText(step)
	if attribute != "" {
		attribute += path
	}
	name := ""
	if IsText(step) {
		name = step.AsString()
	}
	part := symbol.Symbol{Key: key + path, Address: address, Attribute: attribute, Missing: m, Nullable: address == ""}
	return r.Provided(part, name)
}

// Provided is the value of an attribute called name that a provider or another configuration gives.
func (r *Run) Provided(s symbol.Symbol, name string) cty.Value {
	switch {
	case IsPlural(name):
		return cty.UnknownVal(cty.List(cty.String)).Mark(Source{Missing: s.Missing, Key: s.Key})
	case name == "tags" || name == "tags_all":
		return cty.UnknownVal(cty.Map(cty.String)).Mark(Source{Missing: s.Missing, Key: s.Key})
	}
	return r.Token(s)
}

// plurals are, or end after an underscore, the names of attributes that are lists of texts: in the AWS provider and by
// custom in the outputs of modules.
var plurals = []string{
	"ids", "blocks", "cidrs", "arns", "names", "subnets", "zones", "azs", "addresses", "groups", "tables", "ips",
	"endpoints",
}

// IsPlural reports the name of a list of texts.
func IsPlural(name string) bool {
	return slices.Contains(plurals, name[strings.LastIndexByte(name, '_')+1:])
}

// maxRows is how many entries of a map become cases when the key is not known.
const maxRows = 8

func elementType(v cty.Value) cty.Type {
	if ty := v.Type(); ty.IsCollectionType() {
		return ty.ElementType()
	}
	return cty.DynamicPseudoType
}

// IndexSequence takes the element of a list, tuple or set at a number.
func (r *Run) IndexSequence(v, key cty.Value) (cty.Value, error) {
	count := v.LengthInt()
	plain, _ := r.Convert(key, cty.Number).Unmark()
	if plain.Type() != cty.Number {
		if IsText(key) && count == 1 {
			return r.Index(v.AsValueSlice()[0], key) // an attribute of the only instance: Terraform 0.11
		}
		return v, errors.New("an index into a list must be a number")
	}
	if !plain.IsKnown() && count == 0 {
		return r.Derived(cty.DynamicPseudoType, r.Canonical(v)+"["+r.Canonical(key)+"]", v, key), nil
	}
	if !plain.IsKnown() || r.IsUnordered(v) {
		return r.OneOf(r.Canonical(v)+"["+r.Canonical(key)+"]", v.AsValueSlice()), nil
	}
	i, accuracy := plain.AsBigFloat().Int64()
	if accuracy != big.Exact || i < 0 || i >= int64(count) {
		switch items := v.AsValueSlice(); {
		case accuracy != big.Exact || i < 0:
		case count == 0:
			return v, &MissingInstance{Index: i}
		case IsHandle(items[0]):
			return v, &MissingInstance{Sibling: AsHandle(items[0]).Key, Index: i, count: count}
		default:
			if s, ok := r.splat(items); ok {
				return v, &MissingInstance{Sibling: s.Address, Attribute: s.Attribute, Index: i, count: count}
			}
		}
		number := plain.AsBigFloat().Text('g', 10)
		return v, errors.New("there is no element " + number + " in a list of " + strconv.Itoa(count))
	}
	if v.Type().IsSetType() {
		return v.AsValueSlice()[i], nil
	}
	return v.Index(cty.NumberIntVal(i)), nil
}
