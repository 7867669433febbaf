package need

import (
	"maps"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// ServiceNames are the ids of the endpoint services of AWS that this program knows, sorted.
func ServiceNames() []string {
	t := loadServices()
	known := map[string]bool{}
	for _, ids := range []map[string]string{t.hosts, t.prefixes} {
		for _, id := range ids {
			known[id] = true
		}
	}
	for _, exceptions := range t.actions {
		for _, e := range exceptions {
			known[e.id] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// ServiceOf is the id of the endpoint service that code calls to use a resource of the kind, or "".
func ServiceOf(kind aws.Kind) string { return servicesOfKinds[kind] }

// Host reads a URL that begins with http or https: the id of the AWS service whose host it is, or else the public host.
// Both are empty for a host that may be private.
func Host(v *graph.View, url string) (service, host string) {
	c := &collector{v: v, f: &graph.Function{}}
	return c.url(fact.Lit(url))
}
