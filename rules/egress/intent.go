package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// isolatedOnPurpose says whether the subnet shall have no way out: its author declares so, or its names or tags tell.
func isolatedOnPurpose(p *rules.Pass, s *graph.Subnet, table *graph.RouteTable) fact.Verdict {
	return fact.Or(fact.Of(calledIsolated(s, table)), p.IsolatedSubnet(s))
}

// declaredIsolated says whether the author declares that the function, or every subnet of it, shall have no way out. A
// way that it lacks is then no finding by itself: service_unreachable speaks where something shows that it is needed.
func declaredIsolated(p *rules.Pass, from rules.Sender, s survey) fact.Verdict {
	return fact.Or(p.Isolated(from), s.every(func(path rules.SubnetPath) fact.Verdict {
		return p.IsolatedSubnet(path.Subnet)
	}))
}

// calledIsolated reports that names or tags tell of isolation. The tag aws-cdk:subnet-type is what AWS CDK writes; the
// words are those people use in logical ids and Name tags.
func calledIsolated(s *graph.Subnet, table *graph.RouteTable) bool {
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
