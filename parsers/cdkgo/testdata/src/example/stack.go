// Package example is the code that the documentation of package cdkgo follows.
package example

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

func NewStack(app awscdk.App) awscdk.Stack {
	stack := awscdk.NewStack(app, jsii.String("App"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Net"), &awsec2.VpcProps{NatGateways: jsii.Number(1)})
	awslambda.NewFunction(stack, jsii.String("Fn"), &awslambda.FunctionProps{Vpc: vpc})
	return stack
}
