package read

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
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

// PortNotKnown is the port of the resource at address when only the author knows it.
func PortNotKnown(address string, span source.Span) fact.Value[int] {
	return fact.NotKnown[int](span, fact.Missing{Kind: fact.Intent, Name: "port of " + address, Span: span})
}

// EnginePort is the default port of the engine that v names, or notKnown.
func EnginePort(symbols *symbol.Table, v value.Value, notKnown fact.Value[int]) fact.Value[int] {
	if v.Kind == value.Absent {
		return notKnown
	}
	return fact.Map(Text(symbols, v), func(t fact.Text, span source.Span) fact.Value[int] {
		engine, _ := t.Literal()
		for _, e := range enginePorts {
			if strings.HasPrefix(strings.ToLower(engine), e.prefix) {
				return fact.Known(e.port, span)
			}
		}
		return notKnown
	})
}

// PortOr is the port that is written, else the default.
func PortOr(symbols *symbol.Table, v value.Value, byDefault fact.Value[int]) fact.Value[int] {
	switch v = Expand(symbols, v); v.Kind {
	case value.Absent:
		return byDefault
	case value.Choice:
		return fact.Choice(v.When, PortOr(symbols, *v.Then, byDefault), PortOr(symbols, *v.Else, byDefault), v.Span)
	}
	return Int(symbols, v)
}

// FileSystem is the Kind of an EFS file system, and NFS the port of its mount targets.
// https://docs.aws.amazon.com/efs/latest/ug/network-access.html
const (
	FileSystem = "EFS file system"
	NFS        = 2049
)

// DAXPort is the port of the DAX cluster at address, by the encryption of its endpoint.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.cli.html#DAX.create-cluster.cli.configure-inbound-rules
func DAXPort(symbols *symbol.Table, encryption value.Value, address string, span source.Span) fact.Value[int] {
	if encryption.Kind == value.Absent {
		return fact.Known(8111, span)
	}
	return fact.Map(Text(symbols, encryption), func(t fact.Text, span source.Span) fact.Value[int] {
		switch kind, known := t.Literal(); {
		case kind == "TLS":
			return fact.Known(9111, span)
		case kind == "NONE":
			return fact.Known(8111, span)
		case !known:
			return fact.NotKnown[int](span, t.Missing()...)
		}
		return PortNotKnown(address, span)
	})
}
