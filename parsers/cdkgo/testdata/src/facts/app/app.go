// Command app uses VPCs of another package.
package main

import (
	"facts/network"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	awslambda.NewFunction(stack, jsii.String("Public"), &awslambda.FunctionProps{
		Vpc: network.PublicOnly(stack), // want `public_subnet_only: error: function "Public"`
	})
	awslambda.NewFunction(stack, jsii.String("Private"), &awslambda.FunctionProps{Vpc: network.Private(stack, jsii.String("Own"))})
	awslambda.NewFunction(stack, jsii.String("Unknown"), &awslambda.FunctionProps{Vpc: network.Sized(stack, nil)})
}
