package graph

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// linkPolled gives event source mappings the kind of their source, and the subnets and groups of one that is polled
// from its own network.
func (b *Builder) linkPolled() {
	for m := range b.net.EventSourceMappings.All() {
		if m.Source.IsUnset() {
			continue
		}
		shown := m.Polls
		m.Polls = fact.Map(m.Source, func(arn fact.Text, span source.Span) fact.Value[aws.Kind] {
			return fact.Otherwise(b.net.polledKind(arn, span), shown)
		})
		for _, c := range fact.Cases(m.Source) {
			arn, _ := c.Value.Get(nil)
			b.net.borrow(m, b.net.polled(arn), c)
		}
	}
}

// linkProxies gives each RDS proxy its targets.
func (b *Builder) linkProxies() {
	distribute(b.net, &b.net.DataStores, &b.net.ProxyTargets,
		func(d *DataStore) *fact.List[*ProxyTarget] { return &d.Targets },
		func(t *ProxyTarget) fact.List[Ref[DataStore]] { return refs(t.Proxy) })
}

// borrow gives the mapping the network of its source d in a case; nil is one from elsewhere.
func (n *Network) borrow(m *EventSourceMapping, d *DataStore, c fact.Case[fact.Text]) {
	if d == nil {
		missing := fact.Missing{Kind: fact.Resource, Name: "network of the source of " + m.Address, Span: m.Source.Span}
		m.Subnets.Miss(c.When, missing)
		m.Groups.Miss(c.When, missing)
		return
	}
	share(&m.Subnets, d.Subnets, c.When)
	share(&m.Groups, d.Groups, c.When)
}

// share appends to a list what is in another one, where when holds.
func share[T any](to *fact.List[T], from fact.List[T], when fact.Cond) {
	to.IsSet = to.IsSet || from.IsSet
	for _, it := range from.Items {
		to.AppendIf(when.And(it.When), it.Value, it.Span)
	}
	for _, g := range from.Open {
		to.Miss(when.And(g.When), g.Missing...)
	}
}

// polled is the data store of this deployment that the ARN is of, or nil.
func (n *Network) polled(arn fact.Text) *DataStore {
	for _, address := range arn.Addresses() {
		if d := n.DataStores.At(address); d != nil {
			return d
		}
	}
	return nil
}

// polledKind is the kind of the source with the ARN, unset where it is none that is polled from its own network, or not
// known.
func (n *Network) polledKind(arn fact.Text, span source.Span) (kind fact.Value[aws.Kind]) {
	if d := n.polled(arn); d != nil {
		if k := aws.Kind(d.Kind); k.IsPolledInside() {
			return fact.Known(k, span)
		}
		return kind
	}
	text, _ := arn.Literal()
	parts := strings.SplitN(text, ":", 7)
	if len(parts) < 6 {
		return kind
	}
	switch service, of := parts[2], parts[5]; {
	case service == "kafka" && strings.HasPrefix(of, "cluster/"):
		return fact.Known(aws.MSKCluster, span)
	case service == "mq" && of == "broker":
		return fact.Known(aws.MQBroker, span)
	case service == "rds" && of == "cluster":
		return fact.Known(aws.DocumentDBCluster, span)
	}
	return kind
}

// IsPolled says whether Lambda polls the source of the mapping through interfaces in the network of the source. A
// broker with a public address is polled from outside.
// https://docs.aws.amazon.com/lambda/latest/dg/process-messages-with-lambda.html
func (v *View) IsPolled(m *EventSourceMapping) fact.Verdict {
	kind, known := m.Polls.Get(v.World)
	if kind != aws.MQBroker {
		return known
	}
	if d := v.Polled(m); d != nil {
		return fact.And(known, fact.IsOn(d.Public, v.World).Not())
	}
	return fact.And(known, fact.Wants(fact.Missing{Kind: fact.Resource, Name: "source of " + m.Address, Span: m.Span}))
}

// Polled is the source of the mapping, if it is a data store of this deployment, or nil.
func (v *View) Polled(m *EventSourceMapping) *DataStore {
	arn, _ := m.Source.Get(v.World)
	return v.polled(arn)
}
