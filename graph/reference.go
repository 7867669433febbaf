package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Misreference is a property that names a resource of a kind which the property does not take. Its Header is that of
// the resource with the property.
type Misreference struct {
	Header
	// Property takes what Takes lists; Belongs is the property of the same resource that takes Kind, "" without one.
	Property, Belongs string
	Takes             []aws.Kind
	// Form is what the property takes of a resource of the right kind, "name" or "ARN", where it is given the other.
	Form string
	// Target is the address or the id of what it names, and Kind what that is. Both are empty where the property is a
	// list of ids and is given a text.
	Target string
	Kind   aws.Kind
	// Taken is set where the deployment does not fail, and sees a change whenever it is planned again.
	Taken bool
	// Named is the condition under which the property names it, Value the place where it does.
	Named fact.Cond
	Value source.Span
}

// Crossing is a property that names a resource that may be in another Region. Its Header is that of the resource with
// the property.
type Crossing struct {
	Header
	// Property names Target, the address of a resource or of the data source that finds it, which is in Elsewhere.
	Property, Target string
	Elsewhere        fact.Text
	// Named is the condition under which the property names it, Value the place where it does.
	Named fact.Cond
	Value source.Span
}
