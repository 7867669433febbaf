package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// roleARN is the ARN of the role that v stands for.
func roleARN(v *val) value.Value {
	if v.form == owned {
		return v.construct.ref("Arn", v.span)
	}
	return v.property()
}

// roleOf is the role by which a grantee acts, itself where it is a role. It is unknown for other constructs.
func roleOf(v *val) *val {
	if v.form == owned && v.construct.role != nil {
		return v.construct.role
	}
	if v.form == owned && v.construct.typ != "AWS::IAM::Role" {
		return unknownOf(v)
	}
	return v
}

// itsRole is the method Role of a function.
func itsRole(_ *frame, _ *ast.CallExpr, on *val, _ []*val) *val { return roleOf(on) }

// serviceRole is the role that CDK makes for a function c without one. It may write logs and, in a VPC, make network
// interfaces. CDK gives neither to a role that the code passes.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html#role
func (f *frame) serviceRole(c *construct, vpc *val) *construct {
	at := c.span
	policies := value.ListOf(at, value.One(f.managedPolicyARN("service-role/AWSLambdaBasicExecutionRole"), at))
	if vpc.form != absent {
		vpcAccess := f.managedPolicyARN("service-role/AWSLambdaVPCAccessExecutionRole")
		policies.Items = append(policies.Items, value.One(vpcAccess, at))
	}
	return c.addChild("ServiceRole", "AWS::IAM::Role", at, mapOf(at,
		property("AssumeRolePolicyDocument", trustPolicy("lambda.amazonaws.com", at)),
		property("ManagedPolicyArns", policies)))
}

// managedPolicyARN is the ARN of an AWS managed policy. name includes the path, such as "service-role/".
func (f *frame) managedPolicyARN(name string) string {
	return "arn:" + f.pseudo("AWS::Partition") + ":iam::aws:policy/" + name
}

// trustPolicy is the document that lets an AWS service take a role.
func trustPolicy(service string, at source.Span) value.Value {
	return documentOf(at, mapOf(at,
		property("Effect", value.One("Allow", at)),
		property("Action", value.One("sts:AssumeRole", at)),
		property("Principal", mapOf(at, property("Service", value.One(service, at))))))
}

// documentOf is the policy document of these statements.
func documentOf(at source.Span, statements ...value.Value) value.Value {
	return mapOf(at, property("Statement", value.ListOf(at, statements...)))
}

// newRole makes the role of an awsiam.Role.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Role.html
func (f *frame) newRole(c *construct, props *val) {
	c.typ = "AWS::IAM::Role"
	if props.form != structure {
		c.props = unknownOf(props).property()
		f.add(c)
		return
	}
	c.props = mapOf(c.span,
		property("RoleName", props.get("RoleName").property()),
		propertyAt("AssumeRolePolicyDocument", props.spanOf("AssumedBy"), trustOf(props.get("AssumedBy"))),
		property("ManagedPolicyArns", f.policyARNs(props.get("ManagedPolicies"))),
		property("PermissionsBoundary", f.permissionsBoundary(props.get("PermissionsBoundary"))),
		property("Policies", f.inlinePolicies(props.get("InlinePolicies"))),
	)
	f.add(c)
}

// inlinePolicies is the property Policies for a map of documents by their names.
func (f *frame) inlinePolicies(v *val) value.Value {
	switch v.form {
	case absent:
		return value.Value{}
	case structure:
		policies := value.ListOf(v.span)
		for _, p := range v.fields {
			policies.Items = append(policies.Items, mapOf(p.key, property("PolicyDocument", f.policyDocument(p.value))))
		}
		return policies
	}
	return unknownOf(v).property()
}

// trustOf is the trust policy for a principal. Only a service principal is followed.
func trustOf(principal *val) value.Value {
	if principal.isCall("awsiam.NewServicePrincipal") && len(principal.args) > 0 && principal.args[0].form == text {
		return trustPolicy(principal.args[0].text, principal.span)
	}
	return unknownFrom(principal, principal.span)
}

func (f *frame) policyARNs(v *val) value.Value {
	if v.form != list {
		return v.property()
	}
	out := value.ListOf(v.span)
	for _, p := range v.items {
		out.Items = append(out.Items, f.policyARN(p))
	}
	return out
}

// policyARN is the ARN of a managed policy of AWS, of this package or from elsewhere.
func (f *frame) policyARN(v *val) value.Value {
	switch {
	case v.form == owned:
		return v.construct.ref("", v.span)
	case v.isCall("awsiam.ManagedPolicy_FromAwsManagedPolicyName") && v.args[0].form == text:
		return value.One(f.managedPolicyARN(v.args[0].text), v.span)
	case v.isCall("awsiam.ManagedPolicy_FromManagedPolicyArn") && len(v.args) == 1 && v.args[0].form == text:
		return value.One(v.args[0].text, v.span)
	}
	return unknownFrom(v, v.span)
}

func (f *frame) permissionsBoundary(v *val) value.Value {
	if v.form == absent {
		return v.property()
	}
	return f.policyARN(v)
}

// newPolicy makes an awsiam.Policy. It has a list of roles from the start, since AttachToRole may add to it.
func (f *frame) newPolicy(c *construct, props *val) {
	roles := props.get("Roles").property()
	if roles.Kind == value.Absent {
		roles = value.ListOf(c.span)
	}
	f.addAs(c, "AWS::IAM::Policy",
		property("PolicyDocument", f.policyContents(props)), property("Roles", roles))
}

func (f *frame) newManagedPolicy(c *construct, props *val) {
	f.addAs(c, "AWS::IAM::ManagedPolicy",
		property("Roles", props.get("Roles").property()),
		property("PolicyDocument", f.policyContents(props)),
		property("ManagedPolicyName", props.get("ManagedPolicyName").property()))
}

// policyContents is the document of a policy, which the props hold whole or as statements.
func (f *frame) policyContents(props *val) value.Value {
	if d := props.get("Document"); d.form != absent {
		return f.policyDocument(d)
	}
	return f.policyStatements(props.get("Statements"), props.span)
}

func (f *frame) policyDocument(v *val) value.Value {
	if v.isCall("awsiam.NewPolicyDocument") && len(v.args) == 1 {
		return f.policyStatements(v.args[0].get("Statements"), v.span)
	}
	return unknownFrom(v, v.span)
}

func (f *frame) policyStatements(v *val, at source.Span) value.Value {
	if v.form != list && v.form != absent {
		return unknownFrom(v, at)
	}
	out := value.ListOf(at)
	for _, s := range v.items {
		out.Items = append(out.Items, f.policyStatement(s))
	}
	return mapOf(at, property("Statement", out))
}

// statementProps are the properties of a statement by the names that PolicyStatementProps has for them.
var statementProps = [][2]string{
	{"Actions", "Action"}, {"NotActions", "NotAction"}, {"Resources", "Resource"}, {"NotResources", "NotResource"},
	{"Conditions", "Condition"},
}

// policyStatement is an awsiam.PolicyStatement as it was made. CDK has methods that add to a statement afterwards.
// Where the package calls any of them, no statement is followed.
func (f *frame) policyStatement(v *val) value.Value {
	isLiteral := v.isCall("awsiam.NewPolicyStatement") && len(v.args) == 1 && v.args[0].form == structure
	if !isLiteral || f.statementsChange {
		return unknownFrom(v, v.span)
	}
	props := v.args[0]
	effect := props.get("Effect").property()
	switch {
	case effect.Kind == value.Absent, effect.Text == "ALLOW":
		effect = value.One("Allow", v.span)
	case effect.Text == "DENY":
		effect = value.One("Deny", v.span)
	}
	s := mapOf(v.span, property("Effect", effect))
	for _, names := range statementProps {
		if p := props.get(names[0]).property(); p.Kind != value.Absent {
			s.Fields = append(s.Fields, propertyAt(names[1], props.spanOf(names[0]), p))
		}
	}
	return s
}

// addPolicy gives the role one more statement, in a policy of its own.
func (f *frame) addPolicy(role *val, statement value.Value, at source.Span) {
	name := "DefaultPolicy"
	if role.form == owned {
		name = role.construct.address + "/" + name
	}
	roles := value.ListOf(at, role.property())
	if role.form != owned && role.text == "" {
		roles.Items[0] = unknownFrom(role, at)
	}
	f.addImplicit(name, "AWS::IAM::Policy", at, mapOf(at,
		property("Roles", roles), property("PolicyDocument", documentOf(at, statement))))
}

// addStatement is AddToRolePolicy(statement) and its like.
func addStatement(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	f.addPolicy(roleOf(on), f.policyStatement(args[0]), f.span(call))
	return nothing
}

// attachPolicy is AttachInlinePolicy(policy) of a role. The policy may be one that the package makes; the statements of
// any other are unknown.
func attachPolicy(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	if p := args[0]; p.form == owned && p.construct.typ == "AWS::IAM::Policy" && on.form == owned {
		p.construct.appendTo("Roles", on.property())
		return nothing
	}
	f.addPolicy(roleOf(on), unknownFrom(args[0], f.span(call)), f.span(call))
	return nothing
}

// attachToRole is AttachToRole(role) of a policy.
func attachToRole(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	return attachPolicy(f, call, args[0], []*val{on})
}

// addManagedPolicy is AddManagedPolicy(policy) of a role. A role that is not made here gets a policy of unknown
// content.
func addManagedPolicy(f *frame, call *ast.CallExpr, role *val, args []*val) *val {
	if role.form == owned && role.construct.props.Kind == value.Map {
		role.construct.appendTo("ManagedPolicyArns", f.policyARN(args[0]))
		return nothing
	}
	at := f.span(call)
	f.addPolicy(role, unknownFrom(args[0], at), at)
	return nothing
}
