// Command layouts makes the constructs of the network with what they do by default and with what they can be told.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
)

var (
	isolated = &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}
	https    = awsec2.Port_HTTPS()
)

func groups(stack awscdk.Stack, vpc awsec2.Vpc) {
	awslambda.NewFunction(stack, jsii.String("Mute"), &awslambda.FunctionProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false), // want `security_group_no_egress: warning: function "Mute" can send nothing`
		Environment:      &map[string]*string{"API": jsii.String("https://api.example.org/v1")},
	})
	awslambda.NewFunction(stack, jsii.String("Stored"), &awslambda.FunctionProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false),
		Filesystem:       new(struct{}), // lets it out to the file system
		Environment:      &map[string]*string{"API": jsii.String("https://api.example.org/v1")},
	})
	closed := awsec2.NewSecurityGroup(stack, jsii.String("Closed"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	closed.AddEgressRule(awsec2.Peer_AnyIpv4(), https, nil, nil)
	awslambda.NewFunction(stack, jsii.String("Spoken"), &awslambda.FunctionProps{Vpc: vpc, SecurityGroups: &[]awsec2.ISecurityGroup{closed}})
	spoken := awslambda.NewFunction(stack, jsii.String("Connected"), &awslambda.FunctionProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	spoken.Connections().AllowTo(closed, https, nil)
	given := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Given"), jsii.String("sg-0123456789abcdef0"))
	given.AddIngressRule(awsec2.Peer_AnyIpv4(), https, nil, nil)
	awslambda.NewFunction(stack, jsii.String("Foreign"), &awslambda.FunctionProps{Vpc: vpc, SecurityGroups: &[]awsec2.ISecurityGroup{given}})
}

func tenancy(stack awscdk.Stack) {
	vpc := awsec2.NewVpc(stack, jsii.String("Alone"), &awsec2.VpcProps{
		DefaultInstanceTenancy: awsec2.DefaultInstanceTenancy_DEDICATED, // want `dedicated_tenancy: error: `
	})
	awslambda.NewFunction(stack, jsii.String("Tenant"), &awslambda.FunctionProps{Vpc: vpc})
}

func families(stack awscdk.Stack, four awsec2.Vpc) {
	awslambda.NewFunction(stack, jsii.String("Six"), &awslambda.FunctionProps{
		Vpc:                     four,
		Ipv6AllowedForDualStack: jsii.Bool(true),
	})
	both := awsec2.NewVpc(stack, jsii.String("Both"), &awsec2.VpcProps{IpProtocol: awsec2.IpProtocol_DUAL_STACK})
	awslambda.NewFunction(stack, jsii.String("FourAndSix"), &awslambda.FunctionProps{
		Vpc: both, Ipv6AllowedForDualStack: jsii.Bool(true), AllowAllIpv6Outbound: jsii.Bool(true),
	})
}

func services(stack awscdk.Stack) {
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)
	needs := &map[string]*string{"QUEUE": queue.QueueUrl()}

	bare := awsec2.NewVpc(stack, jsii.String("Bare"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	awslambda.NewFunction(stack, jsii.String("Lost"), &awslambda.FunctionProps{
		Vpc:         bare, // want `service_unreachable: warning: function "Lost" cannot reach sqs`
		Environment: needs,
	})

	served := awsec2.NewVpc(stack, jsii.String("Served"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	served.AddInterfaceEndpoint(jsii.String("Sqs"), &awsec2.InterfaceVpcEndpointOptions{Service: awsec2.InterfaceVpcEndpointAwsService_SQS()})
	awslambda.NewFunction(stack, jsii.String("Found"), &awslambda.FunctionProps{Vpc: served, VpcSubnets: isolated, Environment: needs})

	shut := awsec2.NewVpc(stack, jsii.String("Shut"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	own := awsec2.NewSecurityGroup(stack, jsii.String("Own"), &awsec2.SecurityGroupProps{Vpc: shut}) // want `endpoint_blocks_function: error: function "Rejected"`
	shut.AddInterfaceEndpoint(jsii.String("Sqs"), &awsec2.InterfaceVpcEndpointOptions{
		Service:        awsec2.InterfaceVpcEndpointAwsService_SQS(),
		Open:           jsii.Bool(false),
		SecurityGroups: &[]awsec2.ISecurityGroup{own},
	})
	awslambda.NewFunction(stack, jsii.String("Rejected"), &awslambda.FunctionProps{Vpc: shut, Environment: needs})

	let := awsec2.NewVpc(stack, jsii.String("Let"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	endpoint := let.AddInterfaceEndpoint(jsii.String("Sqs"), &awsec2.InterfaceVpcEndpointOptions{
		Service: awsec2.InterfaceVpcEndpointAwsService_SQS(),
		Open:    jsii.Bool(false),
	})
	admitted := awslambda.NewFunction(stack, jsii.String("Admitted"), &awslambda.FunctionProps{Vpc: let, Environment: needs})
	endpoint.Connections().AllowFrom(admitted, https, nil)
}

// gateways: private subnets without NAT have no way out, unless a provider of one's own makes one.
func gateways(stack awscdk.Stack) {
	queue := awssqs.NewQueue(stack, jsii.String("Jobs"), nil)
	needs := &map[string]*string{"QUEUE": queue.QueueUrl()}
	layout := []*awsec2.SubnetConfiguration{
		{Name: jsii.String("web"), SubnetType: awsec2.SubnetType_PUBLIC},
		{Name: jsii.String("app"), SubnetType: awsec2.SubnetType_PRIVATE_WITH_NAT},
		{Name: jsii.String("later"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED, Reserved: jsii.Bool(true)},
	}
	none := awsec2.NewVpc(stack, jsii.String("None"), &awsec2.VpcProps{NatGateways: jsii.Number(0), SubnetConfiguration: &layout})
	awslambda.NewFunction(stack, jsii.String("Stuck"), &awslambda.FunctionProps{
		Vpc:         none, // want `service_unreachable: warning: function "Stuck"`
		Environment: needs,
	})
	one := awsec2.NewVpc(stack, jsii.String("One"), &awsec2.VpcProps{NatGateways: jsii.Number(1), SubnetConfiguration: &layout})
	awslambda.NewFunction(stack, jsii.String("Free"), &awslambda.FunctionProps{Vpc: one, Environment: needs})
	added := awsec2.NewVpc(stack, jsii.String("Added"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	nat := (*added.PublicSubnets())[0].(awsec2.PublicSubnet).AddNatGateway(nil)
	for _, subnet := range *added.IsolatedSubnets() {
		subnet.(awsec2.PrivateSubnet).AddRoute(jsii.String("Out"), &awsec2.AddRouteOptions{RouterType: awsec2.RouterType_NAT_GATEWAY, RouterId: nat.Ref()})
	}
}

func statements(stack awscdk.Stack, vpc awsec2.Vpc) {
	role := awsiam.NewRole(stack, jsii.String("Allowed"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
		InlinePolicies: &map[string]awsiam.PolicyDocument{"Network": awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{
			Statements: &[]awsiam.PolicyStatement{awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
				Actions: jsii.Strings("ec2:*NetworkInterface*", "ec2:DescribeSubnets", "ec2:*PrivateIpAddresses"), Resources: jsii.Strings("*"),
			})},
		})},
	})
	awslambda.NewFunction(stack, jsii.String("Permitted"), &awslambda.FunctionProps{Vpc: vpc, Role: role})
	foreign := awsiam.NewRole(stack, jsii.String("Builder"), &awsiam.RoleProps{
		AssumedBy:       awsiam.NewServicePrincipal(jsii.String("codebuild.amazonaws.com"), nil), // want `role_trust: error: functions with role "Builder"`
		ManagedPolicies: &[]awsiam.IManagedPolicy{awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("service-role/AWSLambdaVPCAccessExecutionRole"))},
	})
	awslambda.NewFunction(stack, jsii.String("Untrusted"), &awslambda.FunctionProps{Vpc: vpc, Role: foreign})
}

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2)}) // want `ipv6_subnet_not_dual_stack: error: .*"Vpc/PrivateSubnet1"`
	groups(stack, vpc)
	tenancy(stack)
	families(stack, vpc)
	services(stack)
	statements(stack, vpc)
}
