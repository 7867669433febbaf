package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// roleARN is the role that t stands for, as a property.
func roleARN(v *val) value.Value {
	if v.kind == owned {
		return v.construct.ref("Arn", v.span)
	}
	return v.property()
}

// serviceRole is the role that CDK makes for a function without one: it may write logs and, in a VPC, make interfaces. A
// role that is given gets neither. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html#role
func (f *frame) serviceRole(c *construct, vpc *val) *construct {
	at := c.span
	policies := listOf(at, known(f.managedPolicyARN("service-role/AWSLambdaBasicExecutionRole"), at))
	if vpc.kind != absent {
		policies.Items = append(policies.Items, known(f.managedPolicyARN("service-role/AWSLambdaVPCAccessExecutionRole"), at))
	}
	return c.addChild("ServiceRole", "AWS::IAM::Role", at, mapOf(at, property("AssumeRolePolicyDocument", trustPolicy("lambda.amazonaws.com", at)), property("ManagedPolicyArns", policies)))
}

// managed is the ARN of an AWS managed policy.
func (f *frame) managedPolicyARN(name string) string {
	return "arn:" + f.pseudo("AWS::Partition") + ":iam::aws:policy/" + name
}

func trustPolicy(service string, at source.Span) value.Value {
	return documentOf(at, mapOf(at, property("Effect", known("Allow", at)), property("Action", known("sts:AssumeRole", at)),
		property("Principal", mapOf(at, property("Service", known(service, at))))))
}

func documentOf(at source.Span, statements ...value.Value) value.Value {
	return mapOf(at, property("Statement", listOf(at, statements...)))
}

func (f *frame) newRole(c *construct, props *val) {
	c.typ = "AWS::IAM::Role"
	if props.kind != structure {
		c.props = unknownOf(props).property()
		f.add(c)
		return
	}
	c.props = mapOf(c.span,
		property("RoleName", props.get("RoleName").property()),
		value.Field{Name: "AssumeRolePolicyDocument", NameSpan: props.spanOf("AssumedBy"), Value: trustOf(props.get("AssumedBy"))},
		property("ManagedPolicyArns", f.policyARNs(props.get("ManagedPolicies"))),
		property("PermissionsBoundary", f.permissionsBoundary(props.get("PermissionsBoundary"))),
	)
	if inline := props.get("InlinePolicies"); inline.kind == structure {
		policies := listOf(inline.span)
		for _, p := range inline.fields {
			policies.Items = append(policies.Items, mapOf(p.key, property("PolicyDocument", f.policyDocument(p.value))))
		}
		c.props.Fields = append(c.props.Fields, property("Policies", policies))
	} else if inline.kind != absent {
		c.props.Fields = append(c.props.Fields, property("Policies", unknownOf(inline).property()))
	}
	f.add(c)
}

// trustOf is the trust policy for a principal; one of more than a service is not known.
func trustOf(v *val) value.Value {
	if v.kind == result && v.name == "awsiam.NewServicePrincipal" && len(v.args) > 0 && v.args[0].kind == text {
		return trustPolicy(v.args[0].text, v.span)
	}
	return notKnown(v.span, unknownOf(v).missing)
}

func (f *frame) policyARNs(v *val) value.Value {
	if v.kind != list {
		return v.property()
	}
	out := listOf(v.span)
	for _, p := range v.items {
		out.Items = append(out.Items, f.policyARN(p))
	}
	return out
}

// policyARN is the ARN of a managed policy: of AWS, of this package, or from elsewhere.
func (f *frame) policyARN(v *val) value.Value {
	switch {
	case v.kind == owned:
		return v.construct.ref("", v.span)
	case v.kind == result && v.name == "awsiam.ManagedPolicy_FromAwsManagedPolicyName" && v.args[0].kind == text:
		return known(f.managedPolicyARN(v.args[0].text), v.span)
	case v.kind == result && v.name == "awsiam.ManagedPolicy_FromManagedPolicyArn" && len(v.args) == 1 && v.args[0].kind == text:
		return known(v.args[0].text, v.span)
	}
	return notKnown(v.span, unknownOf(v).missing)
}

func (f *frame) permissionsBoundary(v *val) value.Value {
	if v.kind == absent {
		return v.property()
	}
	return f.policyARN(v)
}

func (f *frame) newPolicy(c *construct, props *val) {
	c.typ = "AWS::IAM::Policy"
	roles := props.get("Roles")
	c.props = mapOf(c.span, property("Roles", roles.property()), property("PolicyDocument", f.policyContents(props)))
	if roles.kind == absent {
		c.props.Fields = append(c.props.Fields, property("Roles", listOf(c.span)))
	}
	f.add(c)
}

func (f *frame) newManagedPolicy(c *construct, props *val) {
	c.typ = "AWS::IAM::ManagedPolicy"
	c.props = mapOf(c.span, property("Roles", props.get("Roles").property()), property("PolicyDocument", f.policyContents(props)),
		property("ManagedPolicyName", props.get("ManagedPolicyName").property()))
	f.add(c)
}

// contents is the document of a policy, given whole or as statements.
func (f *frame) policyContents(props *val) value.Value {
	if d := props.get("Document"); d.kind != absent {
		return f.policyDocument(d)
	}
	return f.policyStatements(props.get("Statements"), props.span)
}

func (f *frame) policyDocument(v *val) value.Value {
	if v.kind == result && v.name == "awsiam.NewPolicyDocument" && len(v.args) == 1 {
		return f.policyStatements(v.args[0].get("Statements"), v.span)
	}
	return notKnown(v.span, unknownOf(v).missing)
}

func (f *frame) policyStatements(v *val, at source.Span) value.Value {
	if v.kind != list && v.kind != absent {
		return notKnown(at, unknownOf(v).missing)
	}
	out := listOf(at)
	for _, s := range v.items {
		out.Items = append(out.Items, f.policyStatement(s))
	}
	return mapOf(at, property("Statement", out))
}

// statement is an awsiam.PolicyStatement as it was made; one that is added to afterwards is not followed, since CDK has
// methods for that.
func (f *frame) policyStatement(t *val) value.Value {
	if t.kind != result || t.name != "awsiam.NewPolicyStatement" || len(t.args) != 1 || t.args[0].kind != structure || f.statementsChange {
		return notKnown(t.span, unknownOf(t).missing)
	}
	props := t.args[0]
	effect := props.get("Effect").property()
	switch {
	case effect.Kind == value.Absent, effect.Text == "ALLOW":
		effect = known("Allow", t.span)
	case effect.Text == "DENY":
		effect = known("Deny", t.span)
	}
	s := mapOf(t.span, property("Effect", effect))
	for _, part := range [][2]string{{"Actions", "Action"}, {"NotActions", "NotAction"}, {"Resources", "Resource"}, {"NotResources", "NotResource"}, {"Conditions", "Condition"}} {
		if v := props.get(part[0]).property(); v.Kind != value.Absent {
			s.Fields = append(s.Fields, value.Field{Name: part[1], NameSpan: props.spanOf(part[0]), Value: v})
		}
	}
	return s
}

// policyOn gives the role one more statement, in a policy of its own.
func (f *frame) addPolicy(role *val, statement value.Value, at source.Span) {
	name := "DefaultPolicy"
	if role.kind == owned {
		name = role.construct.address + "/" + name
	}
	roles := listOf(at, role.property())
	if role.kind != owned && role.text == "" {
		roles.Items[0] = notKnown(at, unknownOf(role).missing)
	}
	c := &construct{program: f.program, address: f.freeAddress(name, nil), span: at, typ: "AWS::IAM::Policy", when: f.when, implicit: true,
		props: mapOf(at, property("Roles", roles), property("PolicyDocument", documentOf(at, statement)))}
	f.add(c)
}
