package eval

import (
	"reflect"
	"regexp/syntax"

	"github.com/zclconf/go-cty/cty"
	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Work is counted in parts of values: an operation is charged for each part that it goes through, before it begins.

// spend charges work. Once there is too much of it every expression fails.
func (r *run) spend(parts int) error {
	if r.work = min(r.work+parts, 2*budget.HCLWork.Max); r.work > budget.HCLWork.Max && r.exhausted == nil {
		return r.exhaust(r.here(), budget.HCLWork)
	}
	return r.exhausted
}

// walked charges for going through all of the values once.
func (r *run) walked(vs ...cty.Value) error {
	left := budget.HCLWork.Max - r.work
	for _, v := range vs {
		left -= r.parts(v, left)
	}
	return r.spend(budget.HCLWork.Max - r.work - left)
}

// textPart is how many bytes of a text count as one part.
const textPart = 16

// passed charges for going through values, texts as one part. It is false when there was too much work.
func (r *run) passed(vs ...cty.Value) bool {
	for _, v := range vs {
		n, _ := r.width(v, budget.HCLWork.Max-r.work)
		if r.spend(n) != nil {
			return false
		}
	}
	return true
}

// parts is how many parts v has. A part that stands in several places counts in each, as whatever goes through v meets
// it there. Counting ends when there are more than most.
func (r *run) parts(v cty.Value, most int) int {
	if most < 0 {
		return 1
	}
	src, _ := SourceOf(v)
	v, _ = v.Unmark()
	switch ty := v.Type(); {
	case src.Choice != nil:
		n := 1 + r.parts(src.Choice.Then, most)
		return n + r.parts(src.Choice.Else, most-n)
	case !v.IsKnown() || v.IsNull():
		return 1
	case ty == cty.String:
		return 1 + len(v.AsString())/textPart
	case !v.CanIterateElements():
		return 1
	}
	n := 1
	for it := v.ElementIterator(); it.Next() && n <= most; {
		_, x := it.Element()
		n += r.parts(x, most-n)
	}
	return n
}

// built is a new value with parts of others in it. One with too many parts is refused, as whatever looks at it would
// go through all of them, however few they are in memory.
func (r *run) built(v cty.Value) (cty.Value, error) {
	n, spent := r.width(v, budget.HCLParts.Max)
	if err := r.spend(spent); err != nil {
		return v, err
	}
	if n > budget.HCLParts.Max {
		return v, r.overrun(budget.HCLParts)
	}
	return v, nil
}

// width is how many parts a value has, texts as one, and how many were looked at to know it: of tuples and objects the
// types tell it, which are kept.
func (r *run) width(v cty.Value, most int) (n, spent int) {
	if v.IsMarked() {
		return r.openWidth(v, most)
	}
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return 1, 0
	}
	if n := r.typeWidth(v.Type()); n > 0 {
		return n, 1
	}
	n, spent = 1, 1
	for it := v.ElementIterator(); it.Next() && n <= most; {
		_, x := it.Element()
		a, b := r.width(x, most-n)
		n, spent = n+a, spent+1+b
	}
	return n, spent
}

// openWidth is the width of a value with marks. That of a choice is kept, as many values share one.
func (r *run) openWidth(v cty.Value, most int) (n, spent int) {
	src, _ := SourceOf(v)
	switch plain, _ := v.Unmark(); {
	case plain.IsKnown():
		return r.width(plain, most)
	case src.Choice == nil:
		return 1, 1
	}
	if n, ok := r.choiceWidths[src.Choice]; ok {
		return n, 1
	}
	a, x := r.width(src.Choice.Then, budget.HCLParts.Max)
	b, y := r.width(src.Choice.Else, budget.HCLParts.Max)
	n = min(a+b, 2*budget.HCLParts.Max)
	r.choiceWidths[src.Choice] = n
	return n, 1 + x + y
}

// typeWidth is how many parts the values of a type have, or 0 where that differs from value to value. A type that holds
// another twice shares it, level upon level, so each is counted once. Types are no keys of a map: where its parts lie
// tells one.
func (r *run) typeWidth(ty cty.Type) int {
	var parts []cty.Type
	var key uintptr
	switch {
	case ty.IsTupleType():
		parts = ty.TupleElementTypes()
		key = reflect.ValueOf(parts).Pointer()
	case ty.IsObjectType():
		attrs := ty.AttributeTypes()
		key = reflect.ValueOf(attrs).Pointer()
		if known, ok := r.widths[key]; ok {
			return known.parts
		}
		for _, t := range attrs {
			parts = append(parts, t)
		}
	case ty.IsPrimitiveType() || ty == handleType:
		return 1
	default:
		return 0
	}
	if known, ok := r.widths[key]; ok && len(parts) > 0 {
		return known.parts
	}
	n := 1
	for _, t := range parts {
		w := r.typeWidth(t)
		if w == 0 {
			n = 0
			break
		}
		n = min(n+w, 2*budget.HCLParts.Max)
	}
	if len(parts) > 0 {
		r.widths[key] = typeWidth{ty, n}
	}
	return n
}

// typeWidth keeps the type, so that no other one comes to lie where it is.
type typeWidth struct {
	of    cty.Type
	parts int
}

// effort is what a call costs: its arguments once, or more where the function goes through them more often.
func (r *run) effort(name string, args []cty.Value) error {
	if glancing[name] && len(args) > 0 && args[0].Type() != cty.String {
		return r.spend(1 + max(size(args[0]), 0))
	}
	if err := r.walked(args...); err != nil {
		return err
	}
	count := func(i int) int {
		if i >= len(args) || size(args[i]) < 0 && !args[i].Type().IsSetType() {
			return 0
		}
		plain, _ := args[i].Unmark()
		if !plain.IsKnown() || plain.IsNull() {
			return 0
		}
		return plain.LengthInt()
	}
	switch name {
	case "distinct":
		return r.spend(count(0) * count(0) / 2 * comparisonWork)
	case "matchkeys":
		return r.spend(count(1) * count(2) * comparisonWork)
	case "setunion", "setintersection", "setsubtract", "toset", "sort", "keys":
		n := 0
		for i := range args {
			n += count(i)
		}
		return r.spend(n * sortWork)
	case "jsondecode", "csvdecode":
		if len(args) == 1 && isText(args[0]) {
			return r.spend(len(args[0].AsString()) * documentWork)
		}
	case "length", "substr", "strrev", "title":
		if len(args) > 0 && isText(args[0]) {
			return r.spend(len(args[0].AsString()) / characterPart)
		}
	case "yamldecode":
		return r.spend(aliasWork(args))
	case "regex", "regexall", "replace":
		return r.spend(patternWork(name, args))
	}
	return nil
}

// glancing are functions that do not go through the parts of what they are given.
var glancing = map[string]bool{
	"length": true, "element": true, "lookup": true, "one": true, "coalesce": true, "coalescelist": true,
	"values": true, "sensitive": true, "nonsensitive": true, "ephemeralasnull": true, "list": true, "map": true,
	"tolist": true, "slice": true,
}

// comparisonWork is how much dearer it is to compare two values than to look at one.
const comparisonWork = 6

// documentWork is how much dearer it is to read a byte of a document than to look at a part.
const documentWork = 2

// characterPart is how many bytes of a text count as one part where its characters are told apart, as people see them.
const characterPart = 4

// elementWork is what it takes to make an element of what it refers to, and to look at that in the network.
const elementWork = 100

// sortWork is how often an element is compared, or how much its hash costs, where a function orders its elements.
const sortWork = 300

// patternWork is the cost of a regular expression: each byte of the text may meet each step of the pattern. What is
// found is followed by another search, which may go to the end of the text again.
func patternWork(name string, args []cty.Value) int {
	text, pattern := 1, 0
	if name == "replace" {
		text, pattern = 0, 1
	}
	if len(args) < 2 || !isText(args[text]) || !isText(args[pattern]) {
		return 0
	}
	expression := args[pattern].AsString()
	if name == "replace" {
		if !isPattern(expression) {
			return 0
		}
		expression = expression[1 : len(expression)-1]
	}
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return 0
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return 0
	}
	length, steps := len(args[text].AsString()), len(program.Inst)
	work := steps + length*steps/textPart
	if name != "regex" {
		work += length / 64 * (length / 64)
	}
	return work
}

// aliasWork is how many values a YAML document has with those that its aliases repeat. The decoder makes each of them
// anew.
func aliasWork(args []cty.Value) int {
	var document yaml.Node
	if len(args) != 1 || !isText(args[0]) || yaml.Unmarshal([]byte(args[0].AsString()), &document) != nil {
		return 0
	}
	return yamlParts(&document, decodeWork*budget.HCLParts.Max)
}

// decodeWork is how much dearer it is to make a value than to look at one.
const decodeWork = 10

func yamlParts(n *yaml.Node, most int) int {
	if n.Kind == yaml.AliasNode {
		return yamlParts(n.Alias, most)
	}
	count := decodeWork
	for _, x := range n.Content {
		if count > most {
			return 2 * budget.HCLWork.Max
		}
		count += yamlParts(x, most-count)
	}
	return count
}
