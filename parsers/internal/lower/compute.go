package lower

import (
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) function(r *Resource, d *decode.Decoded[function]) {
	p := d.P
	provider := d.At(&p.CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn)
	add(l, &l.network.Functions, &graph.Function{
		Header:           l.header(r),
		Role:             l.roleRef(r, d.At(&p.Role)),
		Subnets:          orEmpty(l, d.At(&p.VpcConfig.SubnetIds), Subnets),
		Groups:           orEmpty(l, d.At(&p.VpcConfig.SecurityGroupIds), SecurityGroups),
		SubnetNames:      l.namesOf(d.At(&p.VpcConfig.SubnetIds)),
		VPCConfig:        read.Present(l.symbols, d.At(&p.VpcConfig)),
		IPv6:             d.Bool(&p.VpcConfig.Ipv6AllowedForDualStack),
		CapacityProvider: Ref(l, provider, CapacityProviders),
		Name:             d.Text(&p.FunctionName),
		FileSystems:      l.fileSystems(d.At(&p.FileSystemConfigs)),
		Environment:      read.Variables(l.symbols, d.At(&p.Environment.Variables)),
		Properties:       read.Properties(l.symbols, r.written(), isReadElsewhere),
		TagList:          Tags(l, r),
		Publishes:        d.Bool(&p.Publish),
		SAM:              r.SAM,
	})
}

func (l *Deployment) fileSystems(configs value.Value) fact.List[fact.Value[fact.Text]] {
	return read.Each(read.Flatten(l.symbols, configs), func(v value.Value) fact.Value[fact.Text] {
		return read.Text(l.symbols, v.Get("Arn"))
	})
}

// isReadElsewhere tells the properties of a function that have fields of their own, and its code.
func isReadElsewhere(path string) bool {
	switch path {
	case "role", "vpcconfig", "environment", "functionname", "capacityproviderconfig", "code.zipfile",
		"tags", "tagsall":
		return true
	}
	return false
}

func (l *Deployment) capacityProvider(r *Resource, d *decode.Decoded[capacityProvider]) {
	add(l, &l.network.CapacityProviders, &graph.CapacityProvider{
		Header:       l.header(r),
		Subnets:      refs(l, d.At(&d.P.VpcConfig.SubnetIds), Subnets),
		Groups:       refs(l, d.At(&d.P.VpcConfig.SecurityGroupIds), SecurityGroups),
		OperatorRole: l.roleRef(r, d.At(&d.P.PermissionsConfig.CapacityProviderOperatorRoleArn)),
	})
}

// unqualified goes from an alias or version of this deployment to the function that it belongs to.
func (l *Deployment) unqualified(v value.Value) value.Value {
	s, ok := l.symbols.Only(v.Text)
	if !ok || v.Kind != value.Text {
		return v
	}
	r := l.resources[s.Address]
	if r != nil && (r.As == "AWS::Lambda::Alias" || r.As == "AWS::Lambda::Version") {
		return r.Get("FunctionName")
	}
	return v
}

// roleRef reads the ARN of a role as r gives it. An ARN that ends in the RoleName of a role of this deployment is that
// role's.
func (l *Deployment) roleRef(r *Resource, v value.Value) graph.Ref[graph.Role] {
	return read.FromText(l.symbols, v, func(text string, span source.Span) graph.Ref[graph.Role] {
		id := l.identity(text, aws.Role)
		if arn, name, ok := cutName(text); ok && strings.Contains(arn, ":role") {
			if address, ok := l.names.Role(name, r.Address); ok {
				id = address
			}
		}
		return fact.Known(graph.ID[graph.Role](id), span)
	})
}

// cutName cuts an ARN at its last slash.
func cutName(arn string) (before, name string, found bool) {
	if i := strings.LastIndexByte(arn, '/'); i >= 0 {
		return arn[:i], arn[i+1:], true
	}
	return arn, "", false
}

// instance reads an instance. Interfaces that are described inline belong to it: the first gives its subnet and whether
// it has a public address, all of them its groups. Interfaces of their own are listed as such.
func (l *Deployment) instance(r *Resource, d *decode.Decoded[instance]) {
	p := d.P
	subnet := d.At(&p.SubnetId)
	n := &graph.Instance{
		Header:          l.header(r),
		Groups:          refs(l, d.At(&p.SecurityGroupIds), SecurityGroups),
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
		groups := refs(l, read.OnlyIf(it.When, e.At(&e.P.GroupSet)), SecurityGroups)
		n.Groups.Items = append(n.Groups.Items, groups.Items...)
		n.Groups.Open = append(n.Groups.Open, groups.Open...)
		n.Groups.IsSet = n.Groups.IsSet || groups.IsSet
	}
	for _, name := range read.Words(l.symbols, d.At(&p.SecurityGroups)).Items {
		group := "security group " + name.Value.String()
		n.Groups.Miss(name.When, fact.Missing{Kind: fact.Resource, Name: group, Span: name.Span})
	}
	n.Subnet = Ref(l, subnet, Subnets)
	n.PublicIP = read.Bool(l.symbols, public)
	add(l, &l.network.Instances, n)
}

func (l *Deployment) networkInterface(r *Resource, d *decode.Decoded[ec2.NetworkInterface]) {
	add(l, &l.network.NetworkInterfaces, &graph.NetworkInterface{
		Header:          l.header(r),
		Subnet:          Ref(l, d.At(&d.P.SubnetId), Subnets),
		Groups:          refs(l, d.At(&d.P.GroupSet), SecurityGroups),
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
