package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// grants has, for a resource type and a method, an action that the grant certainly allows on the resource.
// https://docs.aws.amazon.com/cdk/v2/guide/permissions.html#permissions-grants
var grants = map[string]map[string]string{
	"AWS::SQS::Queue":      {"GrantSendMessages": "sqs:SendMessage", "GrantConsumeMessages": "sqs:ReceiveMessage", "GrantPurge": "sqs:PurgeQueue"},
	"AWS::SNS::Topic":      {"GrantPublish": "sns:Publish"},
	"AWS::S3::Bucket":      {"GrantRead": "s3:GetObject*", "GrantReadWrite": "s3:GetObject*", "GrantWrite": "s3:PutObject", "GrantPut": "s3:PutObject", "GrantDelete": "s3:DeleteObject*"},
	"AWS::DynamoDB::Table": tableGrants, "AWS::DynamoDB::GlobalTable": tableGrants,
	"AWS::SecretsManager::Secret":      {"GrantRead": "secretsmanager:GetSecretValue", "GrantWrite": "secretsmanager:PutSecretValue"},
	"AWS::Events::EventBus":            {"GrantPutEventsTo": "events:PutEvents", "GrantAllPutEvents": "events:PutEvents"},
	"AWS::StepFunctions::StateMachine": {"GrantStartExecution": "states:StartExecution", "GrantStartSyncExecution": "states:StartSyncExecution"},
	"AWS::Kinesis::Stream":             {"GrantRead": "kinesis:GetRecords", "GrantReadWrite": "kinesis:GetRecords", "GrantWrite": "kinesis:PutRecord"},
	"AWS::SSM::Parameter":              {"GrantRead": "ssm:GetParameter", "GrantWrite": "ssm:PutParameter"},
	"AWS::Lambda::Function":            {"GrantInvoke": "lambda:InvokeFunction"},
}

var tableGrants = map[string]string{
	"GrantReadData": "dynamodb:GetItem", "GrantReadWriteData": "dynamodb:GetItem", "GrantWriteData": "dynamodb:PutItem",
	"GrantFullAccess": "dynamodb:GetItem", "GrantStreamRead": "dynamodb:GetRecords",
}

// resourceOnly are the principals that have no policies of their own: a grant to one of them is a statement in the policy
// of the resource.
var resourceOnly = map[string]bool{
	"awsiam.NewAnyPrincipal": true, "awsiam.NewStarPrincipal": true, "awsiam.NewAccountPrincipal": true, "awsiam.NewAccountRootPrincipal": true,
	"awsiam.NewServicePrincipal": true, "awsiam.NewOrganizationPrincipal": true, "awsiam.NewCanonicalUserPrincipal": true,
}

// grant lets the grantee do what the method stands for. What that allows on other things than these is not known, and
// neither is who gets it where the grantee is not followed.
func (f *frame) grant(method string, on, grantee *thing, at source.Span) {
	if grantee.kind == result && resourceOnly[grantee.name] {
		return
	}
	role := roleOf(grantee)
	statement := notKnown(at, unknownOf(on).missing)
	if on.kind == construct {
		if action := grants[on.made.typ][method]; action != "" {
			statement = maps(at, entry("Effect", known("Allow", at)), entry("Action", listOf(at, known(action, at))),
				entry("Resource", listOf(at, on.made.ref("Arn", at))))
		}
	}
	f.policyOn(role, statement, at)
}

// roleOf is the role by which a grantee acts.
func roleOf(t *thing) *thing {
	if t.kind == construct && t.made.role != nil {
		return t.made.role
	}
	if t.kind == construct && t.made.typ != "AWS::IAM::Role" {
		return unknownOf(t)
	}
	return t
}

// attach gives the role a managed policy.
func (f *frame) attach(role, managed *thing, at source.Span) {
	if role.kind == construct && role.made.props.Kind == value.Map {
		role.made.append("ManagedPolicyArns", f.policyARN(managed))
		return
	}
	f.policyOn(role, notKnown(at, unknownOf(managed).missing), at)
}
