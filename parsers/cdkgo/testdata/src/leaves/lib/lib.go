// Package lib hands its VPCs to whoever imports it, so nobody knows what they will lack.
package lib

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Network is what others get.
type Network struct {
	awscdk.Stack
	Vpc awsec2.IVpc
}

// New returns a network with a function that needs a queue: others may add an endpoint for it.
func New(scope constructs.Construct, id string) *Network {
	stack := awscdk.NewStack(scope, &id, nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)
	awslambda.NewFunction(stack, jsii.String("Isolated"), &awslambda.FunctionProps{
		Vpc:         vpc,
		Environment: &map[string]*string{"QUEUE": queue.QueueUrl()},
	})
	awslambda.NewFunction(stack, jsii.String("Public"), &awslambda.FunctionProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC}, // want `public_subnet_only: error: function "Public"`
	})
	return &Network{stack, vpc}
}
