package need

import (
	"maps"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Call is a call of a service that a function needs. Its Name is that of the service.
type Call struct {
	Need
	// Action is what a policy of the role allows, such as "s3:PutObject" or "s3:Get*", or all actions of the service
	// where the environment names the resource, which tells none.
	Action string
	// Resource is that of the policy, or a symbol for the resource that the environment names.
	Resource fact.Text
}

// anyCall is some call on the resource at address.
func anyCall(n Need, address string) Call {
	name := fact.Missing{Kind: fact.Attribute, Name: address}
	return Call{n, prefixOf(n.Name) + ":*", fact.Text{{Symbol: address, Address: address, Missing: name}}}
}

// prefixOf is the IAM prefix of the actions of the service, or an asterisk where that is not known.
func prefixOf(service string) string {
	t := loadServices()
	for _, prefix := range slices.Sorted(maps.Keys(t.prefixes)) {
		if t.prefixes[prefix] == service {
			return prefix
		}
	}
	return "*"
}

// Calls are the calls of the service that are known of the function.
func Calls(v *graph.View, f *graph.Function, service string) []Call {
	c := &collector{v: v, f: f, granted: map[string]bool{}, calling: true}
	c.environment()
	c.role()
	return slices.DeleteFunc(c.calls, func(call Call) bool { return call.Name != service })
}
