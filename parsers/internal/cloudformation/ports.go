package cloudformation

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/rds"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// clusterPort is the port of an Aurora or Multi-AZ cluster. For a provisioned Aurora PostgreSQL cluster AWS documents
// 3306 where the engine's own port is 5432, so that default is one or the other:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
func (l *lowering) clusterPort(d *decode.Decoded[rds.DBCluster], r *resource) fact.Value[int] {
	mode := d.At(&d.P.EngineMode)
	byDefault := fact.Map(read.EnginePort(l.symbols, d.At(&d.P.Engine), read.PortNotKnown(r.address, r.span)), func(port int, span source.Span) fact.Value[int] {
		if port == 5432 && mode.Text != "serverless" && strings.HasPrefix(d.At(&d.P.Engine).Text, "aurora") {
			subject := "default port of " + r.address
			why := fact.Missing{Kind: fact.Semantics, Name: subject, Span: span}
			own := fact.If(&fact.Atom{Subject: subject, Literal: "5432", Why: []fact.Missing{why}})
			return fact.Choice(own, fact.Known(port, span), fact.Known(3306, span), span)
		}
		return fact.Known(port, span)
	})
	return read.PortOr(l.symbols, d.At(&d.P.Port), byDefault)
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

// port is a port of a rule, which may be the one that a data store of this deployment tells of itself. The endpoint for
// readers of a serverless cache has another.
func (l *lowering) port(v eval.Value) fact.Value[int] {
	return read.Convert(l.symbols, v, func(v eval.Value) fact.Value[int] {
		s, ok := l.symbols.Only(v.Text)
		r := l.resources[s.Address]
		if !ok || r == nil || stores[r.typ] == nil || !strings.HasSuffix(s.Attribute, "Port") || strings.HasPrefix(s.Attribute, "Reader") {
			return read.Int(l.symbols, v)
		}
		told := len(l.diagnostics)
		port := stores[r.typ](l, r).port
		l.diagnostics = l.diagnostics[:told] // the store tells them itself
		return port
	})
}
