package need

import (
	"slices"
	"strings"
)

func begins(operation string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(operation, w) })
}

// delivers tells the actions of dead-letter queues and destinations, and those that people and AWS CDK allow with them:
// who may send to a queue may look it up, and who may write to a bucket may list it.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
func delivers(prefix, operation string) bool {
	switch prefix {
	case "sqs":
		return begins(operation, "sendmessage", "getqueueattributes", "getqueueurl")
	case "sns":
		return begins(operation, "publish")
	case "events":
		return begins(operation, "putevents")
	case "lambda":
		return begins(operation, "invokefunction")
	case "s3":
		return true
	}
	return false
}

// readsForPolling tells what Lambda reads in order to poll a broker or a database: credentials, and schemas of records.
// https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
func readsForPolling(prefix, operation string) bool {
	switch prefix {
	case "secretsmanager":
		return operation == "getsecretvalue"
	case "glue":
		return begins(operation, "getregistry", "getschema")
	}
	return false
}

// polls tells the actions with which Lambda reads an event source.
func polls(prefix, operation string) bool {
	switch prefix {
	case "sqs":
		return begins(operation, "receive", "delete", "get", "changemessagevisibility")
	case "kinesis":
		return begins(operation, "get", "describe", "list", "subscribetoshard")
	case "dynamodb":
		return isOnStreams(operation)
	case "kafka", "mq", "rds":
		return begins(operation, "get", "describe", "list")
	case "kafka-cluster":
		return true
	}
	return false
}

func isOnStreams(operation string) bool {
	return begins(operation, "describestream", "getrecords", "getsharditerator", "liststreams")
}

// isUsedByLambda tells actions that the code need not call, although the role has them: log lines and traces go out by
// Lambda itself, keys and images are used by other services on the role's behalf, the network interfaces are Lambda's,
// a mount is NFS, layers are fetched and replicas made before the code runs, a role is passed in another call, and the
// token for a database is signed without one.
func isUsedByLambda(prefix, operation string) bool {
	switch prefix {
	case "logs", "xray", "kms", "ecr", "ecr-public", "iam", "s3files":
		return true
	case "lambda":
		return begins(operation, "getlayerversion", "enablereplication", "disablereplication")
	case "rds":
		return operation == "generatedbauthtoken"
	case "elasticfilesystem":
		return begins(operation, "client", "describemounttargets")
	case "ec2":
		return strings.Contains(operation, "networkinterface") || strings.Contains(operation, "privateipaddresses") ||
			begins(operation, "describesubnets", "describesecuritygroups", "describevpcs", "describedhcpoptions")
	}
	return false
}

// connects tells actions that authorise a connection to a data store's own port, and no call of an API.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
func connects(prefix, operation string) bool {
	switch prefix {
	case "rds-db", "kafka-cluster", "neptune-db", "dax":
		return true
	case "elasticache", "memorydb":
		return operation == "connect"
	case "es":
		return strings.HasPrefix(operation, "eshttp")
	}
	return false
}

// hasHostsOfItsOwn tells actions that are not called at the endpoint of their service: a domain, a collection, an API
// and a function URL have names of their own.
func hasHostsOfItsOwn(prefix, operation string) bool {
	switch prefix {
	case "es", "aoss", "execute-api":
		return true
	}
	return prefix == "lambda" && operation == "invokefunctionurl"
}
