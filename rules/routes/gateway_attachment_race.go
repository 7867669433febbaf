package routes

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// GatewayAttachmentRace flags resources that need an attached internet gateway and may be created before it is.
var GatewayAttachmentRace = &rules.Rule{
	Name:     "gateway_attachment_race",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		if p.Language.OrdersGateways || !concerned(p) {
			return
		}
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			var attachments fact.Elements[*graph.GatewayAttachment]
			needs := targets(p, r, func(t graph.Target) fact.Verdict {
				g := p.InternetGateways.Get(graph.ID[graph.InternetGateway](t.ID))
				if g == nil {
					return fact.No()
				}
				attachments = graph.Existing(p.View, g.Attachments)
				return fact.Yes()
			})
			raced(p, r, fmt.Sprintf("route %q", r.Address), needs, attachments)
		})
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			raced(p, n, fmt.Sprintf("NAT gateway %q", n.Address), p.IsPublic(n), attachmentsOf(p, p.HomeOf(n)))
		})
		rules.Each(p, &p.ElasticIPs, func(p *rules.Pass, e *graph.ElasticIP) {
			instance, known := graph.Lookup(p.View, &p.Instances, e.Instance)
			if instance != nil {
				raced(p, e, fmt.Sprintf("Elastic IP address %q", e.Address), known,
					attachmentsOf(p, p.HomeOf(instance)))
			}
		})
	},
}

// concerned says whether the network has to do with functions: there are some here, or others can build on it. A stack
// of servers, which fails now and then in the same way, is not what its reader asks about.
func concerned(p *rules.Pass) bool {
	handsOn := func(h *graph.Header) bool { return h.Exported != nil || len(h.Outputs) > 0 }
	if p.Part || p.Functions.Len()+p.CapacityProviders.Len()+len(p.Network.Unseen) > 0 {
		return true
	}
	for vpc := range p.VPCs.All() {
		if handsOn(&vpc.Header) {
			return true
		}
	}
	for s := range p.Subnets.All() {
		if handsOn(&s.Header) {
			return true
		}
	}
	return false
}

// raced reports n, which needs an attached internet gateway, unless it depends on one of the gateway's attachments.
func raced(p *rules.Pass, n graph.Node, name string, needs fact.Verdict,
	attachments fact.Elements[*graph.GatewayAttachment]) {
	h := n.Head()
	p.Await(needs)
	if h.Implicit || len(attachments.Items) == 0 {
		return
	}
	waits := fact.No()
	for _, a := range attachments.Items {
		waits = fact.Or(waits, fact.Of(p.DependsOn(h.Address, a.Value.Address)))
	}
	attachment := attachments.Items[0].Value
	p.Report(fact.And(needs, waits.Not()), rules.Finding{
		Resource: h.Address,
		Span:     h.Span,
		Message: fmt.Sprintf("%s may be created before %q has attached the internet gateway, and then the stack fails",
			name, attachment.Address),
		Remedy: dependsOn(h.Address, attachment.Address),
		Fix:    p.DependOn(h, attachment.Address),
	})
}

// dependsOn says where to write down that a resource depends on another. DependsOn has logical ids of its own
// template, so between two nested stacks, it is the stacks that depend.
func dependsOn(from, to string) string {
	for {
		stack, inside, nested := strings.Cut(from, ".")
		other, rest, _ := strings.Cut(to, ".")
		switch {
		case nested && stack == other:
			from, to = inside, rest
		case nested:
			return fmt.Sprintf("add DependsOn: %s to nested stack %q", other, stack)
		default:
			return "add DependsOn: " + other
		}
	}
}
