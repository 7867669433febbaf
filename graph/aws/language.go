package aws

import (
	"strings"
	"unicode"
)

// Language is how a language for infrastructure writes things, and what the tool that deploys it does by itself.
type Language struct {
	// Name is "cloudformation", "terraform", "cdk", or "account" for what is deployed already.
	Name string
	// AllocationID and PublicIP are how the two attributes of an Elastic IP are written.
	AllocationID, PublicIP string
	// StripsDefaultEgress: an egress rule that is a resource of its own takes away the rule that lets everything out,
	// with which AWS creates a security group. Else that rule stays until somebody removes it.
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
	StripsDefaultEgress bool
	// OrdersGateways: what needs an attached gateway comes after the attachment, although nobody says so. Terraform
	// attaches an internet gateway when it makes it, and tries again to make a route to a transit gateway; the
	// constructs of AWS CDK state the dependency.
	// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_route.go
	OrdersGateways bool
	// OrdersRanges: so does a subnet come after the resource that gives its VPC the range.
	OrdersRanges bool
	// OmitsEmptyVPCConfig: a VpcConfig with two empty lists is not sent to Lambda.
	// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function#vpc_config
	OmitsEmptyVPCConfig bool
	// RetriesPermissions: a function is created anew while its role lacks a permission.
	RetriesPermissions bool
	// PolicyAttachment is the type of the resource that attaches a policy to a role; "": the role lists its policies. A
	// list in Terraform detaches what it does not name.
	// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#managed_policy_arns
	PolicyAttachment string
	// TableAssociation is the type of the resource that associates a subnet with a route table.
	TableAssociation string
	// GroupForms are the ways to write the rules of security groups.
	GroupForms []GroupForm
	// TypedAddresses: the address of a resource names its type, so that names of two types may be equal.
	TypedAddresses bool
	// LeavesPublicAccess: where a database of RDS says nothing about PubliclyAccessible, RDS decides. Else it is
	// private.
	LeavesPublicAccess bool

	// Deployed: all that is stated exists, and what does not exist was deleted.
	Deployed bool

	// words are the properties with names of their own; snake writes all others in small letters.
	words map[string]string
	snake bool
}

var languages = []Language{
	{
		Name: "cloudformation", AllocationID: "!GetAtt EIP.AllocationId", PublicIP: "!Ref EIP",
		StripsDefaultEgress: true, LeavesPublicAccess: true,
		TableAssociation: "AWS::EC2::SubnetRouteTableAssociation", GroupForms: templateGroupForms,
	},
	{
		Name: "cdk", AllocationID: "!GetAtt EIP.AllocationId", PublicIP: "!Ref EIP",
		StripsDefaultEgress: true, LeavesPublicAccess: true, OrdersGateways: true,
		OrdersRanges: true,
		words: map[string]string{
			"VpcConfig": "Vpc", "InstanceTenancy": "DefaultInstanceTenancy", "RouteTableIds": "Subnets",
		},
	},
	{
		Name: "terraform", AllocationID: "the id of the Elastic IP", PublicIP: "its public_ip",
		OrdersGateways: true, OmitsEmptyVPCConfig: true, RetriesPermissions: true,
		PolicyAttachment: "aws_iam_role_policy_attachment", TableAssociation: "aws_route_table_association",
		GroupForms: terraformGroupForms, TypedAddresses: true,
		words: map[string]string{
			"EgressOnlyInternetGatewayId": "egress_only_gateway_id", "GroupId": "id",
		},
		snake: true,
	},
	{
		Name: "account", Deployed: true, AllocationID: "the AllocationId of the Elastic IP", PublicIP: "its address",
		OrdersGateways: true, OrdersRanges: true, OmitsEmptyVPCConfig: true, RetriesPermissions: true,
	},
}

// LanguageNamed is the language with that name. A name that is not known gets CloudFormation's ways, under its own
// name.
func LanguageNamed(name string) Language {
	for _, l := range languages {
		if l.Name == name {
			return l
		}
	}
	other := languages[0]
	other.Name = name
	return other
}

// Is says that they are one language.
func (l *Language) Is(other *Language) bool { return l.Name == other.Name }

// Word is a property, given by its CloudFormation name, as the language writes it: ConnectivityType is
// connectivity_type in Terraform, and the constructs of AWS CDK have names of their own for some.
func (l *Language) Word(property string) string {
	if word, ok := l.words[property]; ok {
		return word
	}
	if l.snake {
		return snake(property)
	}
	return property
}

func snake(property string) string {
	var b strings.Builder
	for i, r := range property {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
