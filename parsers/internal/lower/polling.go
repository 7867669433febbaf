package lower

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/lambda"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) eventSourceMapping(r *Resource, d *decode.Decoded[eventSourceMapping]) {
	p := d.P
	m := &graph.EventSourceMapping{
		Header:      l.header(r),
		Function:    Ref(l, l.unqualified(d.At(&p.FunctionName)), Functions),
		Source:      d.Text(&p.EventSourceArn),
		Provisioned: read.Present(l.symbols, d.At(&p.ProvisionedPollerConfig)),
		Enabled:     d.Bool(&p.Enabled),
	}
	for _, it := range decode.Items(d, &p.SourceAccessConfigurations).Items {
		l.sourceAccess(m, it)
	}
	m.Secrets.Open = decode.Items(d, &p.SourceAccessConfigurations).Open
	m.Polls = polls(d, m)
	add(l, &l.network.EventSourceMappings, m)
}

// polls is the kind of source that properties of the mapping show: only Kafka has topics, only a broker queues. Of a
// cluster outside of AWS those in a VPC count, which has subnets.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
func polls(d *decode.Decoded[eventSourceMapping], m *graph.EventSourceMapping) (kind fact.Value[aws.Kind]) {
	isThere := func(field any) bool { return d.At(field).Kind != value.Absent }
	switch p := d.P; {
	case m.Source.IsUnset() && len(m.Subnets.Items) > 0:
		return fact.Known(aws.KafkaCluster, m.Span)
	case m.Source.IsUnset():
	case isThere(&p.Topics):
		return fact.Known(aws.MSKCluster, m.Span)
	case isThere(&p.Queues):
		return fact.Known(aws.MQBroker, m.Span)
	case isThere(&p.DocumentDBEventSourceConfig):
		return fact.Known(aws.DocumentDBCluster, m.Span)
	}
	return kind
}

// sourceAccess reads one of SourceAccessConfigurations: a subnet or group of the pollers, or a secret.
// https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html
func (l *Deployment) sourceAccess(
	m *graph.EventSourceMapping, it fact.Item[*decode.Decoded[lambda.EventSourceMapping_SourceAccessConfiguration]],
) {
	p := it.Value.P
	uri := it.Value.At(&p.URI)
	for _, typ := range fact.Cases(it.Value.Text(&p.Type)) {
		when := it.When.And(typ.When)
		text, _ := typ.Value.Get(nil)
		name, known := text.Literal()
		switch {
		case !known:
			m.Secrets.Miss(when, text.Missing()...)
		case name == "VPC_SUBNET":
			m.Subnets.AppendIf(when, Ref(l, behind(uri, "subnet:"), Subnets), it.Span)
		case name == "VPC_SECURITY_GROUP":
			m.Groups.AppendIf(when, Ref(l, behind(uri, "security_group:"), SecurityGroups), it.Span)
		case name != "VIRTUAL_HOST":
			m.Secrets.AppendIf(when, read.Text(l.symbols, uri), source.Span(it.Span))
		}
	}
}

// behind is the text without a prefix that it may have.
func behind(v value.Value, prefix string) value.Value {
	v.Text = strings.TrimPrefix(v.Text, prefix)
	return v
}
