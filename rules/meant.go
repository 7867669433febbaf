package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// isMeantPrivate reports a subnet that is there for what has no public addresses and still wants to get out: its names
// say so, or it gives no public addresses beside one that does. A name that means anything else decides against it.
func isMeantPrivate(s *graph.Subnet, besidePublic bool) bool {
	if givesPublicAddresses(s) {
		return false
	}
	private := besidePublic
	for _, name := range namesOf(s) {
		for _, w := range Words(name) {
			if slices.Contains(otherPurpose, w) {
				return false
			}
			private = private || slices.Contains(privatePurpose, w) || slices.Contains(codePurpose, w)
		}
	}
	return private
}

// IsForCode reports a subnet whose names say that code runs there.
func IsForCode(s *graph.Subnet) bool {
	return slices.ContainsFunc(namesOf(s), func(name string) bool {
		return slices.ContainsFunc(Words(name), func(w string) bool { return slices.Contains(codePurpose, w) })
	})
}

// givesPublicAddresses says whether what is launched in the subnet may get a public address.
func givesPublicAddresses(s *graph.Subnet) bool {
	return !s.MapPublicIP.IsUnset() && !fact.IsOn(s.MapPublicIP, nil).IsFalse()
}

// namesOf are the names of the subnet, and what its tags say of its purpose.
func namesOf(s *graph.Subnet) []string {
	names := append([]string{s.Address}, s.Outputs...)
	for key, value := range s.Tags {
		if slices.ContainsFunc(Words(key), func(w string) bool { return slices.Contains(purposeTags, w) }) {
			names = append(names, value)
		}
	}
	return names
}

var (
	purposeTags    = []string{"name", "type", "tier", "network", "subnet", "visibility", "layer", "role"}
	privatePurpose = []string{"private", "priv", "intra", "internal", "privatesubnet", "privatesubnets"}
	codePurpose    = []string{
		"app", "apps", "application", "applications", "lambda", "lambdas", "function", "functions", "compute", "worker",
		"workers", "backend",
	}
	otherPurpose = []string{
		"public", "pub", "publicsubnet", "publicsubnets", "dmz", "edge", "ingress", "frontend", "web", "bastion",
		"jump",
		"lb", "alb", "nlb", "elb", "loadbalancer", "firewall", "fw", "inspection", "transit", "tgw", "vpn", "gateway",
		"igw", "nat", "isolated", "restricted", "database", "databases", "db", "data", "rds", "cache",
		"redis", "elasticache", "redshift", "endpoint", "endpoints", "mgmt", "management",
	}
)
