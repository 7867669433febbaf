package routes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// GatewayAttachmentRace flags resources that need an attached gateway, or a further range of their VPC, and may be
// created before that is there.
var GatewayAttachmentRace = &rules.Rule{
	Name:     "gateway_attachment_race",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		if !concerned(p) {
			return
		}
		if !p.Language.OrdersRanges {
			rules.Each(p, &p.Subnets, racesRange)
		}
		if p.Language.OrdersGateways {
			return
		}
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			var attachments []graph.Node
			done := attached
			needs := p.LeadsTo(r, func(t graph.Target) fact.Verdict {
				attachments = attachmentsFor(p, r, t)
				if p.InternetGateways.At(t.ID) == nil {
					done = attachedElse
				}
				return fact.Of(len(attachments) > 0)
			})
			raced(p, r, fmt.Sprintf("route %q", r.Address), needs, attachments, done)
		})
		rules.Each(p, &p.Propagations, func(p *rules.Pass, n *graph.Propagation) {
			from, known := n.From.Get(p.World)
			for _, address := range from.Addresses() {
				name := fmt.Sprintf("route propagation %q", n.Address)
				raced(p, n, name, known, vpnAttachments(p, address), attachedElse)
			}
		})
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			name := fmt.Sprintf("NAT gateway %q", n.Address)
			raced(p, n, name, p.IsPublic(n), internetAttachments(p, p.HomeOf(n)), attached)
		})
		rules.Each(p, &p.ElasticIPs, func(p *rules.Pass, e *graph.ElasticIP) {
			instance, known := graph.Lookup(p.View, &p.Instances, e.Instance)
			if instance != nil {
				name := fmt.Sprintf("Elastic IP address %q", e.Address)
				raced(p, e, name, known, internetAttachments(p, p.HomeOf(instance)), attached)
			}
		})
	},
}

// concerned says whether the network has to do with functions: there are some here, or others can build on it. A stack
// of servers, which fails now and then in the same way, is not what its reader asks about, unless by the rule's name.
func concerned(p *rules.Pass) bool {
	handsOn := func(h *graph.Header) bool { return h.Exported != nil || len(h.Outputs) > 0 }
	if p.Asked() || p.Part || p.Functions.Len()+p.CapacityProviders.Len()+len(p.Network.Unseen) > 0 {
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

// What a resource has done once others can use it.
const (
	attached     = "has attached the internet gateway"
	attachedElse = "has attached the gateway"
	ranged       = "has given the VPC its range"
)

// raced reports n, if it needs one of others, unless it depends on one of them.
func raced(p *rules.Pass, n graph.Node, name string, needs fact.Verdict, others []graph.Node, done string) {
	h := n.Head()
	p.Await(needs)
	if h.Implicit || len(others) == 0 {
		return
	}
	waits := slices.ContainsFunc(others, func(o graph.Node) bool { return p.DependsOn(h.Address, o.Head().Address) })
	other := others[0].Head().Address
	remedy := dependsOn(h.Address, other)
	if done == ranged { // in whatever language
		remedy = fmt.Sprintf("make %s depend on %q", name, other)
	}
	p.Report(fact.And(needs, fact.Of(!waits)), rules.Finding{
		Resource: h.Address,
		Span:     h.Span,
		Message:  fmt.Sprintf("%s may be created before %q %s, and then the stack fails", name, other, done),
		Remedy:   remedy,
		Fix:      p.DependOn(h, other),
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
