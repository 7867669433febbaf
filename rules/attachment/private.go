package attachment

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// private says whether the data store can be reached from inside a VPC only. Where PubliclyAccessible of RDS is left to
// the service, that decides by the internet gateway of the VPC. A cluster is as public as its instances.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
func private(p *rules.Pass, d *graph.DataStore) fact.Verdict {
	if !d.Public.IsSet(p.World).IsFalse() {
		return d.Public.Is(p.World, func(public bool) bool { return !public })
	}
	inVPC := fact.And(inside(p, d), open(p, d).Not())
	isDatabase := d.Kind == string(aws.RDSInstance) || d.Kind == string(aws.RDSCluster)
	if !isDatabase || !p.LanguageOf(d.Address).LeavesPublicAccess {
		return inVPC
	}
	byService := fact.Wants(fact.Missing{Kind: fact.Attribute, Name: d.Address + ".PubliclyAccessible", Span: d.Span})
	vpc, known := p.VPCOf(d.Subnets)
	if vpc == nil {
		return fact.And(inVPC, known, byService)
	}
	return fact.And(inVPC, fact.Or(p.HasInternetGateway(vpc).Not(), byService))
}

// inside says whether the data store is in a VPC. All but search domains are, even if their subnets are not known, or
// they name none and so are in the default VPC. Whether a Redshift cluster is public unless told depends on the version
// of what creates it, so that only known subnets tell.
func inside(p *rules.Pass, d *graph.DataStore) fact.Verdict {
	seen := empty(p.World, d.Subnets).Not()
	switch {
	case !seen.IsUnknown(), d.Mounted, d.Kind == string(aws.RedshiftCluster):
		return seen
	case d.Kind == string(aws.OpenSearchDomain), d.Kind == string(aws.ElasticsearchDomain):
		return fact.Or(seen, empty(p.World, d.Groups).Not())
	}
	return fact.Yes()
}

// open says whether an instance of the database cluster is public.
func open(p *rules.Pass, d *graph.DataStore) fact.Verdict {
	out := fact.No()
	for i := range p.DataStores.All() {
		if i != d && d.Kind == string(aws.RDSCluster) && i.Kind == string(aws.RDSInstance) &&
			slices.Contains(i.Depends, d.Address) {
			out = fact.Or(out, fact.IsOn(i.Public, p.World))
		}
	}
	return out
}

// walled says whether no subnet of the data store has a route to an internet gateway, so that nobody outside of its VPC
// reaches even a public address of it.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
func walled(p *rules.Pass, d *graph.DataStore) fact.Verdict {
	subnets := graph.Resolve(p.View, &p.Subnets, d.Subnets)
	return fact.And(subnets.Empty().Not(), subnets.All(func(s *graph.Subnet) fact.Verdict {
		result := p.Trace.Trace(trace.SomeFunction(s), trace.Flow{To: trace.Internet(4)})
		if result.Reachable.IsUnknown() {
			return result.Reachable
		}
		return fact.Of(!slices.ContainsFunc(result.Blocks, rules.AtGateway))
	}))
}
