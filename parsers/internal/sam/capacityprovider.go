package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// capacityProvider expands an AWS::Serverless::CapacityProvider. Its OperatorRole is made where none is given.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-capacityprovider.html
func (t *translation) capacityProvider(s templateResource) {
	out := s.withSameID("AWS::Lambda::CapacityProvider")
	out.copyFrom(s, "CapacityProviderName", "VpcConfig", "KmsKeyArn")
	operator := s.get("OperatorRole")
	if !isTruthy(operator) {
		r := s.newRole("OperatorRole", s.trust("lambda.amazonaws.com"), "AWSLambdaManagedEC2ResourceOperator")
		operator = s.getAtt(r.id, "Arn")
		t.add(s.id, r.finish(templateResource{}))
	}
	out.set("PermissionsConfig", s.object(s.field("CapacityProviderOperatorRoleArn", operator)))
	if needs := s.get("InstanceRequirements"); isTruthy(needs) {
		out.set("InstanceRequirements", pickRenamed(needs, map[string]string{
			"Architectures": "Architectures",
			"AllowedTypes":  "AllowedInstanceTypes",
			"ExcludedTypes": "ExcludedInstanceTypes",
		}))
	}
	if scaling := s.get("ScalingConfig"); isTruthy(scaling) {
		names := map[string]string{"MaxVCpuCount": "MaxVCpuCount"}
		out.set("CapacityProviderScalingConfig", pickRenamed(scaling, names))
	}
	t.add(s.id, out)
}

// pickRenamed keeps the entries of a mapping that names has as keys, under the names that it has as values. An
// intrinsic stays as it is.
func pickRenamed(n *tree.Node, names map[string]string) *tree.Node {
	if isIntrinsic(n) {
		return n
	}
	out := *n
	out.Fields = nil
	for _, f := range n.Fields {
		if name, ok := names[f.Key]; ok {
			f.Key = name
			out.Fields = append(out.Fields, f)
		}
	}
	return &out
}
