// A small application with AWS CDK in Go. The modules of AWS CDK are stubs here, so that it needs no network.
module example.org/orders

go 1.26

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.200.0
	github.com/aws/constructs-go/constructs/v10 v10.4.2
	github.com/aws/jsii-runtime-go v1.112.0
)

replace (
	github.com/aws/aws-cdk-go/awscdk/v2 => ../../parsers/cdkgo/testdata/src/github.com/aws/aws-cdk-go/awscdk/v2
	github.com/aws/constructs-go/constructs/v10 => ../../parsers/cdkgo/testdata/src/github.com/aws/constructs-go/constructs/v10
	github.com/aws/jsii-runtime-go => ../../parsers/cdkgo/testdata/src/github.com/aws/jsii-runtime-go
)
