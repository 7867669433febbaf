// Package rotation expands the AWS::SecretsManager transform: next to a rotation schedule with a HostedRotationLambda in a
// VPC stands the function that the transform makes, which reads the secret and changes the password in the database.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html
package rotation

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Transform returns root with the functions of its rotation schedules and their roles. Without the transform or such a
// schedule it returns root itself, which never changes. A generated node has the span of what implies it.
func Transform(root *tree.Node) *tree.Node {
	resources := root.Get("Resources")
	if resources == nil || !isNamed(root.Get("Transform")) {
		return root
	}
	var made []tree.Field
	for _, f := range resources.Fields {
		made = append(made, rotation(f)...)
	}
	if len(made) == 0 {
		return root
	}
	out, with := *root, *resources
	with.Fields = slices.Concat(resources.Fields, made)
	out.Fields = slices.Clone(root.Fields)
	out.Field("Resources").Value = &with
	return &out
}

func isNamed(transform *tree.Node) bool {
	if transform == nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(transform.Items, []*tree.Node{transform}), func(n *tree.Node) bool {
		return strings.HasPrefix(n.Literal(), "AWS::SecretsManager-")
	})
}

// rotation is the function of one schedule and its role, or nothing where the resource is none or leaves it outside of
// every VPC.
func rotation(schedule tree.Field) []tree.Field {
	properties := schedule.Value.Get("Properties")
	hosted := properties.Get("HostedRotationLambda")
	subnets, groups := hosted.Get("VpcSubnetIds"), hosted.Get("VpcSecurityGroupIds")
	if schedule.Value.Get("Type").Literal() != "AWS::SecretsManager::RotationSchedule" || subnets == nil || groups == nil {
		return nil
	}
	m := maker{schedule.KeySpan}
	role := schedule.Key + "RotationRole"
	variables := []tree.Field{m.field("SECRETS_MANAGER_ENDPOINT", m.call("Fn::Sub", m.text("https://secretsmanager.${AWS::Region}.${AWS::URLSuffix}")))}
	if id := properties.Field("SecretId"); id != nil {
		variables = append(variables, *id) // it comes with each event
	}
	config := hosted.Field("VpcSubnetIds").KeySpan
	return []tree.Field{
		m.resource(schedule, schedule.Key+"RotationLambda", "AWS::Lambda::Function",
			m.field("Role", m.call("Fn::GetAtt", m.list(m.text(role), m.text("Arn")))),
			m.field("Environment", m.object(m.field("Variables", m.object(variables...)))),
			m.field("VpcConfig", maker{config}.object(
				tree.Field{Key: "SubnetIds", KeySpan: config, Value: m.split(subnets)},
				tree.Field{Key: "SecurityGroupIds", KeySpan: hosted.Field("VpcSecurityGroupIds").KeySpan, Value: m.split(groups)}))),
		m.resource(schedule, role, "AWS::IAM::Role",
			m.field("AssumeRolePolicyDocument", m.object(m.field("Statement", m.object(
				m.field("Effect", m.text("Allow")), m.field("Action", m.text("sts:AssumeRole")),
				m.field("Principal", m.object(m.field("Service", m.text("lambda.amazonaws.com")))))))),
			m.field("ManagedPolicyArns", m.list(m.call("Fn::Sub",
				m.text("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"))))),
	}
}

// maker builds nodes at one place.
type maker struct{ span source.Span }

// resource is one that exists where the schedule does.
func (m maker) resource(schedule tree.Field, id, typ string, properties ...tree.Field) tree.Field {
	body := []tree.Field{m.field("Type", m.text(typ)), m.field("Properties", m.object(properties...))}
	if when := schedule.Value.Field("Condition"); when != nil {
		body = append(body, *when)
	}
	return m.field(id, m.object(body...))
}

func (m maker) field(key string, value *tree.Node) tree.Field {
	return tree.Field{Key: key, KeySpan: m.span, Value: value}
}

func (m maker) object(fields ...tree.Field) *tree.Node {
	return &tree.Node{Kind: tree.Mapping, Fields: fields, Span: m.span}
}

func (m maker) list(items ...*tree.Node) *tree.Node {
	return &tree.Node{Kind: tree.Sequence, Items: items, Span: m.span}
}

func (m maker) text(s string) *tree.Node {
	return &tree.Node{Kind: tree.Scalar, Text: s, Quoted: true, Span: m.span}
}

func (m maker) call(name string, arg *tree.Node) *tree.Node { return m.object(m.field(name, arg)) }

// split makes a list of ids that are written as one text with commas.
func (m maker) split(ids *tree.Node) *tree.Node {
	return maker{ids.Span}.call("Fn::Split", m.list(m.text(","), ids))
}
