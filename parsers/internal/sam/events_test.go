package sam_test

import (
	"slices"
	"strings"
	"testing"
)

const (
	pollerInterfaces = "Allow ec2:createnetworkinterface Allow ec2:deletenetworkinterface Allow ec2:describenetworkinterfaces " +
		"Allow ec2:describesecuritygroups Allow ec2:describesubnets Allow ec2:describevpcs"
	secret = "Allow secretsmanager:getsecretvalue"
)

func TestAPolledEventAddsWhatItsPollerNeeds(t *testing.T) {
	for _, c := range []struct{ name, event, want string }{
		{"SelfManagedKafka in a VPC makes network interfaces",
			"Type: SelfManagedKafka, Properties: {KafkaBootstrapServers: [a], Topics: [t], SourceAccessConfigurations: [" +
				"{Type: VPC_SUBNET, URI: s}, {Type: VPC_SECURITY_GROUP, URI: g}, {Type: SASL_SCRAM_512_AUTH, URI: x}]}",
			pollerInterfaces + " " + secret},
		{"SelfManagedKafka outside a VPC does not",
			"Type: SelfManagedKafka, Properties: {KafkaBootstrapServers: [a], Topics: [t], SourceAccessConfigurations: [" +
				"{Type: SASL_SCRAM_512_AUTH, URI: x}]}",
			secret},
		{"DocumentDB makes network interfaces",
			"Type: DocumentDB, Properties: {Cluster: c, DatabaseName: d, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: x}]}",
			pollerInterfaces + " Allow rds:describedbclusterparameters Allow rds:describedbclusters Allow rds:describedbsubnetgroups " + secret},
		{"MQ does not",
			"Type: MQ, Properties: {Broker: b, Queues: [q], SecretsManagerKmsKeyId: k, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: x}]}",
			"Allow kms:decrypt Allow mq:describebroker " + secret},
		{"MSK with a certificate reads it",
			"Type: MSK, Properties: {Stream: s, SourceAccessConfigurations: [{Type: CLIENT_CERTIFICATE_TLS_AUTH, URI: x}]}",
			secret},
		{"a destination for failures is sent to",
			"Type: SQS, Properties: {Queue: q, DestinationConfig: {OnFailure: {Type: SNS, Destination: d}}}",
			"Allow sns:publish"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := transform(t, function("Events: {E: {"+c.event+"}}"))
			r.is(t, map[string]string{
				"FnE.Type":                    `"AWS::Lambda::EventSourceMapping"`,
				"FnE.Properties.FunctionName": `{Ref:"Fn",}`,
			})
			got := strings.Join(granted(r.Get("Resources").Get("FnRole").Get("Properties").Get("Policies")), " ")
			if got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
			if len(r.diagnostics) > 0 {
				t.Error(r.diagnostics)
			}
		})
	}
}

func TestKafkaNeedsSubnetAndSecurityGroup(t *testing.T) {
	r := transform(t, function("Events: {E: {Type: SelfManagedKafka, Properties: {SourceAccessConfigurations: [{Type: VPC_SUBNET, URI: s}]}}}"))
	if len(r.diagnostics) != 1 || !strings.Contains(r.diagnostics[0].Message, "must both be given") {
		t.Errorf("got %v", r.diagnostics)
	}
}

func TestTwoEventsOfEqualNeedsShareOnePolicy(t *testing.T) {
	const kafka = "{Type: SelfManagedKafka, Properties: {SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: x}]}}"
	r := transform(t, function("Events: {A: "+kafka+", B: "+kafka+"}"))
	if n := len(r.Get("Resources").Get("FnRole").Get("Properties").Get("Policies").Items); n != 1 {
		t.Errorf("the role has %d inline policies, want 1", n)
	}
}

func TestDestinationsOfAsynchronousInvocations(t *testing.T) {
	r := transform(t, function("EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS}, "+
		"OnFailure: {Type: SNS, Destination: !If [C, !Ref Topic, !Ref AWS::NoValue]}}}"))
	r.is(t, map[string]string{
		"FnEventInvokeConfigOnSuccessQueue.Type":      `"AWS::SQS::Queue"`,
		"FnEventInvokeConfigOnFailureTopic.Condition": `"NOTC"`,
		"FnEventInvokeConfig.Properties.DestinationConfig": `{OnFailure:{Destination:{Fn::If:["C",{Ref:"Topic",},{Ref:"FnEventInvokeConfigOnFailureTopic",},],},},` +
			`OnSuccess:{Destination:{Fn::GetAtt:["FnEventInvokeConfigOnSuccessQueue","Arn",],},},}`,
	})
	got := granted(r.Get("Resources").Get("FnRole").Get("Properties").Get("Policies"))
	if want := []string{"Allow sns:publish", "Allow sqs:sendmessage"}; !slices.Equal(got, want) {
		t.Errorf("the role allows %v, want %v", got, want)
	}
}

func TestTriggersOfPushedEvents(t *testing.T) {
	r := transform(t, function("AutoPublishAlias: live", "Events:",
		"  Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}",
		"  Daily: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), PermissionsBoundary: arn:b}}",
		"  Get: {Type: Api, Properties: {Path: /, Method: get}}",
		"  Topic: {Type: SNS, Properties: {Topic: !Ref T}}"))
	r.is(t, map[string]string{
		"FnHourly.Properties.Targets":                `[{Arn:{Ref:"FnAliaslive",},},]`,
		"FnHourlyPermission.Properties.Principal":    `"events.amazonaws.com"`,
		"FnDaily.Properties.Target":                  `{Arn:{Ref:"FnAliaslive",},RoleArn:{Fn::GetAtt:["FnDailyRole","Arn",],},}`,
		"FnDailyRole.Properties.PermissionsBoundary": `"arn:b"`,
		"FnTopic.Properties.TopicArn":                `{Ref:"T",}`,
		"ServerlessRestApi.Type":                     `"AWS::ApiGateway::RestApi"`,
		"ServerlessRestApiProdStage.Type":            `"AWS::ApiGateway::Stage"`,
		"FnRole.Properties.ManagedPolicyArns":        arns(basic),
		"FnGetPermission.Properties.FunctionName":    `{Ref:"FnAliaslive",}`,
	})
}
