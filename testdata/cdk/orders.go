// Package orders is a stack with a function in the wrong subnets.
package orders

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// NewStack makes a VPC with a NAT gateway, and two functions in it.
func NewStack(scope constructs.Construct) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String("Orders"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(1)})
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)

	// It writes to the queue from public subnets, where no packet of a function gets out.
	send := awslambda.NewFunction(stack, jsii.String("Send"), &awslambda.FunctionProps{
		Runtime:           awslambda.Runtime_NODEJS_22_X(),
		Handler:           jsii.String("index.handler"),
		Code:              awslambda.Code_FromInline(jsii.String("exports.handler = async () => {}")),
		Vpc:               vpc,
		VpcSubnets:        &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
		AllowPublicSubnet: jsii.Bool(true),
		Environment:       &map[string]*string{"QUEUE_URL": queue.QueueUrl()},
	})
	queue.GrantSendMessages(send)

	// This one is where it belongs, under a name that is out of date.
	awslambda.NewFunction(stack, jsii.String("Report"), &awslambda.FunctionProps{
		Runtime:    awslambda.Runtime_NODEJS_22_X(),
		Handler:    jsii.String("index.handler"),
		Code:       awslambda.Code_FromInline(jsii.String("exports.handler = async () => {}")),
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_WITH_NAT},
	})
	return stack
}
