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
	})
}

// allocation reads an AllocationId. Ref of an Elastic IP is its address, not its allocation:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
func (l *Deployment) allocation(v value.Value) fact.Value[graph.Allocation] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) fact.Value[graph.Allocation] {
		address := graph.ID[graph.ElasticIP](l.identity(text, aws.ElasticIP))
		a := graph.Allocation{Address: address, Attribute: "AllocationId"}
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

// peering is accepted by CloudFormation itself when both VPCs are in one account and Region. PeerRoleArn lets it accept
// in another account, which cannot be seen here:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html
func (l *Deployment) peering(r *Resource, d *decode.Decoded[ec2.VPCPeeringConnection]) {
	p := d.P
	n := &graph.Peering{
		Header:   l.header(r),
		VPC:      Ref(l, d.At(&p.VpcId), VPCs),
		PeerVPC:  Ref(l, d.At(&p.PeerVpcId), VPCs),
		Accepted: fact.Known(true, r.Span),
	}
	owner := l.unlessOwn(d.At(&p.PeerOwnerId), "AWS::AccountId")
	region := l.unlessOwn(d.At(&p.PeerRegion), "AWS::Region")
	if other := read.OrElse(owner, region); other.Kind != value.Absent {
		missing := fact.Missing{Kind: fact.Resource, Name: "acceptance of " + r.Address, Span: other.Span}
		n.Accepted = fact.NotKnown[bool](other.Span, missing)
	}
	add(l, &l.network.Peerings, n)
}

// unlessOwn drops a value that names the account or Region of the deployment itself.
func (l *Deployment) unlessOwn(v value.Value, pseudo string) value.Value {
	if s, ok := l.symbols.Only(v.Text); ok && s.Key == pseudo {
		return value.Value{}
	}
	return v
}

func (l *Deployment) transitGateway(r *Resource) {
	add(l, &l.network.TransitGateways, &graph.TransitGateway{Header: l.header(r)})
}

// transitAttachment reads AWS::EC2::TransitGatewayAttachment and AWS::EC2::TransitGatewayVpcAttachment, whose network
// properties are the same.
func (l *Deployment) transitAttachment(r *Resource, d *decode.Decoded[ec2.TransitGatewayVpcAttachment]) {
	p := d.P
	n := &graph.TransitGatewayAttachment{
		Header:         l.header(r),
		TransitGateway: Ref(l, d.At(&p.TransitGatewayId), TransitGateways),
		VPC:            Ref(l, d.At(&p.VpcId), VPCs),
		Subnets:        refs(l, d.At(&p.SubnetIds), Subnets),
	}
	added := refs(l, d.At(&p.AddSubnetIds), Subnets)
	n.Subnets.Items = append(n.Subnets.Items, added.Items...)
	n.Subnets.Open = append(n.Subnets.Open, added.Open...)
	add(l, &l.network.TransitAttachments, n)
}

func (l *Deployment) endpoint(r *Resource, d *decode.Decoded[endpoint]) {
	p := d.P
	add(l, &l.network.Endpoints, &graph.VPCEndpoint{
		Header:        l.header(r),
		VPC:           Ref(l, d.At(&p.VpcId), VPCs),
		Service:       d.Text(&p.ServiceName),
		ServiceRegion: d.Text(&p.ServiceRegion),
		Kind:          d.Text(&p.VpcEndpointType),
		Subnets:       refs(l, d.At(&p.SubnetIds), Subnets),
		Groups:        refs(l, d.At(&p.SecurityGroupIds), SecurityGroups),
		RouteTables:   owners(l, d.At(&p.RouteTableIds), RouteTables),
		PrivateDNS:    d.Bool(&p.PrivateDnsEnabled),
		Policy:        read.Document(l.symbols, d.At(&p.PolicyDocument)),
	})
}
