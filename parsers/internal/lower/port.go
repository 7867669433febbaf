package lower

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/dax"
	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/rds"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// notKnown is the port of r when only the author knows it.
func notKnown(r *Resource) fact.Value[int] {
	return fact.NotKnown[int](r.Span, fact.Missing{Kind: fact.Intent, Name: "port of " + r.Address, Span: r.Span})
}

// enginePort is the default port of the engine that v names, or notKnown.
func enginePort(symbols *symbol.Table, v value.Value, notKnown fact.Value[int]) fact.Value[int] {
	if v.Kind == value.Absent {
		return notKnown
	}
	return fact.Map(read.Text(symbols, v), func(t fact.Text, span source.Span) fact.Value[int] {
		engine, _ := t.Literal()
		if port, ok := aws.EnginePort(engine); ok {
			return fact.Known(port, span)
		}
		return notKnown
	})
}

// portOr is the port that is written, else the default.
func portOr(symbols *symbol.Table, v value.Value, byDefault fact.Value[int]) fact.Value[int] {
	switch v = read.Expand(symbols, v); v.Kind {
	case value.Absent:
		return byDefault
	case value.Choice:
		return fact.Choice(v.When, portOr(symbols, *v.Then, byDefault), portOr(symbols, *v.Else, byDefault), v.Span)
	}
	return read.Int(symbols, v)
}

// clusterPort is the port of an Aurora or Multi-AZ cluster, see Defaults.AuroraPort.
func clusterPort(l *Deployment, r *Resource, d *decode.Decoded[rds.DBCluster], s *store) {
	mode, engine := d.At(&d.P.EngineMode), d.At(&d.P.Engine)
	unsure := l.defaults.AuroraPort && mode.Text != "serverless" && strings.HasPrefix(engine.Text, "aurora")
	own := enginePort(l.symbols, engine, notKnown(r))
	byDefault := fact.Map(own, func(port int, span source.Span) fact.Value[int] {
		if port != 5432 || !unsure {
			return fact.Known(port, span)
		}
		subject := "default port of " + r.Address
		why := fact.Missing{Kind: fact.Semantics, Name: subject, Span: span}
		isOwn := fact.If(&fact.Atom{Subject: subject, Literal: "5432", Why: []fact.Missing{why}})
		return fact.Choice(isOwn, fact.Known(port, span), fact.Known(3306, span), span)
	})
	s.port = portOr(l.symbols, d.At(&d.P.Port), byDefault)
}

// daxPort is the port of a DAX cluster, by the encryption of its endpoint.
func daxPort(l *Deployment, r *Resource, d *decode.Decoded[dax.Cluster], s *store) {
	encryption := d.At(&d.P.ClusterEndpointEncryptionType)
	if encryption.Kind == value.Absent {
		s.port = fact.Known(aws.DAXPlain, r.Span)
		return
	}
	s.port = fact.Map(read.Text(l.symbols, encryption), func(t fact.Text, span source.Span) fact.Value[int] {
		switch kind, known := t.Literal(); {
		case kind == "TLS":
			return fact.Known(aws.DAXEncrypted, span)
		case kind == "NONE":
			return fact.Known(aws.DAXPlain, span)
		case !known:
			return fact.NotKnown[int](span, t.Missing()...)
		}
		return notKnown(r)
	})
}

// brokerPort is the port of a cluster that offers one way to authenticate; of several, only the author knows which one
// clients use. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
func brokerPort(_ *Deployment, r *Resource, d *decode.Decoded[msk.Cluster], s *store) {
	auth := d.P.ClientAuthentication
	s.port = notKnown(r)
	var ports []int
	for _, way := range []struct {
		enabled any
		port    int
	}{
		{&auth.Sasl.Iam.Enabled, aws.MSKIAM},
		{&auth.Sasl.Scram.Enabled, aws.MSKSCRAM},
		{&auth.Tls.Enabled, aws.MSKTLS},
		{&auth.Unauthenticated.Enabled, aws.MSKPlain},
	} {
		switch enabled, known := d.Bool(way.enabled).Get(nil); {
		case known.IsUnknown():
			return
		case enabled:
			ports = append(ports, way.port)
		}
	}
	// Without authentication the listener also depends on encryption.
	if len(ports) == 1 && ports[0] != aws.MSKPlain {
		s.port = fact.Known(ports[0], d.At(&d.P.ClientAuthentication).Span)
	}
}

// port is a port of a rule, which may be the one that a data store of this deployment tells of itself.
func (l *Deployment) port(v value.Value) fact.Value[int] {
	return read.Convert(l.symbols, v, func(v value.Value) fact.Value[int] {
		s, ok := l.symbols.Only(v.Text)
		if r := l.resources[s.Address]; ok && r != nil && !r.Data && isPort(s.Attribute) {
			if store, isStore := stores[r.As]; isStore {
				return store.read(l, r).port
			}
		}
		return read.Int(l.symbols, v)
	})
}
