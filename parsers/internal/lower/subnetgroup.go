package lower

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// groupSubnets gives the subnets of the subnet group of r, which v names; those of one defined elsewhere are not known.
func (l *Deployment) groupSubnets(r *Resource, v value.Value) fact.List[graph.Ref[graph.Subnet]] {
	out := fact.List[graph.Ref[graph.Subnet]]{Span: v.Span, IsSet: true}
	named := read.Cases(l.symbols, v)
	out.Open = named.Open
	for _, it := range named.Items {
		group := l.subnetGroup(r, it.Value)
		if group == nil {
			name := "subnet group " + l.symbols.Text(it.Value.Text).String()
			out.Miss(it.When, fact.Missing{Kind: fact.Resource, Name: name, Span: it.Span})
			continue
		}
		inner := refs(l, read.OnlyIf(it.When, group.Get("SubnetIds")), Subnets)
		out.Items = append(out.Items, inner.Items...)
		out.Open = append(out.Open, inner.Open...)
	}
	return out
}

// groupTypes are the types of subnet groups, and their property with the name that their author gives them.
var groupTypes = map[string]string{
	"AWS::RDS::DBSubnetGroup": "DBSubnetGroupName", "AWS::DocDB::DBSubnetGroup": "DBSubnetGroupName",
	"AWS::Neptune::DBSubnetGroup": "DBSubnetGroupName", "AWS::ElastiCache::SubnetGroup": "CacheSubnetGroupName",
	"AWS::DAX::SubnetGroup": "SubnetGroupName", "AWS::MemoryDB::SubnetGroup": "SubnetGroupName",
}

// subnetGroup is the subnet group of r in this deployment: the one that v refers to, or the only one of its service
// that is given the name v. Services keep such names in small letters.
func (l *Deployment) subnetGroup(r *Resource, v value.Value) (group *Resource) {
	if group = l.named(v); group != nil || symbol.Has(v.Text) {
		return group
	}
	l.network.Spend(len(l.ordered))
	service := r.As[:strings.LastIndex(r.As, ":")+1]
	for _, of := range l.ordered {
		name := groupTypes[of.As]
		isIt := name != "" && !of.Data && of.When.IsAlways() && strings.HasPrefix(of.As, service) &&
			v.Text != "" && strings.EqualFold(of.Get(name).Text, v.Text)
		switch {
		case isIt && group != nil:
			return nil
		case isIt:
			group = of
		}
	}
	return group
}
