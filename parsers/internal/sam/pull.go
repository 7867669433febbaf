package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// pullSource is an event type that Lambda polls: an AWS::Lambda::EventSourceMapping, and policies on a generated role.
type pullSource struct {
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

var pullSources = map[string]pullSource{
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
	maker
	id, kind   string // id is <Function><Event>
	properties *tree.Node
}

// get returns a property, nil where it is absent or null.
func (e event) get(name string) *tree.Node {
	if n := e.properties.Get(name); given(n) {
		return n
	}
	return nil
}

// addEvents expands Events in the order in which SAM does: by path, or else by name.
func (t *translation) addEvents(s written, r *role, invoked invoked) {
	events := slices.Clone(fields(s.get("Events")))
	slices.SortStableFunc(events, func(a, b tree.Field) int { return strings.Compare(order(a), order(b)) })
	for _, f := range events {
		kind, _ := text(f.Value.Get("Type"))
		e := event{maker{f.KeySpan}, s.id + f.Key, kind, f.Value.Get("Properties")}
		if source, ok := pullSources[kind]; ok {
			t.pull(s, r, invoked, e, source)
		} else {
			t.push(s, r, invoked, e)
		}
	}
}

func order(f tree.Field) string {
	if path, ok := text(f.Value.Get("Properties").Get("Path")); ok {
		return path
	}
	return f.Key
}

func (t *translation) pull(s written, r *role, invoked invoked, e event, source pullSource) {
	mapping := s.child("", "AWS::Lambda::EventSourceMapping")
	mapping.id, mapping.maker = e.id, e.maker
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
	kind, _ := text(failure.Get("Type"))
	if kind == "S3" {
		kind = "S3Bucket"
	}
	if lines := sendActions[kind]; lines != nil {
		r.embedOnce(e.id+kind+"Policy", e.document(values{"Target": failure.Get("Destination")}, lines...))
	}
}

// access returns the URI of the SourceAccessConfigurations of one of these types.
func (e event) access(types ...string) *tree.Node {
	configurations := e.get("SourceAccessConfigurations")
	if configurations == nil {
		return nil
	}
	for _, item := range configurations.Items {
		if kind, ok := text(item.Get("Type")); ok && slices.Contains(types, kind) {
			return item.Get("URI")
		}
	}
	return nil
}

// withKey adds the statement for SecretsManagerKmsKeyId.
func (e event) withKey(lines []string, with values) []string {
	if key := e.get("SecretsManagerKmsKeyId"); key != nil {
		with["Key"] = key
		lines = append(lines, decrypt)
	}
	return lines
}

func mskPolicy(_ *translation, e event) (string, []string, values) {
	lines, with := e.registry()
	if secret := e.access("CLIENT_CERTIFICATE_TLS_AUTH"); secret != nil {
		with["Secret"] = secret
		lines = append(lines, readSecret)
	}
	return "MSKExecutionRolePolicy", lines, with
}

func mqPolicy(_ *translation, e event) (string, []string, values) {
	name := "SamAutoGeneratedAMQPolicy"
	if truthy(e.get("DynamicPolicyName")) {
		name = e.id + "AMQPolicy"
	}
	with := values{"Secret": e.access("BASIC_AUTH"), "Broker": e.get("Broker")}
	return name, e.withKey([]string{readSecret, "Allow mq:DescribeBroker on ${Broker}"}, with), with
}

func documentDBPolicy(_ *translation, e event) (string, []string, values) {
	const rds = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:"
	with := values{"Secret": e.access("BASIC_AUTH"), "Cluster": e.get("Cluster")}
	return "SamAutoGeneratedDocumentDBPolicy", e.withKey([]string{
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
	if secret := e.access("SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH"); secret != nil {
		with["Secret"] = secret
		lines = append(lines, readSecret)
	}
	subnet, group := e.access("VPC_SUBNET"), e.access("VPC_SECURITY_GROUP")
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
	return "SelfManagedKafkaExecutionRolePolicy", append(e.withKey(lines, with), registry...), with
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
