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

// ec2Package matches the package of VPC constructs of every major version, vendored or not.
var ec2Package = regexp.MustCompile(`(^|/)aws-cdk-go/awscdk/v\d+/awsec2$`)

// subnetTypes yields the places between from and to that name a constant of awsec2's SubnetType, with its value. A
// constant that the code declares for itself is followed to the value, but is not yielded: changing it would change
// every use.
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
				c, ok := pass.TypesInfo.Uses[id].(*types.Const)
				if ok && c.Pkg() != nil && ec2Package.MatchString(c.Pkg().Path()) && c.Val().Kind() == constant.String && isSubnetType(c.Type()) {
					if !yield(id, constant.StringVal(c.Val())) {
						return
					}
				}
			}
		}
	}
}

func isSubnetType(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "SubnetType"
}

// rename is the edit that has the code at id name another constant of the same package.
func rename(id *ast.Ident, to, why string) analysis.SuggestedFix {
	return analysis.SuggestedFix{
		Message:   why,
		TextEdits: []analysis.TextEdit{{Pos: id.Pos(), End: id.End(), NewText: []byte(to)}},
	}
}
