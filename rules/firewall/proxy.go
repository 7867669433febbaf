package firewall

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// port is where the data store is called, or 0 when that is not known.
func port(p *rules.Pass, d *graph.DataStore, by need.Need) int {
	if by.Port != 0 {
		return by.Port
	}
	n, _ := d.Port.Get(p.World)
	return n
}

// behindProxy says whether the database is one that the sender may use through an RDS proxy: its secret is in the
// environment then, but the proxy connects.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
func behindProxy(p *rules.Pass, s rules.Sender, needs need.Needs, d *graph.DataStore) bool {
	if s.IsAgent() || !strings.HasPrefix(d.Kind, "RDS") || aws.Kind(d.Kind).IsProxy() {
		return false
	}
	for other := range p.DataStores.All() {
		if !aws.Kind(other.Kind).IsProxy() {
			continue
		}
		if needs.Node(other.Address).Strength != need.None {
			return true
		}
		flow := trace.Flow{To: trace.Node(other.Address)}
		paths, open := p.Paths(s, flow)
		if _, blocked := p.Unseen(s, flow); len(open) > 0 && len(paths) == 0 && !blocked {
			return true
		}
		if slices.ContainsFunc(paths, func(path rules.SubnetPath) bool { return !path.Reachable.IsFalse() }) {
			return true
		}
	}
	return false
}
