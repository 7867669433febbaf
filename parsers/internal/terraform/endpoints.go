package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *lowering) endpoint(r *resource) {
	n := &graph.VPCEndpoint{
		Header:      l.header(r),
		VPC:         ref(l, r.get("vpc_id"), vpcs),
		Service:     l.text(r.get("service_name")),
		Kind:        l.text(r.get("vpc_endpoint_type")),
		Subnets:     refs(l, r.get("subnet_ids"), subnets),
		Groups:      refs(l, r.get("security_group_ids"), securityGroups),
		RouteTables: refs(l, r.get("route_table_ids"), routeTables),
		PrivateDNS:  l.bool(r.get("private_dns_enabled")),
		Policy:      read.Document(l.symbols, r.get("policy")),
	}
	configured := read.Each(l.list(r.get("subnet_configuration")), func(v value.Value) graph.Ref[graph.Subnet] {
		return ref(l, v.Get("subnet_id"), subnets)
	})
	if !n.Subnets.IsSet {
		n.Subnets = configured
	}
	graph.Add(l.builder, &l.network.Endpoints, n)
}

func (l *lowering) endpointOf(r *resource) graph.Ref[graph.VPCEndpoint] {
	return ref(l, r.get("vpc_endpoint_id"), endpoints)
}

func (l *lowering) endpointTable(r *resource) {
	into(&l.network.Endpoints, l.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.RouteTable]] { return &e.RouteTables }, ref(l, r.get("route_table_id"), routeTables))
}

func (l *lowering) endpointSubnet(r *resource) {
	into(&l.network.Endpoints, l.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.Subnet]] { return &e.Subnets }, ref(l, r.get("subnet_id"), subnets))
}

// endpointGroup adds a group to an endpoint. The default group of the VPC, which an endpoint without groups has, stays
// beside it unless replace_default_association takes it away:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint_security_group_association
func (l *lowering) endpointGroup(r *resource) {
	group := ref(l, r.get("security_group_id"), securityGroups)
	replaced, known := l.bool(r.get("replace_default_association")).Or(nil, false)
	list := func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.SecurityGroup]] { return &e.Groups }
	joined(&l.network.Endpoints, l.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		if !e.Groups.IsSet && !(known.IsTrue() && replaced) {
			for _, vpc := range e.VPC.Cases() {
				if id, ok := vpc.Value.Get(nil); ok.IsTrue() {
					standing := ref(l, value.Value{Kind: value.Text, Text: string(graph.DefaultGroupID(string(id))), Span: e.Span}, securityGroups)
					e.Groups.AppendIf(vpc.When, standing, e.Span)
				}
			}
		}
		list(e).AppendIf(when, group, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) { list(e).Miss(r.when, missing...) })
}

func (l *lowering) endpointPolicy(r *resource) {
	document := read.Document(l.symbols, r.get("policy"))
	joined(&l.network.Endpoints, l.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.Policy = fact.Choice(when, document, e.Policy, r.Span)
	}, func(*graph.VPCEndpoint, ...fact.Missing) {})
}

func (l *lowering) endpointDNS(r *resource) {
	enabled := l.bool(r.get("private_dns_enabled"))
	joined(&l.network.Endpoints, l.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.PrivateDNS = fact.Choice(when, enabled, e.PrivateDNS, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) {
		e.PrivateDNS = fact.NotKnown[bool](r.Span, missing...)
	})
}
