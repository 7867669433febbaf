// Package awscdk mirrors what the tests use of github.com/aws/aws-cdk-go/awscdk/v2 v2.200.0.
package awscdk

import "github.com/aws/constructs-go/constructs/v10"

type (
	App         interface{ Stack }
	AppProps    struct{}
	Environment struct{ Account, Region *string }
	StackProps  struct{ Env *Environment }
	Stack       interface {
		constructs.Construct
		StackName() *string
	}
	CfnResource interface {
		AddDependency(target CfnResource)
		AddPropertyOverride(path *string, value interface{})
	}
)

func NewApp(props *AppProps) App                                               { return nil }
func NewStack(scope constructs.Construct, id *string, props *StackProps) Stack { return nil }

func Aws_REGION() *string     { return nil }
func Aws_ACCOUNT_ID() *string { return nil }
func Aws_PARTITION() *string  { return nil }
func Aws_URL_SUFFIX() *string { return nil }

type (
	CfnOutput      interface{}
	CfnOutputProps struct{ Value, ExportName *string }
)

func NewCfnOutput(scope constructs.Construct, id *string, props *CfnOutputProps) CfnOutput {
	return nil
}
