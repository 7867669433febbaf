package sam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// TransformRotation carries out another transform of AWS, AWS::SecretsManager. It returns root with the functions of
// rotation schedules and their roles: next to a schedule with a HostedRotationLambda in a VPC stands the function that
// the transform makes, which reads the secret and changes the password in the database. Without the transform or such a
// schedule it returns root itself, which never changes. A generated node has the span of what implies it.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html
func TransformRotation(root *tree.Node) *tree.Node {
	resources := root.Get("Resources")
	if resources == nil || !names(root.Get("Transform"), "AWS::SecretsManager-") {
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

// names says whether the section Transform, which may be nil, names a transform that begins so.
func names(transform *tree.Node, prefix string) bool {
	if transform == nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(transform.Items, []*tree.Node{transform}), func(n *tree.Node) bool {
		return strings.HasPrefix(n.Literal(), prefix)
	})
}

// rotation is the function of one schedule and its role, or nothing where the resource is none or leaves it outside of
// every VPC.
func rotation(schedule tree.Field) []tree.Field {
	properties := schedule.Value.Get("Properties")
	hosted := properties.Get("HostedRotationLambda")
	subnets, groups := hosted.Get("VpcSubnetIds"), hosted.Get("VpcSecurityGroupIds")
	isSchedule := schedule.Value.Get("Type").Literal() == "AWS::SecretsManager::RotationSchedule"
	if !isSchedule || subnets == nil || groups == nil {
		return nil
	}
	b := builder{schedule.KeySpan}
	role := schedule.Key + "RotationRole"
	const endpoint = "https://secretsmanager.${AWS::Region}.${AWS::URLSuffix}"
	variables := []tree.Field{b.field("SECRETS_MANAGER_ENDPOINT", b.sub(endpoint))}
	if id := properties.Field("SecretId"); id != nil {
		variables = append(variables, *id) // it comes with each event
	}
	config := hosted.Field("VpcSubnetIds").KeySpan
	return []tree.Field{
		b.resourceLike(schedule, schedule.Key+"RotationLambda", functionType,
			b.field("Role", b.getAtt(role, "Arn")),
			b.field("Environment", b.object(b.field("Variables", b.object(variables...)))),
			b.field("VpcConfig", builder{config}.object(
				tree.Field{Key: "SubnetIds", KeySpan: config, Value: b.split(subnets)},
				tree.Field{
					Key:     "SecurityGroupIds",
					KeySpan: hosted.Field("VpcSecurityGroupIds").KeySpan,
					Value:   b.split(groups),
				}))),
		b.resourceLike(schedule, role, roleType,
			b.field("AssumeRolePolicyDocument", b.object(b.field("Statement", b.object(
				b.field("Effect", b.text("Allow")), b.field("Action", b.text("sts:AssumeRole")),
				b.field("Principal", b.object(b.field("Service", b.text("lambda.amazonaws.com")))))))),
			b.field("ManagedPolicyArns", b.list(b.sub(
				"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole")))),
	}
}

// resourceLike is a resource that exists where the schedule does.
func (b builder) resourceLike(schedule tree.Field, id, typ string, properties ...tree.Field) tree.Field {
	body := []tree.Field{b.field("Type", b.text(typ)), b.field("Properties", b.object(properties...))}
	if when := schedule.Value.Field("Condition"); when != nil {
		body = append(body, *when)
	}
	return b.field(id, b.object(body...))
}

// split makes a list of ids that are written as one text with commas.
func (b builder) split(ids *tree.Node) *tree.Node {
	b = builder{ids.Span}
	return b.object(b.field("Fn::Split", b.list(b.text(","), ids)))
}
