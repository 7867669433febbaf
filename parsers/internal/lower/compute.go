package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// instance reads an instance. Interfaces that are described inline belong to it: the first gives its subnet and whether
// it has a public address, all of them its groups. Interfaces of their own are listed as such.
func (l *Deployment) instance(r *Resource, d *decode.Decoded[instance]) {
	p := d.P
	subnet := d.At(&p.SubnetId)
	n := &graph.Instance{
		Header:          l.header(r),
		Groups:          Refs(l, d.At(&p.SecurityGroupIds), SecurityGroups),
		SourceDestCheck: d.Bool(&p.SourceDestCheck),
	}
	inline := decode.Items(d, &p.NetworkInterfaces)
	n.Interfaces.Span, n.Interfaces.IsSet, n.Interfaces.Open = inline.Span, inline.IsSet, inline.Open
	public := d.At(&p.AssociatePublicIpAddress)
	for _, it := range inline.Items {
		e := it.Value
		if id := e.At(&e.P.NetworkInterfaceId); id.Kind != value.Absent {
			n.Interfaces.AppendIf(it.When, Ref(l, id, NetworkInterfaces), it.Span)
			continue
		}
		subnet = read.OrElse(subnet, read.OnlyIf(it.When, e.At(&e.P.SubnetId)))
		public = read.OrElse(public, read.OnlyIf(it.When, e.At(&e.P.AssociatePublicIpAddress)))
		groups := Refs(l, read.OnlyIf(it.When, e.At(&e.P.GroupSet)), SecurityGroups)
		n.Groups.Items = append(n.Groups.Items, groups.Items...)
		n.Groups.Open = append(n.Groups.Open, groups.Open...)
		n.Groups.IsSet = n.Groups.IsSet || groups.IsSet
	}
	for _, name := range read.Words(l.symbols, d.At(&p.SecurityGroups)).Items {
		n.Groups.Miss(name.When, fact.Missing{Kind: fact.Resource, Name: "security group " + name.Value.String(), Span: name.Span})
	}
	n.Subnet = Ref(l, subnet, Subnets)
	n.PublicIP = read.Bool(l.symbols, public)
	add(l, &l.network.Instances, n)
}

func (l *Deployment) networkInterface(r *Resource, d *decode.Decoded[ec2.NetworkInterface]) {
	add(l, &l.network.NetworkInterfaces, &graph.NetworkInterface{
		Header:          l.header(r),
		Subnet:          Ref(l, d.At(&d.P.SubnetId), Subnets),
		Groups:          Refs(l, d.At(&d.P.GroupSet), SecurityGroups),
		SourceDestCheck: d.Bool(&d.P.SourceDestCheck),
	})
}

func (l *Deployment) interfaceAttachment(r *Resource, d *decode.Decoded[ec2.NetworkInterfaceAttachment]) {
	add(l, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		NetworkInterface: Ref(l, d.At(&d.P.NetworkInterfaceId), NetworkInterfaces),
		Instance:         Ref(l, d.At(&d.P.InstanceId), Instances),
	})
}
