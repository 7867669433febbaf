package sam

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
		kind, _ := text(f.Value.Get("Type"))
		t.start(s, event{maker{f.KeySpan}, s.id + f.Key, kind, f.Value.Get("Properties")})
	}
}

// start makes the trigger of a state machine, with the role that its source takes to start an execution.
func (t *translation) start(s written, e event) {
	service := "events.amazonaws.com"
	switch e.kind {
	case "ScheduleV2":
		t.schedule(s, e, s.ref(s.id), "states:StartExecution")
		return
	case "Api":
		t.impliesAPI(e)
		service = "apigateway.amazonaws.com"
	}
	arn := e.get("RoleArn")
	if arn == nil {
		r := t.triggerRole(s, e, service, s.ref(s.id), "states:StartExecution")
		r.copy(s, "PermissionsBoundary")
		t.add(s.id, r.finish(written{}))
		arn = e.getAtt(r.id, "Arn")
	}
	if e.kind != "Api" {
		t.deadLetterQueue(s, e)
		rule := t.trigger(s, e, "", "AWS::Events::Rule")
		rule.set("Targets", e.list(e.object(e.field("Arn", s.ref(s.id)), e.field("RoleArn", arn))))
	}
}
