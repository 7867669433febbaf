package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"

// capacityProvider expands an AWS::Serverless::CapacityProvider, whose OperatorRole is made where it is not given.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-capacityprovider.html
func (t *translation) capacityProvider(s written) {
	out := s.main("AWS::Lambda::CapacityProvider")
	out.copy(s, "CapacityProviderName", "VpcConfig", "KmsKeyArn")
	operator := s.get("OperatorRole")
	if !truthy(operator) {
		r := s.newRole("OperatorRole", s.trust("lambda.amazonaws.com"), "AWSLambdaManagedEC2ResourceOperator")
		operator = s.getAtt(r.id, "Arn")
		t.add(s.id, r.finish(written{}))
	}
	out.set("PermissionsConfig", s.object(s.field("CapacityProviderOperatorRoleArn", operator)))
	if needs := s.get("InstanceRequirements"); truthy(needs) {
		out.set("InstanceRequirements", renamed(needs, map[string]string{
			"Architectures": "Architectures", "AllowedTypes": "AllowedInstanceTypes", "ExcludedTypes": "ExcludedInstanceTypes",
		}))
	}
	if scaling := s.get("ScalingConfig"); truthy(scaling) {
		out.set("CapacityProviderScalingConfig", renamed(scaling, map[string]string{"MaxVCpuCount": "MaxVCpuCount"}))
	}
	t.add(s.id, out)
}

// renamed keeps the entries of a mapping that names holds, under their new names.
func renamed(n *tree.Node, names map[string]string) *tree.Node {
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

// stateMachine expands an AWS::Serverless::StateMachine with its role.
func (t *translation) stateMachine(s written) {
	out := s.main("AWS::StepFunctions::StateMachine")
	out.copy(s, "DefinitionSubstitutions")
	out.set("DefinitionString", s.get("Definition"))
	out.set("StateMachineName", s.get("Name"))
	out.set("StateMachineType", s.get("Type"))
	out.set("LoggingConfiguration", s.get("Logging"))
	out.set("TracingConfiguration", s.get("Tracing"))
	t.add(s.id, out)

	if given := s.get("Role"); truthy(given) {
		out.set("RoleArn", given)
	} else {
		r := s.newRole("Role", s.trust("states.amazonaws.com"))
		t.addPolicies(r, s.get("Policies"))
		if enabled := s.get("Tracing").Get("Enabled"); truthy(enabled) && !isIntrinsic(enabled) {
			r.attach(r.managedARN(xrayPolicy))
		}
		t.add(s.id, r.finish(s))
		out.set("RoleArn", s.getAtt(r.id, "Arn"))
	}
	for _, f := range fields(s.get("Events")) {
		if kind, _ := text(f.Value.Get("Type")); kind == "ScheduleV2" {
			e := event{maker{f.KeySpan}, s.id + f.Key, kind, f.Value.Get("Properties")}
			t.schedule(s, e, s.ref(s.id), "states:StartExecution")
		}
	}
}
