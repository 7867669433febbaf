package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// networkACL reads aws_network_acl.
func (l *lowering) networkACL(r *resource) { l.addACL(r, ref(l, r.get("vpc_id"), vpcs)) }

// defaultACL reads aws_default_network_acl, which adopts the default ACL of a VPC and takes all its rules away:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl
func (l *lowering) defaultACL(r *resource) { l.addACL(r, ownerOf(l, r.get("default_network_acl_id"))) }

// addACL adds the ACL with the entries and associations that are written on it.
func (l *lowering) addACL(r *resource, vpc graph.Ref[graph.VPC]) {
	n := &graph.NetworkACL{Header: l.header(r), VPC: vpc}
	self := fact.Known(graph.ID[graph.NetworkACL](r.Address), r.Span)
	for _, direction := range []string{"ingress", "egress"} {
		blocks := l.list(r.get(direction))
		n.Entries.Open = append(n.Entries.Open, blocks.Open...)
		for i, it := range blocks.Items {
			h := l.part(r, direction+"["+strconv.Itoa(i)+"]", it.When, it.Span)
			l.addEntry(h, self, it.Value, fact.Known(direction == "egress", it.Span), "rule_no", "action")
		}
	}
	graph.Add(l.builder, &l.network.ACLs, n)
	members := refs(l, r.get("subnet_ids"), subnets)
	for _, gap := range members.Open {
		members.AppendIf(gap.When, fact.NotKnown[graph.ID[graph.Subnet]](members.Span, gap.Missing...), members.Span)
	}
	for i, it := range members.Items {
		graph.Add(l.builder, &l.network.ACLAssociations, &graph.ACLAssociation{
			Header: l.part(r, "subnet_ids["+strconv.Itoa(i)+"]", it.When, it.Span), ACL: self, Subnet: it.Value,
		})
	}
}

func (l *lowering) aclRule(r *resource) {
	acl := ref(l, r.get("network_acl_id"), acls)
	l.addEntry(l.header(r), acl, r.config, l.bool(r.get("egress")), "rule_number", "rule_action")
}

// addEntry reads an entry, whose number and action have names of their own in each form.
func (l *lowering) addEntry(h graph.Header, acl graph.Ref[graph.NetworkACL], v value.Value, egress fact.Value[bool], number, action string) {
	graph.Add(l.builder, &l.network.ACLEntries, &graph.ACLEntry{
		Header:   h,
		ACL:      acl,
		Number:   l.int(v.Get(number)),
		Egress:   egress,
		Allow:    read.Parse(l.symbols, v.Get(action), read.ParseAction),
		Protocol: read.Parse(l.symbols, v.Get("protocol"), read.ParseProtocol),
		Ports:    graph.PortRange{From: l.rulePort(v.Get("from_port")), To: l.rulePort(v.Get("to_port"))},
		CIDR:     l.prefix(read.OrElse(l.written(v.Get("cidr_block")), l.written(v.Get("ipv6_cidr_block")))),
	})
}

func (l *lowering) aclAssociation(r *resource) {
	graph.Add(l.builder, &l.network.ACLAssociations, &graph.ACLAssociation{
		Header: l.header(r),
		ACL:    ref(l, r.get("network_acl_id"), acls),
		Subnet: ref(l, r.get("subnet_id"), subnets),
	})
}

func (l *lowering) blockPublicAccess(r *resource) {
	graph.Add(l.builder, &l.network.BlockPublicAccess, &graph.BlockPublicAccess{
		Header: l.header(r), Mode: l.text(r.get("internet_gateway_block_mode")),
	})
}

func (l *lowering) blockPublicAccessExclusion(r *resource) {
	graph.Add(l.builder, &l.network.Exclusions, &graph.BlockPublicAccessExclusion{
		Header: l.header(r),
		VPC:    ref(l, r.get("vpc_id"), vpcs),
		Subnet: ref(l, r.get("subnet_id"), subnets),
		Mode:   l.text(r.get("internet_gateway_exclusion_mode")),
	})
}
