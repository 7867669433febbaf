package routes

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// absence says in words why a target does not exist. One in an account that does not, EC2 tells to be deleted.
func absence(p *rules.Pass, t graph.Target) string {
	h := p.Head(t.ID)
	if h == nil || !h.When.IsNever() {
		return fmt.Sprintf("%s %q is not created when the route is", t.Kind, t.ID)
	}
	if h.Account != nil || p.Language.Deployed {
		return fmt.Sprintf("%s %q does not exist any more", t.Kind, t.ID)
	}
	if i := strings.LastIndexByte(t.ID, '['); i > 0 && strings.HasSuffix(t.ID, "]") {
		return fmt.Sprintf("%s %q does not exist, for %q has no element %s", t.Kind, t.ID, t.ID[:i],
			t.ID[i+1:len(t.ID)-1])
	}
	return fmt.Sprintf("%s %q is not created", t.Kind, t.ID)
}

// deadEnd says whether the target cannot take packets of the route's VPC, and why.
func deadEnd(p *rules.Pass, r *graph.Route, t graph.Target) (fact.Verdict, string) {
	if t.Kind == graph.ToLocal {
		return fact.No(), ""
	}
	node, exists := p.Target(t)
	if exists.IsFalse() {
		return fact.Yes(), absence(p, t)
	}
	table, known := graph.Lookup(p.View, &p.RouteTables, r.Table)
	if node == nil || table == nil {
		return fact.Wants(append(exists.Missing, known.Missing...)...), ""
	}
	dead := p.Takes(node, table.VPC).Not()
	switch n := node.(type) {
	case *graph.Peering:
		return dead, fmt.Sprintf("peering connection %q is not accepted, or joins other VPCs", n.Address)
	case *graph.InternetGateway:
		attached := graph.Existing(p.View, n.Attachments).Empty().Not() // else internet_gateway_unattached speaks
		return fact.And(attached, dead), fmt.Sprintf("internet gateway %q is attached to another VPC", n.Address)
	case *graph.VPNGateway:
		return dead, ""
	case *graph.TransitGateway:
		return dead, fmt.Sprintf("transit gateway %q has no attachment to this VPC", n.Address)
	}
	return dead, fmt.Sprintf("%s %q lies in another VPC", t.Kind, t.ID)
}
