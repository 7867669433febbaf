package terraform

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Rules ask for the place of a property by its CloudFormation path, such as VpcConfig.SubnetIds. Terraform's names are
// the same words, so each place is known under both: vpc_config[0].subnet_ids and VpcConfig.SubnetIds.

// irregular are the properties that have other words in Terraform.
var irregular = map[string]string{
	"assume_role_policy": "AssumeRolePolicyDocument",
	"egress":             "SecurityGroupEgress",
	"ingress":            "SecurityGroupIngress",
	"policy":             "PolicyDocument",
}

// places are the places of an instance's arguments under both names.
func places(written map[string]source.Span) graph.Places {
	return index(sync.OnceValue(func() map[string]source.Span {
		out := make(map[string]source.Span, 2*len(written))
		for _, path := range slices.Sorted(maps.Keys(written)) {
			out[path] = written[path]
			if name := propertyPath(path); !out[name].IsValid() {
				out[name] = written[path]
			}
		}
		return out
	}))
}

// index makes the table of places when it is first asked.
type index func() map[string]source.Span

func (i index) Place(path string) (source.Span, bool) {
	span, ok := i()[path]
	return span, ok
}

// propertyPath is the CloudFormation path of a Terraform one: words in capitals, and no index on the first of blocks.
func propertyPath(path string) string {
	if name, ok := irregular[strings.TrimSuffix(path, "[0]")]; ok {
		return name
	}
	steps := strings.Split(path, ".")
	for i, step := range steps {
		if i < len(steps)-1 || i == 0 {
			step = strings.TrimSuffix(step, "[0]")
		}
		var b strings.Builder
		for word := range strings.SplitSeq(step, "_") {
			if word != "" {
				b.WriteString(strings.ToUpper(word[:1]) + word[1:])
			}
		}
		steps[i] = b.String()
	}
	return strings.Join(steps, ".")
}
