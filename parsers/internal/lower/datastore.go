package lower

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/amazonmq"
	"github.com/awslabs/goformation/v7/cloudformation/dax"
	"github.com/awslabs/goformation/v7/cloudformation/docdb"
	"github.com/awslabs/goformation/v7/cloudformation/docdbelastic"
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
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// fields points at the fields of a struct that say where a data store is and how it is reached. Those that the type
// does not have are nil.
type fields struct{ subnets, group, groups, public, port, engine any }

// store is what is read of a data store before it becomes a node.
type store struct {
	kind                           aws.Kind
	subnets, group, groups, public value.Value
	port                           fact.Value[int]
	engine                         fact.Value[fact.Text]
}

// storeType is a type of data stores: the struct that knows its properties, and how they are read.
type storeType struct {
	shape reflect.Type
	read  func(*Deployment, *Resource) store
	check func(*Deployment, *Resource)
}

// storeOf says where the properties of a type are. More reads what fields cannot say.
func storeOf[T any](
	k aws.Kind, where func(*T) fields, more ...func(*Deployment, *Resource, *decode.Decoded[T], *store),
) storeType {
	return storeType{
		shape: reflect.TypeFor[T](),
		check: func(l *Deployment, r *Resource) { decoded[T](l, r) },
		read: func(l *Deployment, r *Resource) store {
			d := decode.Decode[T](l.symbols, r.Properties)
			f := where(d.P)
			s := store{
				kind: k, subnets: d.At(f.subnets), group: d.At(f.group), groups: d.At(f.groups), public: d.At(f.public),
			}
			byDefault := notKnown(r)
			if port := k.Port(); port != 0 {
				byDefault = fact.Known(port, r.Span)
			} else {
				byDefault = enginePort(l.symbols, d.At(f.engine), byDefault)
			}
			s.port = portOr(l.symbols, d.At(f.port), byDefault)
			if f.engine != nil {
				s.engine = d.Text(f.engine)
			}
			for _, read := range more {
				read(l, r, d, &s)
			}
			return s
		},
	}
}

var dbCluster = storeOf(aws.RDSCluster, func(p *rds.DBCluster) fields {
	return fields{group: &p.DBSubnetGroupName, groups: &p.VpcSecurityGroupIds, public: &p.PubliclyAccessible}
}, clusterPort)

var dbProxy = storeOf(aws.RDSProxy, func(p *rds.DBProxy) fields {
	return fields{subnets: &p.VpcSubnetIds, groups: &p.VpcSecurityGroupIds, engine: &p.EngineFamily}
})

// stores says how each type of data store is read.
var stores = map[string]storeType{
	"AWS::RDS::DBInstance": storeOf(aws.RDSInstance, func(p *rds.DBInstance) fields {
		return fields{
			group: &p.DBSubnetGroupName, groups: &p.VPCSecurityGroups, public: &p.PubliclyAccessible,
			port: &p.Port, engine: &p.Engine,
		}
	}, ofCluster),
	"AWS::RDS::DBCluster": dbCluster,
	"AWS::RDS::DBProxy":   dbProxy,
	"AWS::RDS::DBProxyEndpoint": storeOf(aws.RDSProxyEndpoint, func(p *rds.DBProxyEndpoint) fields {
		return fields{subnets: &p.VpcSubnetIds, groups: &p.VpcSecurityGroupIds}
	}, ofProxy),
	"AWS::DocDBElastic::Cluster": storeOf(aws.ElasticDocumentDBCluster, func(p *docdbelastic.Cluster) fields {
		return fields{subnets: &p.SubnetIds, groups: &p.VpcSecurityGroupIds}
	}),
	"AWS::Timestream::InfluxDBInstance": storeOf(aws.InfluxDBInstance, func(p *influxDBInstance) fields {
		return fields{
			subnets: &p.VpcSubnetIds, groups: &p.VpcSecurityGroupIds, public: &p.PubliclyAccessible, port: &p.Port,
		}
	}),
	"AWS::DocDB::DBCluster": storeOf(aws.DocumentDBCluster, func(p *docdb.DBCluster) fields {
		return fields{group: &p.DBSubnetGroupName, groups: &p.VpcSecurityGroupIds, port: &p.Port}
	}),
	"AWS::Neptune::DBCluster": storeOf(aws.NeptuneCluster, func(p *neptune.DBCluster) fields {
		return fields{group: &p.DBSubnetGroupName, groups: &p.VpcSecurityGroupIds, port: &p.DBPort}
	}),
	"AWS::Redshift::Cluster": storeOf(aws.RedshiftCluster, func(p *redshift.Cluster) fields {
		return fields{
			group: &p.ClusterSubnetGroupName, groups: &p.VpcSecurityGroupIds, public: &p.PubliclyAccessible,
			port: &p.Port,
		}
	}),
	"AWS::RedshiftServerless::Workgroup": storeOf(aws.RedshiftServerlessWorkgroup,
		func(p *redshiftserverless.Workgroup) fields {
			return fields{
				subnets: &p.SubnetIds, groups: &p.SecurityGroupIds, public: &p.PubliclyAccessible, port: &p.Port,
			}
		}),
	"AWS::DAX::Cluster": storeOf(aws.DAXCluster, func(p *dax.Cluster) fields {
		return fields{group: &p.SubnetGroupName, groups: &p.SecurityGroupIds}
	}, daxPort),
	"AWS::ElastiCache::CacheCluster": storeOf(aws.CacheCluster, func(p *elasticache.CacheCluster) fields {
		return fields{group: &p.CacheSubnetGroupName, groups: &p.VpcSecurityGroupIds, port: &p.Port, engine: &p.Engine}
	}),
	"AWS::ElastiCache::ReplicationGroup": storeOf(aws.ReplicationGroup, func(p *elasticache.ReplicationGroup) fields {
		return fields{group: &p.CacheSubnetGroupName, groups: &p.SecurityGroupIds, port: &p.Port}
	}),
	"AWS::ElastiCache::ServerlessCache": storeOf(aws.ServerlessCache, func(p *elasticache.ServerlessCache) fields {
		return fields{subnets: &p.SubnetIds, groups: &p.SecurityGroupIds, engine: &p.Engine}
	}),
	"AWS::MemoryDB::Cluster": storeOf(aws.MemoryDBCluster, func(p *memorydb.Cluster) fields {
		return fields{group: &p.SubnetGroupName, groups: &p.SecurityGroupIds, port: &p.Port}
	}),
	"AWS::OpenSearchService::Domain": storeOf(aws.OpenSearchDomain, func(p *opensearchservice.Domain) fields {
		return fields{subnets: &p.VPCOptions.SubnetIds, groups: &p.VPCOptions.SecurityGroupIds}
	}),
	"AWS::Elasticsearch::Domain": storeOf(aws.ElasticsearchDomain, func(p *elasticsearch.Domain) fields {
		return fields{subnets: &p.VPCOptions.SubnetIds, groups: &p.VPCOptions.SecurityGroupIds}
	}),
	"AWS::MSK::Cluster": storeOf(aws.MSKCluster, func(p *msk.Cluster) fields {
		return fields{subnets: &p.BrokerNodeGroupInfo.ClientSubnets, groups: &p.BrokerNodeGroupInfo.SecurityGroups}
	}, brokerPort, brokerAccess),
	"AWS::MSK::ServerlessCluster": storeOf(aws.MSKServerlessCluster, func(*msk.ServerlessCluster) fields {
		return fields{}
	}, ofServerlessCluster),
	"AWS::AmazonMQ::Broker": storeOf(aws.MQBroker, func(p *amazonmq.Broker) fields {
		return fields{
			subnets: &p.SubnetIds, groups: &p.SecurityGroups, public: &p.PubliclyAccessible, engine: &p.EngineType,
		}
	}),
}

// dataStore adds a database, cache or broker. One without subnets is in the default VPC, but for those that may live
// outside any VPC.
func (l *Deployment) dataStore(r *Resource) {
	stores[r.As].check(l, r)
	s := stores[r.As].read(l, r)
	n := &graph.DataStore{
		Header: l.header(r), Kind: string(s.kind), Port: s.port, Engine: s.engine,
		Public: read.Bool(l.symbols, s.public),
	}
	if s.subnets.Kind == value.Absent && s.group.Kind != value.Absent {
		n.Subnets = l.groupSubnets(r, s.group)
	} else {
		n.Subnets = refs(l, s.subnets, Subnets)
	}
	n.Groups = refs(l, s.groups, SecurityGroups)
	mayBeOutsideVPC := s.kind == aws.OpenSearchDomain || s.kind == aws.ElasticsearchDomain
	if !mayBeOutsideVPC && !n.Subnets.IsSet {
		missing := fact.Missing{Kind: fact.Resource, Name: "subnets of the default VPC", Span: r.Span}
		n.Subnets.Open = []fact.Gap{{Missing: []fact.Missing{missing}}}
	}
	add(l, &l.network.DataStores, n)
}

// named is the resource of this deployment that v refers to, by any of its attributes or by its address, or nil.
func (l *Deployment) named(v value.Value) *Resource {
	address := v.Text
	if s, ok := l.symbols.Only(v.Text); ok {
		address = s.Address
	}
	if r := l.resources[address]; r != nil && !r.Data {
		return r
	}
	return nil
}

// ofCluster gives an instance of a cluster the network of the cluster.
func ofCluster(l *Deployment, r *Resource, d *decode.Decoded[rds.DBInstance], s *store) {
	id := d.At(&d.P.DBClusterIdentifier)
	if cluster := l.named(id); cluster != nil && cluster.As == "AWS::RDS::DBCluster" {
		c := dbCluster.read(l, cluster)
		s.group, s.groups, s.port = read.OrElse(s.group, c.group), read.OrElse(s.groups, c.groups), c.port
	} else if id.Kind != value.Absent {
		name := "security groups of the cluster of " + r.Address
		missing := fact.Missing{Kind: fact.Resource, Name: name, Span: id.Span}
		unknown := value.NotKnown(id.Span, missing)
		s.groups = read.OrElse(s.groups, unknown)
	}
}

// brokerAccess says whether the brokers have public addresses: they have none unless the cluster asks for them.
// https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
func brokerAccess(_ *Deployment, r *Resource, _ *decode.Decoded[msk.Cluster], s *store) {
	access := r.Get("BrokerNodeGroupInfo").Get("ConnectivityInfo").Get("PublicAccess").Get("Type")
	switch {
	case access.Kind == value.Absent:
	case access.Kind == value.Text && !symbol.Has(access.Text):
		public := access.Text != "DISABLED"
		s.public = value.Value{Kind: value.Text, Text: strconv.FormatBool(public), Span: access.Span}
	default:
		missing := fact.Missing{Kind: fact.Attribute, Name: "public access to " + r.Address, Span: access.Span}
		s.public = value.NotKnown(access.Span, missing)
	}
}

// ofServerlessCluster reads the configurations of a serverless MSK cluster, which has one for each VPC.
func ofServerlessCluster(_ *Deployment, _ *Resource, d *decode.Decoded[msk.ServerlessCluster], s *store) {
	for _, it := range decode.Items(d, &d.P.VpcConfigs).Items {
		p := it.Value.P
		s.subnets = read.OrElse(s.subnets, read.OnlyIf(it.When, it.Value.At(&p.SubnetIds)))
		s.groups = read.OrElse(s.groups, read.OnlyIf(it.When, it.Value.At(&p.SecurityGroups)))
	}
}

// fileSystem makes a file system of the kind, which functions mount.
func fileSystem(kind aws.Kind) func(*Deployment, *Resource) {
	return func(l *Deployment, r *Resource) {
		add(l, &l.network.DataStores, &graph.DataStore{
			Header: l.header(r), Kind: string(kind), Mounted: true, Port: fact.Known(kind.Port(), r.Span),
		})
	}
}

// mountTarget makes a mount target of a file system of the kind. The services name its properties alike.
func mountTarget[T any](of Of[graph.DataStore]) func(*Deployment, *Resource, *decode.Decoded[T]) {
	return func(l *Deployment, r *Resource, _ *decode.Decoded[T]) {
		add(l, &l.network.MountTargets, &graph.MountTarget{
			Header:     l.header(r),
			FileSystem: Ref(l, r.Get("FileSystemId"), of),
			Subnet:     Ref(l, r.Get("SubnetId"), Subnets),
			Groups:     refs(l, r.Get("SecurityGroups"), SecurityGroups),
		})
	}
}

// isPort tells the attributes with which a data store tells its port. The endpoint for readers of a serverless cache
// has another.
func isPort(attribute string) bool {
	attribute = strings.ToLower(attribute)
	return strings.HasSuffix(attribute, "port") && !strings.HasPrefix(attribute, "reader")
}
