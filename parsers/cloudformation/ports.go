package cloudformation

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/rds"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// clusterPort is the port of an Aurora or Multi-AZ cluster. For a provisioned Aurora PostgreSQL cluster AWS documents
// 3306 where the engine's own port is 5432, so that default is left open:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
func (l *lowering) clusterPort(d *decode.Decoded[rds.DBCluster], r *resource) fact.Value[int] {
	mode := d.At(&d.P.EngineMode)
	byDefault := fact.Map(read.EnginePort(l.symbols, d.At(&d.P.Engine), read.PortNotKnown(r.address, r.span)), func(port int, span source.Span) fact.Value[int] {
		if port == 5432 && mode.Text != "serverless" && strings.HasPrefix(d.At(&d.P.Engine).Text, "aurora") {
			return fact.NotKnown[int](span, fact.Missing{Kind: fact.Semantics, Name: "default port of " + r.address, Span: span})
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
