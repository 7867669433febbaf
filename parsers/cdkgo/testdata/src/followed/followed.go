// Command followed hands VPCs around within the package.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// NetworkStack holds a VPC for other stacks.
type NetworkStack struct {
	awscdk.Stack
	Vpc awsec2.Vpc
}

type appProps struct {
	awscdk.StackProps
	Vpc    awsec2.IVpc
	Place  *awsec2.SubnetSelection
	Worker string
}

func publicOnly(scope constructs.Construct, name string) awsec2.Vpc {
	return awsec2.NewVpc(scope, jsii.String(name), &awsec2.VpcProps{
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}},
	})
}

func newNetwork(scope constructs.Construct, id string) *NetworkStack {
	stack := awscdk.NewStack(scope, &id, nil)
	return &NetworkStack{stack, publicOnly(stack, "Vpc")}
}

func newApp(scope constructs.Construct, id string, props *appProps) {
	stack := awscdk.NewStack(scope, &id, &props.StackProps)
	role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	role.AddManagedPolicy(awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("service-role/AWSLambdaBasicExecutionRole"))) // want `eni_permissions_missing: error: functions with role "Role" cannot be deployed to a VPC`
	fn := &awslambda.FunctionProps{
		Vpc:        props.Vpc,
		VpcSubnets: props.Place, // want `public_subnet_only: error: function "WorkerFn"`
		Role:       role,
	}
	awslambda.NewFunction(stack, jsii.String(props.Worker+"Fn"), fn)
}

// newGuarded: code that may not run makes what may not exist; a finding is about the case in which it does.
func newGuarded(scope constructs.Construct, id string, production bool) {
	stack := awscdk.NewStack(scope, &id, nil)
	vpc := publicOnly(stack, "Guarded")
	if production {
		awslambda.NewFunction(stack, jsii.String("Maybe"), &awslambda.FunctionProps{
			Vpc: vpc, // want `public_subnet_only: error: function "Maybe"`
		})
	}
	for range 3 {
		awslambda.NewFunction(stack, jsii.String("Often"), &awslambda.FunctionProps{
			Vpc: vpc, // want `public_subnet_only: error: function "Often"`
		})
	}
}

// newEach: a loop over a literal is as many functions.
func newEach(scope constructs.Construct) {
	vpc := awsec2.NewVpc(scope, jsii.String("Each"), nil)
	for _, place := range []awsec2.SubnetType{awsec2.SubnetType_PRIVATE_WITH_EGRESS, awsec2.SubnetType_PUBLIC} {
		awslambda.NewFunction(scope, jsii.String("In"+string(place)), &awslambda.FunctionProps{
			Vpc:        vpc,
			VpcSubnets: &awsec2.SubnetSelection{SubnetType: place}, // want `public_subnet_only: error: function "InPUBLIC"`
		})
	}
}

func main() {
	app := awscdk.NewApp(nil)
	network := newNetwork(app, "Network")
	newApp(app, "App", &appProps{
		Vpc:    network.Vpc,
		Place:  &awsec2.SubnetSelection{OnePerAz: jsii.Bool(true), SubnetGroupName: jsii.String("Web")},
		Worker: "Worker",
	})
	newEach(app)
	newGuarded(app, "Guarded", len(*network.StackName()) > 3)
}
