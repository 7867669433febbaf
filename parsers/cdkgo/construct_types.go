package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// constructor is what NewX(scope, id, props) makes. goType is the type in Go, such as "awsec2.Vpc".
func (f *frame) constructor(call *ast.CallExpr, fn *types.Func, goType string, args []*val) *val {
	c := f.newConstruct(args[0], args[1], goType, f.span(call))
	props := nothing
	if len(args) > 2 {
		props = args[2]
	}
	s := propsStruct(fn)
	switch typ := l1Type(goType); {
	case constructors[goType] != nil:
		constructors[goType](f, c, props)
	case typ != "":
		f.newL1(c, typ, props)
	case s != nil && isFunctionProps(s):
		f.newFunction(c, props)
	case plainTypes[goType] != "":
		c.typ = plainTypes[goType]
		f.add(c)
	}
	return c.val(c.span)
}

// constructors are the L2 constructs of the network, by their Go types.
var constructors = map[string]func(*frame, *construct, *val){
	"awsec2.Vpc":                   (*frame).newVPC,
	"awsec2.SecurityGroup":         (*frame).newSecurityGroup,
	"awsec2.Subnet":                (*frame).newSubnet,
	"awsec2.PublicSubnet":          (*frame).newSubnet,
	"awsec2.PrivateSubnet":         (*frame).newSubnet,
	"awsec2.GatewayVpcEndpoint":    (*frame).newGatewayEndpoint,
	"awsec2.InterfaceVpcEndpoint":  (*frame).newInterfaceEndpoint,
	"awsec2.NetworkAcl":            (*frame).newNetworkACL,
	"awsroute53.PrivateHostedZone": (*frame).newPrivateZone,
	"awscdk.CfnOutput":             (*frame).newOutput,
	"awsssm.StringParameter":       (*frame).newParameter,
	"awsssm.CfnParameter":          (*frame).newParameter,
	"awsiam.Role":                  (*frame).newRole,
	"awsiam.Policy":                (*frame).newPolicy,
	"awsiam.ManagedPolicy":         (*frame).newManagedPolicy,
	"awslambda.EventSourceMapping": (*frame).newEventSourceMapping,
}

// l1Type is the resource type that an L1 construct such as "awsec2.CfnSubnet" makes, or "" for any other type.
func l1Type(goType string) string {
	module, name, _ := strings.Cut(goType, ".")
	resource, ok := strings.CutPrefix(name, "Cfn")
	if service := services[module]; ok && service != "" {
		return "AWS::" + service + "::" + resource
	}
	return ""
}

// newL1 makes an L1 construct. Its props are the properties of the resource, under their names.
func (f *frame) newL1(c *construct, typ string, props *val) {
	c.typ = typ
	c.props = props.property()
	if c.props.Kind == value.Absent {
		c.props = mapOf(c.span)
	}
	f.add(c)
}

// services has the CloudFormation name of each CDK package whose L1 constructs are read.
var services = map[string]string{
	"awsec2": "EC2", "awslambda": "Lambda", "awsiam": "IAM", "awsrds": "RDS", "awsdocdb": "DocDB",
	"awsneptune": "Neptune", "awsredshift": "Redshift", "awselasticache": "ElastiCache", "awsmemorydb": "MemoryDB",
	"awsdax": "DAX", "awsredshiftserverless": "RedshiftServerless", "awsopensearchservice": "OpenSearchService",
	"awselasticsearch": "Elasticsearch", "awsmsk": "MSK", "awsamazonmq": "AmazonMQ", "awssqs": "SQS", "awssns": "SNS",
	"awsdynamodb": "DynamoDB", "awss3": "S3", "awssecretsmanager": "SecretsManager", "awskms": "KMS",
	"awsevents": "Events", "awsstepfunctions": "StepFunctions", "awskinesis": "Kinesis",
	"awskinesisfirehose": "KinesisFirehose", "awsssm": "SSM", "awscognito": "Cognito", "awsapigateway": "ApiGateway",
	"awsapigatewayv2": "ApiGatewayV2", "awslogs": "Logs", "awsefs": "EFS", "awsnetworkfirewall": "NetworkFirewall",
	"awsroute53": "Route53", "awseks": "EKS", "awselasticloadbalancingv2": "ElasticLoadBalancingV2",
	"awsdocdbelastic": "DocDBElastic", "awstimestream": "Timestream", "awsservicediscovery": "ServiceDiscovery",
	"awss3files": "S3Files", "awsecs": "ECS",
}

// plainTypes has the resource type of L2 constructs that stand for one resource. Only its identity counts.
var plainTypes = map[string]string{
	"awssqs.Queue": "AWS::SQS::Queue", "awssns.Topic": "AWS::SNS::Topic", "awss3.Bucket": "AWS::S3::Bucket",
	"awsdynamodb.Table": "AWS::DynamoDB::Table", "awsdynamodb.TableV2": "AWS::DynamoDB::GlobalTable",
	"awssecretsmanager.Secret": "AWS::SecretsManager::Secret", "awskms.Key": "AWS::KMS::Key",
	"awsevents.EventBus": "AWS::Events::EventBus", "awsstepfunctions.StateMachine": "AWS::StepFunctions::StateMachine",
	"awskinesis.Stream": "AWS::Kinesis::Stream", "awscognito.UserPool": "AWS::Cognito::UserPool",
	"awslogs.LogGroup": "AWS::Logs::LogGroup",
}

// isStack says whether the type is a stack, or holds stacks. None of these is part of an address.
func isStack(goType string) bool {
	switch goType {
	case "awscdk.App", "awscdk.Stack", "awscdk.Stage", "awscdk.NestedStack":
		return true
	}
	return false
}

// imported is what FromLookup, FromArn and their like give: a construct for a resource from elsewhere. It is none of
// those that the package makes. name is the function, such as "awsec2.Vpc_FromLookup".
func (f *frame) imported(call *ast.CallExpr, name string, args []*val) *val {
	span := f.span(call)
	what := args[1].text
	if args[1].form != text || symbol.Has(what) {
		what = afterDot(name)
	}
	missing := fact.Missing{Kind: fact.Resource, Name: what, Span: span}
	out := &val{form: result, span: span, name: name, args: args[2:], missing: missing}
	out.text = f.externalID(name+" "+what, missing)
	namesID := strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Arn")
	if namesID && len(out.args) > 0 && out.args[0].form == text {
		out.text = out.args[0].text
	}
	if name == "awsec2.Vpc_FromLookup" || name == "awsec2.Vpc_FromVpcAttributes" {
		out.construct = &construct{program: f.program, network: &network{missing: missing}}
	}
	return out
}

// externalID is a token for something that is made elsewhere. The key says what that is.
func (p *program) externalID(key string, m fact.Missing) string {
	return p.symbols.Intern(symbol.Symbol{Key: key, Single: true, Missing: m})
}

// pseudoParameters are the pseudo parameters that the functions of awscdk.Aws stand for.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Aws.html
var pseudoParameters = map[string]string{
	"awscdk.Aws_REGION": "AWS::Region", "awscdk.Aws_ACCOUNT_ID": "AWS::AccountId",
	"awscdk.Aws_PARTITION": "AWS::Partition", "awscdk.Aws_URL_SUFFIX": "AWS::URLSuffix",
}

// pseudo is the token of a pseudo parameter, which is known only where the stack is deployed.
func (p *program) pseudo(name string) string {
	return p.symbols.Intern(symbol.Pseudo(name))
}
