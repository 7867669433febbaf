package terraform

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// store says how a type of data store is written: the paths of its arguments, each empty where it has none.
type store struct {
	kind                           string
	subnets, group, groups, public string
	port, engine                   string
	// byDefault is the port of a store whose engine has only one, 0 of others.
	byDefault int
	// mayBeOutsideVPC is set where no subnets means no VPC; else it means the default VPC.
	mayBeOutsideVPC bool
}

// The default ports are those of the AWS pages of each service.
var stores = map[string]store{
	"aws_db_instance":                   {kind: "RDS instance", group: "db_subnet_group_name", groups: "vpc_security_group_ids", public: "publicly_accessible", port: "port", engine: "engine"},
	"aws_rds_cluster":                   {kind: "RDS cluster", group: "db_subnet_group_name", groups: "vpc_security_group_ids", port: "port", engine: "engine"},
	"aws_db_proxy":                      {kind: "RDS proxy", subnets: "vpc_subnet_ids", groups: "vpc_security_group_ids", engine: "engine_family"},
	"aws_docdb_cluster":                 {kind: "DocumentDB cluster", group: "db_subnet_group_name", groups: "vpc_security_group_ids", port: "port", byDefault: 27017},
	"aws_neptune_cluster":               {kind: "Neptune cluster", group: "neptune_subnet_group_name", groups: "vpc_security_group_ids", port: "port", byDefault: 8182},
	"aws_redshift_cluster":              {kind: "Redshift cluster", group: "cluster_subnet_group_name", groups: "vpc_security_group_ids", public: "publicly_accessible", port: "port", byDefault: 5439},
	"aws_redshiftserverless_workgroup":  {kind: "Redshift Serverless workgroup", subnets: "subnet_ids", groups: "security_group_ids", public: "publicly_accessible", port: "port", byDefault: 5439},
	"aws_dax_cluster":                   {kind: "DAX cluster", group: "subnet_group_name", groups: "security_group_ids"},
	"aws_elasticache_cluster":           {kind: "ElastiCache cluster", group: "subnet_group_name", groups: "security_group_ids", port: "port", engine: "engine"},
	"aws_elasticache_replication_group": {kind: "ElastiCache replication group", group: "subnet_group_name", groups: "security_group_ids", port: "port", byDefault: 6379},
	"aws_elasticache_serverless_cache":  {kind: "ElastiCache serverless cache", subnets: "subnet_ids", groups: "security_group_ids", engine: "engine"},
	"aws_memorydb_cluster":              {kind: "MemoryDB cluster", group: "subnet_group_name", groups: "security_group_ids", port: "port", byDefault: 6379},
	"aws_opensearch_domain":             {kind: "OpenSearch domain", subnets: "vpc_options.subnet_ids", groups: "vpc_options.security_group_ids", byDefault: 443, mayBeOutsideVPC: true},
	"aws_elasticsearch_domain":          {kind: "Elasticsearch domain", subnets: "vpc_options.subnet_ids", groups: "vpc_options.security_group_ids", byDefault: 443, mayBeOutsideVPC: true},
	"aws_msk_cluster":                   {kind: "MSK cluster", subnets: "broker_node_group_info.client_subnets", groups: "broker_node_group_info.security_groups"},
	"aws_msk_serverless_cluster":        {kind: "MSK serverless cluster", subnets: "vpc_config.subnet_ids", groups: "vpc_config.security_group_ids", byDefault: 9098},
	"aws_mq_broker":                     {kind: "Amazon MQ broker", subnets: "subnet_ids", groups: "security_groups", public: "publicly_accessible", engine: "engine_type"},
}

// dataStore reads a database, cache or broker.
func (l *lowering) dataStore(r *resource) {
	s := stores[r.Type]
	n := &graph.DataStore{
		Header:  l.header(r),
		Kind:    s.kind,
		Subnets: refs(l, r.path(s.subnets), subnets),
		Groups:  refs(l, r.path(s.groups), securityGroups),
		Port:    l.port(r, s),
		Public:  l.bool(r.path(s.public)),
	}
	// The provider's default changed with version 6: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
	if r.Type == "aws_redshift_cluster" {
		n.Public = n.Public.Otherwise(fact.NotKnown[bool](r.Span, fact.Missing{Kind: fact.Semantics, Name: r.Address + ".publicly_accessible", Span: r.Span}))
	}
	if group := r.path(s.group); group.Kind != value.Absent {
		n.Subnets = l.groupSubnets(r, group)
	}
	if !s.mayBeOutsideVPC && !n.Subnets.IsSet {
		n.Subnets.Open = []fact.Gap{{Missing: []fact.Missing{{Kind: fact.Resource, Name: "subnets of the default VPC", Span: r.Span}}}}
	}
	graph.Add(l.builder, &l.network.DataStores, n)
}

// path is an argument of the resource or, behind a point, of the one block of that name.
func (r *resource) path(path string) value.Value {
	if path == "" {
		return value.Value{}
	}
	v := r.config
	for name := range strings.SplitSeq(path, ".") {
		v = first(v).Get(name)
	}
	return v
}

// port is the port that is written, else the default of the engine.
func (l *lowering) port(r *resource, s store) fact.Value[int] {
	byDefault := read.PortNotKnown(r.Address, r.Span)
	if s.byDefault != 0 {
		byDefault = fact.Known(s.byDefault, r.Span)
	} else if s.engine != "" {
		byDefault = read.EnginePort(l.symbols, r.path(s.engine), byDefault)
	} else if r.Type == "aws_msk_cluster" {
		byDefault = l.brokerPort(r)
	} else if r.Type == "aws_dax_cluster" {
		return read.DAXPort(l.symbols, r.path("cluster_endpoint_encryption_type"), r.Address, r.Span)
	}
	return read.PortOr(l.symbols, r.path(s.port), byDefault)
}

// rulePort is a port of a rule, which may be the one that a data store of this program tells of itself. The endpoint for
// readers of a serverless cache has another.
func (l *lowering) rulePort(v value.Value) fact.Value[int] {
	return read.Convert(l.symbols, v, func(v value.Value) fact.Value[int] {
		s, ok := l.symbols.Only(v.Text)
		r := l.resources[s.Address]
		if !ok || r == nil || r.Data || !strings.HasSuffix(s.Attribute, "port") || strings.HasPrefix(s.Attribute, "reader") {
			return l.int(v)
		}
		if store, ok := stores[r.Type]; ok {
			return l.port(r, store)
		}
		return l.int(v)
	})
}

// brokerPort is the port of a cluster that offers one way to authenticate; of several, only the author knows which one
// clients use. Without any, the listener depends on encryption.
// https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
func (l *lowering) brokerPort(r *resource) fact.Value[int] {
	notKnown := read.PortNotKnown(r.Address, r.Span)
	var ports []int
	for _, way := range []struct {
		path string
		port int
	}{
		{"client_authentication.sasl.iam", 9098},
		{"client_authentication.sasl.scram", 9096},
		{"client_authentication.tls.certificate_authority_arns", 9094},
		{"client_authentication.unauthenticated", 9092},
	} {
		v := r.path(way.path)
		switch on, known := l.bool(v).Get(nil); {
		case way.port == 9094:
			if v.Kind != value.Absent {
				ports = append(ports, way.port)
			}
		case known.IsUnknown():
			return notKnown
		case on:
			ports = append(ports, way.port)
		}
	}
	if len(ports) != 1 || ports[0] == 9092 {
		return notKnown
	}
	return fact.Known(ports[0], r.Span)
}

// groupSubnets gives the subnets of the subnet group that v, an argument of r, names; those of one defined elsewhere are not known.
func (l *lowering) groupSubnets(r *resource, v value.Value) fact.List[graph.Ref[graph.Subnet]] {
	out := fact.List[graph.Ref[graph.Subnet]]{Span: v.Span, IsSet: true}
	named := read.Cases(l.symbols, v)
	out.Open = named.Open
	for _, it := range named.Items {
		group := l.named(r, it.Value.Text, subnetGroups)
		if group == nil {
			out.Miss(it.When, fact.Missing{Kind: fact.Resource, Name: "subnet group " + l.symbols.Text(it.Value.Text).String(), Span: it.Span})
			continue
		}
		inner := refs(l, read.OnlyIf(it.When, group.get("subnet_ids")), subnets)
		out.Items = append(out.Items, inner.Items...)
		out.Open = append(out.Open, inner.Open...)
	}
	return out
}

var subnetGroups = []string{
	"aws_db_subnet_group", "aws_docdb_subnet_group", "aws_neptune_subnet_group", "aws_redshift_subnet_group",
	"aws_elasticache_subnet_group", "aws_memorydb_subnet_group", "aws_dax_subnet_group",
}

// named is the resource of one of the types that text refers to where by has it, by an attribute or by its name, or nil.
func (l *lowering) named(by *resource, text string, types []string) *resource {
	if s, ok := l.symbols.Only(text); ok {
		if r := l.resources[s.Address]; r != nil && !r.Data {
			return r
		}
	}
	for _, typ := range types {
		if address, ok := l.names.called(typ, text, by.Address); ok && text != "" {
			return l.resources[address]
		}
	}
	return nil
}
