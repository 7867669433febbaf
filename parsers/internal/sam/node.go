package sam

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// fields are the entries of a mapping. There are none where n is nil or no mapping.
func fields(n *tree.Node) []tree.Field {
	if n == nil {
		return nil
	}
	return n.Fields
}

// isGiven says whether a property is written with a value other than null.
func isGiven(n *tree.Node) bool { return n != nil && n.Kind != tree.Null }

// givenEntry is the entry of a mapping, or nil where it is absent or null.
func givenEntry(n *tree.Node, key string) *tree.Node {
	if value := n.Get(key); isGiven(value) {
		return value
	}
	return nil
}

// isTruthy says whether the translator takes n as set. Anything is but null, empty, false and 0. An intrinsic is set
// whatever it gives in the end, even if that is AWS::NoValue.
func isTruthy(n *tree.Node) bool {
	switch {
	case !isGiven(n):
		return false
	case n.Kind == tree.Scalar:
		return n.Text != "" && (n.Quoted || !isFalse(n) && n.Text != "0")
	}
	return len(n.Fields)+len(n.Items) > 0
}

func isFalse(n *tree.Node) bool {
	return n != nil && n.Kind == tree.Scalar && (strings.EqualFold(n.Text, "false") || strings.EqualFold(n.Text, "no"))
}

// text is the characters of a scalar. It is not ok for anything else.
func text(n *tree.Node) (string, bool) {
	if n == nil || n.Kind != tree.Scalar {
		return "", false
	}
	return n.Text, true
}

// isNoValue says whether n is {"Ref": "AWS::NoValue"}.
func isNoValue(n *tree.Node) bool {
	name, arg, ok := n.Intrinsic()
	return ok && name == "Ref" && arg != nil && arg.Text == "AWS::NoValue"
}

// branches takes {"Fn::If": [condition, then, otherwise]} apart. It is not ok for anything else.
func branches(n *tree.Node) (condition, then, otherwise *tree.Node, ok bool) {
	name, arg, ok := n.Intrinsic()
	if !ok || name != "Fn::If" || arg == nil || len(arg.Items) != 3 {
		return nil, nil, nil, false
	}
	return arg.Items[0], arg.Items[1], arg.Items[2], true
}

// target is the logical id that a Ref or a GetAtt names, or "".
func target(n *tree.Node) string {
	name, arg, ok := n.Intrinsic()
	switch {
	case !ok || arg == nil:
		return ""
	case name == "Ref":
		return arg.Text
	case name == "Fn::GetAtt" && len(arg.Items) > 0:
		return arg.Items[0].Text
	case name == "Fn::GetAtt":
		id, _, _ := strings.Cut(arg.Text, ".")
		return id
	}
	return ""
}

// resolve is the default of the parameter that n refers to, and n itself where it does not or where there is none. The
// translator does the same where it needs a value.
func (t *translation) resolve(n *tree.Node) *tree.Node {
	if name, arg, ok := n.Intrinsic(); ok && name == "Ref" && arg != nil {
		if value := t.parameters[arg.Text]; value != nil {
			return value
		}
	}
	return n
}

func (t *translation) report(at source.Span, format string, args ...any) {
	t.diagnostics = append(t.diagnostics, source.Diagnostic{Span: at, Message: fmt.Sprintf(format, args...)})
}
