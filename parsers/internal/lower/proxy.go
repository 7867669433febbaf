package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/rds"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
)

// ofProxy gives a further endpoint the port of its proxy.
func ofProxy(l *Deployment, _ *Resource, d *decode.Decoded[rds.DBProxyEndpoint], s *store) {
	if proxy := l.named(d.At(&d.P.DBProxyName)); proxy != nil && proxy.As == "AWS::RDS::DBProxy" {
		s.port = dbProxy.read(l, proxy).port
	}
}

// proxyTarget reads the databases of an RDS proxy.
func (l *Deployment) proxyTarget(r *Resource, d *decode.Decoded[rds.DBProxyTargetGroup]) {
	stores := refs(l, d.At(&d.P.DBInstanceIdentifiers), RDSInstances)
	clusters := refs(l, d.At(&d.P.DBClusterIdentifiers), RDSClusters)
	stores.Items, stores.Open = append(stores.Items, clusters.Items...), append(stores.Open, clusters.Open...)
	add(l, &l.network.ProxyTargets, &graph.ProxyTarget{
		Header: l.header(r), Proxy: Ref(l, d.At(&d.P.DBProxyName), RDSProxies), Stores: stores,
	})
}
