// Command missing does what is not followed, and hears what that is.
package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

var flat = &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}}

func named(stack awscdk.Stack) (vpc awsec2.Vpc) {
	vpc = awsec2.NewVpc(stack, jsii.String("Named"), &awsec2.VpcProps{SubnetConfiguration: flat})
	return
}

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	found := awsec2.Vpc_FromLookup(stack, jsii.String("Found"), &awsec2.VpcLookupOptions{})
	awslambda.NewFunction(stack, jsii.String("LookedUp"), &awslambda.FunctionProps{
		Vpc: found, // want `LookedUp waits for Found`
	})

	vpc := awsec2.NewVpc(stack, jsii.String("First"), nil)
	if len(os.Args) > 1 {
		vpc = awsec2.NewVpc(stack, jsii.String("Second"), &awsec2.VpcProps{SubnetConfiguration: flat})
	}
	awslambda.NewFunction(stack, jsii.String("Reassigned"), &awslambda.FunctionProps{ // want `Reassigned waits for vpc \(it is assigned more than once\)`
		Vpc: vpc,
	})

	awslambda.NewFunction(stack, jsii.String("Bare"), &awslambda.FunctionProps{Vpc: named(stack)}) // want `Bare waits for named \(its results are variables\)`

	props := &awslambda.FunctionProps{
		FunctionName: jsii.String("changed"),
	}
	if len(os.Args) > 2 {
		props.Vpc = awsec2.NewVpc(stack, jsii.String("Third"), &awsec2.VpcProps{SubnetConfiguration: flat})
	}
	awslambda.NewFunction(stack, jsii.String("Changed"), props) // want `Changed waits for props.Vpc \(it is assigned afterwards\)`

	vpcs := map[string]awsec2.Vpc{}
	for _, name := range os.Args {
		vpcs[name] = awsec2.NewVpc(stack, jsii.String(name), &awsec2.VpcProps{SubnetConfiguration: flat})
	}
	awslambda.NewFunction(stack, jsii.String("Indexed"), &awslambda.FunctionProps{ // want `Indexed waits for map\[string\]awsec2.Vpc\{\} \(it is changed afterwards\)`
		Vpc: vpcs["a"],
	})

	counted := awsec2.NewVpc(stack, jsii.String("Counted"), &awsec2.VpcProps{NatGateways: jsii.Number(len(os.Args))})
	awslambda.NewFunction(stack, jsii.String("Counting"), &awslambda.FunctionProps{
		Vpc: counted, // want `Counting waits for len\(os.Args\) \(it is computed\)`
	})
}
