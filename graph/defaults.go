package graph

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"

// This file reads the properties for which AWS has a default that matters here.

// IsPublic says whether the connectivity of the NAT gateway is public, as it is unless set.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
func (v *View) IsPublic(n *NATGateway) fact.Verdict {
	return v.reads(n.Connectivity, "public", "public")
}

// IsPrivate says whether the connectivity of the NAT gateway is private.
func (v *View) IsPrivate(n *NATGateway) fact.Verdict {
	return v.reads(n.Connectivity, "private", "public")
}

// IsZonal says whether the NAT gateway lies in a subnet, as it does unless it is set to be regional.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (v *View) IsZonal(n *NATGateway) fact.Verdict { return v.reads(n.Availability, "zonal", "zonal") }

// IsRegional says whether the NAT gateway serves its VPC as a whole.
func (v *View) IsRegional(n *NATGateway) fact.Verdict {
	return v.reads(n.Availability, "regional", "zonal")
}

// IsOfKind says whether the endpoint is of the kind, such as "Interface". It is a gateway endpoint unless set.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
func (v *View) IsOfKind(e *VPCEndpoint, kind string) fact.Verdict {
	return v.reads(e.Kind, kind, "Gateway")
}

// reads compares a text with a known one, or with the default where it is not set.
func (v *View) reads(text fact.Value[fact.Text], want, byDefault string) fact.Verdict {
	got, ok := text.Or(v.World, fact.Lit(byDefault))
	if !ok.IsTrue() {
		return ok
	}
	return fact.Same(got, fact.Lit(want))
}

// HasDNSSupport says whether the VPC has the Amazon DNS server, as it does unless told otherwise.
// https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
func (v *View) HasDNSSupport(vpc *VPC) fact.Verdict { return v.isOn(vpc.DNSSupport, true) }

// HasDNSHostnames says whether the VPC gives its instances host names, which a VPC that is created does not.
func (v *View) HasDNSHostnames(vpc *VPC) fact.Verdict { return v.isOn(vpc.DNSHostnames, false) }

// HasPrivateDNS says whether the interface endpoint takes over the public name of its service, which it does not unless
// told. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
func (v *View) HasPrivateDNS(e *VPCEndpoint) fact.Verdict { return v.isOn(e.PrivateDNS, false) }

// IsAccepted says whether the peering connection is accepted. A connection that says nothing of it is not known to be.
func (v *View) IsAccepted(p *Peering) fact.Verdict {
	if p.Accepted.IsUnset() {
		return fact.Wants(fact.Missing{Kind: fact.Attribute, Name: "acceptance of " + p.Address, Span: p.Span})
	}
	return v.isOn(p.Accepted, false)
}

func (v *View) isOn(value fact.Value[bool], byDefault bool) fact.Verdict {
	on, ok := value.Or(v.World, byDefault)
	if !ok.IsTrue() {
		return ok
	}
	return fact.Of(on)
}
