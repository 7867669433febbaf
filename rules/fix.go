package rules

import (
	"reflect"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Fix is a change of the files that ends a finding, and in which nobody has to decide anything: steps in terms of the
// network, which package internal/fix writes in the language of the file. A finding without steps has none.
type Fix []Step

// Step changes the definition of one resource.
type Step struct {
	// Of is the address of the resource, and At a place in its definition.
	Of string
	At source.Span
	Do Change
	// Property is a path of CloudFormation's names, such as VpcConfig.Ipv6AllowedForDualStack. Depend has none.
	Property string
	// To is the last name of the path after a Rename.
	To    string
	Value Value
	New   *New
}

// New is a resource that a fix defines: its type and properties in the words of the language, and a name.
type New struct {
	Type, Name string
	Properties []Property
}

// Property is one of a new resource.
type Property struct {
	Name  string
	Value Value
}

// Edit replaces a stretch of a file by a text.
type Edit struct {
	Span source.Span
	Text string
}

// Change is what a step does.
type Change int8

// The changes. Each leaves a definition as it is that has the wanted form already.
const (
	Depend Change = iota + 1 // make the resource wait for that of Value
	Set                      // give the property the value
	Append                   // add the value to the list that the property is
	Rename                   // give the property, with its value, the name in To
	Create                   // define the resource New behind it
)

// Value is what a step writes: a reference to a resource, a text, or properties of its own.
type Value struct {
	// Ref is the address of a resource, and Attribute the one meant, in CloudFormation's words; "" is what Ref gives.
	Ref, Attribute string
	// Text is a literal. It may have ${AWS::Partition} in it.
	Text string
	// Properties are in the words of the language.
	Properties []Property
	// InList makes the value the only one of a list.
	InList bool
}

// DependOn is the fix that makes a resource wait for others. There is none where one of them waits for it.
func (p *Pass) DependOn(of *graph.Header, others ...string) (fix Fix) {
	for _, other := range others {
		if p.DependsOn(other, of.Address) {
			return nil
		}
		fix = append(fix, Step{Of: of.Address, At: of.Span, Do: Depend, Value: Value{Ref: other}})
	}
	return fix
}

// Property is the fix of one step on a property of the resource.
func (do Change) Property(of *graph.Header, property string, value Value) Fix {
	return Fix{{Of: of.Address, At: of.At(property), Do: do, Property: property, Value: value}}
}

// Refer is the fix of one step that makes a property refer to another resource. There is none where the other may not
// exist although the first does: such a reference fails.
func (do Change) Refer(of *graph.Header, property string, to *graph.Header, attribute string) Fix {
	if to.Implicit || !IsWith(to, of) {
		return nil
	}
	return do.Property(of, property, Value{Ref: to.Address, Attribute: attribute})
}

// RenameProperty is the fix that gives a property, with its value, another name.
func RenameProperty(of *graph.Header, property, to string) Fix {
	return Fix{{Of: of.Address, At: of.At(property), Do: Rename, Property: property, To: to}}
}

// IsWith says whether h exists wherever other does.
func IsWith(h, other *graph.Header) bool {
	return h.When.IsAlways() || h.When.Equal(other.When)
}

// Both is the fix of a finding that stands for two: there is none unless each has one.
func Both(a, b Fix) Fix {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	out := slices.Clip(a)
	for _, s := range b {
		if !slices.ContainsFunc(a, func(t Step) bool { return reflect.DeepEqual(s, t) }) {
			out = append(out, s)
		}
	}
	return out
}
