package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// sendActions are the statements that let a function send to a destination, by the Type in the template.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventinvokedestinationconfiguration.html
var sendActions = map[string][]string{
	"SQS":         {"Allow sqs:SendMessage on ${Target}"},
	"SNS":         {"Allow sns:publish on ${Target}"},
	"EventBridge": {"Allow events:PutEvents on ${Target}"},
	"Lambda":      {"Allow lambda:InvokeFunction on ${Target}"},
	"S3Bucket":    {"Allow s3:PutObject on ${Target}/*", "Allow s3:ListBucket on ${Target}"},
}

// addDestinations makes the EventInvokeConfig of a function, and gives the role the policies for its destinations. It
// also makes the queue or topic of a destination that names none.
func (t *translation) addDestinations(s templateResource, r *role, invoked callee) {
	config := s.get("EventInvokeConfig")
	if !isTruthy(config) {
		return
	}
	out := s.child("EventInvokeConfig", "AWS::Lambda::EventInvokeConfig")
	out.set("FunctionName", s.ref(s.id))
	if invoked.alias != "" {
		out.set("Qualifier", invoked.name)
	} else {
		out.set("Qualifier", s.text("$LATEST"))
	}
	destinations := s.object()
	for _, outcome := range []string{"OnSuccess", "OnFailure"} {
		d := config.Get("DestinationConfig").Get(outcome)
		if !isGiven(d) {
			continue
		}
		typ, _ := text(t.resolve(d.Get("Type")))
		to := t.destination(s, out.id+outcome, typ, d.Get("Destination"))
		destinations.Fields = append(destinations.Fields, s.field(outcome, s.object(s.field("Destination", to))))
		if lines := sendActions[typ]; lines != nil {
			r.embed(out.id+outcome+typ+"Policy", r.document(values{"Target": to}, lines...))
		}
	}
	out.set("DestinationConfig", destinations)
	out.set("MaximumEventAgeInSeconds", config.Get("MaximumEventAgeInSeconds"))
	out.set("MaximumRetryAttempts", config.Get("MaximumRetryAttempts"))
	t.add(s.id, out)
}

// destination is the ARN to send to. Without a Destination, SAM generates a queue or a topic. It does so as well in the
// branch of an Fn::If that is AWS::NoValue.
func (t *translation) destination(s templateResource, id, typ string, to *tree.Node) *tree.Node {
	condition, then, otherwise, isChoice := branches(to)
	if isGiven(to) && !(isChoice && (isNoValue(then) || isNoValue(otherwise))) {
		return to
	}
	var out *resource
	var arn *tree.Node
	switch typ {
	case "SQS":
		out = s.child("", "AWS::SQS::Queue")
		out.id = id + "Queue"
		arn = s.getAtt(out.id, "Arn")
		t.references[s.id+".DestinationQueue"] = out.id
	case "SNS":
		out = s.child("", "AWS::SNS::Topic")
		out.id = id + "Topic"
		arn = s.ref(out.id)
		t.references[s.id+".DestinationTopic"] = out.id
	default:
		return to
	}
	switch {
	case isChoice && isNoValue(then):
		out.attribute("Condition", condition)
		arn = s.choose(condition, arn, otherwise)
	case isChoice:
		out.attribute("Condition", s.text(t.negate(s.builder, condition.Text)))
		arn = s.choose(condition, then, arn)
	}
	t.add(s.id, out)
	return arn
}
