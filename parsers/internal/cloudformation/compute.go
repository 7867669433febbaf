package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

// instance reads an instance. Interfaces that are described inline belong to it: the first gives its subnet and whether
// it has a public address, all of them its groups. Interfaces of their own are listed as such.
func (l *lowering) instance(r *resource) {
	d := decoded[ec2.Instance](l, r)
	p := d.P
	subnet := d.At(&p.SubnetId)
	n := &graph.Instance{
		Header:          l.header(r),
		Groups:          refs(l, d.At(&p.SecurityGroupIds), securityGroups),
		SourceDestCheck: d.Bool(&p.SourceDestCheck),
	}
	inline := decode.Items(d, &p.NetworkInterfaces)
	n.Interfaces.Span, n.Interfaces.IsSet, n.Interfaces.Open = inline.Span, inline.IsSet, inline.Open
	var public eval.Value
	for _, it := range inline.Items {
		e := it.Value
		if id := e.At(&e.P.NetworkInterfaceId); id.Kind != eval.Absent {
			n.Interfaces.AppendIf(it.When, ref(l, id, networkInterfaces), it.Span)
			continue
		}
		subnet = read.OrElse(subnet, read.OnlyIf(it.When, e.At(&e.P.SubnetId)))
		public = read.OrElse(public, read.OnlyIf(it.When, e.At(&e.P.AssociatePublicIpAddress)))
		groups := refs(l, read.OnlyIf(it.When, e.At(&e.P.GroupSet)), securityGroups)
		n.Groups.Items = append(n.Groups.Items, groups.Items...)
		n.Groups.Open = append(n.Groups.Open, groups.Open...)
		n.Groups.IsSet = n.Groups.IsSet || groups.IsSet
	}
	for _, name := range read.Words(l.symbols, d.At(&p.SecurityGroups)).Items {
		n.Groups.Miss(name.When, fact.Missing{Kind: fact.Resource, Name: "security group " + name.Value.String(), Span: name.Span})
	}
	n.Subnet = ref(l, subnet, subnets)
	n.PublicIP = read.Bool(l.symbols, public)
	add(l, &l.network.Instances, n)
}

func (l *lowering) networkInterface(r *resource) {
	d := decoded[ec2.NetworkInterface](l, r)
	add(l, &l.network.NetworkInterfaces, &graph.NetworkInterface{
		Header:          l.header(r),
		Subnet:          ref(l, d.At(&d.P.SubnetId), subnets),
		Groups:          refs(l, d.At(&d.P.GroupSet), securityGroups),
		SourceDestCheck: d.Bool(&d.P.SourceDestCheck),
	})
}

func (l *lowering) interfaceAttachment(r *resource) {
	d := decoded[ec2.NetworkInterfaceAttachment](l, r)
	add(l, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		NetworkInterface: ref(l, d.At(&d.P.NetworkInterfaceId), networkInterfaces),
		Instance:         ref(l, d.At(&d.P.InstanceId), instances),
	})
}
