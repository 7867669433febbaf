package lower

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// crossings records what r names that is, or may be, in another Region. All ids of a VPC and of its parts are valid
// only in their own Region; a peering connection alone spans two.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
func (l *Deployment) crossings(r *Resource) {
	if r.Data || l.untold(r) {
		return
	}
	for _, ref := range aws.ReferencesOf(r.As) {
		if slices.Contains(ref.Takes, aws.PeeringConnection) || ref.Path == "PeerVpcId" {
			continue
		}
		l.eachKey(fact.Always(), written(r, ref), func(when fact.Cond, key string, span source.Span) {
			target := l.regional(key, ref.Takes)
			if target == nil || l.untold(target) || target.Region == r.Region {
				return
			}
			c := &graph.Crossing{
				Header: l.header(r), Property: ref.Path, Target: target.Address,
				Elsewhere: l.symbols.Text(target.Region), Named: when, Value: orSpan(span, r.Span),
			}
			id := r.Address + "." + ref.Path + "=" + target.Address + "|" + when.String()
			graph.Put(&l.network.Crossings, graph.ID[graph.Crossing](id), c)
		})
	}
}

// untold says whether nothing in the files tells the Region of r: the environment does, which is one for all.
func (l *Deployment) untold(r *Resource) bool {
	s, ok := l.symbols.Only(r.Region)
	return r.Region == "" || ok && s.Missing.Kind == fact.Pseudo
}

// eachKey calls f with each text in v, and the key of each list that is not known.
func (l *Deployment) eachKey(when fact.Cond, v value.Value, f func(fact.Cond, string, source.Span)) {
	switch v = read.Expand(l.symbols, v); v.Kind {
	case value.Choice:
		l.eachKey(when.And(v.When), *v.Then, f)
		l.eachKey(when.And(v.When.Not()), *v.Else, f)
	case value.List:
		for _, it := range v.Items {
			l.eachKey(when, it, f)
		}
	case value.Text:
		f(when, v.Text, v.Span)
	case value.Unknown:
		f(when, v.Key, v.Span)
	}
}

// regional is the resource whose identity the key is, or the data source that finds it, nil where that is not known.
func (l *Deployment) regional(key string, takes []aws.Kind) *Resource {
	s, ok := l.symbols.Only(key)
	if !ok {
		if ids, ok := strings.CutSuffix(key, ".ids"); ok && l.resources[ids] != nil && l.resources[ids].Data {
			return l.resources[ids]
		}
		return l.resources[key] // an expansion names a resource by its address
	}
	r := l.resources[s.Address]
	switch {
	case r == nil:
	case r.Data && s.Attribute == "id" && slices.Contains(takes, aws.KindOf(r.Type)):
		return r
	case r.Data:
	default:
		if _, ok := l.names.Identity(r, s.Attribute, takes...); ok {
			return r
		}
	}
	return nil
}
