// Package constructs mirrors what the tests use of github.com/aws/constructs-go/constructs/v10 v10.4.2.
package constructs

type (
	IDependable interface{}
	Construct   interface{ Node() Node }
	Node        interface{ AddDependency(deps ...IDependable) }
)
