package eval

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// traverse evaluates a reference: only what it names is evaluated, not all of the module.
func (s *scope) traverse(t hcl.Traversal) (cty.Value, error) {
	v, rest, err := s.head(t)
	if err != nil {
		return v, err
	}
	return s.steps(v, rest)
}

// head evaluates the head of a reference and returns the steps that remain.
func (s *scope) head(t hcl.Traversal) (cty.Value, hcl.Traversal, error) {
	root := t.RootName()
	if v, ok := s.local(root); ok {
		return v, t[1:], nil
	}
	name := attrName(t, 1)
	switch root {
	case "var":
		v, err := s.variable(name, t.SourceRange())
		return v, rest(t, 2), err
	case "local":
		v, err := s.localValue(name, t.SourceRange())
		return v, rest(t, 2), err
	case "module":
		return s.moduleReference(name, t)
	case "path":
		v, err := s.path(name)
		return v, rest(t, 2), err
	case "terraform", "tofu":
		return s.workspace(name), rest(t, 2), nil
	case "data", "ephemeral":
		v, err := s.resource("data."+name+"."+attrName(t, 2), t.SourceRange())
		return v, rest(t, 3), err
	case "resource":
		v, err := s.resource(name+"."+attrName(t, 2), t.SourceRange())
		return v, rest(t, 3), err
	case "each", "count", "self":
		return s.derived(cty.DynamicPseudoType, s.frame.prefix()+root), nil, nil
	}
	if name == "" {
		return cty.NilVal, nil, s.failf(t.SourceRange(), "%q is not the name of anything here", root)
	}
	v, err := s.resource(root+"."+name, t.SourceRange())
	return v, rest(t, 2), err
}

func rest(t hcl.Traversal, n int) hcl.Traversal { return t[min(n, len(t)):] }

// attrName is the name that step i takes, "" when it takes none.
func attrName(t hcl.Traversal, i int) string {
	if i < len(t) {
		switch step := t[i].(type) {
		case hcl.TraverseAttr:
			return step.Name
		case hcl.TraverseIndex:
			if isText(step.Key) {
				return step.Key.AsString()
			}
		}
	}
	return ""
}

func (s *scope) steps(v cty.Value, t hcl.Traversal) (cty.Value, error) {
	if len(t) > budget.HCLNesting.Max {
		return v, s.overrun(budget.HCLNesting)
	}
	for _, step := range t {
		var err error
		switch step := step.(type) {
		case hcl.TraverseAttr:
			v, err = s.access(v, cty.StringVal(step.Name))
		case hcl.TraverseIndex:
			v, err = s.access(v, step.Key)
		default:
			err = errors.New("this step cannot be evaluated")
		}
		if err != nil {
			return v, s.fail(step.SourceRange(), err)
		}
	}
	return v, nil
}

func (s *scope) indexed(x *hclsyntax.IndexExpr) (cty.Value, error) {
	v, err := s.eval(x.Collection)
	if err != nil {
		return v, err
	}
	key, err := s.eval(x.Key)
	if err != nil {
		return v, err
	}
	return s.access(v, key)
}

// index takes an attribute or element of v, whatever v is.
func (r *run) index(v, key cty.Value) (cty.Value, error) {
	return r.spread([]cty.Value{v, key}, func(args []cty.Value) (cty.Value, error) {
		return r.indexOne(args[0], args[1])
	})
}

func (r *run) indexOne(v, key cty.Value) (cty.Value, error) {
	if isNull(v) {
		return v, errors.New("this value is null, so it has no attributes")
	}
	if isNull(key) {
		return v, errors.New("an index must not be null")
	}
	if isHandle(v) {
		if isText(key) {
			return asHandle(v).attr(key.AsString())
		}
		return v, nil // a resource without count, indexed as if it had one: Terraform 0.11
	}
	if sym, ok := onlySymbol(v, r.table); ok {
		return r.within(sym.Key, sym.Address, sym.Attribute, sym.Missing, key), nil
	}
	if src, ok := SourceOf(v); ok || !v.IsKnown() {
		return r.indexUnknown(v, src, key), nil
	}
	plain, _ := v.Unmark()
	ty := plain.Type()
	switch {
	case ty.IsObjectType() || ty.IsMapType():
		return r.indexMapping(plain, key, nil)
	case ty.IsTupleType() || ty.IsListType() || ty.IsSetType():
		return r.indexSequence(plain, key)
	}
	return v, errors.New("this value has no attributes or elements")
}

func (r *run) indexUnknown(v cty.Value, src Source, key cty.Value) cty.Value {
	if src.each != nil && src.counted && isText(key) && !hasToken(key) {
		if v, err := src.each.at("[0]").attr(key.AsString()); err == nil {
			return v // the only instance without its index: Terraform 0.11
		}
	}
	if src.each != nil {
		if name := r.canonical(key); key.Type() == cty.Number || hasToken(key) || isText(key) {
			return src.each.at("[" + name + "]").value()
		}
	}
	if n, ok := smallNumber(key); ok && src.front != nil && n < len(src.front.items) {
		return src.front.items[n]
	}
	if src.mapped != nil && key.Type() == cty.Number {
		if v, err := src.mapped.at(key); err == nil {
			return v
		}
	}
	if s, ok := r.table.Only(src.item); ok && key.Type() == cty.Number {
		s.Key += stepText(r, key)
		return r.token(s)
	}
	path := src.Key + stepText(r, key)
	if src.Key == "" {
		path = r.canonical(v) + stepText(r, key)
	}
	m := src.Missing
	if m.Name == "" {
		m = r.firstMissing(v)
	}
	plain, _ := v.Unmark()
	ty := cty.DynamicPseudoType
	switch t := plain.Type(); {
	case t.IsCollectionType():
		ty = t.ElementType()
	case t.IsObjectType() && isText(key) && t.HasAttribute(key.AsString()):
		ty = t.AttributeType(key.AsString())
	}
	if ty == cty.DynamicPseudoType {
		return r.within(src.Key, "", "", m, key)
	}
	return r.unknown(ty, path, m)
}

func stepText(r *run, key cty.Value) string {
	if isText(key) && !hasToken(key) {
		return "." + key.AsString()
	}
	return "[" + r.canonical(key) + "]"
}

// within is an attribute or element of something about which only its identity is known. If the name says that it is a
// list or a map, it is an unknown one; everything else is taken as a text.
func (r *run) within(key, address, attribute string, m fact.Missing, step cty.Value) cty.Value {
	path := stepText(r, step)
	if attribute != "" {
		attribute += path
	}
	name := ""
	if isText(step) {
		name = step.AsString()
	}
	part := symbol.Symbol{Key: key + path, Address: address, Attribute: attribute, Missing: m, Nullable: address == ""}
	return r.provided(part, name)
}

// provided is the value of an attribute called name that a provider or another configuration gives.
func (r *run) provided(s symbol.Symbol, name string) cty.Value {
	switch {
	case isPlural(name):
		return cty.UnknownVal(cty.List(cty.String)).Mark(Source{Missing: s.Missing, Key: s.Key})
	case name == "tags" || name == "tags_all":
		return cty.UnknownVal(cty.Map(cty.String)).Mark(Source{Missing: s.Missing, Key: s.Key})
	}
	return r.token(s)
}

// plurals are, or end after an underscore, the names of attributes that are lists of texts: in the AWS provider and by
// custom in the outputs of modules.
var plurals = []string{
	"ids", "blocks", "cidrs", "arns", "names", "subnets", "zones", "azs", "addresses", "groups", "tables", "ips",
	"endpoints",
}

func isPlural(name string) bool {
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

func (r *run) indexSequence(v, key cty.Value) (cty.Value, error) {
	count := v.LengthInt()
	plain, _ := r.convert(key, cty.Number).Unmark()
	if plain.Type() != cty.Number {
		if isText(key) && count == 1 {
			return r.index(v.AsValueSlice()[0], key) // an attribute of the only instance: Terraform 0.11
		}
		return v, errors.New("an index into a list must be a number")
	}
	if !plain.IsKnown() && count == 0 {
		return r.derived(cty.DynamicPseudoType, r.canonical(v)+"["+r.canonical(key)+"]", v, key), nil
	}
	if !plain.IsKnown() || r.isUnordered(v) {
		return r.oneOf(r.canonical(v)+"["+r.canonical(key)+"]", v.AsValueSlice()), nil
	}
	i, accuracy := plain.AsBigFloat().Int64()
	if accuracy != big.Exact || i < 0 || i >= int64(count) {
		switch items := v.AsValueSlice(); {
		case accuracy != big.Exact || i < 0:
		case count == 0:
			return v, &missingInstance{index: i}
		case isHandle(items[0]):
			return v, &missingInstance{sibling: asHandle(items[0]).key, index: i, count: count}
		default:
			if s, ok := r.splat(items); ok {
				return v, &missingInstance{sibling: s.Address, attribute: s.Attribute, index: i, count: count}
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
