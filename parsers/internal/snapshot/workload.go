package snapshot

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function is called by its name, or by its ARN where several regions have one of that name.
func (t *thing) function() []object {
	o := t.self("AWS::Lambda::Function", "FunctionName Role Environment FileSystemConfigs Runtime Tags"+
		" CapacityProviderConfig DeadLetterConfig")
	if variables := o.Properties.Entry("Environment"); variables != nil && t.leftOut("environment") {
		t.hideEmpty(variables.Entry("Variables"))
	}
	if f := t.node.Field("VpcConfig"); len(texts(valueOf(f), "SubnetIds SecurityGroupIds")) > 0 {
		o.put("VpcConfig", f.KeySpan, convert(f.Value))
	}
	if f := t.node.Field("FunctionName"); f != nil {
		o.Span = headOf(f)
		if t.in.functions[f.Value.Literal()] == 1 {
			o.Address = f.Value.Literal()
		}
	}
	return []object{o}
}

// leftOut says that the snapshot leaves out some texts of the kind.
func (t *thing) leftOut(kind string) bool { return slices.Contains(t.from.redacted, kind) }

// hideEmpty makes unknown the values that may have been left out.
func (t *thing) hideEmpty(variables *value.Value) {
	if variables == nil {
		return
	}
	for i := range variables.Fields {
		if f := &variables.Fields[i]; f.Value.Kind == value.Text && f.Value.Text == "" {
			f.Value = unknown("the value of "+f.Name+" of "+t.node.Get("FunctionName").Literal(), f.NameSpan)
		}
	}
}

// role states a role under its ARN, by which functions name it.
func (t *thing) role() []object {
	o := t.self("AWS::IAM::Role", "RoleName AssumeRolePolicyDocument Policies=RolePolicyList"+
		" ManagedPolicyArns=AttachedManagedPolicies.PolicyArn")
	if v := t.node.Get("PermissionsBoundary").Get("PermissionsBoundaryArn"); v != nil {
		o.put("PermissionsBoundary", v.Span, convert(v))
	}
	return []object{o}
}

// policy states the version of a managed policy that is in force.
func (t *thing) policy() []object {
	for _, n := range follow(t.node, "PolicyVersionList") {
		if n.Get("IsDefaultVersion").Literal() == "true" {
			o := t.self("AWS::IAM::ManagedPolicy", "ManagedPolicyName=PolicyName")
			document := t.make("", "", n, "PolicyDocument=Document")
			o.Properties.Fields = append(o.Properties.Fields, document.Properties.Fields...)
			return []object{o}
		}
	}
	return nil
}

func valueOf(f *tree.Field) *tree.Node {
	if f == nil {
		return nil
	}
	return f.Value
}
