package endpoints

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// inZone says whether a Route 53 zone gives the service's name to an endpoint in place of private DNS. Unknown where
// zones may be associated that are not seen here: of another deployment, by Route 53 Profiles, by others who know the
// VPC, or by those who share a transit gateway with it, where a central VPC often holds the zones.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs.html
func inZone(p *rules.Pass, s *graph.Subnet, service string) fact.Verdict {
	vpc, known := p.VPC(s.VPC)
	if vpc == nil {
		return known
	}
	vs := []fact.Verdict{fact.No()}
	zonesOf := func(r *graph.Resource) fact.Verdict {
		return fact.Wants(fact.Missing{Kind: fact.Resource, Name: "zones of " + r.Address, Span: r.Span})
	}
	for r := range p.ResourcesOfKind(aws.HostedZone) {
		vs = append(vs, fact.And(p.Exists(r), isFor(p, r, service)))
	}
	for r := range p.ResourcesOfKind(aws.HostedZoneAssociation) {
		vs = append(vs, fact.And(p.Exists(r), fact.Of(!ofSeenZone(p, r)), zonesOf(r)))
	}
	for r := range p.ResourcesOfKind(aws.ProfileAssociation) {
		vs = append(vs, fact.And(p.Exists(r), zonesOf(r)))
	}
	if vpc.Exported != nil {
		vs = append(vs, fact.Wants(*vpc.Exported))
	}
	transit := graph.Existing(p.View, vpc.TransitGateways).Empty().Not()
	elsewhere := fact.Wants(fact.Missing{Kind: fact.Resource, Name: "private zones associated with " + vpc.Address,
		Span: vpc.Span})
	return fact.Or(append(vs, fact.And(transit, elsewhere))...)
}

// ofSeenZone says whether the association names a zone of this deployment, which counts by itself.
func ofSeenZone(p *rules.Pass, association *graph.Resource) bool {
	for r := range p.ResourcesOfKind(aws.HostedZone) {
		all := r.Address
		if strings.HasSuffix(all, "]") {
			all = all[:strings.LastIndex(all, "[")]
		}
		if slices.Contains(association.Depends, r.Address) || slices.Contains(association.Depends, all) {
			return true
		}
	}
	return false
}

// isFor compares the zone's name, such as sqs.us-east-1.amazonaws.com, with the service's id by their words.
func isFor(p *rules.Pass, zone *graph.Resource, service string) fact.Verdict {
	for _, it := range zone.Properties.In(p.World).Items {
		if it.Value.Path != "name" {
			continue
		}
		return it.Value.Value.Is(p.World, func(name fact.Text) bool {
			words := rules.Words(name.String())
			return strings.Contains(name.String(), "amazonaws.") &&
				slices.ContainsFunc(rules.Words(service), func(w string) bool { return slices.Contains(words, w) })
		})
	}
	return fact.Wants(fact.Missing{Kind: fact.Attribute, Name: "name of " + zone.Address, Span: zone.Span})
}
