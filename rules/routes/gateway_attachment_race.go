package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// GatewayAttachmentRace flags resources that need an attached internet gateway and may be created before it is.
var GatewayAttachmentRace = &rules.Rule{
	Name:     "gateway_attachment_race",
	Severity: rules.Warning,
	Doc:      doc("gateway_attachment_race"),
	URL:      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
	Run: func(p *rules.Pass) {
		if p.Language != "cloudformation" {
			return
		}
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			targets := r.Targets.In(p.World)
			for _, v := range targets.Items {
				if t, ok := v.Value.Get(p.World); ok.IsTrue() {
					if g := p.InternetGateways.Get(graph.ID[graph.InternetGateway](t.ID)); g != nil {
						raced(p, r, fmt.Sprintf("route %q", r.Address), graph.Existing(p.View, g.Attachments))
					}
				}
			}
		})
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			private := n.Connectivity.Is(p.World, func(t fact.Text) bool { return t.String() == "private" })
			if !private.IsTrue() {
				raced(p, n, fmt.Sprintf("NAT gateway %q", n.Address), attachmentsOf(p, homeOf(p, n)))
			}
		})
		rules.Each(p, &p.ElasticIPs, func(p *rules.Pass, e *graph.ElasticIP) {
			if instance, _ := graph.Lookup(p.View, &p.Instances, e.Instance); instance != nil {
				raced(p, e, fmt.Sprintf("Elastic IP address %q", e.Address), attachmentsOf(p, homeOf(p, instance)))
			}
		})
	},
}

// raced reports n unless it depends on one of the attachments of the gateway that it needs.
func raced(p *rules.Pass, n graph.Node, name string, attachments fact.Elements[*graph.GatewayAttachment]) {
	h := n.Head()
	if h.Implicit || len(attachments.Items) == 0 {
		return
	}
	waits := fact.No()
	for _, a := range attachments.Items {
		waits = fact.Or(waits, fact.Of(p.DependsOn(h.Address, a.Value.Address)))
	}
	attachment := attachments.Items[0].Value
	p.Report(waits.Not(), rules.Finding{
		Resource: h.Address,
		Span:     h.Span,
		Message:  fmt.Sprintf("%s may be created before %q has attached the internet gateway, and then the stack fails", name, attachment.Address),
		Remedy:   fmt.Sprintf("add DependsOn: %s", attachment.Address),
	})
}

// attachmentsOf are the attachments of internet gateways to the VPC.
func attachmentsOf(p *rules.Pass, ref graph.Ref[graph.VPC]) fact.Elements[*graph.GatewayAttachment] {
	vpc, _ := graph.Lookup(p.View, &p.VPCs, ref)
	if vpc == nil {
		return fact.Elements[*graph.GatewayAttachment]{}
	}
	var out fact.Elements[*graph.GatewayAttachment]
	for _, it := range graph.Existing(p.View, vpc.Gateways).Items {
		if !it.Value.InternetGateway.IsUnset() {
			out.Items = append(out.Items, it)
		}
	}
	return out
}
