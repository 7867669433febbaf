package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// repositoryStack is a stack made from an application of the AWS Serverless Application Repository. Of those that
// rotate secrets it is known what is in them: a function in the given subnets with the given groups, and its role.
func (x *expansion) repositoryStack(r *resource) []*lower.Resource {
	parameters := r.get("parameters")
	subnets, groups := parameters.Get("vpcSubnetIds"), parameters.Get("vpcSecurityGroupIds")
	out := []*lower.Resource{r.stated}
	if !x.rotates(r) || subnets.Kind == value.Absent || groups.Kind == value.Absent {
		return out
	}
	role := implicit(r.stated, r.Address+".role", "aws_iam_role", "AWS::IAM::Role",
		"AssumeRolePolicyDocument", value.One(lambdaTrust, r.Span),
		"ManagedPolicyArns", value.ListOf(r.Span, value.One(vpcPolicy, r.Span)))
	variables := made(r.Span, "SECRETS_MANAGER_ENDPOINT", parameters.Get("endpoint"))
	config := made(subnets.Span, "SubnetIds", x.splitAtCommas(subnets), "SecurityGroupIds", x.splitAtCommas(groups))
	function := implicit(r.stated, r.Address+".function", "aws_lambda_function", "AWS::Lambda::Function",
		"Role", value.One(role.Address, r.Span), "VpcConfig", config,
		"Environment", made(r.Span, "Variables", variables))
	function.Depends = append([]string{role.Address}, r.Depends...)
	return append(out, function, role)
}

const (
	lambdaTrust = `{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", ` +
		`"Principal": {"Service": "lambda.amazonaws.com"}}]}`
	vpcPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
)

// rotates says whether the application rotates secrets, by its ARN or by the data source that looks it up by that.
func (x *expansion) rotates(r *resource) bool {
	id := r.get("application_id").Text
	if s, ok := x.symbols.Only(id); ok && x.resources[s.Address] != nil {
		id = x.resources[s.Address].get("application_id").Text
	}
	return aws.IsRotationApplication(id)
}

// splitAtCommas is the list of ids that a text holds. A token that stands for no resource may be several.
func (x *expansion) splitAtCommas(v value.Value) value.Value {
	return x.mapText(v, func(v value.Value) value.Value {
		out := value.ListOf(v.Span)
		for id := range strings.SplitSeq(v.Text, ",") {
			if s, ok := x.symbols.Only(id); ok && s.Address == "" && !s.Single {
				out.Open = append(out.Open, fact.Gap{When: fact.Always(), Missing: []fact.Missing{s.Missing}})
				continue
			}
			out.Items = append(out.Items, value.One(id, v.Span))
		}
		return out
	})
}
