package need

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// lambdaReads is what the Lambda service does with the function's role from outside the VPC: polling event sources and
// delivering to a dead-letter queue or destination.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
type lambdaReads struct {
	sources []fact.Text
	// secrets is set when a source may need a secret to be polled: a broker or a database.
	secrets bool
	targets []string
}

// readByLambda collects the sources that are polled for the function and the targets of its deliveries.
func (c *collector) readByLambda() *lambdaReads {
	out := &lambdaReads{}
	for m := range c.v.EventSourceMappings.All() {
		if id, ok := m.Function.Get(c.v.World); !ok.IsTrue() || string(id) != c.f.Address {
			continue
		}
		text, _ := m.Source.Get(c.v.World)
		out.sources = append(out.sources, text)
		out.secrets = out.secrets || !c.isQueueOrStream(text)
		own := append(text.Addresses(), c.f.Address)
		for _, a := range m.Depends {
			if !slices.Contains(own, a) {
				out.targets = append(out.targets, a)
			}
		}
	}
	for _, it := range c.f.Properties.In(c.v.World).Items {
		name := strings.ToLower(strings.ReplaceAll(it.Value.Name, "_", ""))
		if strings.Contains(name, "deadletter") || strings.Contains(name, "destination") {
			text, _ := it.Value.Value.Get(c.v.World)
			out.targets = append(out.targets, text.Addresses()...)
		}
	}
	for r := range c.v.ResourcesOfKind(aws.EventInvokeConfig) {
		if slices.Contains(r.Depends, c.f.Address) {
			out.targets = append(out.targets, r.Depends...)
		}
	}
	return out
}

func (c *collector) isQueueOrStream(source fact.Text) bool {
	switch arnService(source) {
	case "sqs", "kinesis", "dynamodb":
		return true
	}
	for _, a := range source.Addresses() {
		if head := c.v.Head(a); head != nil {
			switch servicesOfKinds[aws.KindOf(head.Type)] {
			case "sqs", "kinesis-streams", "dynamodb":
				return true
			}
		}
	}
	return false
}

// covers reports that Lambda itself has a use for the action on the resource.
func (l *lambdaReads) covers(prefix, operation string, resource fact.Text) bool {
	addresses := resource.Addresses()
	if delivers(prefix, operation) &&
		slices.ContainsFunc(addresses, func(a string) bool { return slices.Contains(l.targets, a) }) {
		return true
	}
	if l.secrets && prefix == "secretsmanager" && operation == "getsecretvalue" {
		return true
	}
	return polls(prefix, operation) && slices.ContainsFunc(l.sources, func(s fact.Text) bool {
		if s.String() == resource.String() {
			return true
		}
		return slices.ContainsFunc(s.Addresses(), func(a string) bool { return slices.Contains(addresses, a) })
	})
}

// delivers tells the actions of dead-letter queues and destinations.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
func delivers(prefix, operation string) bool {
	switch prefix + ":" + operation {
	case "sqs:sendmessage", "sns:publish", "events:putevents", "lambda:invokefunction", "s3:putobject", "s3:listbucket":
		return true
	}
	return false
}

// polls tells the actions with which Lambda reads an event source.
func polls(prefix, operation string) bool {
	begins := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(operation, w) })
	}
	switch prefix {
	case "sqs":
		return begins("receive", "delete", "get", "changemessagevisibility")
	case "kinesis":
		return begins("get", "describe", "list", "subscribetoshard")
	case "dynamodb":
		return begins("describestream", "getrecords", "getsharditerator", "liststreams")
	case "kafka", "mq", "rds":
		return begins("get", "describe", "list")
	case "kafka-cluster":
		return true
	}
	return false
}
