package sam

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// maxCanonical bounds the text of canonical, in bytes. Policies are shorter than 10,240 characters:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const maxCanonical = 16 << 10

// canonical is a text that is equal for nodes of equal content, compared up to maxCanonical. The ARN of an AWS managed
// policy reads the same in every partition, because the partition of a deployment is not known here.
func canonical(n *tree.Node) string {
	var b strings.Builder
	writeCanonical(&b, n)
	return b.String()
}

// writeCanonical writes n without its spans. A text reads the same with and without Fn::Sub around it.
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

// withoutPartition cuts off what differs between the partitions from the ARN of an AWS managed policy.
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
