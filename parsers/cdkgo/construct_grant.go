package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// grants has an action that the grant certainly allows on the resource, by the resource type and the method.
// https://docs.aws.amazon.com/cdk/v2/guide/permissions.html#permissions-grants
var grants = map[string]map[string]string{
	"AWS::SQS::Queue": {
		"GrantSendMessages": "sqs:SendMessage", "GrantConsumeMessages": "sqs:ReceiveMessage",
		"GrantPurge": "sqs:PurgeQueue",
	},
	"AWS::SNS::Topic": {"GrantPublish": "sns:Publish"},
	"AWS::S3::Bucket": {
		"GrantRead": "s3:GetObject*", "GrantReadWrite": "s3:GetObject*", "GrantWrite": "s3:PutObject",
		"GrantPut": "s3:PutObject", "GrantDelete": "s3:DeleteObject*",
	},
	"AWS::DynamoDB::Table":       tableGrants,
	"AWS::DynamoDB::GlobalTable": tableGrants,
	"AWS::SecretsManager::Secret": {
		"GrantRead": "secretsmanager:GetSecretValue", "GrantWrite": "secretsmanager:PutSecretValue",
	},
	"AWS::Events::EventBus": {"GrantPutEventsTo": "events:PutEvents", "GrantAllPutEvents": "events:PutEvents"},
	"AWS::StepFunctions::StateMachine": {
		"GrantStartExecution": "states:StartExecution", "GrantStartSyncExecution": "states:StartSyncExecution",
	},
	"AWS::Kinesis::Stream": {
		"GrantRead": "kinesis:GetRecords", "GrantReadWrite": "kinesis:GetRecords", "GrantWrite": "kinesis:PutRecord",
	},
	"AWS::SSM::Parameter":   {"GrantRead": "ssm:GetParameter", "GrantWrite": "ssm:PutParameter"},
	"AWS::Lambda::Function": {"GrantInvoke": "lambda:InvokeFunction"},
}

var tableGrants = map[string]string{
	"GrantReadData": "dynamodb:GetItem", "GrantReadWriteData": "dynamodb:GetItem", "GrantWriteData": "dynamodb:PutItem",
	"GrantFullAccess": "dynamodb:GetItem", "GrantStreamRead": "dynamodb:GetRecords",
}

// resourceOnly are the principals that have no policies of their own. CDK writes a grant to one of them into the policy
// of the resource.
var resourceOnly = map[string]bool{
	"awsiam.NewAnyPrincipal": true, "awsiam.NewStarPrincipal": true, "awsiam.NewAccountPrincipal": true,
	"awsiam.NewAccountRootPrincipal": true, "awsiam.NewServicePrincipal": true, "awsiam.NewOrganizationPrincipal": true,
	"awsiam.NewCanonicalUserPrincipal": true,
}

// grant adds a policy to the role of the grantee. What it allows is unknown where grants has no action for the method.
// A grantee that is not followed gets a policy on a role that is unknown.
func (f *frame) grant(method string, on, grantee *val, at source.Span) {
	if grantee.form == result && resourceOnly[grantee.name] {
		return
	}
	role := roleOf(grantee)
	statement := unknownFrom(on, at)
	if on.form == owned {
		if action := grants[on.construct.typ][method]; action != "" {
			statement = mapOf(at,
				property("Effect", value.One("Allow", at)),
				property("Action", value.ListOf(at, value.One(action, at))),
				property("Resource", value.ListOf(at, on.construct.ref("Arn", at))))
		}
	}
	f.addPolicy(role, statement, at)
}
