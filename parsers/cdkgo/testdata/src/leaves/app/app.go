// Command app gives a VPC to other deployments, by an export.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	queue := awssqs.NewQueue(stack, jsii.String("Queue"), nil)
	needs := &map[string]*string{"QUEUE": queue.QueueUrl()}

	shared := awsec2.NewVpc(stack, jsii.String("Shared"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	awscdk.NewCfnOutput(stack, jsii.String("VpcId"), &awscdk.CfnOutputProps{Value: shared.VpcId(), ExportName: jsii.String("vpc")})
	awslambda.NewFunction(stack, jsii.String("Waiting"), &awslambda.FunctionProps{Vpc: shared, Environment: needs})

	own := awsec2.NewVpc(stack, jsii.String("Own"), &awsec2.VpcProps{NatGateways: jsii.Number(0)})
	awscdk.NewCfnOutput(stack, jsii.String("OwnId"), &awscdk.CfnOutputProps{Value: own.VpcId()})
	awslambda.NewFunction(stack, jsii.String("Lost"), &awslambda.FunctionProps{
		Vpc:         own, // want `service_unreachable: warning: function "Lost"`
		Environment: needs,
	})
}
