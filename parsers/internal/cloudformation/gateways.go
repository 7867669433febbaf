package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) internetGateway(r *resource) {
	add(l, &l.network.InternetGateways, &graph.InternetGateway{Header: l.header(r)})
}

func (l *lowering) vpnGateway(r *resource) {
	add(l, &l.network.VPNGateways, &graph.VPNGateway{Header: l.header(r)})
}

func (l *lowering) gatewayAttachment(r *resource) {
	d := decoded[ec2.VPCGatewayAttachment](l, r)
	add(l, &l.network.GatewayAttachments, &graph.GatewayAttachment{
		Header:          l.header(r),
		VPC:             ref(l, d.At(&d.P.VpcId), vpcs),
		InternetGateway: ref(l, d.At(&d.P.InternetGatewayId), internetGateways),
		VPNGateway:      ref(l, d.At(&d.P.VpnGatewayId), vpnGateways),
	})
}

func (l *lowering) egressOnlyGateway(r *resource) {
	d := decoded[ec2.EgressOnlyInternetGateway](l, r)
	add(l, &l.network.EgressOnlyGateways, &graph.EgressOnlyGateway{
		Header: l.header(r), VPC: ref(l, d.At(&d.P.VpcId), vpcs),
	})
}

// natGateway reads both kinds; the properties of regional ones are newer than the structs:
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (l *lowering) natGateway(r *resource) {
	d := decoded[ec2.NatGateway](l, r)
	add(l, &l.network.NATGateways, &graph.NATGateway{
		Header:       l.header(r),
		Subnet:       ref(l, d.At(&d.P.SubnetId), subnets),
		VPC:          ref(l, d.Extra("VpcId"), vpcs),
		Connectivity: d.Text(&d.P.ConnectivityType),
		Availability: read.Text(l.symbols, d.Extra("AvailabilityMode")),
		Allocation:   l.allocation(d.At(&d.P.AllocationId)),
		ZoneAddresses: read.Each(read.Flatten(l.symbols, d.Extra("AvailabilityZoneAddresses")), func(v eval.Value) fact.Value[fact.Text] {
			return read.Text(l.symbols, read.OrElse(v.Get("AvailabilityZone"), v.Get("AvailabilityZoneId")))
		}),
	})
}

// allocation reads an AllocationId. Ref of an Elastic IP is its address, not its allocation:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
func (l *lowering) allocation(v eval.Value) fact.Value[graph.Allocation] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) fact.Value[graph.Allocation] {
		a := graph.Allocation{Address: graph.ID[graph.ElasticIP](l.identity(text, elasticIPs.has)), Attribute: "AllocationId"}
		if s, ok := l.symbols.Only(text); ok && string(a.Address) == s.Address && s.Attribute != "AllocationId" {
			a.Attribute = "PublicIp"
		}
		return fact.Known(a, span)
	})
}

func (l *lowering) elasticIP(r *resource) {
	d := decoded[ec2.EIP](l, r)
	add(l, &l.network.ElasticIPs, &graph.ElasticIP{
		Header: l.header(r), Instance: ref(l, d.At(&d.P.InstanceId), instances),
	})
}

// addressAssociation ties an Elastic IP to an instance or interface; the EIP property names it by its address.
func (l *lowering) addressAssociation(r *resource) {
	d := decoded[ec2.EIPAssociation](l, r)
	add(l, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		ElasticIP:        ref(l, read.OrElse(d.At(&d.P.AllocationId), d.Extra("EIP")), elasticIPs),
		Instance:         ref(l, d.At(&d.P.InstanceId), instances),
		NetworkInterface: ref(l, d.At(&d.P.NetworkInterfaceId), networkInterfaces),
	})
}
