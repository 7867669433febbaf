package sam

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// TransformRotation returns root with the functions that rotate secrets in a VPC, and their roles. Each stands next to
// what implies it: a rotation schedule with a HostedRotationLambda, out of which another transform of AWS makes one,
// AWS::SecretsManager, or a stack made from one of AWS's rotation applications. The function reads the secret and
// changes the password in the database. Without any of them it returns root itself, which never changes. A generated
// node has the span of what implies it.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
func TransformRotation(root *tree.Node) *tree.Node {
	resources := root.Get("Resources")
	if resources == nil {
		return root
	}
	hosts := names(root.Get("Transform"), "AWS::SecretsManager-")
	var made []tree.Field
	for _, f := range resources.Fields {
		switch f.Value.Get("Type").Literal() {
		case scheduleType:
			if hosts {
				made = append(made, hosted(f)...)
			}
		case "AWS::CloudFormation::Stack":
			made = append(made, rotating(root, f)...)
		}
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

const scheduleType = "AWS::SecretsManager::RotationSchedule"

// names says whether the section Transform, which may be nil, names a transform that begins so.
func names(transform *tree.Node, prefix string) bool {
	if transform == nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(transform.Items, []*tree.Node{transform}), func(n *tree.Node) bool {
		return strings.HasPrefix(n.Literal(), prefix)
	})
}

// hosted is what a schedule implies, or nothing where it leaves the function outside of every VPC.
func hosted(schedule tree.Field) []tree.Field {
	properties := schedule.Value.Get("Properties")
	config := properties.Get("HostedRotationLambda")
	b := builder{schedule.KeySpan}
	const endpoint = "https://secretsmanager.${AWS::Region}.${AWS::URLSuffix}"
	variables := []tree.Field{b.field("SECRETS_MANAGER_ENDPOINT", b.sub(endpoint))}
	if id := properties.Field("SecretId"); id != nil {
		variables = append(variables, *id) // it comes with each event
	}
	return b.rotation(schedule, config.Field("VpcSubnetIds"), config.Field("VpcSecurityGroupIds"), variables)
}

// rotating is what a stack implies, if it is made from a rotation application and given subnets.
func rotating(root *tree.Node, stack tree.Field) []tree.Field {
	properties := stack.Value.Get("Properties")
	if !isMadeToRotate(root, properties.Get("Tags")) {
		return nil
	}
	parameters := properties.Get("Parameters")
	var variables []tree.Field
	b := builder{stack.KeySpan}
	if endpoint := parameters.Get("endpoint"); endpoint != nil {
		variables = append(variables, b.field("SECRETS_MANAGER_ENDPOINT", endpoint))
	}
	for i, id := range rotatedBy(root, stack.Key) {
		variables = append(variables, b.field("SecretId"+strconv.Itoa(i), id)) // it comes with each event
	}
	return b.rotation(stack, parameters.Field("vpcSubnetIds"), parameters.Field("vpcSecurityGroupIds"), variables)
}

// isMadeToRotate says whether the tag of the transform names a rotation application, or a map that holds nothing else
// under its last key, as AWS CDK writes for all partitions.
func isMadeToRotate(root, tags *tree.Node) bool {
	if tags == nil {
		return false
	}
	for _, tag := range tags.Items {
		if tag.Get("Key").Literal() != ApplicationTag {
			continue
		}
		id := tag.Get("Value")
		if find := id.Get("Fn::FindInMap"); find != nil && len(find.Items) == 3 {
			return holdsRotations(root.Get("Mappings").Get(find.Items[0].Literal()), find.Items[2].Literal())
		}
		return aws.IsRotationApplication(id.Literal())
	}
	return false
}

func holdsRotations(mapping *tree.Node, key string) bool {
	if mapping == nil || len(mapping.Fields) == 0 {
		return false
	}
	return !slices.ContainsFunc(mapping.Fields, func(f tree.Field) bool {
		return !aws.IsRotationApplication(f.Value.Get(key).Literal())
	})
}

// rotatedBy are the secrets for which schedules name the function of the stack.
func rotatedBy(root *tree.Node, stack string) (secrets []*tree.Node) {
	for _, f := range root.Get("Resources").Fields {
		properties := f.Value.Get("Properties")
		id := properties.Get("SecretId")
		if f.Value.Get("Type").Literal() == scheduleType && id != nil &&
			isOutputOf(properties.Get("RotationLambdaARN"), stack) {
			secrets = append(secrets, id)
		}
	}
	return secrets
}

func isOutputOf(arn *tree.Node, stack string) bool {
	of := arn.Get("Fn::GetAtt")
	if of != nil && len(of.Items) > 0 {
		return of.Items[0].Literal() == stack
	}
	return strings.HasPrefix(of.Literal(), stack+".")
}

// rotation is the function with the variables, and its role, or nothing without subnets or groups.
func (b builder) rotation(like tree.Field, subnets, groups *tree.Field, variables []tree.Field) []tree.Field {
	if subnets == nil || groups == nil {
		return nil
	}
	role := like.Key + "RotationRole"
	return []tree.Field{
		b.resourceLike(like, like.Key+"RotationLambda", functionType,
			b.field("Role", b.getAtt(role, "Arn")),
			b.field("Environment", b.object(b.field("Variables", b.object(variables...)))),
			b.field("VpcConfig", builder{subnets.KeySpan}.object(
				tree.Field{Key: "SubnetIds", KeySpan: subnets.KeySpan, Value: b.split(subnets.Value)},
				tree.Field{Key: "SecurityGroupIds", KeySpan: groups.KeySpan, Value: b.split(groups.Value)},
			))),
		b.resourceLike(like, role, roleType,
			b.field("AssumeRolePolicyDocument", b.object(b.field("Statement", b.object(
				b.field("Effect", b.text("Allow")), b.field("Action", b.text("sts:AssumeRole")),
				b.field("Principal", b.object(b.field("Service", b.text("lambda.amazonaws.com")))))))),
			b.field("ManagedPolicyArns", b.list(b.sub(
				"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole")))),
	}
}

// resourceLike is a resource that exists where the other does.
func (b builder) resourceLike(like tree.Field, id, typ string, properties ...tree.Field) tree.Field {
	body := []tree.Field{b.field("Type", b.text(typ)), b.field("Properties", b.object(properties...))}
	if when := like.Value.Field("Condition"); when != nil {
		body = append(body, *when)
	}
	return b.field(id, b.object(body...))
}

// split makes a list of ids that are written as one text with commas.
func (b builder) split(ids *tree.Node) *tree.Node {
	b = builder{ids.Span}
	return b.object(b.field("Fn::Split", b.list(b.text(","), ids)))
}
