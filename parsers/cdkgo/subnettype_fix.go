package cdkgo

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// PrivateSubnets is the fix for a diagnostic about a prop that selects public subnets: the same selection among private
// ones. d.Pos is where the prop begins, and n the network of the pass.
//
// It gives no fix unless the prop's value is written there with just one subnet type, the public one, and a VPC of the
// package has private subnets with a way out.
func PrivateSubnets(pass *analysis.Pass, n *graph.Network, d analysis.Diagnostic) []analysis.SuggestedFix {
	prop := propAt(pass, d.Pos)
	if prop == nil || !hasPrivate(n) {
		return nil
	}
	var public *ast.Ident
	for id, value := range subnetTypes(pass, prop.Value.Pos(), prop.Value.End()) {
		if value != "PUBLIC" || public != nil {
			return nil
		}
		public = id
	}
	if public == nil {
		return nil
	}
	return useEgress(public, "Select the private subnets that have a way out")
}

// propAt is the field of a struct literal that begins at that position, or nil.
func propAt(pass *analysis.Pass, at token.Pos) *ast.KeyValueExpr {
	for _, file := range pass.Files {
		if at < file.FileStart || file.FileEnd < at {
			continue
		}
		for node := range ast.Preorder(file) {
			if prop, ok := node.(*ast.KeyValueExpr); ok && prop.Pos() == at {
				return prop
			}
		}
	}
	return nil
}

// hasPrivate says whether any VPC has private subnets, by the tag that AWS CDK writes on them.
func hasPrivate(n *graph.Network) bool {
	for s := range n.Subnets.All() {
		if s.Tags["aws-cdk:subnet-type"] == "Private" {
			return true
		}
	}
	return false
}
