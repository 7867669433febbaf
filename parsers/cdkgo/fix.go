package cdkgo

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// PrivateSubnets is the fix for a diagnostic about a selection of public subnets: the same selection among the private
// ones. There is none unless the diagnostic holds just one subnet type, that is the public one, and a VPC of the package
// has private subnets with a way out.
func PrivateSubnets(pass *analysis.Pass, n *graph.Network, d analysis.Diagnostic) []analysis.SuggestedFix {
	var public *ast.Ident
	for id, value := range subnetTypes(pass, d.Pos, d.End) {
		if value != "PUBLIC" || public != nil {
			return nil
		}
		public = id
	}
	if public == nil || !hasPrivate(n) {
		return nil
	}
	return []analysis.SuggestedFix{rename(public, withEgress, "Select the private subnets that have a way out")}
}

// hasPrivate goes by the tag that AWS CDK writes on subnets.
func hasPrivate(n *graph.Network) bool {
	for s := range n.Subnets.All() {
		if s.Tags["aws-cdk:subnet-type"] == "Private" {
			return true
		}
	}
	return false
}
