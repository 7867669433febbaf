package events

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// EventSourceUnreachable flags event source mappings whose pollers have no way to the services that they call. A way
// that ends at a broken NAT gateway or route is for the rules about these.
var EventSourceUnreachable = &rules.Rule{
	Name:     "event_source_unreachable",
	Severity: rules.Warning,
	Owns: slices.Concat(
		toServices.Stops(trace.NoRoute, trace.RoleRouteTable),
		toServices.Stops(trace.NoPublicAddress, trace.RoleGateway),
	),
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			lacks := fact.No()
			var lost []string
			var evidence []trace.Hop
			for _, n := range needs.Services {
				v, way := cutOff(p, s, trace.Service(n.Name))
				lacks = fact.Or(lacks, v)
				if v.IsTrue() {
					lost = append(lost, n.Name)
				}
				if evidence == nil && way != nil {
					evidence = append(s.Evidence(way), because(s, n))
				}
			}
			p.Ask(fact.And(enabled(p, s), lacks, needs.Direct(need.Strong)), s.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: s.At("EventSourceArn"), Affects: s.Affected(), Trace: evidence,
					Message: fmt.Sprintf("%s never invokes its function: its pollers are in the subnets of %s, and "+
						"have no way to %s from there", s.Name(), source(p, s), strings.Join(lost, ", ")),
					Remedy: remedy(p, s, lost),
				}
			})
		})
	},
}

// cutOff says whether the pollers reach the service from no subnet, because of the subnets themselves. Way is one that
// is blocked, if there is one. No page says whether pollers use an endpoint by a name of its own.
func cutOff(p *rules.Pass, s rules.Sender, to trace.Destination) (v fact.Verdict, way *trace.Result) {
	paths, open := p.Paths(s, trace.Flow{To: to})
	v = fact.And(fact.Of(len(paths)+len(open) > 0), fact.Doubt(open).Not())
	for _, path := range paths {
		stopped := p.Stopped(path)
		if way == nil && stopped.IsTrue() {
			way = path.Result
		}
		v = fact.And(v, stopped)
		if !v.IsFalse() && !p.PassedBy(path.Subnet, to).IsFalse() {
			v = fact.And(v, fact.Wants(fact.Missing{
				Kind: fact.Semantics, Name: "whether pollers use an endpoint without private DNS names", Span: s.Span,
			}))
		}
	}
	return v, way
}

// remedy names the ways out. Only Kafka has pollers that are provisioned.
// https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
func remedy(p *rules.Pass, s rules.Sender, lost []string) string {
	text := fmt.Sprintf("put the source into subnets with a default route through a NAT gateway, or add interface "+
		"endpoints for %s with private DNS names there", strings.Join(lost, ", "))
	switch kind, _ := s.Mapping.Polls.Get(p.World); kind {
	case aws.MSKCluster, aws.MSKServerlessCluster, aws.KafkaCluster:
		text += ", or use provisioned mode: " + p.Word("ProvisionedPollerConfig")
	}
	return text
}

// because is the hop that shows why the destination is needed.
func because(s rules.Sender, n need.Need) trace.Hop {
	return trace.Hop{Address: s.Address, Span: n.Span, Role: trace.RoleTarget, Message: n.Evidence}
}

func quote(address string) string { return strconv.Quote(address) }
