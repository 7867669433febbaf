package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// internetGateway reads aws_internet_gateway, which vpc_id attaches.
func (l *lowering) internetGateway(r *resource) {
	graph.Add(l.builder, &l.network.InternetGateways, &graph.InternetGateway{Header: l.header(r)})
	if vpc := r.get("vpc_id"); vpc.Kind != value.Absent {
		graph.Add(l.builder, &l.network.GatewayAttachments, &graph.GatewayAttachment{
			Header:          l.part(r, "vpc_id", fact.Always(), vpc.Span),
			VPC:             ref(l, vpc, vpcs),
			InternetGateway: fact.Known(graph.ID[graph.InternetGateway](r.Address), r.Span),
		})
	}
}

func (l *lowering) vpnGateway(r *resource) {
	graph.Add(l.builder, &l.network.VPNGateways, &graph.VPNGateway{Header: l.header(r)})
	if vpc := r.get("vpc_id"); vpc.Kind != value.Absent {
		graph.Add(l.builder, &l.network.GatewayAttachments, &graph.GatewayAttachment{
			Header:     l.part(r, "vpc_id", fact.Always(), vpc.Span),
			VPC:        ref(l, vpc, vpcs),
			VPNGateway: fact.Known(graph.ID[graph.VPNGateway](r.Address), r.Span),
		})
	}
}

// gatewayAttachment reads aws_internet_gateway_attachment and aws_vpn_gateway_attachment.
func (l *lowering) gatewayAttachment(r *resource) {
	graph.Add(l.builder, &l.network.GatewayAttachments, &graph.GatewayAttachment{
		Header:          l.header(r),
		VPC:             ref(l, r.get("vpc_id"), vpcs),
		InternetGateway: ref(l, r.get("internet_gateway_id"), internetGateways),
		VPNGateway:      ref(l, r.get("vpn_gateway_id"), vpnGateways),
	})
}

func (l *lowering) egressOnlyGateway(r *resource) {
	graph.Add(l.builder, &l.network.EgressOnlyGateways, &graph.EgressOnlyGateway{
		Header: l.header(r), VPC: ref(l, r.get("vpc_id"), vpcs),
	})
}

func (l *lowering) natGateway(r *resource) {
	graph.Add(l.builder, &l.network.NATGateways, &graph.NATGateway{
		Header:       l.header(r),
		Subnet:       ref(l, r.get("subnet_id"), subnets),
		VPC:          ref(l, r.get("vpc_id"), vpcs),
		Connectivity: l.text(r.get("connectivity_type")),
		Availability: l.text(r.get("availability_mode")),
		Allocation:   l.allocation(r.get("allocation_id")),
		ZoneAddresses: read.Each(l.list(r.get("availability_zone_address")), func(v value.Value) fact.Value[fact.Text] {
			return l.text(read.OrElse(v.Get("availability_zone"), v.Get("availability_zone_id")))
		}),
	})
}

// allocation reads an allocation_id. The id of an aws_eip is its allocation; its public_ip is not:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eip
func (l *lowering) allocation(v value.Value) fact.Value[graph.Allocation] {
	return read.Convert(l.symbols, l.written(v), func(v value.Value) fact.Value[graph.Allocation] {
		if v.Kind != value.Text {
			return notText[graph.Allocation](v)
		}
		a := graph.Allocation{Address: graph.ID[graph.ElasticIP](l.identity(v.Text, elasticIPs.has)), Attribute: "AllocationId"}
		if s, ok := l.symbols.Only(v.Text); ok && string(a.Address) == s.Address && s.Attribute == "public_ip" {
			a.Attribute = "PublicIp"
		}
		return fact.Known(a, v.Span)
	})
}

func (l *lowering) elasticIP(r *resource) {
	of := r.get("network_interface")
	graph.Add(l.builder, &l.network.ElasticIPs, &graph.ElasticIP{
		Header:           l.header(r),
		Instance:         instanceOr(l, r.get("instance"), of),
		NetworkInterface: interfaceOnly(l, of),
	})
}

// addressAssociation ties an Elastic IP, which public_ip may name too, to an instance or interface.
func (l *lowering) addressAssociation(r *resource) {
	of := r.get("network_interface_id")
	graph.Add(l.builder, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		ElasticIP:        ref(l, read.OrElse(r.get("allocation_id"), r.get("public_ip")), elasticIPs),
		Instance:         instanceOr(l, r.get("instance_id"), of),
		NetworkInterface: interfaceOnly(l, of),
	})
}
