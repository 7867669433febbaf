package cdkgo

import (
	"go/ast"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (f *frame) newGatewayEndpoint(c *construct, props *val) {
	f.gatewayEndpoint(c, props.get("Vpc"), props)
}

func (f *frame) newInterfaceEndpoint(c *construct, props *val) {
	f.interfaceEndpoint(c, props.get("Vpc"), props)
}

// addGatewayEndpoint is AddGatewayEndpoint(id, options) of a VPC.
func addGatewayEndpoint(f *frame, call *ast.CallExpr, vpc *val, args []*val) *val {
	c := f.newConstruct(vpc, args[0], "awsec2.GatewayVpcEndpoint", f.span(call))
	f.gatewayEndpoint(c, vpc, args[1])
	return c.val(c.span)
}

// addInterfaceEndpoint is AddInterfaceEndpoint(id, options) of a VPC.
func addInterfaceEndpoint(f *frame, call *ast.CallExpr, vpc *val, args []*val) *val {
	c := f.newConstruct(vpc, args[0], "awsec2.InterfaceVpcEndpoint", f.span(call))
	f.interfaceEndpoint(c, vpc, args[1])
	return c.val(c.span)
}

// gatewayEndpoint makes a gateway endpoint in the route tables of the subnets that the props select. Without a
// selection these are the tables of all subnets.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.GatewayVpcEndpoint.html
func (f *frame) gatewayEndpoint(c *construct, vpc, props *val) {
	f.addAs(c, "AWS::EC2::VPCEndpoint",
		property("VpcId", vpc.vpcReference()),
		propertyAt("ServiceName", props.spanOf("Service"), f.serviceName(props.get("Service"))),
		property("VpcEndpointType", value.One("Gateway", c.span)),
		propertyAt("RouteTableIds", props.spanOf("Subnets"), f.routeTableIDs(c, vpc, props.get("Subnets"))),
	)
}

// routeTableIDs are the route tables of the selected subnets. All tables of an imported VPC are one token.
func (f *frame) routeTableIDs(c *construct, vpc, selections *val) value.Value {
	n := networkOf(vpc)
	switch {
	case n == nil:
		return nonEmptyList(unknownOf(vpc))
	case n.vpc == nil:
		return value.ListOf(c.span, value.One(f.externalID("route tables of "+vpc.text, n.missing), c.span))
	case !n.isKnown():
		return nonEmptyList(&val{span: c.span, missing: n.missing})
	case selections.form == absent:
		return routeTablesOf(subnetList(n.subnets, c.span))
	case selections.form != list:
		return nonEmptyList(unknownOf(selections))
	}
	out := value.ListOf(selections.span)
	for _, s := range selections.items {
		tables := routeTablesOf(f.selectedSubnets(vpc, s, s.span))
		out.Items = append(out.Items, tables.Items...)
		out.Open = append(out.Open, tables.Open...)
	}
	return out
}

// routeTablesOf has the route table of each of the subnets.
func routeTablesOf(subnets *val) value.Value {
	if subnets.form != list {
		return nonEmptyList(subnets)
	}
	out := value.ListOf(subnets.span)
	for _, s := range subnets.items {
		out.Items = append(out.Items, routeTableOf(s))
	}
	return out
}

// interfaceEndpoint makes an interface endpoint in one of the selected subnets of each zone. Its groups let the VPC in
// on the port of the service unless Open is false.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpoint.html
func (f *frame) interfaceEndpoint(c *construct, vpc, props *val) {
	withVPC := *props
	withVPC.fields = append([]field{{"Vpc", c.span, vpc}}, props.fields...)
	groups := f.securityGroupsOf(c, &withVPC)
	if open := props.get("Open"); open.form == absent || !open.isFalse() {
		for _, g := range c.groups {
			f.allowFromVPC(g, vpc, open, c.span)
		}
	}
	privateDNS := props.get("PrivateDnsEnabled").property()
	if privateDNS.Kind == value.Absent { // true for a service of AWS, and up to the service for any other
		privateDNS = value.One("true", c.span)
		if s := props.get("Service"); s.form != result || !strings.HasPrefix(s.name, interfaceService) {
			privateDNS = unknownFrom(s, c.span)
		}
	}
	subnets := f.onePerZone(vpc, props.get("Subnets"), c.span)
	f.addAs(c, "AWS::EC2::VPCEndpoint",
		property("VpcId", vpc.vpcReference()),
		propertyAt("ServiceName", props.spanOf("Service"), f.serviceName(props.get("Service"))),
		property("VpcEndpointType", value.One("Interface", c.span)),
		propertyAt("PrivateDnsEnabled", props.spanOf("PrivateDnsEnabled"), privateDNS),
		propertyAt("SecurityGroupIds", props.spanOf("SecurityGroups"), nonEmptyList(groups)),
		propertyAt("SubnetIds", props.spanOf("Subnets"), nonEmptyList(subnets)),
	)
}

// onePerZone is what the selection picks with OnePerAz.
func (f *frame) onePerZone(vpc, selection *val, at source.Span) *val {
	if selection.form == structure || selection.form == absent {
		one := field{"OnePerAz", at, &val{form: text, text: "true"}}
		selection = &val{form: structure, span: at, fields: append([]field{one}, selection.fields...)}
	}
	return f.selectedSubnets(vpc, selection, at)
}

// allowFromVPC lets the range of the VPC into the group on port 443. Whether CDK does so is unknown where open is.
func (f *frame) allowFromVPC(group, vpc, open *val, at source.Span) {
	cidr := unknownFrom(vpc, at)
	if n := networkOf(vpc); n != nil && n.vpc != nil {
		cidr = n.vpc.ref("CidrBlock", at)
	}
	r := mapOf(at, property("IpProtocol", value.One("tcp", at)),
		property("FromPort", value.One("443", at)), property("ToPort", value.One("443", at)), property("CidrIp", cidr))
	if open.form == unknown {
		r = value.Computed(at, open.missing)
	}
	f.addRuleTo(group, r, at)
}

// The constants of endpoint services are functions in Go, named by their class and constant.
const (
	interfaceService = "awsec2.InterfaceVpcEndpointAwsService_"
	gatewayService   = "awsec2.GatewayVpcEndpointAwsService_"
)

// endpointNames has the last part of the service name for each constant of an endpoint service.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpointAwsService.html
var endpointNames = map[string]string{
	"S3": "s3", "DYNAMODB": "dynamodb", "SQS": "sqs", "SNS": "sns", "STS": "sts", "KMS": "kms", "LAMBDA": "lambda",
	"SSM": "ssm", "EC2": "ec2", "RDS": "rds", "XRAY": "xray", "EVENTBRIDGE": "events", "CLOUDWATCH_EVENTS": "events",
	"ATHENA": "athena", "GLUE": "glue", "ECR": "ecr.api", "ECR_DOCKER": "ecr.dkr", "SECRETS_MANAGER": "secretsmanager",
	"CLOUDWATCH_LOGS": "logs", "CLOUDWATCH": "monitoring", "CLOUDWATCH_MONITORING": "monitoring",
	"STEP_FUNCTIONS": "states", "STEP_FUNCTIONS_SYNC": "sync-states", "KINESIS_STREAMS": "kinesis-streams",
	"KINESIS_FIREHOSE": "kinesis-firehose", "RDS_DATA": "rds-data", "SSM_MESSAGES": "ssmmessages",
	"EC2_MESSAGES": "ec2messages", "APIGATEWAY": "execute-api", "BEDROCK_RUNTIME": "bedrock-runtime",
	"EMAIL_SMTP": "email-smtp", "SES": "email-smtp", "ELASTIC_FILESYSTEM": "elasticfilesystem",
	"COGNITO_IDP": "cognito-idp", "SAGEMAKER_RUNTIME": "sagemaker.runtime", "REDSHIFT_DATA": "redshift-data",
	"TEXTRACT": "textract", "COMPREHEND": "comprehend", "REKOGNITION": "rekognition", "TRANSLATE": "translate",
	"CODEBUILD": "codebuild", "ECS": "ecs", "BEDROCK": "bedrock", "BEDROCK_AGENT_RUNTIME": "bedrock-agent-runtime",
}

// serviceName is the name of an endpoint service. It is unknown for a service that endpointNames lacks.
func (f *frame) serviceName(service *val) value.Value {
	constant, ok := strings.CutPrefix(service.name, interfaceService)
	if !ok {
		constant, ok = strings.CutPrefix(service.name, gatewayService)
	}
	if id := endpointNames[constant]; ok && id != "" {
		return value.One("com.amazonaws."+f.pseudo("AWS::Region")+"."+id, service.span)
	}
	return unknownFrom(service, service.span)
}
