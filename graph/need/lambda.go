package need

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
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
		if c.isMapped(m) {
			c.polled(m, out)
		}
	}
	for _, it := range c.f.Properties.In(c.v.World).Items {
		out.deliver(c.v.World, it.Value)
	}
	for r := range c.v.ResourcesOfKind(aws.EventInvokeConfig) {
		if c.runs(r.Depends) {
			out.targets = append(out.targets, r.Depends...)
			for _, it := range r.Properties.In(c.v.World).Items {
				out.deliver(c.v.World, it.Value)
			}
		}
	}
	return out
}

// polled notes the source of a mapping, and for targets what else the mapping names.
func (c *collector) polled(m *graph.EventSourceMapping, out *lambdaReads) {
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

// deliver notes the resource that a property about dead letters or destinations names.
func (l *lambdaReads) deliver(w *fact.World, property graph.Property) {
	if !strings.Contains(property.Path, "deadletter") && !strings.Contains(property.Path, "destination") {
		return
	}
	text, _ := property.Value.Get(w)
	l.targets = append(l.targets, text.Addresses()...)
	if arn, whole := text.Literal(); whole && strings.HasPrefix(arn, "arn:") {
		l.targets = append(l.targets, arn)
	}
}

// isMapped reports that the mapping invokes the function, by its own name or by an alias or version of it.
func (c *collector) isMapped(m *graph.EventSourceMapping) bool {
	id, ok := m.Function.Get(c.v.World)
	if ok.IsTrue() && string(id) == c.f.Address {
		return true
	}
	return !ok.IsFalse() && c.v.Functions.Get(id) == nil && c.runs(m.Depends)
}

// runs reports that the function, or an alias or version of it, is among the addresses.
func (c *collector) runs(addresses []string) bool {
	return slices.ContainsFunc(addresses, func(a string) bool {
		if a == c.f.Address {
			return true
		}
		r := c.v.Resources.At(a)
		if r == nil {
			return false
		}
		return aws.KindOf(r.Type) == aws.FunctionAlias && slices.Contains(r.Depends, c.f.Address)
	})
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
	switch {
	case delivers(prefix, operation) && l.isTarget(resource):
		return true
	case l.secrets && readsForPolling(prefix, operation):
		return true
	}
	return polls(prefix, operation) && slices.ContainsFunc(l.sources, func(s fact.Text) bool {
		return s.String() == resource.String() || meet(s.Addresses(), resource.Addresses())
	})
}

// isTarget reports that Lambda delivers to the resource, or to the bucket whose objects it is.
func (l *lambdaReads) isTarget(resource fact.Text) bool {
	named := resource.Addresses()
	if arn, whole := resource.Literal(); whole {
		named = append(named, strings.TrimSuffix(arn, "/*"))
	}
	return meet(named, l.targets)
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
