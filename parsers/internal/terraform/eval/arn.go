package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// arnForm is how the ARN of a resource is made: arn:PARTITION:SERVICE:REGION:ACCOUNT:KIND and then the argument that
// names it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
type arnForm struct {
	service, kind, name string
	// global ARNs name no region, and those that belong to nobody no account either.
	global, nobody bool
}

// pathed are resources of IAM. Their ARN has a path between the kind and the name.
var pathed = map[string]bool{
	"aws_iam_role": true, "aws_iam_policy": true, "aws_iam_instance_profile": true, "aws_iam_user": true,
}

var arnForms = map[string]arnForm{
	"aws_iam_role":             {service: "iam", kind: "role", name: "name", global: true},
	"aws_iam_policy":           {service: "iam", kind: "policy", name: "name", global: true},
	"aws_iam_instance_profile": {service: "iam", kind: "instance-profile", name: "name", global: true},
	"aws_iam_user":             {service: "iam", kind: "user", name: "name", global: true},
	"aws_s3_bucket":            {service: "s3", name: "bucket", global: true, nobody: true},
	"aws_lambda_function":      {service: "lambda", kind: "function:", name: "function_name"},
	"aws_sqs_queue":            {service: "sqs", name: "name"},
	"aws_sns_topic":            {service: "sns", name: "name"},
	"aws_dynamodb_table":       {service: "dynamodb", kind: "table/", name: "name"},
	"aws_cloudwatch_log_group": {service: "logs", kind: "log-group:", name: "name"},
	"aws_vpc":                  {service: "ec2", kind: "vpc/", name: "id"},
	"aws_subnet":               {service: "ec2", kind: "subnet/", name: "id"},
	"aws_security_group":       {service: "ec2", kind: "security-group/", name: "id"},
	"aws_route_table":          {service: "ec2", kind: "route-table/", name: "id"},
	"aws_internet_gateway":     {service: "ec2", kind: "internet-gateway/", name: "id"},
	"aws_network_interface":    {service: "ec2", kind: "network-interface/", name: "id"},
	"aws_vpc_endpoint":         {service: "ec2", kind: "vpc-endpoint/", name: "id"},
	"aws_efs_file_system":      {service: "elasticfilesystem", kind: "file-system/", name: "id"},
	"aws_efs_access_point":     {service: "elasticfilesystem", kind: "access-point/", name: "id"},
}

// NamedBy is the argument that names resources of that type in their ARNs.
func (r *run) NamedBy(resourceType string) (argument string, ok bool) {
	form, ok := arnForms[resourceType]
	return form.name, ok
}

// ARN is the ARN of a resource of this configuration that the token stands for, or the token.
func (r *run) ARN(token symbol.Symbol) string {
	if o := r.arns[token.Key]; o != nil {
		return o.arn(token)
	}
	return r.Table.Intern(token)
}

// arn is the ARN that the token stands for, or the token.
func (o *object) arn(token symbol.Symbol) string {
	form := arnForms[o.set.block.Type]
	path := ""
	if pathed[o.set.block.Type] {
		path = "/"
		if p := o.argument("path"); p != cty.NilVal {
			if !calc.IsText(p) || calc.HasToken(p) {
				return o.Table.Intern(token)
			}
			path = p.AsString()
		}
	}
	partition, _ := o.partition()
	parts := []string{"arn", partition.AsString(), form.service, "", "", form.kind + path + o.naming(form.name, token)}
	if !form.global {
		parts[3] = o.region().AsString()
	}
	if !form.nobody {
		parts[4] = o.account().AsString()
	}
	return strings.Join(parts, ":")
}

// naming is the argument that names the resource, as a literal or as the token of the attribute: a name that is known
// in part only is one token, since the rules for names hold for the whole.
func (o *object) naming(name string, arn symbol.Symbol) string {
	if v := o.argument(name); v != cty.NilVal && calc.IsText(v) && !calc.HasToken(v) {
		return v.AsString()
	}
	key := strings.TrimSuffix(arn.Key, ".arn")
	s := o.symbol(key, name)
	return o.Table.Intern(s)
}

// parsedARN is arn_parse of the provider: the parts of an ARN.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse
func (s *scope) parsedARN(args []cty.Value) (cty.Value, bool) {
	if len(args) != 1 || args[0] == cty.NilVal || !calc.IsText(args[0]) {
		return cty.NilVal, false
	}
	text := s.Spelled(args[0])
	parts := strings.SplitN(text.AsString(), ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || s.MayHold(cty.StringVal(strings.Join(parts[:5], "")), ":") {
		return cty.NilVal, false
	}
	attrs := map[string]cty.Value{}
	for i, name := range []string{"partition", "service", "region", "account_id", "resource"} {
		attrs[name] = cty.StringVal(parts[i+1])
	}
	return cty.ObjectVal(attrs), true
}
