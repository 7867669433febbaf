package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) internetGateway(r *Resource) {
	add(l, &l.network.InternetGateways, &graph.InternetGateway{Header: l.header(r)})
}

func (l *Deployment) vpnGateway(r *Resource) {
	add(l, &l.network.VPNGateways, &graph.VPNGateway{Header: l.header(r)})
}

func (l *Deployment) gatewayAttachment(r *Resource, d *decode.Decoded[ec2.VPCGatewayAttachment]) {
	add(l, &l.network.GatewayAttachments, &graph.GatewayAttachment{
		Header:          l.header(r),
		VPC:             Ref(l, d.At(&d.P.VpcId), VPCs),
		InternetGateway: Ref(l, d.At(&d.P.InternetGatewayId), InternetGateways),
		VPNGateway:      Ref(l, d.At(&d.P.VpnGatewayId), VPNGateways),
	})
}

func (l *Deployment) egressOnlyGateway(r *Resource, d *decode.Decoded[ec2.EgressOnlyInternetGateway]) {
	add(l, &l.network.EgressOnlyGateways, &graph.EgressOnlyGateway{
		Header: l.header(r), VPC: Ref(l, d.At(&d.P.VpcId), VPCs),
	})
}

func (l *Deployment) natGateway(r *Resource, d *decode.Decoded[natGateway]) {
	add(l, &l.network.NATGateways, &graph.NATGateway{
		Header:       l.header(r),
		Subnet:       Ref(l, d.At(&d.P.SubnetId), Subnets),
		VPC:          Ref(l, d.At(&d.P.VpcId), VPCs),
		Connectivity: d.Text(&d.P.ConnectivityType),
		Availability: d.Text(&d.P.AvailabilityMode),
		Allocation:   l.allocation(d.At(&d.P.AllocationId)),
		ZoneAddresses: read.Each(decode.Items(d, &d.P.AvailabilityZoneAddresses), func(e *decode.Decoded[zoneAddress]) fact.Value[fact.Text] {
			return read.Text(l.symbols, read.OrElse(e.At(&e.P.AvailabilityZone), e.At(&e.P.AvailabilityZoneId)))
		}),
	})
}

// allocation reads an AllocationId. Ref of an Elastic IP is its address, not its allocation:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
func (l *Deployment) allocation(v value.Value) fact.Value[graph.Allocation] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) fact.Value[graph.Allocation] {
		a := graph.Allocation{Address: graph.ID[graph.ElasticIP](l.identity(text, aws.ElasticIP)), Attribute: "AllocationId"}
		if s, ok := l.symbols.Only(text); ok && string(a.Address) == s.Address && isAddress(s.Attribute) {
			a.Attribute = "PublicIp"
		}
		return fact.Known(a, span)
	})
}

// isAddress tells the attributes of an Elastic IP that are its address, in the words of each language.
func isAddress(attribute string) bool {
	return attribute == "" || attribute == "PublicIp" || attribute == "public_ip"
}

func (l *Deployment) elasticIP(r *Resource, d *decode.Decoded[elasticIP]) {
	add(l, &l.network.ElasticIPs, &graph.ElasticIP{
		Header:           l.header(r),
		Instance:         Ref(l, d.At(&d.P.InstanceId), Instances),
		NetworkInterface: Ref(l, d.At(&d.P.NetworkInterfaceId), NetworkInterfaces),
	})
}

// addressAssociation ties an Elastic IP to an instance or interface; the EIP property names it by its address.
func (l *Deployment) addressAssociation(r *Resource, d *decode.Decoded[addressAssociation]) {
	add(l, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		ElasticIP:        Ref(l, read.OrElse(d.At(&d.P.AllocationId), d.At(&d.P.EIP)), ElasticIPs),
		Instance:         Ref(l, d.At(&d.P.InstanceId), Instances),
		NetworkInterface: Ref(l, d.At(&d.P.NetworkInterfaceId), NetworkInterfaces),
	})
}
