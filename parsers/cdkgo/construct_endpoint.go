package cdkgo

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (f *frame) newGatewayEndpoint(c *construct, props *val) {
	f.gatewayEndpointIn(c, props.get("Vpc"), props)
}

func (f *frame) newInterfaceEndpoint(c *construct, props *val) {
	f.interfaceEndpoint(c, props.get("Vpc"), props)
}

// gatewayEndpoint is one in a VPC that is made here.
func (f *frame) gatewayEndpoint(c *construct, n *network, props *val) {
	f.gatewayEndpointIn(c, n.vpc.val(c.span), props)
}

// gatewayEndpointIn routes from the tables of the chosen subnets, of all unless some are.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.GatewayVpcEndpoint.html
func (f *frame) gatewayEndpointIn(c *construct, vpc, props *val) {
	c.typ = "AWS::EC2::VPCEndpoint"
	c.props = mapOf(c.span,
		property("VpcId", vpc.vpcReference()),
		value.Field{Name: "ServiceName", NameSpan: props.spanOf("Service"), Value: f.service(props.get("Service"))},
		property("VpcEndpointType", known("Gateway", c.span)),
		value.Field{Name: "RouteTableIds", NameSpan: props.spanOf("Subnets"), Value: f.routeTableIDs(c, vpc, props.get("Subnets"))},
	)
	f.add(c)
}

func (f *frame) routeTableIDs(c *construct, vpc, selections *val) value.Value {
	n := networkOf(vpc)
	switch {
	case n == nil:
		return nonEmptyList(unknownOf(vpc))
	case n.vpc == nil:
		return listOf(c.span, known(f.externalID("route tables of "+vpc.text, n.missing), c.span))
	case !n.isKnown():
		return nonEmptyList(&val{span: c.span, missing: n.missing})
	case selections.kind == absent:
		return tablesOfSubnets(subnetList(n.subnets, c.span))
	case selections.kind != list:
		return nonEmptyList(unknownOf(selections))
	}
	out := listOf(selections.span)
	for _, s := range selections.items {
		picked := tablesOfSubnets(f.selectedSubnets(vpc, s, s.span))
		out.Items = append(out.Items, picked.Items...)
		out.Open = append(out.Open, picked.Open...)
	}
	return out
}

func tablesOfSubnets(subnets *val) value.Value {
	if subnets.kind != list {
		return nonEmptyList(subnets)
	}
	out := listOf(subnets.span)
	for _, s := range subnets.items {
		if s.kind == owned && s.construct.subnet != nil {
			out.Items = append(out.Items, s.construct.subnet.table.ref("", s.span))
		} else {
			out.Items = append(out.Items, notKnown(s.span, unknownOf(s).missing))
		}
	}
	return out
}

// interfaceEndpoint is open to its VPC on the port of the service unless Open is false, and stands in one of the chosen
// subnets of each zone. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpoint.html
func (f *frame) interfaceEndpoint(c *construct, vpc, props *val) {
	c.typ = "AWS::EC2::VPCEndpoint"
	withVPC := *props
	withVPC.fields = append([]field{{"Vpc", c.span, vpc}}, props.fields...)
	groups := f.securityGroupsOf(c, &withVPC)
	if open := props.get("Open"); !open.isFalse() || open.kind == absent {
		for _, g := range c.groups {
			f.allowFromVPC(g, vpc, open, c.span)
		}
	}
	private := props.get("PrivateDnsEnabled").property()
	if private.Kind == value.Absent {
		private = known("true", c.span)
		if s := props.get("Service"); s.kind != result || !strings.HasPrefix(s.name, endpointService) {
			private = notKnown(c.span, unknownOf(s).missing)
		}
	}
	c.props = mapOf(c.span,
		property("VpcId", vpc.vpcReference()),
		value.Field{Name: "ServiceName", NameSpan: props.spanOf("Service"), Value: f.service(props.get("Service"))},
		property("VpcEndpointType", known("Interface", c.span)),
		value.Field{Name: "PrivateDnsEnabled", NameSpan: props.spanOf("PrivateDnsEnabled"), Value: private},
		value.Field{Name: "SecurityGroupIds", NameSpan: props.spanOf("SecurityGroups"), Value: nonEmptyList(groups)},
		value.Field{Name: "SubnetIds", NameSpan: props.spanOf("Subnets"), Value: nonEmptyList(f.onePerZone(vpc, props.get("Subnets"), c.span))},
	)
	f.add(c)
}

func (f *frame) onePerZone(vpc, selection *val, at source.Span) *val {
	if selection.kind == structure || selection.kind == absent {
		one := field{"OnePerAz", at, &val{kind: text, text: "true"}}
		selection = &val{kind: structure, span: at, fields: append([]field{one}, selection.fields...)}
	}
	return f.selectedSubnets(vpc, selection, at)
}

// openTo admits the range of the VPC on 443. Whether CDK does so may not be known.
func (f *frame) allowFromVPC(group, vpc, open *val, at source.Span) {
	r := mapOf(at, property("IpProtocol", known("tcp", at)), property("FromPort", known("443", at)), property("ToPort", known("443", at)))
	cidr := notKnown(at, unknownOf(vpc).missing)
	if n := networkOf(vpc); n != nil && n.vpc != nil {
		cidr = n.vpc.ref("CidrBlock", at)
	}
	r.Fields = append(r.Fields, property("CidrIp", cidr))
	if open.kind == unknown {
		r = notKnown(at, open.missing)
	}
	if c := group.construct; c != nil && c.egress != nil {
		c.appendTo("SecurityGroupIngress", r)
	} else {
		f.standalone(group, "AWS::EC2::SecurityGroupIngress", r, at)
	}
}

const (
	endpointService = "awsec2.InterfaceVpcEndpointAwsService_"
	gatewayService  = "awsec2.GatewayVpcEndpointAwsService_"
)

// endpointNames has the last part of the service names that are not the constant's own in small letters, without dashes.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpointAwsService.html
var endpointNames = map[string]string{
	"S3": "s3", "DYNAMODB": "dynamodb", "SQS": "sqs", "SNS": "sns", "STS": "sts", "KMS": "kms", "LAMBDA": "lambda", "SSM": "ssm",
	"EC2": "ec2", "RDS": "rds", "XRAY": "xray", "EVENTBRIDGE": "events", "CLOUDWATCH_EVENTS": "events", "ATHENA": "athena",
	"GLUE": "glue", "ECR": "ecr.api", "ECR_DOCKER": "ecr.dkr", "SECRETS_MANAGER": "secretsmanager", "CLOUDWATCH_LOGS": "logs",
	"CLOUDWATCH": "monitoring", "CLOUDWATCH_MONITORING": "monitoring", "STEP_FUNCTIONS": "states", "STEP_FUNCTIONS_SYNC": "sync-states",
	"KINESIS_STREAMS": "kinesis-streams", "KINESIS_FIREHOSE": "kinesis-firehose", "RDS_DATA": "rds-data", "SSM_MESSAGES": "ssmmessages",
	"EC2_MESSAGES": "ec2messages", "APIGATEWAY": "execute-api", "BEDROCK_RUNTIME": "bedrock-runtime", "EMAIL_SMTP": "email-smtp",
	"SES": "email-smtp", "ELASTIC_FILESYSTEM": "elasticfilesystem", "COGNITO_IDP": "cognito-idp", "SAGEMAKER_RUNTIME": "sagemaker.runtime",
	"REDSHIFT_DATA": "redshift-data", "TEXTRACT": "textract", "COMPREHEND": "comprehend", "REKOGNITION": "rekognition",
	"TRANSLATE": "translate", "CODEBUILD": "codebuild", "ECS": "ecs", "BEDROCK": "bedrock", "BEDROCK_AGENT_RUNTIME": "bedrock-agent-runtime",
}

// service is the name of an endpoint service; one of another name than those above may be any.
func (f *frame) service(v *val) value.Value {
	constant, ok := strings.CutPrefix(v.name, endpointService)
	if !ok {
		constant, ok = strings.CutPrefix(v.name, gatewayService)
	}
	if id := endpointNames[constant]; ok && id != "" {
		return known("com.amazonaws."+f.pseudo("AWS::Region")+"."+id, v.span)
	}
	return notKnown(v.span, unknownOf(v).missing)
}

// pseudo is the token of what is only known where the stack is deployed.
func (p *program) pseudo(name string) string {
	return p.symbols.Intern(symbol.Symbol{Key: name, Single: true, Missing: fact.Missing{Kind: fact.Pseudo, Name: name}})
}
