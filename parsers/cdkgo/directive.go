package cdkgo

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// Accepted reports whether a comment in the package accepts the diagnostic under one of the names, those of a rule and
// its pack. A comment behind code speaks about what begins in its line, and one that stands alone about what begins in
// the line below it, up to the statement that the diagnostic points into. One that is for a single function accepts
// nothing, since a diagnostic does not say whom it affects.
func Accepted(pass *analysis.Pass, d analysis.Diagnostic, names ...string) bool {
	for _, f := range pass.Files {
		if f.FileStart <= d.Pos && d.Pos < f.FileEnd {
			return acceptedIn(pass.Fset, f, d, names)
		}
	}
	return false
}

func acceptedIn(files *token.FileSet, f *ast.File, d analysis.Diagnostic, names []string) bool {
	line := func(p token.Pos) int { return files.PositionFor(p, false).Line }
	for _, group := range f.Comments {
		for _, c := range group.List {
			text := strings.TrimSuffix(strings.TrimLeft(c.Text, "/*"), "*/")
			one, ok := directive.Comment(text)
			if !ok || one.Problem != "" || one.For != "" ||
				!slices.ContainsFunc(names, func(n string) bool { return slices.Contains(one.Rules, n) }) {
				continue
			}
			at := line(c.Pos())
			if !hasCode(f, at, line) {
				at = line(group.End()) + 1
			}
			if slices.Contains(beginnings(f, d, line), at) {
				return true
			}
		}
	}
	return false
}

// hasCode reports that a node begins or ends in the line.
func hasCode(f *ast.File, at int, line func(token.Pos) int) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		case *ast.File:
			return true
		}
		found = found || line(n.Pos()) == at || line(n.End()) == at
		return !found && line(n.Pos()) <= at && at <= line(n.End())
	})
	return found
}

// beginnings are the lines in which nodes begin that hold the place of the diagnostic, up to the statement.
func beginnings(f *ast.File, d analysis.Diagnostic, line func(token.Pos) int) (out []int) {
	path, _ := astutil.PathEnclosingInterval(f, d.Pos, d.Pos)
	for _, n := range path {
		switch n.(type) {
		case *ast.BlockStmt, *ast.FuncDecl, *ast.FuncLit, *ast.File:
			return out
		}
		out = append(out, line(n.Pos()))
	}
	return out
}
