package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// polledSource is an event type that Lambda polls. It becomes an AWS::Lambda::EventSourceMapping, and brings policies
// to the generated role of the function.
type polledSource struct {
	// arn is the property that holds EventSourceArn, or "" for a source without an ARN.
	arn string
	// managed is the AWS managed policy that the source brings, or "".
	managed string
	// inline gives the name and the statements of the inline policy that the source brings. It may be nil. Without
	// statements there is no policy.
	inline func(t *translation, e event) (name string, lines []string, with values)
}

// pollInterfaces is what polling a source in a VPC takes: Lambda makes network interfaces in the subnets of the source.
// https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
const pollInterfaces = "Allow ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface " +
	"ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeSecurityGroups on *"

const (
	readSecret = "Allow secretsmanager:GetSecretValue on ${Secret}"
	decrypt    = "Allow kms:Decrypt on arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"
)

var polledSources = map[string]polledSource{
	"SQS":              {arn: "Queue", managed: "service-role/AWSLambdaSQSQueueExecutionRole"},
	"Kinesis":          {arn: "Stream", managed: "service-role/AWSLambdaKinesisExecutionRole"},
	"DynamoDB":         {arn: "Stream", managed: "service-role/AWSLambdaDynamoDBExecutionRole"},
	"MSK":              {arn: "Stream", managed: "service-role/AWSLambdaMSKExecutionRole", inline: mskPolicy},
	"MQ":               {arn: "Broker", inline: mqPolicy},
	"DocumentDB":       {arn: "Cluster", inline: documentDBPolicy},
	"SelfManagedKafka": {inline: kafkaPolicy},
}

// mappingProperties are the properties of an event that an event source mapping has under the same names.
var mappingProperties = []string{
	"StartingPosition", "StartingPositionTimestamp", "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds",
	"MaximumRetryAttempts", "BisectBatchOnFunctionError", "MaximumRecordAgeInSeconds", "ParallelizationFactor",
	"Topics", "Queues", "SourceAccessConfigurations", "TumblingWindowInSeconds", "FunctionResponseTypes",
	"FilterCriteria", "KmsKeyArn", "ScalingConfig", "ProvisionedPollerConfig", "MetricsConfig", "LoggingConfig",
	"DestinationConfig",
}

// addPolling makes the event source mapping of a polled event, and gives the role what polling takes.
func (t *translation) addPolling(s templateResource, r *role, invoked callee, e event, source polledSource) {
	mapping := t.addTriggerResource(s, e, "", "AWS::Lambda::EventSourceMapping")
	mapping.set("FunctionName", invoked.ref)
	if source.arn != "" {
		mapping.set("EventSourceArn", e.get(source.arn))
	}
	for _, name := range mappingProperties {
		mapping.set(name, e.get(name))
	}
	if servers := e.get("KafkaBootstrapServers"); servers != nil {
		mapping.set("SelfManagedEventSource",
			e.object(e.field("Endpoints", e.object(e.field("KafkaBootstrapServers", servers)))))
	}
	if e.typ == "DocumentDB" {
		mapping.set("DocumentDBEventSourceConfig", e.changeStream())
	}
	if source.managed != "" {
		r.attach(r.managedARN(source.managed))
	}
	if source.inline != nil {
		if name, lines, with := source.inline(t, e); len(lines) > 0 {
			r.embedOnce(name, e.document(with, lines...))
		}
	}
	e.allowFailureDestination(r)
}

// changeStream says which changes of an Amazon DocumentDB cluster are polled.
func (e event) changeStream() *tree.Node {
	var written []tree.Field
	for _, name := range []string{"DatabaseName", "CollectionName", "FullDocument"} {
		if v := e.get(name); v != nil {
			written = append(written, e.field(name, v))
		}
	}
	return e.object(written...)
}

// allowFailureDestination lets the role send to where events go that were not processed.
func (e event) allowFailureDestination(r *role) {
	failure := e.get("DestinationConfig").Get("OnFailure")
	typ, _ := text(failure.Get("Type"))
	if typ == "S3" {
		typ = "S3Bucket"
	}
	if lines := sendActions[typ]; lines != nil {
		r.embedOnce(e.id+typ+"Policy", e.document(values{"Target": failure.Get("Destination")}, lines...))
	}
}

// accessURI is the URI of the first of the SourceAccessConfigurations that has one of these types, or nil.
func (e event) accessURI(types ...string) *tree.Node {
	configurations := e.get("SourceAccessConfigurations")
	if configurations == nil {
		return nil
	}
	for _, item := range configurations.Items {
		if typ, ok := text(item.Get("Type")); ok && slices.Contains(types, typ) {
			return item.Get("URI")
		}
	}
	return nil
}

// withSecretsKey adds the statement for the key of SecretsManagerKmsKeyId to lines, where there is one.
func (e event) withSecretsKey(lines []string, with values) []string {
	if key := e.get("SecretsManagerKmsKeyId"); key != nil {
		with["Key"] = key
		lines = append(lines, decrypt)
	}
	return lines
}

// mskPolicy is the inline policy for Amazon MSK.
func mskPolicy(_ *translation, e event) (string, []string, values) {
	lines, with := e.registry()
	if secret := e.accessURI("CLIENT_CERTIFICATE_TLS_AUTH"); secret != nil {
		with["Secret"] = secret
		lines = append(lines, readSecret)
	}
	return "MSKExecutionRolePolicy", lines, with
}

// mqPolicy is the inline policy for Amazon MQ.
func mqPolicy(_ *translation, e event) (string, []string, values) {
	name := "SamAutoGeneratedAMQPolicy"
	if isTruthy(e.get("DynamicPolicyName")) {
		name = e.id + "AMQPolicy"
	}
	with := values{"Secret": e.accessURI("BASIC_AUTH"), "Broker": e.get("Broker")}
	return name, e.withSecretsKey([]string{readSecret, "Allow mq:DescribeBroker on ${Broker}"}, with), with
}

// documentDBPolicy is the inline policy for Amazon DocumentDB.
func documentDBPolicy(_ *translation, e event) (string, []string, values) {
	const rds = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:"
	with := values{"Secret": e.accessURI("BASIC_AUTH"), "Cluster": e.get("Cluster")}
	return "SamAutoGeneratedDocumentDBPolicy", e.withSecretsKey([]string{
		readSecret,
		"Allow rds:DescribeDBClusterParameters on " + rds + "cluster-pg:*",
		"Allow rds:DescribeDBSubnetGroups on " + rds + "subgrp:*",
		"Allow rds:DescribeDBClusters on ${Cluster}",
		pollInterfaces,
	}, with), with
}

// kafkaPolicy is the inline policy for a Kafka cluster outside of AWS. Polling one in a VPC takes network interfaces.
func kafkaPolicy(t *translation, e event) (string, []string, values) {
	with := values{}
	var lines []string
	secret := e.accessURI("SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")
	if secret != nil {
		with["Secret"] = secret
		lines = append(lines, readSecret)
	}
	subnet, group := e.accessURI("VPC_SUBNET"), e.accessURI("VPC_SECURITY_GROUP")
	switch {
	case subnet != nil && group != nil:
		lines = append(lines, pollInterfaces)
	case subnet != nil || group != nil:
		t.report(e.span, "VPC_SUBNET and VPC_SECURITY_GROUP in SourceAccessConfigurations must both be given")
	}
	registry, secrets := e.registry()
	for name, value := range secrets {
		with[name] = value
	}
	return "SelfManagedKafkaExecutionRolePolicy", append(e.withSecretsKey(lines, with), registry...), with
}

// registry is what SchemaRegistryConfig takes: its secrets and, where the URI is the ARN of one, a Glue registry.
func (e event) registry() ([]string, values) {
	config := e.get("SchemaRegistryConfig")
	with := values{}
	var lines []string
	if access := config.Get("AccessConfigs"); access != nil {
		for _, item := range access.Items {
			with["RegistrySecret"] = item.Get("URI")
			lines = append(lines, "Allow secretsmanager:GetSecretValue on ${RegistrySecret}")
		}
	}
	uri := config.Get("SchemaRegistryURI")
	if arn := uriText(uri); strings.HasPrefix(arn, "arn") && strings.Contains(arn, ":registry/") {
		with["Registry"] = uri
		_, name, _ := strings.Cut(arn, ":registry/")
		const schema = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:schema/"
		lines = append(lines, "Allow glue:GetRegistry on ${Registry}",
			"Allow glue:GetSchemaVersion on "+schema+name+"/*")
	}
	return lines, with
}

// uriText is the text of a URI, without the Fn::Sub around it.
func uriText(n *tree.Node) string {
	if name, arg, ok := n.Intrinsic(); ok && name == "Fn::Sub" {
		n = arg
	}
	s, _ := text(n)
	return s
}
