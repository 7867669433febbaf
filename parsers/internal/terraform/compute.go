package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// instance reads an instance, its interfaces in the form of provider version 6 too: primary_network_interface. Groups
// that are named and not identified may be any.
func (l *lowering) instance(r *resource) {
	n := &graph.Instance{
		Header:          l.header(r),
		Subnet:          ref(l, r.get("subnet_id"), subnets),
		Groups:          refs(l, r.get("vpc_security_group_ids"), securityGroups),
		SourceDestCheck: l.bool(r.get("source_dest_check")),
		PublicIP:        l.bool(r.get("associate_public_ip_address")),
	}
	for _, block := range []string{"network_interface", "primary_network_interface"} {
		written := l.list(r.get(block))
		n.Interfaces.Open = append(n.Interfaces.Open, written.Open...)
		for _, it := range written.Items {
			n.Interfaces.AppendIf(it.When, ref(l, it.Value.Get("network_interface_id"), networkInterfaces), it.Span)
		}
	}
	for _, name := range l.list(r.get("security_groups")).Items {
		n.Groups.Miss(name.When, fact.Missing{Kind: fact.Resource, Name: "security group " + l.symbols.Text(name.Value.Text).String(), Span: name.Span})
	}
	graph.Add(l.builder, &l.network.Instances, n)
}

func (l *lowering) networkInterface(r *resource) {
	graph.Add(l.builder, &l.network.NetworkInterfaces, &graph.NetworkInterface{
		Header:          l.header(r),
		Subnet:          ref(l, r.get("subnet_id"), subnets),
		Groups:          refs(l, r.get("security_groups"), securityGroups),
		SourceDestCheck: l.bool(r.get("source_dest_check")),
	})
	for i, it := range l.list(r.get("attachment")).Items {
		graph.Add(l.builder, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
			Header:           l.part(r, "attachment["+strconv.Itoa(i)+"]", it.When, it.Span),
			NetworkInterface: fact.Known(graph.ID[graph.NetworkInterface](r.Address), r.Span),
			Instance:         ref(l, it.Value.Get("instance"), instances),
		})
	}
}

func (l *lowering) interfaceAttachment(r *resource) {
	graph.Add(l.builder, &l.network.InterfaceAttachments, &graph.InterfaceAttachment{
		Header:           l.header(r),
		NetworkInterface: ref(l, r.get("network_interface_id"), networkInterfaces),
		Instance:         ref(l, r.get("instance_id"), instances),
	})
}

// groupAttachment reads aws_network_interface_sg_attachment, which adds a group to an interface, or to an instance by
// its primary interface.
func (l *lowering) groupAttachment(r *resource) {
	group, to := ref(l, r.get("security_group_id"), securityGroups), r.get("network_interface_id")
	into(&l.network.Instances, instanceOr(l, value.Value{}, to), r,
		func(n *graph.Instance) *fact.List[graph.Ref[graph.SecurityGroup]] { return &n.Groups }, group)
	into(&l.network.NetworkInterfaces, interfaceOnly(l, to), r,
		func(n *graph.NetworkInterface) *fact.List[graph.Ref[graph.SecurityGroup]] { return &n.Groups }, group)
}

// instanceOr is the instance that v names, else the one whose primary interface is; unset for other interfaces.
func instanceOr(l *lowering, v, primary value.Value) graph.Ref[graph.Instance] {
	if v.Kind != value.Absent {
		return ref(l, v, instances)
	}
	return fact.Map(ref(l, primary, instances), func(id graph.ID[graph.Instance], span source.Span) graph.Ref[graph.Instance] {
		if r := l.resources[string(id)]; r != nil && r.Type == "aws_instance" {
			return fact.Known(id, span)
		}
		return graph.Ref[graph.Instance]{}
	})
}

// interfaceOnly is the interface that v names, unset where it is the primary one of an instance.
func interfaceOnly(l *lowering, v value.Value) graph.Ref[graph.NetworkInterface] {
	any := kind[graph.NetworkInterface]{[]string{"aws_network_interface", "aws_instance"}, instances.attributes}
	return fact.Map(ref(l, v, any), func(id graph.ID[graph.NetworkInterface], span source.Span) graph.Ref[graph.NetworkInterface] {
		if r := l.resources[string(id)]; r != nil && r.Type == "aws_instance" {
			return graph.Ref[graph.NetworkInterface]{}
		}
		return fact.Known(id, span)
	})
}
