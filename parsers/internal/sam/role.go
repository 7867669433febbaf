package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// role is a generated AWS::IAM::Role that gets its policies one by one. finish makes the resource of it.
type role struct {
	*resource
	managed, inline []*tree.Node
	seen            map[string]bool // the policies that it has, as canonical text
}

// newRole starts the role <id><suffix> with a trust policy and AWS managed policies. managed are their paths and names,
// such as "service-role/AWSLambdaBasicExecutionRole".
func (s templateResource) newRole(suffix string, trust *tree.Node, managed ...string) *role {
	r := &role{resource: s.child(suffix, roleType), seen: map[string]bool{}}
	r.set("AssumeRolePolicyDocument", trust)
	for _, name := range managed {
		r.attach(r.managedARN(name))
	}
	return r
}

// managedARN is the ARN of the AWS managed policy with that path and name.
func (b builder) managedARN(pathAndName string) *tree.Node {
	return b.sub("arn:${AWS::Partition}:iam::aws:policy/" + pathAndName)
}

// attach adds a managed policy, unless the role has it.
func (r *role) attach(arn *tree.Node) {
	if key := canonical(arn); !r.seen[key] {
		r.seen[key] = true
		r.managed = append(r.managed, arn)
	}
}

// embed adds an inline policy.
func (r *role) embed(name string, document *tree.Node) {
	r.seen[canonical(document)] = true
	r.inline = append(r.inline, r.policy(name, document))
}

// embedOnce adds an inline policy, unless the role has one of the same content. Two events may need the same.
func (r *role) embedOnce(name string, document *tree.Node) {
	if !r.seen[canonical(document)] {
		r.embed(name, document)
	}
}

// policy is an entry of the property Policies of a role.
func (b builder) policy(name string, document *tree.Node) *tree.Node {
	return b.object(b.field("PolicyName", b.text(name)), b.field("PolicyDocument", document))
}

// finish is the role as a resource. Path and boundary are those that s has for its role.
func (r *role) finish(s templateResource) *resource {
	r.set("ManagedPolicyArns", r.list(r.managed...))
	if len(r.inline) > 0 {
		r.set("Policies", r.list(r.inline...))
	}
	r.set("Path", s.get("RolePath"))
	r.copyFrom(s, "PermissionsBoundary")
	return r.resource
}

// functionRole starts the role of a function, with the policies that the properties of the function ask for.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
func (t *translation) functionRole(s templateResource) *role {
	trust := s.get("AssumeRolePolicyDocument")
	if trust == nil {
		trust = s.trust("lambda.amazonaws.com")
	}
	basic := "service-role/AWSLambdaBasicExecutionRole"
	if isTruthy(s.get("DurableConfig")) {
		basic = "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
	}
	r := s.newRole("Role", trust, basic)
	if t.isTraced(s) {
		r.attach(r.managedARN(xrayPolicy))
	}
	// A VpcConfig brings the policy even if it is AWS::NoValue in the end.
	if isTruthy(s.get("VpcConfig")) {
		r.attach(r.managedARN("service-role/AWSLambdaVPCAccessExecutionRole"))
	}
	if queue := s.get("DeadLetterQueue"); isTruthy(queue) {
		action := "sqs:SendMessage"
		if typ, _ := text(queue.Get("Type")); typ == "SNS" {
			action = "sns:Publish"
		}
		r.embed("DeadLetterQueuePolicy",
			r.document(values{"Target": queue.Get("TargetArn")}, "Allow "+action+" on ${Target}"))
	}
	return r
}

// xrayPolicy is the name in the aws partition. China and GovCloud have AWSXRayDaemonWriteAccess instead. Neither of
// them touches networks.
const xrayPolicy = "AWSXrayWriteOnlyAccess"

// isTraced says whether the function writes traces to X-Ray.
func (t *translation) isTraced(s templateResource) bool {
	mode, _ := text(t.resolve(s.get("Tracing")))
	return isTruthy(s.get("Tracing")) && mode != "Disabled"
}

// setRole sets the Role of a function, and adds the generated role r where it is needed. That is where the template has
// no Role, and in the branch of `Role: !If [condition, ARN, !Ref AWS::NoValue]` that gives none.
func (t *translation) setRole(s templateResource, fn *resource, r *role) {
	arn := s.getAtt(r.id, "Arn")
	written := t.resolve(s.get("Role"))
	condition, then, otherwise, isChoice := branches(written)
	switch {
	case written == nil || isNoValue(written):
	case isChoice && isNoValue(then) && isNoValue(otherwise):
	case isChoice && isNoValue(then):
		arn = s.choose(condition, arn, otherwise)
		r.attribute("Condition", condition)
	case isChoice && isNoValue(otherwise):
		arn = s.choose(condition, then, arn)
		r.attribute("Condition", s.text(t.negate(s.builder, condition.Text)))
	default:
		fn.copyFrom(s, "Role")
		return
	}
	fn.set("Role", arn)
	t.add(s.id, r.finish(s))
}

// negate is the name of the opposite of a condition. It adds that to the template, unless the template has the name.
func (t *translation) negate(b builder, condition string) string {
	name := "NOT" + condition
	if !t.conditionNames[name] {
		t.conditionNames[name] = true
		t.conditions = append(t.conditions, b.field(name,
			b.object(b.field("Fn::Not", b.list(b.object(b.field("Condition", b.text(condition))))))))
	}
	return name
}
