package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// roleARN is the role that t stands for, as a property.
func roleARN(t *thing) value.Value {
	if t.kind == construct {
		return t.made.ref("Arn", t.span)
	}
	return t.value()
}

// serviceRole is the role that CDK makes for a function without one: it may write logs and, in a VPC, make interfaces. A
// role that is given gets neither. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html#role
func (f *frame) serviceRole(m *made, vpc *thing) *made {
	at := m.span
	policies := listOf(at, known(f.managed("service-role/AWSLambdaBasicExecutionRole"), at))
	if vpc.kind != absent {
		policies.Items = append(policies.Items, known(f.managed("service-role/AWSLambdaVPCAccessExecutionRole"), at))
	}
	return m.under("ServiceRole", "AWS::IAM::Role", at, maps(at, entry("AssumeRolePolicyDocument", trust("lambda.amazonaws.com", at)), entry("ManagedPolicyArns", policies)))
}

// managed is the ARN of an AWS managed policy.
func (f *frame) managed(name string) string {
	return "arn:" + f.pseudo("AWS::Partition") + ":iam::aws:policy/" + name
}

func trust(service string, at source.Span) value.Value {
	return documentOf(at, maps(at, entry("Effect", known("Allow", at)), entry("Action", known("sts:AssumeRole", at)),
		entry("Principal", maps(at, entry("Service", known(service, at))))))
}

func documentOf(at source.Span, statements ...value.Value) value.Value {
	return maps(at, entry("Statement", listOf(at, statements...)))
}

func (f *frame) newRole(m *made, props *thing) {
	m.typ = "AWS::IAM::Role"
	if props.kind != structure {
		m.props = unknownOf(props).value()
		f.add(m)
		return
	}
	m.props = maps(m.span,
		entry("RoleName", props.get("RoleName").value()),
		value.Field{Name: "AssumeRolePolicyDocument", NameSpan: props.place("AssumedBy"), Value: trustOf(props.get("AssumedBy"))},
		entry("ManagedPolicyArns", f.policyARNs(props.get("ManagedPolicies"))),
		entry("PermissionsBoundary", f.boundary(props.get("PermissionsBoundary"))),
	)
	if inline := props.get("InlinePolicies"); inline.kind == structure {
		policies := listOf(inline.span)
		for _, p := range inline.fields {
			policies.Items = append(policies.Items, maps(p.key, entry("PolicyDocument", f.document(p.value))))
		}
		m.props.Fields = append(m.props.Fields, entry("Policies", policies))
	} else if inline.kind != absent {
		m.props.Fields = append(m.props.Fields, entry("Policies", unknownOf(inline).value()))
	}
	f.add(m)
}

// trustOf is the trust policy for a principal; one of more than a service is not known.
func trustOf(t *thing) value.Value {
	if t.kind == result && t.name == "awsiam.NewServicePrincipal" && len(t.args) > 0 && t.args[0].kind == text {
		return trust(t.args[0].text, t.span)
	}
	return notKnown(t.span, unknownOf(t).missing)
}

func (f *frame) policyARNs(t *thing) value.Value {
	if t.kind != list {
		return t.value()
	}
	out := listOf(t.span)
	for _, p := range t.items {
		out.Items = append(out.Items, f.policyARN(p))
	}
	return out
}

// policyARN is the ARN of a managed policy: of AWS, of this package, or from elsewhere.
func (f *frame) policyARN(t *thing) value.Value {
	switch {
	case t.kind == construct:
		return t.made.ref("", t.span)
	case t.kind == result && t.name == "awsiam.ManagedPolicy_FromAwsManagedPolicyName" && t.args[0].kind == text:
		return known(f.managed(t.args[0].text), t.span)
	case t.kind == result && t.name == "awsiam.ManagedPolicy_FromManagedPolicyArn" && len(t.args) == 1 && t.args[0].kind == text:
		return known(t.args[0].text, t.span)
	}
	return notKnown(t.span, unknownOf(t).missing)
}

func (f *frame) boundary(t *thing) value.Value {
	if t.kind == absent {
		return t.value()
	}
	return f.policyARN(t)
}

func (f *frame) newPolicy(m *made, props *thing) {
	m.typ = "AWS::IAM::Policy"
	roles := props.get("Roles")
	m.props = maps(m.span, entry("Roles", roles.value()), entry("PolicyDocument", f.contents(props)))
	if roles.kind == absent {
		m.props.Fields = append(m.props.Fields, entry("Roles", listOf(m.span)))
	}
	f.add(m)
}

func (f *frame) newManagedPolicy(m *made, props *thing) {
	m.typ = "AWS::IAM::ManagedPolicy"
	m.props = maps(m.span, entry("Roles", props.get("Roles").value()), entry("PolicyDocument", f.contents(props)),
		entry("ManagedPolicyName", props.get("ManagedPolicyName").value()))
	f.add(m)
}

// contents is the document of a policy, given whole or as statements.
func (f *frame) contents(props *thing) value.Value {
	if d := props.get("Document"); d.kind != absent {
		return f.document(d)
	}
	return f.statements(props.get("Statements"), props.span)
}

func (f *frame) document(t *thing) value.Value {
	if t.kind == result && t.name == "awsiam.NewPolicyDocument" && len(t.args) == 1 {
		return f.statements(t.args[0].get("Statements"), t.span)
	}
	return notKnown(t.span, unknownOf(t).missing)
}

func (f *frame) statements(t *thing, at source.Span) value.Value {
	if t.kind != list && t.kind != absent {
		return notKnown(at, unknownOf(t).missing)
	}
	out := listOf(at)
	for _, s := range t.items {
		out.Items = append(out.Items, f.statement(s))
	}
	return maps(at, entry("Statement", out))
}

// statement is an awsiam.PolicyStatement as it was made; one that is added to afterwards is not followed, since CDK has
// methods for that.
func (f *frame) statement(t *thing) value.Value {
	if t.kind != result || t.name != "awsiam.NewPolicyStatement" || len(t.args) != 1 || t.args[0].kind != structure || f.changedResults {
		return notKnown(t.span, unknownOf(t).missing)
	}
	props := t.args[0]
	effect := props.get("Effect").value()
	switch {
	case effect.Kind == value.Absent, effect.Text == "ALLOW":
		effect = known("Allow", t.span)
	case effect.Text == "DENY":
		effect = known("Deny", t.span)
	}
	s := maps(t.span, entry("Effect", effect))
	for _, part := range [][2]string{{"Actions", "Action"}, {"NotActions", "NotAction"}, {"Resources", "Resource"}, {"NotResources", "NotResource"}, {"Conditions", "Condition"}} {
		if v := props.get(part[0]).value(); v.Kind != value.Absent {
			s.Fields = append(s.Fields, value.Field{Name: part[1], NameSpan: props.place(part[0]), Value: v})
		}
	}
	return s
}

// policyOn gives the role one more statement, in a policy of its own.
func (f *frame) policyOn(role *thing, statement value.Value, at source.Span) {
	name := "DefaultPolicy"
	if role.kind == construct {
		name = role.made.address + "/" + name
	}
	roles := listOf(at, role.value())
	if role.kind != construct && role.text == "" {
		roles.Items[0] = notKnown(at, unknownOf(role).missing)
	}
	m := &made{program: f.program, address: f.free(name, nil), span: at, typ: "AWS::IAM::Policy", when: f.when, hidden: true,
		props: maps(at, entry("Roles", roles), entry("PolicyDocument", documentOf(at, statement)))}
	f.add(m)
}
