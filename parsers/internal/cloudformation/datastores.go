package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/amazonmq"
	"github.com/awslabs/goformation/v7/cloudformation/dax"
	"github.com/awslabs/goformation/v7/cloudformation/docdb"
	"github.com/awslabs/goformation/v7/cloudformation/elasticache"
	"github.com/awslabs/goformation/v7/cloudformation/elasticsearch"
	"github.com/awslabs/goformation/v7/cloudformation/memorydb"
	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/neptune"
	"github.com/awslabs/goformation/v7/cloudformation/opensearchservice"
	"github.com/awslabs/goformation/v7/cloudformation/rds"
	"github.com/awslabs/goformation/v7/cloudformation/redshift"
	"github.com/awslabs/goformation/v7/cloudformation/redshiftserverless"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// store is what is read of a data store before it becomes a node. Absent subnets and groups are those of the default
// VPC, unless the store is one that may live outside any VPC.
type store struct {
	kind            string
	subnets         eval.Value
	subnetGroup     eval.Value
	groups          eval.Value
	public          eval.Value
	port            fact.Value[int]
	mayBeOutsideVPC bool
}

// stores says how each type of data store is read.
var stores = map[string]func(*lowering, *resource) store{
	"AWS::RDS::DBInstance":               (*lowering).dbInstance,
	"AWS::RDS::DBCluster":                (*lowering).dbCluster,
	"AWS::RDS::DBProxy":                  (*lowering).dbProxy,
	"AWS::DocDB::DBCluster":              (*lowering).docDBCluster,
	"AWS::Neptune::DBCluster":            (*lowering).neptuneCluster,
	"AWS::Redshift::Cluster":             (*lowering).redshiftCluster,
	"AWS::RedshiftServerless::Workgroup": (*lowering).redshiftWorkgroup,
	"AWS::DAX::Cluster":                  (*lowering).daxCluster,
	"AWS::ElastiCache::CacheCluster":     (*lowering).cacheCluster,
	"AWS::ElastiCache::ReplicationGroup": (*lowering).replicationGroup,
	"AWS::ElastiCache::ServerlessCache":  (*lowering).serverlessCache,
	"AWS::MemoryDB::Cluster":             (*lowering).memoryDBCluster,
	"AWS::OpenSearchService::Domain":     (*lowering).openSearchDomain,
	"AWS::Elasticsearch::Domain":         (*lowering).elasticsearchDomain,
	"AWS::MSK::Cluster":                  (*lowering).mskCluster,
	"AWS::MSK::ServerlessCluster":        (*lowering).mskServerless,
	"AWS::AmazonMQ::Broker":              (*lowering).broker,
}

func (l *lowering) dataStore(r *resource) {
	s := stores[r.typ](l, r)
	n := &graph.DataStore{Header: l.header(r), Kind: s.kind, Port: s.port, Public: read.Bool(l.symbols, s.public)}
	if s.subnets.Kind == eval.Absent && s.subnetGroup.Kind != eval.Absent {
		n.Subnets = l.groupSubnets(s.subnetGroup)
	} else {
		n.Subnets = refs(l, s.subnets, subnets)
	}
	n.Groups = refs(l, s.groups, securityGroups)
	if !s.mayBeOutsideVPC && !n.Subnets.IsSet {
		n.Subnets.Open = []fact.Gap{{Missing: []fact.Missing{{Kind: fact.Resource, Name: "subnets of the default VPC", Span: r.span}}}}
	}
	add(l, &l.network.DataStores, n)
}

// groupSubnets gives the subnets of the subnet group that v names; those of one defined elsewhere are not known.
func (l *lowering) groupSubnets(v eval.Value) fact.List[graph.Ref[graph.Subnet]] {
	out := fact.List[graph.Ref[graph.Subnet]]{Span: v.Span, IsSet: true}
	named := read.Cases(l.symbols, v)
	out.Open = named.Open
	for _, it := range named.Items {
		group := l.named(it.Value)
		if group == nil {
			out.Miss(it.When, fact.Missing{Kind: fact.Resource, Name: "subnet group " + l.symbols.Text(it.Value.Text).String(), Span: it.Span})
			continue
		}
		inner := refs(l, read.OnlyIf(it.When, group.properties.Get("SubnetIds")), subnets)
		out.Items = append(out.Items, inner.Items...)
		out.Open = append(out.Open, inner.Open...)
	}
	return out
}

// named is the resource of this deployment that v refers to, or nil.
func (l *lowering) named(v eval.Value) *resource {
	if s, ok := l.symbols.Only(v.Text); ok {
		return l.resources[s.Address]
	}
	return nil
}

func (l *lowering) dbInstance(r *resource) store {
	d := decoded[rds.DBInstance](l, r)
	p := d.P
	s := store{
		kind:        "RDS instance",
		subnetGroup: d.At(&p.DBSubnetGroupName),
		groups:      d.At(&p.VPCSecurityGroups),
		public:      d.At(&p.PubliclyAccessible),
		port:        read.PortOr(l.symbols, d.At(&p.Port), read.EnginePort(l.symbols, d.At(&p.Engine), read.PortNotKnown(r.address, r.span))),
	}
	// An instance of a cluster has the network of the cluster.
	id := d.At(&p.DBClusterIdentifier)
	if cluster := l.named(id); cluster != nil && cluster.typ == "AWS::RDS::DBCluster" {
		c := decode.Decode[rds.DBCluster](l.symbols, cluster.properties)
		s.subnetGroup = read.OrElse(s.subnetGroup, c.At(&c.P.DBSubnetGroupName))
		s.groups = read.OrElse(s.groups, c.At(&c.P.VpcSecurityGroupIds))
		s.port = l.clusterPort(c, cluster)
	} else if id.Kind != eval.Absent {
		missing := fact.Missing{Kind: fact.Resource, Name: "security groups of the cluster of " + r.address, Span: id.Span}
		s.groups = read.OrElse(s.groups, eval.Value{Kind: eval.Unknown, Span: id.Span, Missing: []fact.Missing{missing}})
	}
	return s
}

func (l *lowering) dbCluster(r *resource) store {
	d := decoded[rds.DBCluster](l, r)
	return store{
		kind:        "RDS cluster",
		subnetGroup: d.At(&d.P.DBSubnetGroupName),
		groups:      d.At(&d.P.VpcSecurityGroupIds),
		public:      d.At(&d.P.PubliclyAccessible),
		port:        l.clusterPort(d, r),
	}
}

func (l *lowering) dbProxy(r *resource) store {
	d := decoded[rds.DBProxy](l, r)
	return store{
		kind:    "RDS proxy",
		subnets: d.At(&d.P.VpcSubnetIds),
		groups:  d.At(&d.P.VpcSecurityGroupIds),
		port:    read.EnginePort(l.symbols, d.At(&d.P.EngineFamily), read.PortNotKnown(r.address, r.span)),
	}
}

func (l *lowering) docDBCluster(r *resource) store {
	d := decoded[docdb.DBCluster](l, r)
	return store{
		kind:        "DocumentDB cluster",
		subnetGroup: d.At(&d.P.DBSubnetGroupName),
		groups:      d.At(&d.P.VpcSecurityGroupIds),
		port:        read.PortOr(l.symbols, d.At(&d.P.Port), fact.Known(27017, r.span)),
	}
}

func (l *lowering) neptuneCluster(r *resource) store {
	d := decoded[neptune.DBCluster](l, r)
	return store{
		kind:        "Neptune cluster",
		subnetGroup: d.At(&d.P.DBSubnetGroupName),
		groups:      d.At(&d.P.VpcSecurityGroupIds),
		port:        read.PortOr(l.symbols, d.At(&d.P.DBPort), fact.Known(8182, r.span)),
	}
}

func (l *lowering) redshiftCluster(r *resource) store {
	d := decoded[redshift.Cluster](l, r)
	return store{
		kind:        "Redshift cluster",
		subnetGroup: d.At(&d.P.ClusterSubnetGroupName),
		groups:      d.At(&d.P.VpcSecurityGroupIds),
		public:      d.At(&d.P.PubliclyAccessible),
		port:        read.PortOr(l.symbols, d.At(&d.P.Port), fact.Known(5439, r.span)),
	}
}

func (l *lowering) redshiftWorkgroup(r *resource) store {
	d := decoded[redshiftserverless.Workgroup](l, r)
	return store{
		kind:    "Redshift Serverless workgroup",
		subnets: d.At(&d.P.SubnetIds),
		groups:  d.At(&d.P.SecurityGroupIds),
		public:  d.At(&d.P.PubliclyAccessible),
		port:    read.PortOr(l.symbols, d.At(&d.P.Port), fact.Known(5439, r.span)),
	}
}

func (l *lowering) daxCluster(r *resource) store {
	d := decoded[dax.Cluster](l, r)
	return store{
		kind:        "DAX cluster",
		subnetGroup: d.At(&d.P.SubnetGroupName),
		groups:      d.At(&d.P.SecurityGroupIds),
		port:        read.DAXPort(l.symbols, d.At(&d.P.ClusterEndpointEncryptionType), r.address, r.span),
	}
}

func (l *lowering) cacheCluster(r *resource) store {
	d := decoded[elasticache.CacheCluster](l, r)
	return store{
		kind:        "ElastiCache cluster",
		subnetGroup: d.At(&d.P.CacheSubnetGroupName),
		groups:      d.At(&d.P.VpcSecurityGroupIds),
		port:        read.PortOr(l.symbols, d.At(&d.P.Port), read.EnginePort(l.symbols, d.At(&d.P.Engine), read.PortNotKnown(r.address, r.span))),
	}
}

func (l *lowering) replicationGroup(r *resource) store {
	d := decoded[elasticache.ReplicationGroup](l, r)
	return store{
		kind:        "ElastiCache replication group",
		subnetGroup: d.At(&d.P.CacheSubnetGroupName),
		groups:      d.At(&d.P.SecurityGroupIds),
		port:        read.PortOr(l.symbols, d.At(&d.P.Port), fact.Known(6379, r.span)),
	}
}

func (l *lowering) serverlessCache(r *resource) store {
	d := decoded[elasticache.ServerlessCache](l, r)
	return store{
		kind:    "ElastiCache serverless cache",
		subnets: d.At(&d.P.SubnetIds),
		groups:  d.At(&d.P.SecurityGroupIds),
		port:    read.EnginePort(l.symbols, d.At(&d.P.Engine), read.PortNotKnown(r.address, r.span)),
	}
}

func (l *lowering) memoryDBCluster(r *resource) store {
	d := decoded[memorydb.Cluster](l, r)
	return store{
		kind:        "MemoryDB cluster",
		subnetGroup: d.At(&d.P.SubnetGroupName),
		groups:      d.At(&d.P.SecurityGroupIds),
		port:        read.PortOr(l.symbols, d.At(&d.P.Port), fact.Known(6379, r.span)),
	}
}

func (l *lowering) openSearchDomain(r *resource) store {
	d := decoded[opensearchservice.Domain](l, r)
	return store{
		kind:            "OpenSearch domain",
		subnets:         d.At(&d.P.VPCOptions.SubnetIds),
		groups:          d.At(&d.P.VPCOptions.SecurityGroupIds),
		port:            fact.Known(443, r.span),
		mayBeOutsideVPC: true,
	}
}

func (l *lowering) elasticsearchDomain(r *resource) store {
	d := decoded[elasticsearch.Domain](l, r)
	return store{
		kind:            "Elasticsearch domain",
		subnets:         d.At(&d.P.VPCOptions.SubnetIds),
		groups:          d.At(&d.P.VPCOptions.SecurityGroupIds),
		port:            fact.Known(443, r.span),
		mayBeOutsideVPC: true,
	}
}

func (l *lowering) mskCluster(r *resource) store {
	d := decoded[msk.Cluster](l, r)
	return store{
		kind:    "MSK cluster",
		subnets: d.At(&d.P.BrokerNodeGroupInfo.ClientSubnets),
		groups:  d.At(&d.P.BrokerNodeGroupInfo.SecurityGroups),
		port:    mskPort(d, r),
	}
}

func (l *lowering) mskServerless(r *resource) store {
	d := decoded[msk.ServerlessCluster](l, r)
	s := store{kind: "MSK serverless cluster", port: fact.Known(9098, r.span)}
	for _, it := range decode.Items(d, &d.P.VpcConfigs).Items {
		s.subnets = read.OrElse(s.subnets, read.OnlyIf(it.When, it.Value.At(&it.Value.P.SubnetIds)))
		s.groups = read.OrElse(s.groups, read.OnlyIf(it.When, it.Value.At(&it.Value.P.SecurityGroups)))
	}
	return s
}

func (l *lowering) broker(r *resource) store {
	d := decoded[amazonmq.Broker](l, r)
	return store{
		kind:    "Amazon MQ broker",
		subnets: d.At(&d.P.SubnetIds),
		groups:  d.At(&d.P.SecurityGroups),
		public:  d.At(&d.P.PubliclyAccessible),
		port:    read.EnginePort(l.symbols, d.At(&d.P.EngineType), read.PortNotKnown(r.address, r.span)),
	}
}
