package sam_test

import (
	"strings"
	"testing"
)

// function is a template with one function of these properties, one a line.
func function(properties ...string) string {
	return "Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n      " +
		strings.Join(properties, "\n      ") + "\n"
}

func arns(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(`"policy/` + name + `",`)
	}
	return "[" + b.String() + "]"
}

const basic = "service-role/AWSLambdaBasicExecutionRole"

func TestTheRoleOfAFunctionHasTheManagedPoliciesThatSAMAdds(t *testing.T) {
	for _, c := range []struct {
		name, property string
		want           []string
	}{
		{"the basic one", "Timeout: 3", []string{basic}},
		{"network interfaces for a VpcConfig", "VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}",
			[]string{basic, "service-role/AWSLambdaVPCAccessExecutionRole"}},
		{"network interfaces even for a VpcConfig that is AWS::NoValue", "VpcConfig: !Ref AWS::NoValue",
			[]string{basic, "service-role/AWSLambdaVPCAccessExecutionRole"}},
		{"nothing for an empty VpcConfig", "VpcConfig: {}", []string{basic}},
		{"durable execution", "DurableConfig: {ExecutionTimeout: 3}",
			[]string{"service-role/AWSLambdaBasicDurableExecutionRolePolicy"}},
		{"tracing", "Tracing: Active", []string{basic, "AWSXrayWriteOnlyAccess"}},
		{"nothing for disabled tracing", "Tracing: Disabled", []string{basic}},
		{"a name with its path", "Policies: AWSLambdaVPCAccessExecutionRole",
			[]string{basic, "service-role/AWSLambdaVPCAccessExecutionRole"}},
		{"one ARN once, in whichever partition it is written", "Policies: ['arn:aws:iam::aws:policy/" + basic + "', AmazonS3FullAccess]",
			[]string{basic, "AmazonS3FullAccess"}},
		{"the poller of a queue", "Events: {A: {Type: SQS, Properties: {Queue: arn}}}",
			[]string{basic, "service-role/AWSLambdaSQSQueueExecutionRole"}},
		{"the pollers in order of the names of events, each once",
			"Events: {C: {Type: Kinesis, Properties: {Stream: a}}, B: {Type: Kinesis, Properties: {Stream: b}}, A: {Type: MSK, Properties: {Stream: c}}}",
			[]string{basic, "service-role/AWSLambdaMSKExecutionRole", "service-role/AWSLambdaKinesisExecutionRole"}},
		{"the poller of the queue of a topic", "Events: {A: {Type: SNS, Properties: {Topic: arn, SqsSubscription: true}}}",
			[]string{basic, "service-role/AWSLambdaSQSQueueExecutionRole"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			transform(t, function(c.property)).is(t, map[string]string{
				"Fn.Type":                             `"AWS::Lambda::Function"`,
				"Fn.Properties.Role":                  `{Fn::GetAtt:["FnRole","Arn",],}`,
				"FnRole.Type":                         `"AWS::IAM::Role"`,
				"FnRole.Properties.ManagedPolicyArns": arns(c.want...),
			})
		})
	}
}

func TestPoliciesThatAreNoNames(t *testing.T) {
	for _, c := range []struct{ name, policies, managed, inline string }{
		{"an ARN of the account", "[arn:aws:iam::123456789012:policy/mine]", `"arn:aws:iam::123456789012:policy/mine",`, ""},
		{"an intrinsic gives an ARN", "[!Ref Mine]", `{Ref:"Mine",},`, ""},
		{"a choice of names", "[!If [C, AmazonS3FullAccess, !Ref AWS::NoValue]]",
			`{Fn::If:["C","policy/AmazonS3FullAccess",{Ref:"AWS::NoValue",},],},`, ""},
		{"a document, numbered by its place", "[!Ref Mine, {Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}]",
			`{Ref:"Mine",},`,
			`[{PolicyDocument:{Statement:[{Action:"s3:*",Effect:"Allow",Resource:"*",},],},PolicyName:"FnRolePolicy1",},]`},
		{"one document without a list", "{Statement: {Effect: Deny, Action: 'ec2:*', Resource: '*'}}", "",
			`[{PolicyDocument:{Statement:{Action:"ec2:*",Effect:"Deny",Resource:"*",},},PolicyName:"FnRolePolicy0",},]`},
		{"the template for network interfaces", "[VPCAccessPolicy: {}]", "",
			`[{PolicyDocument:{Statement:[{Action:["ec2:CreateNetworkInterface","ec2:DeleteNetworkInterface",` +
				`"ec2:DescribeNetworkInterfaces","ec2:DetachNetworkInterface",],Effect:"Allow",Resource:["*",],},],},PolicyName:"FnRolePolicy0",},]`},
		{"a template with a parameter", "[SQSPollerPolicy: {QueueName: !GetAtt Q.QueueName}]", "",
			`[{PolicyDocument:{Statement:[{Action:["sqs:ChangeMessageVisibility","sqs:ChangeMessageVisibilityBatch","sqs:DeleteMessage",` +
				`"sqs:DeleteMessageBatch","sqs:GetQueueAttributes","sqs:ReceiveMessage",],Effect:"Allow",Resource:[{Fn::Sub:[` +
				`"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}",{QueueName:{Fn::GetAtt:["Q","QueueName",],},},],},],},],},` +
				`PolicyName:"FnRolePolicy0",},]`},
		{"a choice of templates", "[!If [C, {AMIDescribePolicy: {}}, !Ref AWS::NoValue]]", "",
			`[{Fn::If:["C",{PolicyDocument:{Statement:[{Action:["ec2:DescribeImages",],Effect:"Allow",Resource:["*",],},],},` +
				`PolicyName:"FnRolePolicy0",},{Ref:"AWS::NoValue",},],},]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := transform(t, function("Policies: "+c.policies))
			r.is(t, map[string]string{
				"FnRole.Properties.ManagedPolicyArns": `["policy/` + basic + `",` + c.managed + "]",
				"FnRole.Properties.Policies":          c.inline,
			})
			if len(r.diagnostics) > 0 {
				t.Error(r.diagnostics)
			}
		})
	}
}

func TestAPolicyOfUnknownFormStaysInSight(t *testing.T) {
	r := transform(t, function("Policies: [{NoSuchPolicy: {}}]"))
	r.is(t, map[string]string{"FnRole.Properties.ManagedPolicyArns": `["policy/` + basic + `",{NoSuchPolicy:{},},]`})
	if len(r.diagnostics) != 1 || !strings.Contains(r.diagnostics[0].Message, "no policy that SAM knows") {
		t.Errorf("got %v", r.diagnostics)
	}
}

func TestAWrittenRole(t *testing.T) {
	const generated = `{Fn::GetAtt:["FnRole","Arn",],}`
	for _, c := range []struct{ name, role, want, condition, exists string }{
		{"is kept, and no role made", "arn:aws:iam::123456789012:role/mine", `"arn:aws:iam::123456789012:role/mine"`, "", ""},
		{"is kept when it is one of two", "!If [C, a, b]", `{Fn::If:["C","a","b",],}`, "", ""},
		{"has the generated one in the empty first branch", "!If [C, !Ref AWS::NoValue, b]",
			`{Fn::If:["C",` + generated + `,"b",],}`, `"C"`, `"AWS::IAM::Role"`},
		{"has the generated one in the empty second branch", "!If [C, a, !Ref AWS::NoValue]",
			`{Fn::If:["C","a",` + generated + `,],}`, `"NOTC"`, `"AWS::IAM::Role"`},
		{"is replaced when both branches are empty", "!If [C, !Ref AWS::NoValue, !Ref AWS::NoValue]", generated, "", `"AWS::IAM::Role"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := transform(t, "Conditions: {C: !Equals [a, !Ref B]}\n"+function("Role: "+c.role))
			r.is(t, map[string]string{
				"Fn.Properties.Role": c.want, "FnRole.Condition": c.condition, "FnRole.Type": c.exists,
			})
			negated := long(r.Get("Conditions").Get("NOTC"))
			if want := `{Fn::Not:[{Condition:"C",},],}`; c.condition == `"NOTC"` && negated != want {
				t.Errorf("condition NOTC is %s, want %s", negated, want)
			}
		})
	}
}

func TestPropertiesOfTheRole(t *testing.T) {
	r := transform(t, "Globals: {Function: {PermissionsBoundary: arn:b, RolePath: /p/}}\n"+function(
		"DeadLetterQueue: {Type: SNS, TargetArn: !Ref Topic}",
		"AssumeRolePolicyDocument: {Statement: []}"))
	r.is(t, map[string]string{
		"FnRole.Properties.PermissionsBoundary":      `"arn:b"`,
		"FnRole.Properties.Path":                     `"/p/"`,
		"FnRole.Properties.AssumeRolePolicyDocument": "{Statement:[],}",
		"FnRole.Properties.Policies": `[{PolicyDocument:{Statement:[{Action:["sns:Publish",],Effect:"Allow",Resource:[{Ref:"Topic",},],},],},` +
			`PolicyName:"DeadLetterQueuePolicy",},]`,
		"Fn.Properties.DeadLetterConfig": `{TargetArn:{Ref:"Topic",},}`,
	})
	r = transform(t, function("Timeout: 3"))
	r.is(t, map[string]string{"FnRole.Properties.AssumeRolePolicyDocument": `{Statement:[{Action:["sts:AssumeRole",],Effect:"Allow",` +
		`Principal:{Service:["lambda.amazonaws.com",],},},],Version:"2012-10-17",}`})
}
