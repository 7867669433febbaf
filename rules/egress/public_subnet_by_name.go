package egress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PublicSubnetByName flags functions all of whose subnets are known by name only, where the names say that they are
// public.
var PublicSubnetByName = &rules.Rule{
	Name:     "public_subnet_by_name",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			for _, f := range from.Functions {
				p.Count(from.Address)
				first, ok := calledPublic(p, f)
				if !ok {
					continue
				}
				meant := fact.Or(
					p.Isolated(from), fact.IsOn(f.IPv6, p.World), fact.IsOn(f.PublicAcknowledged, p.World),
				)
				severity, why := outside(p, from)
				p.Report(meant.Not(), rules.Finding{
					Resource: from.Address, Span: first.Span, Severity: severity, Affects: from.Affected(),
					Message: fmt.Sprintf("%s is in subnets that are public by their name, %q: from there it does not "+
						"reach the internet%s", from.Name(), first.Name, why),
					Remedy: "attach the function to private subnets whose default route points at a NAT gateway; " +
						"if these are, --context tells, or another name",
				})
			}
		})
	},
}

// calledPublic is the first reference to subnets of the function. ok is true where all of them are elsewhere, and all
// have names that say that they are public.
func calledPublic(p *rules.Pass, f *graph.Function) (first graph.Named, ok bool) {
	isKnown := len(graph.Resolve(p.View, &p.Subnets, f.Subnets).Items) > 0
	saysOther := func(n graph.Named) bool { return !saysPublicSubnet(n.Name) }
	if isKnown || len(f.SubnetNames) == 0 || slices.ContainsFunc(f.SubnetNames, saysOther) {
		return first, false
	}
	first = f.SubnetNames[0]
	parts := strings.Fields(first.Name)
	first.Name = parts[0]
	if says := slices.IndexFunc(parts, saysPublicSubnet); says > 0 {
		first.Name += ", " + parts[says]
	}
	if first.Span == (source.Span{}) {
		first.Span = f.At("VpcConfig.SubnetIds")
	}
	return first, true
}

// outside says how bad it is, by what the function needs outside of the VPC.
func outside(p *rules.Pass, from rules.Sender) (severity rules.Severity, why string) {
	needs := p.NeedsOf(from)
	switch {
	case len(needs.Internet) > 0:
		return rules.Warning, ", and " + needs.Internet[0].Evidence
	case len(needs.Services) > 0:
		return rules.Warning, ", nor a service without an endpoint in the VPC, and " + needs.Services[0].Evidence
	}
	return rules.Note, ""
}
