package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// sendActions are the statements that let a function send to a destination, by the Type that is written.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventinvokedestinationconfiguration.html
var sendActions = map[string][]string{
	"SQS":         {"Allow sqs:SendMessage on ${Target}"},
	"SNS":         {"Allow sns:publish on ${Target}"},
	"EventBridge": {"Allow events:PutEvents on ${Target}"},
	"Lambda":      {"Allow lambda:InvokeFunction on ${Target}"},
	"S3Bucket":    {"Allow s3:PutObject on ${Target}/*", "Allow s3:ListBucket on ${Target}"},
}

// addDestinations makes the EventInvokeConfig with the policies for its destinations. A queue or topic without a
// Destination is made too.
func (t *translation) addDestinations(s written, r *role, invoked invoked) {
	config := s.get("EventInvokeConfig")
	if !truthy(config) {
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
		if !given(d) {
			continue
		}
		kind, _ := text(t.resolve(d.Get("Type")))
		to := t.destination(s, out.id+outcome, kind, d.Get("Destination"))
		destinations.Fields = append(destinations.Fields, s.field(outcome, s.object(s.field("Destination", to))))
		if lines := sendActions[kind]; lines != nil {
			r.embed(out.id+outcome+kind+"Policy", r.document(values{"Target": to}, lines...))
		}
	}
	out.set("DestinationConfig", destinations)
	out.set("MaximumEventAgeInSeconds", config.Get("MaximumEventAgeInSeconds"))
	out.set("MaximumRetryAttempts", config.Get("MaximumRetryAttempts"))
	t.add(s.id, out)
}

// destination returns the ARN to send to. The branch of an Fn::If that is AWS::NoValue stands for a generated queue or
// topic, like an absent Destination.
func (t *translation) destination(s written, id, kind string, to *tree.Node) *tree.Node {
	condition, then, otherwise, isChoice := branches(to)
	if given(to) && !(isChoice && (isNoValue(then) || isNoValue(otherwise))) {
		return to
	}
	var made *resource
	var arn *tree.Node
	switch kind {
	case "SQS":
		made = s.child("", "AWS::SQS::Queue")
		made.id = id + "Queue"
		arn = s.getAtt(made.id, "Arn")
		t.references[s.id+".DestinationQueue"] = made.id
	case "SNS":
		made = s.child("", "AWS::SNS::Topic")
		made.id = id + "Topic"
		arn = s.ref(made.id)
		t.references[s.id+".DestinationTopic"] = made.id
	default:
		return to
	}
	switch {
	case isChoice && isNoValue(then):
		made.attribute("Condition", condition)
		arn = s.choose(condition, arn, otherwise)
	case isChoice:
		made.attribute("Condition", s.text(t.negate(s.maker, condition.Text)))
		arn = s.choose(condition, then, arn)
	}
	t.add(s.id, made)
	return arn
}
