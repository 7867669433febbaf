// Package awslambda mirrors what the tests use of github.com/aws/aws-cdk-go/awscdk/v2/awslambda v2.200.0.
package awslambda

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
)

type (
	Code         interface{}
	Runtime      interface{}
	IEventSource interface{}
	FileSystem   interface{}
	Function     interface {
		constructs.Construct
		awsec2.IConnectable
		FunctionArn() *string
		Role() awsiam.IRole
		AddToRolePolicy(statement awsiam.PolicyStatement)
		AddEnvironment(key *string, value *string, options *struct{}) Function
		AddEventSource(source IEventSource)
	}
	DockerImageFunction interface{ Function }
	CfnFunction         interface {
		awscdk.CfnResource
		SetVpcConfig(val interface{})
	}
	FunctionProps struct {
		AllowAllIpv6Outbound    *bool
		AllowAllOutbound        *bool
		AllowPublicSubnet       *bool
		Environment             *map[string]*string
		Filesystem              FileSystem
		FunctionName            *string
		Ipv6AllowedForDualStack *bool
		Role                    awsiam.IRole
		SecurityGroups          *[]awsec2.ISecurityGroup
		Vpc                     awsec2.IVpc
		VpcSubnets              *awsec2.SubnetSelection
		Code                    Code
		Handler                 *string
		Runtime                 Runtime
	}
	DockerImageFunctionProps struct {
		AllowPublicSubnet *bool
		SecurityGroups    *[]awsec2.ISecurityGroup
		Vpc               awsec2.IVpc
		VpcSubnets        *awsec2.SubnetSelection
	}
	CfnFunctionProps struct {
		Role      *string
		VpcConfig interface{}
	}
	CfnFunction_VpcConfigProperty struct {
		SecurityGroupIds, SubnetIds *[]*string
	}
)

func Runtime_NODEJS_22_X() Runtime      { return nil }
func Runtime_PROVIDED_AL2023() Runtime  { return nil }
func Code_FromInline(code *string) Code { return nil }

func NewFunction(scope constructs.Construct, id *string, props *FunctionProps) Function { return nil }

func NewDockerImageFunction(scope constructs.Construct, id *string, props *DockerImageFunctionProps) DockerImageFunction {
	return nil
}

func NewCfnFunction(scope constructs.Construct, id *string, props *CfnFunctionProps) CfnFunction {
	return nil
}
