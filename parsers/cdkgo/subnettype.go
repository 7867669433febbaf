package cdkgo

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"regexp"

	"golang.org/x/tools/go/analysis"
)

// ec2Package matches the package of VPC constructs in every major version, also in a vendored copy.
var ec2Package = regexp.MustCompile(`(^|/)aws-cdk-go/awscdk/v\d+/awsec2$`)

// subnetTypes yields the identifiers between from and to that name a constant of awsec2.SubnetType, with its value. It
// does not yield constants that the code declares for itself, since changing one would change every use.
func subnetTypes(pass *analysis.Pass, from, to token.Pos) iter.Seq2[*ast.Ident, string] {
	return func(yield func(*ast.Ident, string) bool) {
		for _, file := range pass.Files {
			if to < file.FileStart || file.FileEnd < from {
				continue
			}
			for node := range ast.Preorder(file) {
				id, ok := node.(*ast.Ident)
				if !ok || id.Pos() < from || to < id.End() {
					continue
				}
				if value, ok := subnetType(pass.TypesInfo.Uses[id]); ok && !yield(id, value) {
					return
				}
			}
		}
	}
}

// subnetType is the value of a constant of awsec2.SubnetType. It is not ok for any other object.
func subnetType(obj types.Object) (value string, ok bool) {
	c, ok := obj.(*types.Const)
	if !ok || c.Pkg() == nil || !ec2Package.MatchString(c.Pkg().Path()) || c.Val().Kind() != constant.String {
		return "", false
	}
	named, ok := types.Unalias(c.Type()).(*types.Named)
	if !ok || named.Obj().Name() != "SubnetType" {
		return "", false
	}
	return constant.StringVal(c.Val()), true
}

// useEgress is the edit by which the code at id names the private subnets that have a way out.
func useEgress(id *ast.Ident, why string) []analysis.SuggestedFix {
	edit := analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(withEgress)}
	return []analysis.SuggestedFix{{Message: why, TextEdits: []analysis.TextEdit{edit}}}
}
