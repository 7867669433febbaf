package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// pullSource is an event type that Lambda polls: an AWS::Lambda::EventSourceMapping, and policies on a generated role.
type polledSource struct {
	// arn is the property that holds EventSourceArn.
	arn string
	// managed is the AWS managed policy that it brings.
	managed string
	// inline gives name and statements of the inline policy; no statements, no policy.
	inline func(t *translation, e event) (name string, lines []string, with values)
}

// pollInterfaces is what the poller of a source in a VPC needs: it makes its own network interfaces in the subnets of the
// source. https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
const pollInterfaces = "Allow ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeSecurityGroups on *"

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

// event is one entry of Events.
type event struct {
	builder
	id, typ    string // id is <Function><Event>
	properties *tree.Node
}

// get returns a property, nil where it is absent or null.
func (e event) get(name string) *tree.Node {
	if n := e.properties.Get(name); isGiven(n) {
		return n
	}
	return nil
}

// addEvents expands Events in the order in which SAM does: by path, or else by name.
func (t *translation) addEvents(s templateResource, r *role, invoked callee) {
	events := slices.Clone(fields(s.get("Events")))
	slices.SortStableFunc(events, func(a, b tree.Field) int { return strings.Compare(eventSortKey(a), eventSortKey(b)) })
	for _, f := range events {
		typ, _ := text(f.Value.Get("Type"))
		e := event{builder{f.KeySpan}, s.id + f.Key, typ, f.Value.Get("Properties")}
		if source, ok := polledSources[typ]; ok {
			t.addPolling(s, r, invoked, e, source)
		} else {
			t.addTrigger(s, r, invoked, e)
		}
	}
}

func eventSortKey(f tree.Field) string {
	if path, ok := text(f.Value.Get("Properties").Get("Path")); ok {
		return path
	}
	return f.Key
}

func (t *translation) addPolling(s templateResource, r *role, invoked callee, e event, source polledSource) {
	mapping := s.child("", "AWS::Lambda::EventSourceMapping")
	mapping.id, mapping.builder = e.id, e.builder
	mapping.set("FunctionName", invoked.ref)
	if source.arn != "" {
		mapping.set("EventSourceArn", e.get(source.arn))
	}
	for _, name := range []string{"StartingPosition", "StartingPositionTimestamp", "BatchSize", "Enabled",
		"MaximumBatchingWindowInSeconds", "MaximumRetryAttempts", "BisectBatchOnFunctionError",
		"MaximumRecordAgeInSeconds", "ParallelizationFactor", "Topics", "Queues", "SourceAccessConfigurations",
		"TumblingWindowInSeconds", "FunctionResponseTypes", "FilterCriteria", "KmsKeyArn", "ScalingConfig",
		"ProvisionedPollerConfig", "MetricsConfig", "LoggingConfig", "DestinationConfig"} {
		mapping.set(name, e.get(name))
	}
	if servers := e.get("KafkaBootstrapServers"); servers != nil {
		mapping.set("SelfManagedEventSource",
			e.object(e.field("Endpoints", e.object(e.field("KafkaBootstrapServers", servers)))))
	}
	t.add(s.id, mapping)

	if source.managed != "" {
		r.attach(r.managedARN(source.managed))
	}
	if source.inline != nil {
		if name, lines, with := source.inline(t, e); len(lines) > 0 {
			r.embedOnce(name, e.document(with, lines...))
		}
	}
	failure := e.get("DestinationConfig").Get("OnFailure")
	typ, _ := text(failure.Get("Type"))
	if typ == "S3" {
		typ = "S3Bucket"
	}
	if lines := sendActions[typ]; lines != nil {
		r.embedOnce(e.id+typ+"Policy", e.document(values{"Target": failure.Get("Destination")}, lines...))
	}
}

// access returns the URI of the SourceAccessConfigurations of one of these types.
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

// withKey adds the statement for SecretsManagerKmsKeyId.
func (e event) withSecretsKey(lines []string, with values) []string {
	if key := e.get("SecretsManagerKmsKeyId"); key != nil {
		with["Key"] = key
		lines = append(lines, decrypt)
	}
	return lines
}

func mskPolicy(_ *translation, e event) (string, []string, values) {
	lines, with := e.registry()
	if secret := e.accessURI("CLIENT_CERTIFICATE_TLS_AUTH"); secret != nil {
		with["Secret"] = secret
		lines = append(lines, readSecret)
	}
	return "MSKExecutionRolePolicy", lines, with
}

func mqPolicy(_ *translation, e event) (string, []string, values) {
	name := "SamAutoGeneratedAMQPolicy"
	if isTruthy(e.get("DynamicPolicyName")) {
		name = e.id + "AMQPolicy"
	}
	with := values{"Secret": e.accessURI("BASIC_AUTH"), "Broker": e.get("Broker")}
	return name, e.withSecretsKey([]string{readSecret, "Allow mq:DescribeBroker on ${Broker}"}, with), with
}

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

func kafkaPolicy(t *translation, e event) (string, []string, values) {
	with := values{}
	var lines []string
	if secret := e.accessURI("SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH"); secret != nil {
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

// registry is what SchemaRegistryConfig needs: its secrets, and the Glue registry where the URI is the ARN of one.
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
		lines = append(lines, "Allow glue:GetRegistry on ${Registry}",
			"Allow glue:GetSchemaVersion on arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:schema/"+name+"/*")
	}
	return lines, with
}

func uriText(n *tree.Node) string {
	if name, arg, ok := n.Intrinsic(); ok && name == "Fn::Sub" {
		n = arg
	}
	s, _ := text(n)
	return s
}
