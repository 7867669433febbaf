package need

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// isOnNothing reports that the action allows nothing on the resource: those on the streams of DynamoDB are no actions
// on a table or an index, although AWS CDK writes them there.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
func (c *collector) isOnNothing(prefix, operation string, resource fact.Text) bool {
	return prefix == "dynamodb" && isOnStreams(operation) && isSpecific(resource) && !c.mayBeStream(resource)
}

// mayBeStream reports that the ARN may be that of a stream: arn:aws:dynamodb:…:table/NAME/stream/LABEL.
func (c *collector) mayBeStream(arn fact.Text) bool {
	written := flat(arn)
	switch {
	case strings.Contains(written, "/stream/"):
		return true
	case strings.Contains(written, "/index/"):
		return false
	case strings.HasSuffix(written, "*"):
		return true
	}
	if len(arn) > 1 || arn[0].Symbol == "" {
		return false
	}
	head := c.v.Head(arn[0].Address)
	attribute := strings.ToLower(strings.TrimPrefix(arn[0].Symbol, arn[0].Address))
	return head == nil || aws.KindOf(head.Type) != aws.Table || strings.Contains(attribute, "stream")
}
