package cloudformation

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/rds"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// enginePorts are the ports that engines listen on unless told otherwise, by the start of the engine's name.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
// ActiveMQ is left out: each of its protocols has a port of its own.
var enginePorts = []struct {
	prefix string
	port   int
}{
	{"mysql", 3306},
	{"mariadb", 3306},
	{"postgres", 5432},
	{"aurora-mysql", 3306},
	{"aurora-postgresql", 5432},
	{"sqlserver", 1433},
	{"oracle", 1521},
	{"custom-sqlserver", 1433},
	{"custom-oracle", 1521},
	{"redis", 6379},
	{"valkey", 6379},
	{"memcached", 11211},
	{"rabbitmq", 5671},
}

// enginePort is the default port of the engine that v names.
func (l *lowering) enginePort(v eval.Value, r *resource) fact.Value[int] {
	notKnown := fact.NotKnown[int](r.span, fact.Missing{Kind: fact.Intent, Name: "port of " + r.address, Span: r.span})
	if v.Kind == eval.Absent {
		return notKnown
	}
	return fact.Map(decode.Text(l.symbols, v), func(t fact.Text, span source.Span) fact.Value[int] {
		engine, _ := t.Literal()
		for _, e := range enginePorts {
			if strings.HasPrefix(strings.ToLower(engine), e.prefix) {
				return fact.Known(e.port, span)
			}
		}
		return notKnown
	})
}

// portOr is the port that is written, else the default.
func (l *lowering) portOr(v eval.Value, byDefault fact.Value[int]) fact.Value[int] {
	switch v = decode.Expand(l.symbols, v); v.Kind {
	case eval.Absent:
		return byDefault
	case eval.Choice:
		return fact.Choice(v.When, l.portOr(*v.Then, byDefault), l.portOr(*v.Else, byDefault), v.Span)
	}
	return decode.Int(l.symbols, v)
}

// clusterPort is the port of an Aurora or Multi-AZ cluster. For a provisioned Aurora PostgreSQL cluster AWS documents
// 3306 where the engine's own port is 5432, so that default is left open:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
func (l *lowering) clusterPort(d *decode.Decoded[rds.DBCluster], r *resource) fact.Value[int] {
	mode := d.At(&d.P.EngineMode)
	byDefault := fact.Map(l.enginePort(d.At(&d.P.Engine), r), func(port int, span source.Span) fact.Value[int] {
		if port == 5432 && mode.Text != "serverless" && strings.HasPrefix(d.At(&d.P.Engine).Text, "aurora") {
			return fact.NotKnown[int](span, fact.Missing{Kind: fact.Semantics, Name: "default port of " + r.address, Span: span})
		}
		return fact.Known(port, span)
	})
	return l.portOr(d.At(&d.P.Port), byDefault)
}

// mskPort is the port of a cluster that offers one way to authenticate; of several, only the author knows which one
// clients use. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
func mskPort(d *decode.Decoded[msk.Cluster], r *resource) fact.Value[int] {
	auth := d.P.ClientAuthentication
	notKnown := fact.NotKnown[int](r.span, fact.Missing{Kind: fact.Intent, Name: "port of " + r.address, Span: r.span})
	var ports []int
	for _, way := range []struct {
		enabled any
		port    int
	}{
		{&auth.Sasl.Iam.Enabled, 9098},
		{&auth.Sasl.Scram.Enabled, 9096},
		{&auth.Tls.Enabled, 9094},
		{&auth.Unauthenticated.Enabled, 9092},
	} {
		switch enabled, known := d.Bool(way.enabled).Get(nil); {
		case known.IsUnknown():
			return notKnown
		case enabled:
			ports = append(ports, way.port)
		}
	}
	// Without authentication the listener also depends on encryption.
	if len(ports) != 1 || ports[0] == 9092 {
		return notKnown
	}
	return fact.Known(ports[0], d.At(&d.P.ClientAuthentication).Span)
}
