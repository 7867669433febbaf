package egress

import (
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
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
	return slices.ContainsFunc(words(name), func(w string) bool {
		switch w {
		case "isolated", "intra", "database", "db", "cache":
			return true
		}
		return false
	})
}

// words cuts an identifier at punctuation, digits and changes of case: "MyDBSubnet-1" is my, db, subnet.
func words(name string) []string {
	var out []string
	runes := []rune(name)
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, strings.ToLower(string(runes[start:end])))
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			flush(i)
			start = i + 1
		case i == start:
		case unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			flush(i)
		case unicode.IsUpper(r) && i+1 < len(runes) && unicode.IsLower(runes[i+1]):
			flush(i)
		}
	}
	flush(len(runes))
	return out
}
