// Command connected lets functions reach things in ways that only CDK writes rules for.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"
)

var calls = &map[string]*string{"API": jsii.String("https://api.example.org/v1")}

// added: groups that join the Connections of a function get its rules, and the function stays where it is.
func added(stack awscdk.Stack) {
	vpc := awsec2.NewVpc(stack, jsii.String("Flat"), &awsec2.VpcProps{
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}},
	})
	group := awsec2.NewSecurityGroup(stack, jsii.String("Group"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	public := awslambda.NewFunction(stack, jsii.String("Public"), &awslambda.FunctionProps{
		Vpc: vpc, // want `public_subnet_only: error: function "Public"`
	})
	public.Connections().AllowTo(group, awsec2.Port_HTTPS(), nil)
	public.Connections().AddSecurityGroup(group)
	awslambda.NewFunction(stack, jsii.String("Grouped"), &awslambda.FunctionProps{
		Vpc:            vpc, // want `public_subnet_only: error: function "Grouped"`
		SecurityGroups: &[]awsec2.ISecurityGroup{group},
		Environment:    calls,
	})
}

// granted: what a queue grants to everybody is in its own policy, and in that of no role.
func granted(stack awscdk.Stack, vpc awsec2.Vpc) {
	role := awsiam.NewRole(stack, jsii.String("Bare"), &awsiam.RoleProps{ // want `eni_permissions_missing: error: functions with role "Bare"`
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	awslambda.NewFunction(stack, jsii.String("Refused"), &awslambda.FunctionProps{Vpc: vpc, Role: role})
	awssqs.NewQueue(stack, jsii.String("Open"), nil).GrantSendMessages(awsiam.NewAnyPrincipal())
}

func main() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	added(stack)
	granted(stack, vpc)
}
