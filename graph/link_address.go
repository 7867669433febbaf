package graph

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"

// linkAddresses tells instances and interfaces which Elastic IPs they have, and interfaces which instances they belong
// to.
func (b *Builder) linkAddresses() {
	n := b.net
	onInstance := func(i *Instance) *fact.List[*ElasticIP] { return &i.ElasticIPs }
	onInterface := func(i *NetworkInterface) *fact.List[*ElasticIP] { return &i.ElasticIPs }
	attachments := func(i *NetworkInterface) *fact.List[Ref[Instance]] { return &i.Attachments }

	for e := range n.ElasticIPs.All() {
		deliver(&n.Instances, onInstance, refs(e.Instance), e.When, e, e.Span)
		deliver(&n.NetworkInterfaces, onInterface, refs(e.NetworkInterface), e.When, e, e.Span)
	}
	for i := range n.Instances.All() {
		self := fact.Known(ID[Instance](i.Address), i.Span)
		deliver(&n.NetworkInterfaces, attachments, i.Interfaces, i.When, self, i.Span)
	}
	for a := range n.InterfaceAttachments.All() {
		address := b.associated(a)
		for _, it := range address.Items {
			when := a.When.And(it.When)
			deliver(&n.Instances, onInstance, refs(a.Instance), when, it.Value, a.Span)
			deliver(&n.NetworkInterfaces, onInterface, refs(a.NetworkInterface), when, it.Value, a.Span)
		}
		if len(address.Items) == 0 {
			deliver(&n.NetworkInterfaces, attachments, refs(a.NetworkInterface), a.When, a.Instance, a.Span)
		}
	}
	seal(n, &n.Instances, onInstance)
	seal(n, &n.NetworkInterfaces, onInterface)
	seal(n, &n.NetworkInterfaces, attachments)
}

// associated is the Elastic IP that the attachment gives away, none when it attaches an interface to an instance. An
// address from elsewhere is an address all the same, so it gets an implicit node.
func (b *Builder) associated(a *InterfaceAttachment) fact.List[*ElasticIP] {
	n := b.net
	var out fact.List[*ElasticIP]
	for _, c := range fact.Cases(a.ElasticIP) {
		if c.Value.IsUnset() {
			continue
		}
		id, _ := c.Value.Get(nil)
		e := n.ElasticIPs.Get(id)
		if e == nil {
			h := implied(&a.Header, a.Address+".ElasticIP", "AWS::EC2::EIP", fact.Always())
			Add(b, &n.ElasticIPs, &ElasticIP{Header: h})
			e = n.ElasticIPs.At(h.Address)
		}
		out.AppendIf(c.When, e, a.Span)
	}
	return out
}
