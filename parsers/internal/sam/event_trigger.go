package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// principals are the services that invoke a function for an event type.
var principals = map[string]string{
	"AlexaSkill":      "alexa-appkit.amazon.com",
	"Api":             "apigateway.amazonaws.com",
	"CloudWatchEvent": "events.amazonaws.com",
	"CloudWatchLogs":  "logs.amazonaws.com",
	"Cognito":         "cognito-idp.amazonaws.com",
	"EventBridgeRule": "events.amazonaws.com",
	"HttpApi":         "apigateway.amazonaws.com",
	"IoTRule":         "iot.amazonaws.com",
	"S3":              "s3.amazonaws.com",
	"SNS":             "sns.amazonaws.com",
	"Schedule":        "events.amazonaws.com",
}

// addTrigger expands an event whose source calls the function. None of these touches a network, so the trigger is made
// only as far as a template can refer to it. An SNS event that goes through a queue is polled, and adds a policy.
func (t *translation) addTrigger(s templateResource, r *role, invoked callee, e event) {
	switch e.typ {
	case "SNS":
		if subscription := e.get("SqsSubscription"); isTruthy(subscription) {
			t.addTriggerByQueue(s, r, invoked, e, subscription)
			return
		}
		r := t.addTriggerResource(s, e, "", "AWS::SNS::Subscription")
		r.set("TopicArn", e.get("Topic"))
		r.set("Endpoint", invoked.arn)
	case "Schedule", "CloudWatchEvent", "EventBridgeRule":
		r := t.addTriggerResource(s, e, "", "AWS::Events::Rule")
		r.set("EventPattern", e.get("Pattern"))
		r.set("ScheduleExpression", e.get("Schedule"))
		r.set("Targets", e.list(e.object(e.field("Arn", invoked.arn))))
		t.deadLetterQueue(s, e)
	case "ScheduleV2":
		t.addSchedule(s, e, invoked.arn, "lambda:InvokeFunction")
	case "Api", "HttpApi":
		t.noteImplicitAPI(e)
	}
	if principal := principals[e.typ]; principal != "" {
		permission := t.addTriggerResource(s, e, "Permission", "AWS::Lambda::Permission")
		permission.set("Action", e.text("lambda:InvokeFunction"))
		permission.set("FunctionName", invoked.ref)
		permission.set("Principal", e.text(principal))
	}
}

// addTriggerResource adds the resource <Resource><Event><suffix>.
func (t *translation) addTriggerResource(s templateResource, e event, suffix, typ string) *resource {
	r := s.child("", typ)
	r.id, r.builder = e.id+suffix, e.builder
	t.add(s.id, r)
	return r
}

// addTriggerByQueue makes a queue between an SNS topic and the function, unless SqsSubscription names one, and polls
// it.
func (t *translation) addTriggerByQueue(s templateResource, r *role, invoked callee, e event, subscription *tree.Node) {
	arn := subscription.Get("QueueArn")
	if arn == nil {
		queue := t.addTriggerResource(s, e, "Queue", "AWS::SQS::Queue")
		arn = e.getAtt(queue.id, "Arn")
	}
	t.addTriggerResource(s, e, "", "AWS::SNS::Subscription").set("TopicArn", e.get("Topic"))
	e.id += "EventSourceMapping"
	e.properties = e.object(e.field("Queue", arn))
	t.addPolling(s, r, invoked, e, polledSources["SQS"])
}

// addSchedule makes a schedule of EventBridge Scheduler. It takes a role to act on its target, and gets one where
// none is named.
func (t *translation) addSchedule(s templateResource, e event, target *tree.Node, action string) {
	arn, dead := e.get("RoleArn"), t.deadLetterQueue(s, e)
	if arn == nil {
		r := t.triggerRole(s, e, "scheduler.amazonaws.com", target, action)
		if dead != nil {
			r.embed(e.id+"SQSPolicy", e.document(values{"Target": dead}, sendActions["SQS"]...))
		}
		r.set("PermissionsBoundary", e.get("PermissionsBoundary"))
		t.add(s.id, r.finish(templateResource{}))
		arn = e.getAtt(r.id, "Arn")
	}
	schedule := t.addTriggerResource(s, e, "", "AWS::Scheduler::Schedule")
	schedule.set("ScheduleExpression", e.get("ScheduleExpression"))
	schedule.set("Target", e.object(e.field("Arn", target), e.field("RoleArn", arn)))
}

// deadLetterQueue is the ARN of the queue for events that fail, or nil without DeadLetterConfig. The queue is made
// where that names none.
func (t *translation) deadLetterQueue(s templateResource, e event) *tree.Node {
	config := e.get("DeadLetterConfig")
	if arn := config.Get("Arn"); config == nil || isGiven(arn) {
		return arn
	}
	queue := s.child("", "AWS::SQS::Queue")
	queue.id, queue.builder = e.id+"Queue", e.builder
	if id, ok := text(config.Get("QueueLogicalId")); ok {
		queue.id = id
	}
	t.add(s.id, queue)
	return e.getAtt(queue.id, "Arn")
}

// triggerRole starts the role <Resource><Event>Role by which a service acts on target.
func (t *translation) triggerRole(s templateResource, e event, service string, target *tree.Node, action string) *role {
	r := s.newRole("", e.trust(service))
	r.id, r.builder = e.id+"Role", e.builder
	r.embed(e.id+"Policy", e.document(values{"Target": target}, "Allow "+action+" on ${Target}"))
	return r
}
