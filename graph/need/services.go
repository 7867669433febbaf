package need

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
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
			t.actions[columns[1]] = append(
				t.actions[columns[1]], exception{columns[2], strings.Split(strings.ToLower(columns[3]), ",")},
			)
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

// servicesOfKinds has the service that code calls when it is given the name, ARN or URL of such a resource. Left out
// are kinds that code is told for other reasons: keys, log groups, clusters, networks.
var servicesOfKinds = map[aws.Kind]string{
	aws.Queue:             "sqs",
	aws.Topic:             "sns",
	aws.Table:             "dynamodb",
	aws.Bucket:            "s3",
	aws.Secret:            "secretsmanager",
	aws.SecretAttachment:  "secretsmanager",
	aws.Parameter:         "ssm",
	aws.StateMachine:      "states",
	aws.Stream:            "kinesis-streams",
	aws.DeliveryStream:    "kinesis-firehose",
	aws.EventBus:          "events",
	aws.Function:          "lambda",
	aws.FunctionAlias:     "lambda",
	aws.UserPool:          "cognito-idp",
	aws.JobQueue:          "batch",
	aws.CodeBuildProject:  "codebuild",
	aws.SageMakerEndpoint: "sagemaker.runtime",
}

// servicesOfARNs has the same for the service part of an ARN.
var servicesOfARNs = map[string]string{
	"sqs": "sqs", "sns": "sns", "dynamodb": "dynamodb", "s3": "s3", "secretsmanager": "secretsmanager", "ssm": "ssm",
	"states": "states", "kinesis": "kinesis-streams", "firehose": "kinesis-firehose", "events": "events",
	"batch": "batch", "cognito-idp": "cognito-idp",
}
