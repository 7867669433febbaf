package cdkgo

import (
	"fmt"
	"math"

	"golang.org/x/tools/go/analysis"
)

const withEgress = "SubnetType_PRIVATE_WITH_EGRESS"

// DeprecatedSubnetType reports the old name of the private subnets that have a way out, and fixes it. Both names mean
// the same. It has no result and needs no network.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetType.html
var DeprecatedSubnetType = &analysis.Analyzer{
	Name: "deprecated_subnet_type",
	Doc:  "report subnet types of AWS CDK that have a new name",
	URL:  Network.URL,
	Run: func(pass *analysis.Pass) (any, error) {
		for id, value := range subnetTypes(pass, 0, math.MaxInt) {
			if value != "PRIVATE_WITH_NAT" {
				continue
			}
			const message = "%s is deprecated: the subnets are the same under the name %s"
			pass.Report(analysis.Diagnostic{
				Pos: id.Pos(), End: id.End(), Category: "note",
				Message:        fmt.Sprintf(message, id.Name, withEgress),
				SuggestedFixes: useEgress(id, "Use "+withEgress),
			})
		}
		return nil, nil
	},
}
