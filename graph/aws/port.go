package aws

import "strings"

// Ports that do not depend on an engine.
const (
	// HTTPS is where the APIs of all AWS services listen.
	HTTPS = 443
	// HTTP is where a URL without encryption and without a port leads.
	HTTP = 80
	// nfs is the port of the mount targets of EFS: https://docs.aws.amazon.com/efs/latest/ug/network-access.html. Those
	// of S3 Files have it, too: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files.html
	nfs = 2049
)

// Ports of a DAX cluster without and with encryption in transit.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.cli.html#DAX.create-cluster.cli.configure-inbound-rules
const (
	DAXPlain     = 8111
	DAXEncrypted = 9111
)

// Ports of the brokers of an MSK cluster, by the way in which clients authenticate. Without authentication the listener
// depends on encryption, too. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
const (
	MSKPlain = 9092
	MSKTLS   = 9094
	MSKSCRAM = 9096
	MSKIAM   = 9098
)

// storePorts are the default ports of the data stores whose engine has only one, from the AWS page of each service.
var storePorts = map[Kind]int{
	DocumentDBCluster:           27017,
	ElasticDocumentDBCluster:    27017,
	InfluxDBInstance:            8086,
	NeptuneCluster:              8182,
	RedshiftCluster:             5439,
	RedshiftServerlessWorkgroup: 5439,
	ReplicationGroup:            6379,
	MemoryDBCluster:             6379,
	OpenSearchDomain:            HTTPS,
	ElasticsearchDomain:         HTTPS,
	MSKServerlessCluster:        MSKIAM,
	FileSystem:                  nfs,
	S3FileSystem:                nfs,
}

// Port is the port on which a data store of the kind listens unless told otherwise. It is 0 where that depends on the
// engine (see EnginePort) or on how clients authenticate, and for kinds that are no data stores.
func (k Kind) Port() int { return storePorts[k] }

// enginePorts are the ports that engines listen on unless told otherwise, by the start of the engine's name. ActiveMQ
// is left out: each of its protocols has a port of its own.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
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

// EnginePort is the port on which the engine of a database, cache or broker, such as "aurora-mysql", listens unless
// told otherwise. ok is false for an engine that is not known or has no single port.
func EnginePort(engine string) (port int, ok bool) {
	for _, e := range enginePorts {
		if strings.HasPrefix(strings.ToLower(engine), e.prefix) {
			return e.port, true
		}
	}
	return 0, false
}
