package need

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./internal/gen $ENDPOINTS_JSON services.txt

//go:embed services.txt
var servicesText string

type serviceTable struct {
	hosts, prefixes map[string]string
	actions         map[string][]exception // by IAM prefix
}

type exception struct {
	id         string
	operations []string
}

var loadServices = sync.OnceValue(func() serviceTable {
	t := serviceTable{map[string]string{}, map[string]string{}, map[string][]exception{}}
	for line := range strings.Lines(servicesText) {
		switch columns := strings.Fields(line); {
		case len(columns) == 3 && columns[0] == "host":
			t.hosts[columns[1]] = columns[2]
		case len(columns) == 3 && columns[0] == "prefix":
			t.prefixes[columns[1]] = columns[2]
		case len(columns) == 4 && columns[0] == "action":
			t.actions[columns[1]] = append(t.actions[columns[1]], exception{columns[2], strings.Split(strings.ToLower(columns[3]), ",")})
		}
	}
	return t
})

// serviceOfAction is the id of the endpoint service that serves the action, or "" where that is not known. Both
// arguments are in lower case.
func serviceOfAction(prefix, operation string) string {
	t := loadServices()
	for _, e := range t.actions[prefix] {
		if slices.Contains(e.operations, operation) {
			return e.id
		}
	}
	return t.prefixes[prefix]
}

// serviceOfHost is the id of the endpoint service whose host begins so before the region, or "".
func serviceOfHost(prefix string) string { return loadServices().hosts[prefix] }

// servicesOfTypes has the service that code calls when it is given the name, ARN or URL of such a resource. Left out are
// types that code is told for other reasons: keys, log groups, clusters, networks.
var servicesOfTypes = map[string]string{
	"AWS::SQS::Queue": "sqs", "aws_sqs_queue": "sqs",
	"AWS::SNS::Topic": "sns", "aws_sns_topic": "sns",
	"AWS::DynamoDB::Table": "dynamodb", "AWS::DynamoDB::GlobalTable": "dynamodb", "AWS::Serverless::SimpleTable": "dynamodb", "aws_dynamodb_table": "dynamodb",
	"AWS::S3::Bucket": "s3", "AWS::S3::AccessPoint": "s3", "aws_s3_bucket": "s3", "aws_s3_access_point": "s3",
	"AWS::SecretsManager::Secret": "secretsmanager", "AWS::SecretsManager::SecretTargetAttachment": "secretsmanager",
	"aws_secretsmanager_secret": "secretsmanager", "aws_secretsmanager_secret_version": "secretsmanager",
	"AWS::SSM::Parameter": "ssm", "aws_ssm_parameter": "ssm",
	"AWS::StepFunctions::StateMachine": "states", "AWS::StepFunctions::Activity": "states", "AWS::Serverless::StateMachine": "states", "aws_sfn_state_machine": "states", "aws_sfn_activity": "states",
	"AWS::Kinesis::Stream": "kinesis-streams", "aws_kinesis_stream": "kinesis-streams",
	"AWS::KinesisFirehose::DeliveryStream": "kinesis-firehose", "aws_kinesis_firehose_delivery_stream": "kinesis-firehose",
	"AWS::Events::EventBus": "events", "aws_cloudwatch_event_bus": "events",
	"AWS::Lambda::Function": "lambda", "AWS::Lambda::Alias": "lambda", "AWS::Lambda::Version": "lambda", "AWS::Serverless::Function": "lambda",
	"aws_lambda_function": "lambda", "aws_lambda_alias": "lambda",
	"AWS::Cognito::UserPool": "cognito-idp", "aws_cognito_user_pool": "cognito-idp",
	"AWS::Batch::JobQueue": "batch", "aws_batch_job_queue": "batch",
	"AWS::CodeBuild::Project": "codebuild", "aws_codebuild_project": "codebuild",
	"AWS::SageMaker::Endpoint": "sagemaker.runtime", "aws_sagemaker_endpoint": "sagemaker.runtime",
}

// servicesOfARNs has the same for the service part of an ARN.
var servicesOfARNs = map[string]string{
	"sqs": "sqs", "sns": "sns", "dynamodb": "dynamodb", "s3": "s3", "secretsmanager": "secretsmanager", "ssm": "ssm",
	"states": "states", "kinesis": "kinesis-streams", "firehose": "kinesis-firehose", "events": "events", "batch": "batch",
	"cognito-idp": "cognito-idp",
}
