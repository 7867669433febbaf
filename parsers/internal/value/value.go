// Package value holds evaluated properties that may be partly known, in a shape that both languages share.
package value

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Kind is the shape of a value.
type Kind int8

// The kinds. Absent is what is not written, null, or AWS::NoValue.
const (
	Absent Kind = iota
	Text
	List
	Map
	Unknown
	Choice
)

// Value is an evaluated node.
type Value struct {
	Kind Kind
	// Single tells a Text that is certainly no list, even where it is a token.
	Single bool
	// Set tells that an Unknown certainly has some content.
	Set  bool
	Span source.Span
	// Text may hold tokens of the symbol table: a Ref, an attribute, a parameter without a value.
	Text string
	// Items are the elements of a List. An element may be a Choice with an Absent side. Open says what may add others.
	Items []Value
	Open  []fact.Gap
	// Key is the identity of an open List or an Unknown: values of equal Key have equal content. Empty: it has none.
	Key string
	// Fields are the entries of a Map in the order of the file.
	Fields []Field
	// Missing explains an Unknown.
	Missing []fact.Missing
	// A Choice alone has Branches, see Either.
	*Branches
}

// Branches are the sides of a Choice: Then where When holds, else Else.
type Branches struct {
	When       fact.Cond
	Then, Else *Value
}

// Either is the Choice between then and otherwise.
func Either(when fact.Cond, then, otherwise Value, span source.Span) Value {
	return Value{Kind: Choice, Span: span, Branches: &Branches{When: when, Then: &then, Else: &otherwise}}
}

// NotKnown is an Unknown that waits for the facts. It may be Absent.
func NotKnown(at source.Span, missing ...fact.Missing) Value {
	return Value{Kind: Unknown, Span: at, Missing: missing}
}

// Computed is an Unknown that certainly has some content.
func Computed(at source.Span, missing ...fact.Missing) Value {
	return Value{Kind: Unknown, Set: true, Span: at, Missing: missing}
}

// One is a Text that is no list.
func One(text string, at source.Span) Value {
	return Value{Kind: Text, Single: true, Text: text, Span: at}
}

// ListOf is a List of the items.
func ListOf(at source.Span, items ...Value) Value { return Value{Kind: List, Span: at, Items: items} }

// Field is one entry of a Map.
type Field struct {
	Name     string
	NameSpan source.Span
	Value    Value
}

// Entry is the value of the entry name of a Map, or nil.
func (v *Value) Entry(name string) *Value {
	for i := range v.Fields {
		if v.Fields[i].Name == name {
			return &v.Fields[i].Value
		}
	}
	return nil
}

// Get returns the entry name of a Map, else an Absent value. A Choice of maps gives the Choice of their entries, and an
// Unknown stays one.
func (v Value) Get(name string) Value {
	switch v.Kind {
	case Map:
		if entry := v.Entry(name); entry != nil {
			return *entry
		}
	case Choice:
		then, otherwise := v.Then.Get(name), v.Else.Get(name)
		if then.Kind == Absent && otherwise.Kind == Absent {
			return Value{}
		}
		return Either(v.When, then, otherwise, v.Span)
	case Unknown:
		return NotKnown(v.Span, v.Missing...)
	}
	return Value{}
}
