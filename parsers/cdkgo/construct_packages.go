package cdkgo

import (
	"go/types"
	"regexp"
	"strings"
)

// The packages of AWS CDK for Go, by what their paths end in, so that a fork or a copy under vendor counts too.
var (
	cdkPath        = regexp.MustCompile(`(^|/)aws-cdk-go/\w+/v\d+(/\w+)?$`)
	jsiiPath       = regexp.MustCompile(`(^|/)jsii-runtime-go$`)
	constructsPath = regexp.MustCompile(`(^|/)constructs-go/constructs/v\d+$`)
)

// isCDK tells packages that only read what they are given: those of AWS CDK and what it stands on.
func isCDK(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	path := pkg.Path()
	return cdkPath.MatchString(path) || jsiiPath.MatchString(path) || constructsPath.MatchString(path)
}

// usesCDK says whether the package imports anything of AWS CDK.
func usesCDK(pkg *types.Package) bool {
	for _, p := range pkg.Imports() {
		if cdkPath.MatchString(p.Path()) {
			return true
		}
	}
	return false
}

// moduleOf is the name of a CDK package as people write it, such as "awsec2".
func moduleOf(pkg *types.Package) string { return pkg.Name() }

// isNamed says whether t, or what it points at, is the type name of a package whose path pattern matches.
func isNamed(t types.Type, pattern *regexp.Regexp, names ...string) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !pattern.MatchString(n.Obj().Pkg().Path()) {
		return false
	}
	for _, name := range names {
		if n.Obj().Name() == name {
			return true
		}
	}
	return false
}

// makes says whether the function is the constructor of a construct, as every one of them begins with a scope and an id,
// and gives the name of what it makes: "Vpc" for NewVpc.
func makes(fn *types.Func) (name string, ok bool) {
	sig := fn.Signature()
	name, ok = strings.CutPrefix(fn.Name(), "New")
	return name, ok && sig.Recv() == nil && takesScope(sig) && sig.Results().Len() == 1
}

func takesScope(sig *types.Signature) bool {
	return sig.Params().Len() >= 2 && isNamed(sig.Params().At(0).Type(), constructsPath, "Construct", "IConstruct")
}

// propsOf is the struct of the third parameter of a constructor, or nil.
func propsOf(fn *types.Func) *types.Struct {
	params := fn.Signature().Params()
	if params.Len() < 3 {
		return nil
	}
	p, ok := types.Unalias(params.At(2).Type()).(*types.Pointer)
	if !ok {
		return nil
	}
	s, _ := p.Elem().Underlying().(*types.Struct)
	return s
}

// isFunctionProps tells the props of Lambda functions by their shape: every flavour of function has these fields, and
// nothing else has all of them.
func isFunctionProps(s *types.Struct) bool {
	has := 0
	for f := range s.Fields() {
		switch f.Name() {
		case "Vpc", "VpcSubnets", "AllowPublicSubnet", "SecurityGroups":
			has++
		}
	}
	return has == 4
}

// services has the CloudFormation name of each CDK package whose L1 constructs are read.
var services = map[string]string{
	"awsec2": "EC2", "awslambda": "Lambda", "awsiam": "IAM", "awsrds": "RDS", "awsdocdb": "DocDB", "awsneptune": "Neptune",
	"awsredshift": "Redshift", "awselasticache": "ElastiCache", "awsmemorydb": "MemoryDB", "awsdax": "DAX",
	"awsredshiftserverless": "RedshiftServerless", "awsopensearchservice": "OpenSearchService",
	"awselasticsearch": "Elasticsearch", "awsmsk": "MSK", "awsamazonmq": "AmazonMQ", "awssqs": "SQS", "awssns": "SNS",
	"awsdynamodb": "DynamoDB", "awss3": "S3", "awssecretsmanager": "SecretsManager", "awskms": "KMS", "awsevents": "Events",
	"awsstepfunctions": "StepFunctions", "awskinesis": "Kinesis", "awskinesisfirehose": "KinesisFirehose", "awsssm": "SSM",
	"awscognito": "Cognito", "awsapigateway": "ApiGateway", "awsapigatewayv2": "ApiGatewayV2", "awslogs": "Logs",
	"awsefs": "EFS", "awsnetworkfirewall": "NetworkFirewall",
	"awsroute53": "Route53",
}

// plain has the resource type of L2 constructs that stand for one resource, of which only the identity counts.
var plain = map[string]string{
	"awssqs.Queue": "AWS::SQS::Queue", "awssns.Topic": "AWS::SNS::Topic", "awss3.Bucket": "AWS::S3::Bucket",
	"awsdynamodb.Table": "AWS::DynamoDB::Table", "awsdynamodb.TableV2": "AWS::DynamoDB::GlobalTable",
	"awssecretsmanager.Secret": "AWS::SecretsManager::Secret", "awskms.Key": "AWS::KMS::Key",
	"awsevents.EventBus": "AWS::Events::EventBus", "awsstepfunctions.StateMachine": "AWS::StepFunctions::StateMachine",
	"awskinesis.Stream":   "AWS::Kinesis::Stream",
	"awscognito.UserPool": "AWS::Cognito::UserPool", "awslogs.LogGroup": "AWS::Logs::LogGroup",
}

// stacks have no place in the path of what they hold.
func isStack(goType string) bool {
	switch goType {
	case "awscdk.App", "awscdk.Stack", "awscdk.Stage", "awscdk.NestedStack":
		return true
	}
	return false
}

// pseudoParameters are the tokens of awscdk.Aws.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Aws.html
var pseudoParameters = map[string]string{
	"awscdk.Aws_REGION": "AWS::Region", "awscdk.Aws_ACCOUNT_ID": "AWS::AccountId",
	"awscdk.Aws_PARTITION": "AWS::Partition", "awscdk.Aws_URL_SUFFIX": "AWS::URLSuffix",
}
