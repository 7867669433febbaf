// Package awssqs mirrors what the tests use of github.com/aws/aws-cdk-go/awscdk/v2/awssqs v2.200.0.
package awssqs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
)

type (
	QueueProps struct{}
	Queue      interface {
		QueueUrl() *string
		GrantSendMessages(grantee awsiam.IGrantable) awsiam.Grant
	}
)

func NewQueue(scope constructs.Construct, id *string, props *QueueProps) Queue { return nil }
