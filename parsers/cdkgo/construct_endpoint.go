package cdkgo

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (f *frame) newGatewayEndpoint(m *made, props *thing) {
	f.gatewayEndpointIn(m, props.get("Vpc"), props)
}

func (f *frame) newInterfaceEndpoint(m *made, props *thing) {
	f.interfaceEndpoint(m, props.get("Vpc"), props)
}

// gatewayEndpoint is one in a VPC that is made here.
func (f *frame) gatewayEndpoint(m *made, n *network, props *thing) {
	f.gatewayEndpointIn(m, n.vpc.thing(m.span), props)
}

// gatewayEndpointIn routes from the tables of the chosen subnets, of all unless some are.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.GatewayVpcEndpoint.html
func (f *frame) gatewayEndpointIn(m *made, vpc, props *thing) {
	m.typ = "AWS::EC2::VPCEndpoint"
	m.props = maps(m.span,
		entry("VpcId", vpc.vpcID()),
		value.Field{Name: "ServiceName", NameSpan: props.place("Service"), Value: f.service(props.get("Service"))},
		entry("VpcEndpointType", known("Gateway", m.span)),
		value.Field{Name: "RouteTableIds", NameSpan: props.place("Subnets"), Value: f.tables(m, vpc, props.get("Subnets"))},
	)
	f.add(m)
}

func (f *frame) tables(m *made, vpc, selections *thing) value.Value {
	n := networkOf(vpc)
	switch {
	case n == nil:
		return someOf(unknownOf(vpc))
	case n.vpc == nil:
		return listOf(m.span, known(f.foreignID("route tables of "+vpc.text, n.missing), m.span))
	case !n.isKnown():
		return someOf(&thing{span: m.span, missing: n.missing})
	case selections.kind == absent:
		return tablesOf(subnetList(n.subnets, m.span))
	case selections.kind != list:
		return someOf(unknownOf(selections))
	}
	out := listOf(selections.span)
	for _, s := range selections.items {
		picked := tablesOf(f.chosen(vpc, s, s.span))
		out.Items = append(out.Items, picked.Items...)
		out.Open = append(out.Open, picked.Open...)
	}
	return out
}

func tablesOf(subnets *thing) value.Value {
	if subnets.kind != list {
		return someOf(subnets)
	}
	out := listOf(subnets.span)
	for _, s := range subnets.items {
		if s.kind == construct && s.made.subnet != nil {
			out.Items = append(out.Items, s.made.subnet.table.ref("", s.span))
		} else {
			out.Items = append(out.Items, notKnown(s.span, unknownOf(s).missing))
		}
	}
	return out
}

// interfaceEndpoint is open to its VPC on the port of the service unless Open is false, and stands in one of the chosen
// subnets of each zone. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpoint.html
func (f *frame) interfaceEndpoint(m *made, vpc, props *thing) {
	m.typ = "AWS::EC2::VPCEndpoint"
	withVPC := *props
	withVPC.fields = append([]field{{"Vpc", m.span, vpc}}, props.fields...)
	groups := f.groupsOf(m, &withVPC)
	if open := props.get("Open"); !open.isFalse() || open.kind == absent {
		for _, g := range m.groups {
			f.openTo(g, vpc, open, m.span)
		}
	}
	private := props.get("PrivateDnsEnabled").value()
	if private.Kind == value.Absent {
		private = known("true", m.span)
		if s := props.get("Service"); s.kind != result || !strings.HasPrefix(s.name, endpointService) {
			private = notKnown(m.span, unknownOf(s).missing)
		}
	}
	m.props = maps(m.span,
		entry("VpcId", vpc.vpcID()),
		value.Field{Name: "ServiceName", NameSpan: props.place("Service"), Value: f.service(props.get("Service"))},
		entry("VpcEndpointType", known("Interface", m.span)),
		value.Field{Name: "PrivateDnsEnabled", NameSpan: props.place("PrivateDnsEnabled"), Value: private},
		value.Field{Name: "SecurityGroupIds", NameSpan: props.place("SecurityGroups"), Value: someOf(groups)},
		value.Field{Name: "SubnetIds", NameSpan: props.place("Subnets"), Value: someOf(f.onePerZone(vpc, props.get("Subnets"), m.span))},
	)
	f.add(m)
}

func (f *frame) onePerZone(vpc, selection *thing, at source.Span) *thing {
	if selection.kind == structure || selection.kind == absent {
		one := field{"OnePerAz", at, &thing{kind: text, text: "true"}}
		selection = &thing{kind: structure, span: at, fields: append([]field{one}, selection.fields...)}
	}
	return f.chosen(vpc, selection, at)
}

// openTo admits the range of the VPC on 443. Whether CDK does so may not be known.
func (f *frame) openTo(group, vpc, open *thing, at source.Span) {
	r := maps(at, entry("IpProtocol", known("tcp", at)), entry("FromPort", known("443", at)), entry("ToPort", known("443", at)))
	cidr := notKnown(at, unknownOf(vpc).missing)
	if n := networkOf(vpc); n != nil && n.vpc != nil {
		cidr = n.vpc.ref("CidrBlock", at)
	}
	r.Fields = append(r.Fields, entry("CidrIp", cidr))
	if open.kind == unknown {
		r = notKnown(at, open.missing)
	}
	if m := group.made; m != nil && m.egress != nil {
		m.append("SecurityGroupIngress", r)
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
func (f *frame) service(t *thing) value.Value {
	constant, ok := strings.CutPrefix(t.name, endpointService)
	if !ok {
		constant, ok = strings.CutPrefix(t.name, gatewayService)
	}
	if id := endpointNames[constant]; ok && id != "" {
		return known("com.amazonaws."+f.pseudo("AWS::Region")+"."+id, t.span)
	}
	return notKnown(t.span, unknownOf(t).missing)
}

// pseudo is the token of what is only known where the stack is deployed.
func (p *program) pseudo(name string) string {
	return p.symbols.Intern(symbol.Symbol{Key: name, Single: true, Missing: fact.Missing{Kind: fact.Pseudo, Name: name}})
}
