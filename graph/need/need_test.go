package need

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestWhatAFunctionNeeds(t *testing.T) {
	queue := []string{"Queue AWS::SQS::Queue"}
	for _, c := range []struct {
		name string
		in   stack
		want string
	}{
		{"a queue in the environment is a strong need", stack{resources: queue, env: []string{"URL=${Queue}"}},
			"strong service sqs"},
		{"a table's name from its resource is a strong need",
			stack{resources: []string{"Table AWS::DynamoDB::Table"}, env: []string{"TABLE=${Table}"}},
			"strong service dynamodb"},
		{"a table's name as plain text proves nothing",
			stack{resources: []string{"Table AWS::DynamoDB::Table"}, env: []string{"TABLE=Table"}}, ""},
		{"a parameter proves nothing", stack{env: []string{"URL=${?Url}"}}, ""},
		{"terraform resources count alike",
			stack{resources: []string{"aws_sns_topic#t aws_sns_topic"}, env: []string{"TOPIC=${aws_sns_topic#t.arn}"}},
			"strong service sns"},
		{"a log group proves nothing",
			stack{resources: []string{"Log AWS::Logs::LogGroup"}, env: []string{"LOG=${Log}"}}, ""},
		{"a parameter's name is a strong need",
			stack{resources: []string{"Setting AWS::SSM::Parameter"}, env: []string{"SETTING=${Setting}"}},
			"strong service ssm"},
		{"a parameter's value is filled in at deployment",
			stack{resources: []string{"Setting AWS::SSM::Parameter"}, env: []string{"SETTING=${Setting.Value}"}}, ""},
		{"in Terraform too",
			stack{resources: []string{"aws_ssm_parameter.s aws_ssm_parameter"},
				env: []string{"SETTING=${aws_ssm_parameter.s.insecure_value}"}}, ""},
		{"a key proves nothing", stack{resources: []string{"Key AWS::KMS::Key"}, env: []string{"KEY=${Key.Arn}"}}, ""},
		{"a queue's URL as text names the service",
			stack{env: []string{"URL=https://sqs.us-east-1.amazonaws.com/1/jobs"}}, "strong service sqs"},
		{"a URL with the region as symbol names the service",
			stack{env: []string{"URL=https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/jobs"}},
			"strong service sqs"},
		{"a URL with the suffix as symbol names the service",
			stack{env: []string{"URL=https://secretsmanager.${AWS::Region}.${AWS::URLSuffix}"}},
			"strong service secretsmanager"},
		{"a bucket's host names S3", stack{env: []string{"URL=https://assets.s3.eu-west-1.amazonaws.com/x"}},
			"strong service s3"},
		{"a host of two labels is found", stack{env: []string{"URL=https://runtime.sagemaker.eu-west-1.amazonaws.com"}},
			"strong service sagemaker.runtime"},
		{"an endpoint's own host proves nothing",
			stack{env: []string{"URL=https://vpce-1.sqs.us-east-1.vpce.amazonaws.com"}}, ""},
		{"a load balancer's host may be internal", stack{env: []string{"URL=http://x.us-east-1.elb.amazonaws.com"}},
			""},
		{"an ARN as text names the service", stack{env: []string{"TOPIC=arn:aws:sns:us-east-1:1:alerts"}},
			"strong service sns"},
		{"an ARN with symbols names the service",
			stack{env: []string{"SECRET=arn:${AWS::Partition}:secretsmanager:" +
				"${AWS::Region}:${AWS::AccountId}:secret:x"}},
			"strong service secretsmanager"},
		{"the ARN of a role names no service", stack{env: []string{"ROLE=arn:aws:iam::1:role/x"}}, ""},
		{"a public host is the internet", stack{env: []string{"API=https://api.stripe.com/v1"}},
			"strong internet api.stripe.com"},
		{"a private host is not",
			stack{env: []string{"API=https://billing.internal/v1", "B=http://10.0.0.4:80", "C=http://localhost:3000",
				"D=https://backend"}}, ""},
		{"a host in a private zone of the stack is not",
			stack{resources: []string{"Zone AWS::Route53::HostedZone name=acme.com. vpcs.vpcid=${Vpc}"},
				env: []string{"API=https://billing.acme.com"}}, ""},
		{"a host in a public zone of the stack is",
			stack{resources: []string{"Zone AWS::Route53::HostedZone name=acme.com."},
				env: []string{"API=https://billing.acme.com"}}, "strong internet billing.acme.com"},
		{"an error tracker is, with its key before the host",
			stack{env: []string{"DSN=https://key@o1.ingest.sentry.io/1"}}, "strong internet o1.ingest.sentry.io"},
		{"an origin for browsers is not", stack{env: []string{"ALLOWED_ORIGIN=https://app.acme.com"}}, ""},
		{"a function URL is the internet",
			stack{resources: []string{"Url AWS::Lambda::Url"}, env: []string{"API=${Url.FunctionUrl}"}},
			"strong internet Url"},
		{"an API of the stack is the internet",
			stack{resources: []string{"Api AWS::ApiGateway::RestApi"},
				env: []string{"API=https://${Api}.execute-api.${AWS::Region}.amazonaws.com/prod"}},
			"strong internet ${Api}.execute-api.${AWS::Region}.amazonaws.com"},
		{"so it is by the suffix of the partition, with a path",
			stack{resources: []string{"Api AWS::ApiGateway::RestApi"},
				env: []string{"API=https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod"}},
			"strong internet ${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}"},
		{"a private API is not",
			stack{resources: []string{"Api AWS::ApiGateway::RestApi endpointconfiguration.types=PRIVATE"},
				env: []string{"API=https://${Api}.execute-api.${AWS::Region}.amazonaws.com/prod"}}, ""},
		{"an API of elsewhere may be private",
			stack{env: []string{"API=https://${?Api}.execute-api.${AWS::Region}.amazonaws.com/prod"}}, ""},
		{"a database's address is a need of the database",
			stack{stores: []string{"DB"}, env: []string{"HOST=${DB.Endpoint.Address}"}}, "strong node DB"},
		{"a connection string is a need of the database",
			stack{stores: []string{"DB"}, env: []string{"DSN=postgres://app@${DB.Endpoint.Address}:5432/app"}},
			"strong node DB"},
		{"a database's identifier is not", stack{stores: []string{"DB"}, env: []string{"ID=${DB}"}}, ""},
		{"a database's ARN is a need of the database",
			stack{stores: []string{"DB"}, env: []string{"DB=${DB.DBClusterArn}"}}, "strong node DB"},
		{"a file system's ARN in the environment mounts nothing",
			stack{stores: []string{"Files"}, env: []string{"FILES=${Files.Arn}"}}, ""},
		{"with the Data API its ARN is a need of rds-data",
			stack{stores: []string{"DB"}, env: []string{"DB=${DB.DBClusterArn}"},
				grants: []string{"rds-data:ExecuteStatement on *"}}, "strong service rds-data"},
		{"with Redshift's Data API its ARN is a need of redshift-data",
			stack{stores: []string{"DB"}, env: []string{"DB=${DB.Workgroup.WorkgroupArn}"},
				grants: []string{"redshift-data:ExecuteStatement on *"}}, "strong service redshift-data"},
		{"with the Data API its own secret is no need of the database",
			stack{stores: []string{"DB"}, env: []string{"S=${DB.MasterUserSecret.SecretArn}"},
				grants: []string{"rds-data:ExecuteStatement on *"}}, ""},
		{"with the Data API an attached secret is no need of the database",
			stack{stores: []string{"DB"}, env: []string{"S=${Secret}"},
				grants: []string{"rds-data:ExecuteStatement on *"},
				resources: []string{"Secret AWS::SecretsManager::Secret",
					"Attach AWS::SecretsManager::SecretTargetAttachment secretid=${Secret} targetid=${DB}"}}, ""},
		{"what Athena reads for its caller proves nothing",
			stack{resources: []string{"Bucket AWS::S3::Bucket"}, env: []string{"RESULTS=${Bucket}"},
				grants: []string{"s3:PutObject on ${Bucket.Arn}",
					"athena:StartQueryExecution on arn:aws:athena:us-east-1:1:workgroup/w"}}, "weak service athena"},
		{"the token for a database is signed without a call",
			stack{grants: []string{"rds:GenerateDbAuthToken on arn:aws:rds:us-east-1:1:cluster:c"}}, ""},
		{"a topic that is handed to a task proves nothing",
			stack{resources: []string{"Topic AWS::SNS::Topic"}, env: []string{"TOPIC=${Topic}"},
				grants: []string{"sns:Publish on ${Topic}", "polly:*Task on *"}}, ""},
		{"a managed policy shows who is handed a name",
			stack{resources: []string{"Bucket AWS::S3::Bucket"}, env: []string{"RESULTS=${Bucket}"},
				managed: []string{"arn:aws:iam::aws:policy/AmazonAthenaFullAccess"}}, ""},
		{"a voice takes no topic",
			stack{resources: []string{"Topic AWS::SNS::Topic"}, env: []string{"TOPIC=${Topic}"},
				grants: []string{"polly:SynthesizeSpeech on *"}}, "strong service sns"},
		{"who may do anything forwards nothing",
			stack{resources: []string{"Bucket AWS::S3::Bucket"}, env: []string{"B=${Bucket}"},
				grants: []string{"* on *"}}, "strong service s3"},
		{"a database's own secret is a need of both",
			stack{stores: []string{"DB"}, env: []string{"S=${DB.MasterUserSecret.SecretArn}"}},
			"strong service secretsmanager, strong node DB"},
		{"a secret attached to a database is a need of both",
			stack{stores: []string{"DB"}, env: []string{"S=${Secret}"},
				resources: []string{"Secret AWS::SecretsManager::Secret",
					"Attach AWS::SecretsManager::SecretTargetAttachment secretid=${Secret} targetid=${DB}"}},
			"strong service secretsmanager, strong node DB"},
		{"a dead-letter queue is none",
			stack{resources: queue, properties: []string{"deadletterconfig.targetarn=${Queue.Arn}"},
				grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, ""},
		{"a destination is none",
			stack{resources: append(slices.Clone(queue),
				"Invoke AWS::Lambda::EventInvokeConfig functionname=${F} "+
					"destinationconfig.onfailure.destination=${Queue.Arn}"),
				grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, ""},
		{"another send is a weak need", stack{resources: queue, grants: []string{"sqs:SendMessage on ${Queue.Arn}"}},
			"weak service sqs"},
		{"the better evidence counts",
			stack{resources: queue, grants: []string{"sqs:SendMessage on ${Queue.Arn}"}, env: []string{"URL=${Queue}"}},
			"strong service sqs"},
		{"polling a mapped queue is none",
			stack{resources: queue, mappings: []string{"${Queue.Arn}"},
				grants: []string{"sqs:ReceiveMessage on ${Queue.Arn}", "sqs:DeleteMessage on ${Queue.Arn}"}}, ""},
		{"polling another queue is a weak need",
			stack{resources: append(slices.Clone(queue), "Other AWS::SQS::Queue"), mappings: []string{"${Other.Arn}"},
				grants: []string{"sqs:ReceiveMessage on ${Queue.Arn}"}}, "weak service sqs"},
		{"sending to the mapped queue is a weak need",
			stack{resources: queue, mappings: []string{"${Queue.Arn} Queue"},
				grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, "weak service sqs"},
		{"sending to a mapping's failure queue is none",
			stack{resources: append(slices.Clone(queue), "S AWS::Kinesis::Stream"),
				mappings: []string{"${S.Arn} S Queue"}, grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, ""},
		{"the secret of a mapped broker is none",
			stack{mappings: []string{"arn:aws:kafka:us-east-1:1:cluster/c/1"},
				grants: []string{"secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-east-1:1:secret:s"}}, ""},
		{"actions on streams allow nothing on a table",
			stack{resources: []string{"Table AWS::DynamoDB::Table"},
				grants: []string{"dynamodb:GetRecords on ${Table.Arn}",
					"dynamodb:GetShardIterator on ${Table.Arn}/index/*",
					"dynamodb:DescribeStream on arn:aws:dynamodb:us-east-1:1:table/${Table}"}}, ""},
		{"those on a stream are a weak need",
			stack{resources: []string{"Table AWS::DynamoDB::Table"},
				grants: []string{"dynamodb:GetRecords on ${Table.StreamArn}"}}, "weak service dynamodb-streams"},
		{"those on all of a table's streams too",
			stack{resources: []string{"Table AWS::DynamoDB::Table"},
				grants: []string{"dynamodb:Get* on ${Table.Arn}", "dynamodb:GetRecords on ${Table.Arn}/stream/*"}},
			"weak service dynamodb, weak service dynamodb-streams"},
		{"looking up a dead-letter queue is none",
			stack{resources: queue, properties: []string{"deadletterconfig.targetarn=${Queue.Arn}"},
				grants: []string{"sqs:GetQueueAttributes on ${Queue.Arn}", "sqs:GetQueueUrl on ${Queue.Arn}"}}, ""},
		{"reading from one is a weak need",
			stack{resources: queue, properties: []string{"deadletterconfig.targetarn=${Queue.Arn}"},
				grants: []string{"sqs:ReceiveMessage on ${Queue.Arn}"}}, "weak service sqs"},
		{"a dead-letter queue by its ARN is none",
			stack{properties: []string{"deadletterconfig.targetarn=arn:aws:sqs:us-east-1:1:dead"},
				grants: []string{"sqs:SendMessage on arn:aws:sqs:us-east-1:1:dead"}}, ""},
		{"a bucket as destination is none",
			stack{resources: []string{"Bucket AWS::S3::Bucket",
				"Invoke AWS::Lambda::EventInvokeConfig functionname=${F} " +
					"destinationconfig.onfailure.destination=${Bucket.Arn}"},
				grants: []string{"s3:PutObject* on ${Bucket.Arn}/*", "s3:GetBucket* on ${Bucket.Arn}"}}, ""},
		{"a destination of an alias is none",
			stack{resources: append(slices.Clone(queue), "Live AWS::Lambda::Alias functionname=${F}",
				"Invoke AWS::Lambda::EventInvokeConfig functionname=${Live} "+
					"destinationconfig.onfailure.destination=${Queue.Arn}"),
				grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, ""},
		{"a destination of another function is a weak need",
			stack{resources: append(slices.Clone(queue),
				"Invoke AWS::Lambda::EventInvokeConfig functionname=${Other} "+
					"destinationconfig.onfailure.destination=${Queue.Arn}"),
				grants: []string{"sqs:SendMessage on ${Queue.Arn}"}}, "weak service sqs"},
		{"the schemas of a mapped broker are none",
			stack{mappings: []string{"arn:aws:kafka:us-east-1:1:cluster/c/1"},
				grants: []string{"glue:GetSchemaVersion on arn:aws:glue:us-east-1:1:registry/r"}}, ""},
		{"a function URL is not called at the endpoint of Lambda",
			stack{grants: []string{"lambda:InvokeFunctionUrl on arn:aws:lambda:us-east-1:1:function:f"}}, ""},
		{"what a browser is sent to is none",
			stack{env: []string{"LOGIN_URI=https://id.acme.com/login", "REDIRECT_URL=https://app.acme.com",
				"CALLBACK_URL=https://app.acme.com/cb", "FRONTEND_URL=https://assets.s3.eu-west-1.amazonaws.com/x",
				"OAUTH_SCOPES=https://www.googleapis.com/auth/drive"}}, ""},
		{"an asterisk shows nothing",
			stack{grants: []string{"sqs:SendMessage on *", "sqs:* on arn:aws:sqs:us-east-1:1:jobs",
				"dynamodb:GetItem on arn:aws:dynamodb:*:*:table/*"}}, ""},
		{"a parameter as resource may be an asterisk", stack{grants: []string{"sqs:SendMessage on ${?Arn}"}}, ""},
		{"a prefix of names is specific",
			stack{grants: []string{"ssm:GetParameter on arn:${AWS::Partition}:ssm:" +
				"${AWS::Region}:${AWS::AccountId}:parameter/app/*"}},
			"weak service ssm"},
		{"the operation decides between endpoints",
			stack{grants: []string{"bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model/m",
				"states:StartSyncExecution on arn:aws:states:us-east-1:1:stateMachine:m"}},
			"weak service bedrock-runtime, weak service sync-states"},
		{"logs, traces, keys, images and mounts show nothing",
			stack{grants: []string{"logs:PutLogEvents on arn:aws:logs:us-east-1:1:log-group:g",
				"xray:PutTraceSegments on arn:aws:xray:us-east-1:1:group/g",
				"kms:Decrypt on arn:aws:kms:us-east-1:1:key/k",
				"ecr:BatchGetImage on arn:aws:ecr:us-east-1:1:repository/r",
				"elasticfilesystem:ClientMount on arn:aws:elasticfilesystem:us-east-1:1:file-system/fs-1",
				"ec2:CreateNetworkInterface on arn:aws:ec2:us-east-1:1:subnet/subnet-1"}}, ""},
		{"a database login is a need of the database only",
			stack{stores: []string{"DB"},
				grants: []string{"rds-db:connect on arn:aws:rds-db:us-east-1:1:dbuser:${DB.DbiResourceId}/app"}},
			"weak node DB"},
		{"AWS managed policies show nothing", stack{managed: []string{"arn:aws:iam::aws:policy/AmazonS3FullAccess"}},
			""},
		{"a policy of elsewhere is a doubt", stack{managed: []string{"arn:aws:iam::1:policy/team"}},
			"further arn:aws:iam::1:policy/team"},
		{"a proxy is a doubt", stack{env: []string{"https_proxy=http://10.0.0.9:3128", "NO_PROXY=x"}},
			"redirect https_proxy"},
		{"an endpoint override is a doubt",
			stack{resources: queue, env: []string{"AWS_ENDPOINT_URL_SQS=${?Url}", "URL=${Queue}"}},
			"strong service sqs, redirect AWS_ENDPOINT_URL_SQS"},
		{"an empty proxy is none", stack{env: []string{"HTTPS_PROXY="}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, f := c.in.build()
			if got := summary(Of(n.In(nil), f)); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestWhatShowsThatSomethingMayBeCalled(t *testing.T) {
	for _, c := range []struct {
		in    stack
		broad bool
	}{
		{stack{grants: []string{"sqs:SendMessage on *"}}, true},
		{stack{grants: []string{"* on *"}}, true},
		{stack{grants: []string{"execute-api:Invoke on arn:aws:execute-api:us-east-1:1:api/*"}}, true},
		{stack{managed: []string{"arn:aws:iam::aws:policy/AmazonS3FullAccess"}}, true},
		{stack{grants: []string{"logs:* on *", "ec2:CreateNetworkInterface on *", "xray:PutTraceSegments on *",
			"kms:Decrypt on *"}}, false},
		{stack{managed: []string{"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
			"arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
			"arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy"}}, false},
		{stack{grants: []string{"dynamodb:GetRecords on ${Table.StreamArn}"}, mappings: []string{"${Table.StreamArn}"}},
			false},
	} {
		n, f := c.in.build()
		if got := Of(n.In(nil), f).broad; got != c.broad {
			t.Errorf("%v: got %v", c.in, got)
		}
	}
}

func TestEvidenceNamesItsSource(t *testing.T) {
	n,
		f := stack{resources: []string{"Queue AWS::SQS::Queue", "Topic AWS::SNS::Topic"}, env: []string{"URL=${Queue}"},
		grants: []string{"sns:Publish on ${Topic}"}}.build()
	needs := Of(n.In(nil), f)
	if got := needs.Service("sqs").Evidence; got != `environment variable "URL" names "Queue"` {
		t.Error(got)
	}
	if got := needs.Service("sns").Evidence; got != `a policy of "Role" allows sns:Publish on "${Topic}"` {
		t.Error(got)
	}
	if needs.Service("s3").Strength != None {
		t.Errorf("got %v", needs)
	}
}

func TestAConditionalVariable(t *testing.T) {
	prod := &fact.Atom{Subject: "Stage", Literal: "prod", Why: []fact.Missing{{Kind: fact.Parameter, Name: "Stage"}}}
	choice := func(then, otherwise string) fact.Value[fact.Text] {
		return fact.Choice(fact.If(prod), fact.Known(text(then), source.Span{}),
			fact.Known(text(otherwise), source.Span{}), source.Span{})
	}
	for _, c := range []struct {
		name, then, otherwise, undecided, inProd, elsewhere string
	}{
		{"that shows the same in both cases is settled", "debug", "info", "", "", ""},
		{"that names the queue in both cases is settled", "${Queue}", "${Queue.Arn}", "strong service sqs",
			"strong service sqs", "strong service sqs"},
		{"that names the queue in one case waits for the condition", "${Queue}", "none", "further Stage",
			"strong service sqs", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, f := stack{resources: []string{"Queue AWS::SQS::Queue"}}.build()
			f.Environment.Append(graph.Variable{Name: "V", Value: choice(c.then, c.otherwise)}, source.Span{})
			var none *fact.World
			for _, x := range []struct {
				w    *fact.World
				want string
			}{{nil, c.undecided}, {none.With(prod, true), c.inProd}, {none.With(prod, false), c.elsewhere}} {
				if got := summary(Of(n.In(x.w), f)); got != x.want {
					t.Errorf("in %v: got %q, want %q", x.w, got, x.want)
				}
			}
		})
	}
}

func TestAnOpenEnvironmentAndAnUnknownRoleAreDoubts(t *testing.T) {
	n, f := stack{}.build()
	f.Environment.Miss(fact.Always(), fact.Missing{Kind: fact.Parameter, Name: "Variables"})
	f.Role = fact.Known(graph.ID[graph.Role]("${RoleArn}"), source.Span{})
	if got := summary(Of(n.In(nil), f)); got != "redirect Variables, further ${RoleArn}" {
		t.Error(got)
	}
}

func TestTheTableOfServices(t *testing.T) {
	for prefix, want := range map[string]string{
		"sqs": "sqs", "kinesis": "kinesis-streams", "firehose": "kinesis-firehose", "cloudwatch": "monitoring",
		"dynamodb": "dynamodb",
		"s3":       "s3", "states": "states", "bedrock": "", "nosuch": "",
	} {
		if got := serviceOfAction(prefix, "describesomething"); got != want {
			t.Errorf("%s: %q, want %q", prefix, got, want)
		}
	}
	if n := len(loadServices().hosts); n < 300 {
		t.Errorf("%d hosts", n)
	}
	for kind, id := range servicesOfKinds {
		if serviceOfHost(id) != id && id != "kinesis-streams" && id != "kinesis-firehose" {
			t.Errorf("%s: no endpoint service %q", kind, id)
		}
	}
}
