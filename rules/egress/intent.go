package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// isolatedOnPurpose says whether names or tags tell that the subnet shall have no way out. The tag aws-cdk:subnet-type
// is what AWS CDK writes; the words are those people use in logical ids and Name tags.
func isolatedOnPurpose(s *graph.Subnet, table *graph.RouteTable) bool {
	if s.Tags["aws-cdk:subnet-type"] == "Isolated" {
		return true
	}
	names := []string{s.Address, s.Tags["Name"]}
	if table != nil && !table.Implicit {
		names = append(names, table.Address, table.Tags["Name"])
	}
	return slices.ContainsFunc(names, saysIsolated)
}

func saysIsolated(name string) bool {
	return slices.ContainsFunc(rules.Words(name), func(w string) bool {
		switch w {
		case "isolated", "intra", "database", "db", "cache":
			return true
		}
		return false
	})
}
