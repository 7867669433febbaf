// Package awsiam mirrors what the tests use of github.com/aws/aws-cdk-go/awscdk/v2/awsiam v2.200.0.
package awsiam

import "github.com/aws/constructs-go/constructs/v10"

type (
	IGrantable interface{}
	IRole      interface {
		constructs.Construct
		RoleArn() *string
		AddManagedPolicy(policy IManagedPolicy)
		AddToPrincipalPolicy(statement PolicyStatement) bool
	}
	Role            interface{ IRole }
	Grant           interface{}
	IPrincipal      interface{}
	IManagedPolicy  interface{}
	PolicyStatement interface{ AddActions(actions ...*string) }
	PolicyDocument  interface{}
	RoleProps       struct {
		AssumedBy       IPrincipal
		ManagedPolicies *[]IManagedPolicy
		InlinePolicies  *map[string]PolicyDocument
		RoleName        *string
	}
	PolicyStatementProps struct {
		Actions, Resources *[]*string
	}
	PolicyDocumentProps struct{ Statements *[]PolicyStatement }
)

func NewRole(scope constructs.Construct, id *string, props *RoleProps) Role           { return nil }
func NewServicePrincipal(service *string, opts *struct{}) IPrincipal                  { return nil }
func ManagedPolicy_FromAwsManagedPolicyName(managedPolicyName *string) IManagedPolicy { return nil }
func NewAnyPrincipal() IPrincipal                                                     { return nil }
func NewPolicyStatement(props *PolicyStatementProps) PolicyStatement                  { return nil }
func NewPolicyDocument(props *PolicyDocumentProps) PolicyDocument                     { return nil }
