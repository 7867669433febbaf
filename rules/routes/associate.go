package routes

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// associate is the fix that gives the table to the only subnet that it may be made for. There is none if another table
// of the VPC is for nobody, too. A subnet that has no table gets it if functions are there and want a way out: NAT
// gateways need another, and so may what is isolated.
func associate(p *rules.Pass, t *graph.RouteTable, routes []*graph.Route, s *graph.Subnet) rules.Fix {
	for other := range p.RouteTables.All() {
		same := graph.Same(p.View, &p.VPCs, other.VPC, t.VPC)
		if other != t && !other.Main && !other.Implicit && !same.IsFalse() && !unused(p, other, nil).IsFalse() {
			return nil
		}
	}
	used, explicit, known := p.RouteTable(s)
	if explicit != nil {
		return rules.Set.Refer(explicit.Head(), "RouteTableId", t.Head(), "")
	}
	if p.Language.TableAssociation == "" || used == nil || !known.IsTrue() || len(p.SendersIn(s)) == 0 ||
		!rules.IsWith(s.Head(), t.Head()) {
		return nil
	}
	for n := range p.NATGateways.All() {
		if id, _ := n.Subnet.Get(p.World); string(id) == s.Address {
			return nil
		}
	}
	_, out := p.Trace.InternetRoute(used, 4)
	if !out.IsFalse() || kind(p, routes[0]) == graph.ToGateway {
		return nil
	}
	return tie(p, t, s)
}

// tie is the fix that associates the subnet, which has no table, with the table.
func tie(p *rules.Pass, t *graph.RouteTable, s *graph.Subnet) rules.Fix {
	made := rules.New{Type: p.Language.TableAssociation, Name: p.NameOf(s.Head())}
	if !p.Language.TypedAddresses {
		made.Name += "RouteTableAssociation"
	}
	made.Properties = []rules.Property{
		{Name: p.Word("SubnetId"), Value: rules.Value{Ref: s.Address}},
		{Name: p.Word("RouteTableId"), Value: rules.Value{Ref: t.Address}},
	}
	return rules.Fix{{Of: t.Address, At: t.Span, Do: rules.Create, New: &made}}
}
