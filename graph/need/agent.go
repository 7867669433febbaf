package need

import (
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// OfPollers is what the pollers of the mapping need: the source and, in on-demand mode, the Lambda API to invoke the
// function, AWS STS to take its role, and Secrets Manager for credentials. Which mode it is may be what Redirect waits
// for. Pollers of a RabbitMQ broker do without STS.
// https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
// https://docs.aws.amazon.com/lambda/latest/dg/process-messages-with-lambda.html
func OfPollers(v *graph.View, m *graph.EventSourceMapping) Needs {
	var out Needs
	polls := "event source mapping " + strconv.Quote(m.Address) + " polls "
	d := v.Polled(m)
	if d != nil {
		polls += strconv.Quote(d.Address)
		out.Nodes = []Need{{Name: d.Address, Strength: Strong, Evidence: polls, Span: m.At("EventSourceArn")}}
	} else {
		kind, _ := m.Polls.Get(v.World)
		polls += "a " + string(kind)
	}
	provisioned := fact.IsOn(m.Provisioned, v.World)
	if provisioned.IsTrue() {
		return out
	}
	out.redirect = provisioned.Missing
	services := []string{"lambda"}
	switch sts := needsSTS(v, m, d); sts.Truth {
	case fact.True:
		services = append(services, "sts")
	case fact.Unknown:
		out.further = append(out.further, sts.Missing...)
	}
	secrets := m.Secrets.In(v.World)
	if len(secrets.Items) > 0 {
		services = append(services, "secretsmanager")
	}
	out.further = append(out.further, secrets.Open...)
	slices.Sort(services)
	for _, id := range services {
		out.Services = append(out.Services, Need{
			Name: id, Strength: Strong, Evidence: polls + " in on-demand mode", Span: m.At("EventSourceArn"),
		})
	}
	return out
}

// needsSTS is False for a RabbitMQ broker. Of d, the source, no more may be known than that it is a broker.
func needsSTS(v *graph.View, m *graph.EventSourceMapping, d *graph.DataStore) fact.Verdict {
	if kind, _ := m.Polls.Get(v.World); kind != aws.MQBroker {
		return fact.Yes()
	}
	if d == nil {
		name := "engine of the broker of " + m.Address
		return fact.Wants(fact.Missing{Kind: fact.Attribute, Name: name, Span: m.Span})
	}
	return d.Engine.Is(v.World, func(engine fact.Text) bool {
		name, _ := engine.Literal()
		return name == "ACTIVEMQ" || name == "ActiveMQ"
	})
}

// OfProxy is what an RDS proxy needs: the databases of its target groups.
func OfProxy(v *graph.View, proxy *graph.DataStore) (out Needs) {
	for _, t := range graph.Existing(v, proxy.Targets).Items {
		for _, it := range graph.Resolve(v, &v.DataStores, t.Value.Stores).Items {
			why := strconv.Quote(t.Value.Address) + " makes " + strconv.Quote(it.Value.Address) + " its target"
			out.Nodes = append(out.Nodes, Need{Name: it.Value.Address, Strength: Strong, Evidence: why, Span: it.Span})
		}
	}
	out.Nodes = merge(out.Nodes)
	return out
}
