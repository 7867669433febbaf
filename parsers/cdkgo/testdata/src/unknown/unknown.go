// Command unknown does what is not followed. Nothing is said about any of it.
package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

func flat(scope constructs.Construct, name string) awsec2.Vpc {
	return awsec2.NewVpc(scope, jsii.String(name), &awsec2.VpcProps{
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}},
	})
}

func elsewhere(stack awscdk.Stack) {
	found := awsec2.Vpc_FromLookup(stack, jsii.String("Found"), &awsec2.VpcLookupOptions{IsDefault: jsii.Bool(true)})
	awslambda.NewFunction(stack, jsii.String("LookedUp"), &awslambda.FunctionProps{Vpc: found})
	given := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Given"), &awsec2.VpcAttributes{VpcId: jsii.String("vpc-1")})
	awslambda.NewFunction(stack, jsii.String("Attributed"), &awslambda.FunctionProps{Vpc: given})
}

func chosen(stack awscdk.Stack) {
	var vpc awsec2.IVpc
	if os.Getenv("FLAT") != "" {
		vpc = flat(stack, "Chosen")
	} else {
		vpc = awsec2.NewVpc(stack, jsii.String("Deep"), nil)
	}
	awslambda.NewFunction(stack, jsii.String("Reassigned"), &awslambda.FunctionProps{Vpc: vpc})
}

func mutated(stack awscdk.Stack) {
	props := &awslambda.FunctionProps{Vpc: flat(stack, "Mutated")}
	props.VpcSubnets = &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS}
	awslambda.NewFunction(stack, jsii.String("Assigned"), props)

	network := awsec2.VpcProps{SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}}}
	extend(&network)
	awslambda.NewFunction(stack, jsii.String("Extended"), &awslambda.FunctionProps{Vpc: awsec2.NewVpc(stack, jsii.String("Wide"), &network)})
}

func extend(props *awsec2.VpcProps) { props.SubnetConfiguration = nil }

func looped(stack awscdk.Stack) {
	var vpcs []awsec2.IVpc
	for _, name := range os.Args {
		vpcs = append(vpcs, flat(stack, name))
	}
	awslambda.NewFunction(stack, jsii.String("Indexed"), &awslambda.FunctionProps{Vpc: vpcs[0]})
	for _, vpc := range vpcs {
		awslambda.NewFunction(stack, jsii.String("Ranged"), &awslambda.FunctionProps{Vpc: vpc})
	}
}

func counted(stack awscdk.Stack) {
	vpc := awsec2.NewVpc(stack, jsii.String("Counted"), &awsec2.VpcProps{NatGateways: jsii.Number(len(os.Args))})
	awslambda.NewFunction(stack, jsii.String("PerhapsIsolated"), &awslambda.FunctionProps{Vpc: vpc})
}

func overridden(stack awscdk.Stack) {
	cfn := awslambda.NewCfnFunction(stack, jsii.String("Overridden"), &awslambda.CfnFunctionProps{
		VpcConfig: &awslambda.CfnFunction_VpcConfigProperty{SubnetIds: jsii.Strings("subnet-1")},
	})
	cfn.AddPropertyOverride(jsii.String("VpcConfig.SecurityGroupIds"), []string{"sg-1"})
}

func roles(stack awscdk.Stack, vpc awsec2.IVpc) {
	role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil)})
	permit(role)
	awslambda.NewFunction(stack, jsii.String("Permitted"), &awslambda.FunctionProps{Vpc: vpc, Role: role})
}

func permit(role awsiam.IRole) {
	statement := awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{Resources: jsii.Strings("*")})
	statement.AddActions(jsii.String("ec2:*"))
	role.AddToPrincipalPolicy(statement)
}

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	elsewhere(stack)
	chosen(stack)
	mutated(stack)
	looped(stack)
	counted(stack)
	overridden(stack)
	roles(stack, awsec2.NewVpc(stack, jsii.String("Roles"), nil))
}
