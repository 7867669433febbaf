// Command public puts functions into the subnets of VPCs in many ways.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

const front = awsec2.SubnetType_PUBLIC

// NewDefaults: without a word, a VPC has private subnets with NAT gateways, and functions are there.
func NewDefaults(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	awslambda.NewFunction(stack, jsii.String("Private"), &awslambda.FunctionProps{Vpc: vpc})
	awslambda.NewFunction(stack, jsii.String("Outside"), &awslambda.FunctionProps{})
	awslambda.NewFunction(stack, jsii.String("Public"), &awslambda.FunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: front}, // want `public_subnet_only: error: function "Public" cannot reach the internet`
	})
	awslambda.NewDockerImageFunction(stack, jsii.String("Image"), &awslambda.DockerImageFunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetGroupName: jsii.String("Public")}, // want `public_subnet_only: error: function "Image"`
	})
	awslambda.NewFunction(stack, jsii.String("Named"), &awslambda.FunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{Subnets: vpc.PublicSubnets()}, // want `public_subnet_only: error: function "Named"`
	})
	return stack
}

// NewPublicOnly: where all subnets are public, so is a function that says nothing.
func NewPublicOnly(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	groups := []*awsec2.SubnetConfiguration{{Name: jsii.String("web"), SubnetType: front}}
	vpc := awsec2.NewVpc(stack, jsii.String("Flat"), &awsec2.VpcProps{NatGateways: jsii.Number(0), SubnetConfiguration: &groups})
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)
	awslambda.NewFunction(stack, jsii.String("Fallen"), &awslambda.FunctionProps{
		Vpc: vpc, // want `public_subnet_only: error: function "Fallen"`
	})
	awslambda.NewFunction(stack, jsii.String("Meant"), &awslambda.FunctionProps{Vpc: vpc, AllowPublicSubnet: jsii.Bool(true)})
	awslambda.NewFunction(stack, jsii.String("MeantBut"), &awslambda.FunctionProps{
		Vpc:               vpc, // want `function "MeantBut" .*; AllowPublicSubnet acknowledges that, but environment variable "QUEUE" names "Queue"`
		AllowPublicSubnet: jsii.Bool(true),
		Environment:       &map[string]*string{"QUEUE": queue.QueueUrl()},
	})
	sender := awslambda.NewFunction(stack, jsii.String("Sender"), &awslambda.FunctionProps{
		Vpc:               vpc, // want `function "Sender" .*; AllowPublicSubnet acknowledges that, but a policy of "Sender/ServiceRole/DefaultPolicy" allows sqs:SendMessage on`
		AllowPublicSubnet: jsii.Bool(true),
	})
	queue.GrantSendMessages(sender)
	return stack
}

// NewServed: an endpoint for what is needed makes the author right.
func NewServed(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	vpc := awsec2.NewVpc(stack, jsii.String("Served"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	vpc.AddInterfaceEndpoint(jsii.String("Sqs"), &awsec2.InterfaceVpcEndpointOptions{Service: awsec2.InterfaceVpcEndpointAwsService_SQS()})
	jobs := awssqs.NewQueue(stack, jsii.String("Jobs"), nil)
	awslambda.NewFunction(stack, jsii.String("Right"), &awslambda.FunctionProps{
		Vpc:               vpc,
		VpcSubnets:        &awsec2.SubnetSelection{SubnetType: front},
		AllowPublicSubnet: jsii.Bool(true),
		Environment:       &map[string]*string{"QUEUE": jobs.QueueUrl()},
	})
	return stack
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	NewDefaults(app, "Defaults", nil)
	NewPublicOnly(app, "PublicOnly", nil)
	NewServed(app, "Served", nil)
}
