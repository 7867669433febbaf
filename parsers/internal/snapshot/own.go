package snapshot

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
)

// own is what the files state of things of the account. What is deployed already is in the snapshot too, and must not
// look as if it were there twice: a subnet has one route table, and a table one route to a range.
type own struct{ made map[string]bool }

func ownOf(n *graph.Network) *own {
	o := &own{made: map[string]bool{}}
	for r := range n.Routes.All() {
		if to, ok := r.Destination.Get(nil); ok.IsTrue() {
			each(r.Table, func(id string) { o.note("route", id, to.String()) })
		}
	}
	for a := range n.RouteTableAssociations.All() {
		each(a.Subnet, func(id string) { o.note("table", id) })
	}
	for a := range n.ACLAssociations.All() {
		each(a.Subnet, func(id string) { o.note("acl", id) })
	}
	for s := range n.Subnets.All() {
		if cidr, ok := s.CIDR.Get(nil); ok.IsTrue() {
			each(s.VPC, func(id string) { o.note("subnet", id, cidr.String()) })
		}
	}
	for e := range n.Endpoints.All() {
		if service, ok := e.Service.Get(nil); ok.IsTrue() {
			each(e.VPC, func(id string) { o.note("endpoint", id, serviceOf(service.String())) })
		}
	}
	return o
}

func each[T any](ref graph.Ref[T], f func(id string)) {
	for _, c := range fact.Cases(ref) {
		if id, ok := c.Value.Get(nil); ok.IsTrue() {
			f(string(id))
		}
	}
}

func (o *own) note(parts ...string) { o.made[strings.Join(parts, " ")] = true }

func (o *own) has(parts ...string) bool { return o.made[strings.Join(parts, " ")] }

// serviceOf is a service's name without its region.
func serviceOf(name string) string {
	i := strings.LastIndex(name, ".")
	return name[i+1:]
}

// states says whether the files state what the resource of the account does.
func (o *own) states(r *lower.Resource) bool {
	text := func(property string) string { return r.Get(property).Text }
	switch r.Type {
	case "AWS::EC2::Route":
		return o.has("route", text("RouteTableId"), text("DestinationCidrBlock")+text("DestinationIpv6CidrBlock"))
	case "AWS::EC2::SubnetRouteTableAssociation":
		return text("SubnetId") != "" && o.has("table", text("SubnetId"))
	case "AWS::EC2::SubnetNetworkAclAssociation":
		return o.has("acl", text("SubnetId"))
	case "AWS::EC2::Subnet":
		return o.has("subnet", text("VpcId"), text("CidrBlock"))
	case "AWS::EC2::VPCEndpoint":
		return o.has("endpoint", text("VpcId"), serviceOf(text("ServiceName")))
	}
	return false
}
