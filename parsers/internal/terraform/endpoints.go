package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// endpoint reads the subnets of subnet_configuration blocks as those that subnet_ids would have.
func (x *expansion) endpoint(r *resource) []*lower.Resource {
	configured := x.opened(r.get("subnet_configuration"))
	if configured.Kind != value.Absent && !read.Flatten(x.symbols, r.stated.Get("SubnetIds")).IsSet {
		ids := mapItems(configured, func(v value.Value) value.Value { return x.written(v.Get("subnet_id")) })
		set(&r.stated.Properties, "SubnetIds", ids)
	}
	return []*lower.Resource{r.stated}
}

func (x *expansion) endpointOf(r *resource) graph.Ref[graph.VPCEndpoint] {
	return ref(x, r.get("vpc_endpoint_id"), lower.Endpoints)
}

func (x *expansion) endpointTable(r *resource) {
	into(&x.network.Endpoints, x.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.RouteTable]] { return &e.RouteTables }, ref(x, r.get("route_table_id"), lower.RouteTables))
}

func (x *expansion) endpointSubnet(r *resource) {
	into(&x.network.Endpoints, x.endpointOf(r), r,
		func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.Subnet]] { return &e.Subnets }, ref(x, r.get("subnet_id"), lower.Subnets))
}

// endpointGroup adds a group to an endpoint. The default group of the VPC, which an endpoint without groups has, stays
// beside it unless replace_default_association takes it away:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint_security_group_association
func (x *expansion) endpointGroup(r *resource) {
	group := ref(x, r.get("security_group_id"), lower.SecurityGroups)
	replaced, known := x.bool(r.get("replace_default_association")).Or(nil, false)
	list := func(e *graph.VPCEndpoint) *fact.List[graph.Ref[graph.SecurityGroup]] { return &e.Groups }
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		if !e.Groups.IsSet && !(known.IsTrue() && replaced) {
			for _, vpc := range e.VPC.Cases() {
				if id, ok := vpc.Value.Get(nil); ok.IsTrue() {
					standing := ref(x, value.Value{Kind: value.Text, Text: string(graph.DefaultGroupID(string(id))), Span: e.Span}, lower.SecurityGroups)
					e.Groups.AppendIf(vpc.When, standing, e.Span)
				}
			}
		}
		list(e).AppendIf(when, group, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) { list(e).Miss(r.when, missing...) })
}

func (x *expansion) endpointPolicy(r *resource) {
	document := read.Document(x.symbols, r.get("policy"))
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.Policy = fact.Choice(when, document, e.Policy, r.Span)
	}, func(*graph.VPCEndpoint, ...fact.Missing) {})
}

func (x *expansion) endpointDNS(r *resource) {
	enabled := x.bool(r.get("private_dns_enabled"))
	joined(&x.network.Endpoints, x.endpointOf(r), r, func(e *graph.VPCEndpoint, when fact.Cond) {
		e.PrivateDNS = fact.Choice(when, enabled, e.PrivateDNS, r.Span)
	}, func(e *graph.VPCEndpoint, missing ...fact.Missing) {
		e.PrivateDNS = fact.NotKnown[bool](r.Span, missing...)
	})
}
