// Package network makes VPCs for other packages.
package network

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// PublicOnly has no private subnets.
func PublicOnly(scope constructs.Construct) awsec2.Vpc { // want PublicOnly:"makes a VPC"
	return awsec2.NewVpc(scope, jsii.String("Shared"), &awsec2.VpcProps{
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Web"), SubnetType: awsec2.SubnetType_PUBLIC}},
	})
}

// Private has NAT gateways.
func Private(scope constructs.Construct, id *string) awsec2.Vpc { // want Private:"makes a VPC"
	return awsec2.NewVpc(scope, id, nil)
}

// Sized leaves the layout to its caller.
func Sized(scope constructs.Construct, props *awsec2.VpcProps) awsec2.Vpc {
	return awsec2.NewVpc(scope, jsii.String("Sized"), props)
}
