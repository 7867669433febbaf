package sam

// stateMachine expands an AWS::Serverless::StateMachine with its role.
func (t *translation) stateMachine(s templateResource) {
	out := s.withSameID("AWS::StepFunctions::StateMachine")
	out.copyFrom(s, "DefinitionSubstitutions")
	out.set("DefinitionString", s.get("Definition"))
	out.set("StateMachineName", s.get("Name"))
	out.set("StateMachineType", s.get("Type"))
	out.set("LoggingConfiguration", s.get("Logging"))
	out.set("TracingConfiguration", s.get("Tracing"))
	t.add(s.id, out)

	if given := s.get("Role"); isTruthy(given) {
		out.set("RoleArn", given)
	} else {
		r := s.newRole("Role", s.trust("states.amazonaws.com"))
		t.addPolicies(r, s.get("Policies"))
		if enabled := s.get("Tracing").Get("Enabled"); isTruthy(enabled) && !isIntrinsic(enabled) {
			r.attach(r.managedARN(xrayPolicy))
		}
		t.add(s.id, r.finish(s))
		out.set("RoleArn", s.getAtt(r.id, "Arn"))
	}
	for _, f := range fields(s.get("Events")) {
		t.addStartTrigger(s, s.event(f))
	}
}

// addStartTrigger makes the trigger of a state machine. Its source takes a role to start an execution, and gets one
// where none is named.
func (t *translation) addStartTrigger(s templateResource, e event) {
	service := "events.amazonaws.com"
	switch e.typ {
	case "ScheduleV2":
		t.addSchedule(s, e, s.ref(s.id), "states:StartExecution")
		return
	case "Api":
		t.noteImplicitAPI(e)
		service = "apigateway.amazonaws.com"
	}
	arn := e.get("RoleArn")
	if arn == nil {
		r := t.triggerRole(s, e, service, s.ref(s.id), "states:StartExecution")
		r.copyFrom(s, "PermissionsBoundary")
		t.add(s.id, r.finish(templateResource{}))
		arn = e.getAtt(r.id, "Arn")
	}
	if e.typ != "Api" {
		t.deadLetterQueue(s, e)
		rule := t.addTriggerResource(s, e, "", "AWS::Events::Rule")
		rule.set("Targets", e.list(e.object(e.field("Arn", s.ref(s.id)), e.field("RoleArn", arn))))
	}
}
