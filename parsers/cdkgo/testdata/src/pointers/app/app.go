// Command app has helpers of its own, and of others, in place of those of jsii.
package main

import (
	"pointers/ptr"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
)

func of[T any](v T) *T { return &v }

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), of("Stack"), nil)
	vpc := awsec2.NewVpc(stack, of("Vpc"), &awsec2.VpcProps{NatGateways: ptr.To(0.0)})
	queue := awssqs.NewQueue(stack, ptr.To("Queue"), nil)
	public := &awsec2.SubnetSelection{SubnetGroupName: ptr.To("Public")}
	awslambda.NewFunction(stack, ptr.To("Meant"), &awslambda.FunctionProps{Vpc: vpc, VpcSubnets: public, AllowPublicSubnet: ptr.To(true)})
	awslambda.NewFunction(stack, ptr.To("Unmeant"), &awslambda.FunctionProps{
		Vpc:               vpc,
		VpcSubnets:        public, // want `public_subnet_only: error: function "Unmeant" .* AllowPublicSubnet acknowledges that, but`
		AllowPublicSubnet: of(true),
		Environment:       &map[string]*string{"QUEUE": queue.QueueUrl()},
	})
	awslambda.NewFunction(stack, ptr.To("Unknown"), &awslambda.FunctionProps{Vpc: vpc, VpcSubnets: public, AllowPublicSubnet: ptr.Last(false)})
}
