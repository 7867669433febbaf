package sam

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// maker builds nodes at one place: that of the text which implies them.
type builder struct{ span source.Span }

func (b builder) text(s string) *tree.Node {
	return &tree.Node{Kind: tree.Scalar, Text: s, Quoted: true, Span: b.span}
}

func (b builder) list(items ...*tree.Node) *tree.Node {
	return &tree.Node{Kind: tree.Sequence, Items: items, Span: b.span}
}

func (b builder) object(fields ...tree.Field) *tree.Node {
	return &tree.Node{Kind: tree.Mapping, Fields: fields, Span: b.span}
}

func (b builder) field(key string, value *tree.Node) tree.Field {
	return tree.Field{Key: key, KeySpan: b.span, Value: value}
}

func (b builder) ref(id string) *tree.Node { return b.object(b.field("Ref", b.text(id))) }

func (b builder) getAtt(id, attribute string) *tree.Node {
	return b.object(b.field("Fn::GetAtt", b.list(b.text(id), b.text(attribute))))
}

func (b builder) sub(text string) *tree.Node { return b.object(b.field("Fn::Sub", b.text(text))) }

func (b builder) choose(condition, then, otherwise *tree.Node) *tree.Node {
	return b.object(b.field("Fn::If", b.list(condition, then, otherwise)))
}

// fields are the entries of a mapping; n may be nil.
func fields(n *tree.Node) []tree.Field {
	if n == nil {
		return nil
	}
	return n.Fields
}

// given tells whether a property is written with a value other than null.
func isGiven(n *tree.Node) bool { return n != nil && n.Kind != tree.Null }

// truthy is what the translator takes as set: anything but null, empty, false and 0. An intrinsic is set, whatever it
// gives in the end, AWS::NoValue included.
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

// text returns the characters of a scalar.
func text(n *tree.Node) (string, bool) {
	if n == nil || n.Kind != tree.Scalar {
		return "", false
	}
	return n.Text, true
}

func isNoValue(n *tree.Node) bool {
	name, arg, ok := n.Intrinsic()
	return ok && name == "Ref" && arg != nil && arg.Text == "AWS::NoValue"
}

// branches takes {"Fn::If": [condition, then, otherwise]} apart.
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

// resolve follows a Ref to a parameter that has a default, as the translator does where it needs a value.
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

// maxCanonical bounds the text of canonical. Policies are shorter than 10,240 characters:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const maxCanonical = 16 << 10

// canonical is a text that is equal for nodes of equal content, as far as maxCanonical goes. The ARN of an AWS managed
// policy reads the same in every partition, because that of a deployment is not known here.
func canonical(n *tree.Node) string {
	var b strings.Builder
	writeCanonical(&b, n)
	return b.String()
}

func writeCanonical(b *strings.Builder, n *tree.Node) {
	if n == nil || b.Len() > maxCanonical {
		return
	}
	if name, arg, ok := n.Intrinsic(); ok && name == "Fn::Sub" && arg != nil && arg.Kind == tree.Scalar {
		n = arg
	}
	switch n.Kind {
	case tree.Scalar:
		fmt.Fprintf(b, "%q", withoutPartition(n.Text))
	case tree.Sequence:
		b.WriteByte('[')
		for _, item := range n.Items {
			writeCanonical(b, item)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case tree.Mapping:
		b.WriteByte('{')
		for _, f := range n.Fields {
			fmt.Fprintf(b, "%q:", f.Key)
			writeCanonical(b, f.Value)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	}
}

func withoutPartition(text string) string {
	rest, ok := strings.CutPrefix(text, "arn:")
	if !ok {
		return text
	}
	partition, rest, ok := strings.Cut(rest, ":iam::aws:policy/")
	if !ok || !strings.HasPrefix(partition, "aws") && partition != "${AWS::Partition}" {
		return text
	}
	return "policy/" + rest
}
