package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

var entryShape = lower.Shape("AWS::EC2::NetworkAclEntry")

// networkACL gives the ACL, and the entries and associations that are written on it.
func (x *expansion) networkACL(r *resource) []*lower.Resource {
	var out []*lower.Resource
	var open []fact.Gap
	for _, direction := range []string{"ingress", "egress"} {
		blocks := x.list(r.get(direction))
		open = append(open, blocks.Open...)
		for i, it := range blocks.Items {
			entry := x.inside(it.Value, entryShape, "aws_network_acl.entry")
			set(&entry, "NetworkAclId", self(r))
			set(&entry, "Egress", value.One(strconv.FormatBool(direction == "egress"), it.Span))
			set(&entry, "PortRange", ports(it.Value))
			path := direction + "[" + strconv.Itoa(i) + "]"
			out = append(out, part(r, path, it.When, it.Span, "AWS::EC2::NetworkAclEntry", entry))
		}
	}
	r.stated.Parts = map[string]fact.List[*lower.Resource]{"Entries": {Open: open}}
	members := x.list(r.get("subnet_ids"))
	for _, gap := range members.Open {
		unknown := value.NotKnown(members.Span, gap.Missing...)
		members.AppendIf(gap.When, unknown, members.Span)
	}
	for i, it := range members.Items {
		association := made(it.Span, "NetworkAclId", self(r), "SubnetId", it.Value)
		path := "subnet_ids[" + strconv.Itoa(i) + "]"
		out = append(out, part(r, path, it.When, it.Span, "AWS::EC2::SubnetNetworkAclAssociation", association))
	}
	return append(out, r.stated)
}

// defaultACL expands aws_default_network_acl, which adopts the default ACL of a VPC and takes all its rules away:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl
func (x *expansion) defaultACL(r *resource) []*lower.Resource {
	set(&r.stated.Properties, "VpcId", x.ownerOf(r.get("default_network_acl_id")))
	return x.networkACL(r)
}

func (x *expansion) aclRule(r *resource) []*lower.Resource {
	set(&r.stated.Properties, "PortRange", ports(r.config))
	return []*lower.Resource{r.stated}
}

func ports(v value.Value) value.Value {
	return made(v.Span, "From", v.Get("from_port"), "To", v.Get("to_port"))
}

// direction is one of the two ways of the rules of a security group: the block of a group, the property that
// CloudFormation has for it, what the peer of a rule is called, and what says that the group has no other rules.
type direction struct{ block, property, prefixList, group, exclusive string }

var directions = []direction{
	{"ingress", "SecurityGroupIngress", "SourcePrefixListId", "SourceSecurityGroupId", "ExclusiveIngress"},
	{"egress", "SecurityGroupEgress", "DestinationPrefixListId", "DestinationSecurityGroupId", "ExclusiveEgress"},
}

// securityGroup expands aws_security_group and aws_default_security_group. The provider takes AWS's allow-all egress
// away from a new group, and every rule from one that it adopts, so that a group has the rules that are written and
// no other:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
//
// Each block stands for one rule to each of its peers.
func (x *expansion) securityGroup(r *resource) []*lower.Resource {
	r.stated.Parts = map[string]fact.List[*lower.Resource]{}
	for _, d := range directions {
		blocks := x.list(r.get(d.block))
		rules := fact.List[*lower.Resource]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
		for i, it := range blocks.Items {
			path := d.block + "[" + strconv.Itoa(i) + "]"
			for _, p := range x.peers(it.Value, self(r), it.Value.Get("security_groups")) {
				rule := part(r, path, fact.Always(), it.Span, "AWS::EC2::"+d.property, d.rule(it.Value, p))
				rule.Address += p.suffix
				rules.AppendIf(it.When.And(p.when), rule, it.Span)
			}
		}
		r.stated.Parts[d.property] = rules
		ignores := r.IsIgnored(d.block)
		set(&r.stated.Properties, d.exclusive, value.One(strconv.FormatBool(!ignores), r.Span))
	}
	return []*lower.Resource{r.stated}
}

// groupRule expands aws_security_group_rule, which may have several peers as well. One whose type is not known may be a
// rule of either direction.
func (x *expansion) groupRule(r *resource) (out []*lower.Resource) {
	group := x.written(r.get("security_group_id"))
	peers := x.peers(r.config, group, single(r.get("source_security_group_id")))
	types := fact.Cases(x.text(r.get("type")))
	for _, p := range peers {
		for _, typ := range types {
			for _, d := range directions {
				text, known := typ.Value.Get(nil)
				literal, ok := text.Literal()
				decided := known.IsTrue() && ok
				if decided && (literal == "egress") != (d.block == "egress") {
					continue
				}
				rule := *r.stated
				rule.As, rule.Properties = "AWS::EC2::"+d.property, d.rule(r.config, p)
				set(&rule.Properties, "GroupId", group)
				set(&rule.Properties, "Tags", r.stated.Get("Tags"))
				if len(peers)*len(types) > 1 || !decided {
					rule.Address += p.suffix + "." + d.block
				}
				if !decided {
					missing := append(text.Missing(), known.Missing...)
					unknown := value.NotKnown(r.Span, missing...)
					set(&rule.Properties, "IpProtocol", unknown)
				}
				rule.When = rule.When.And(p.when, typ.When)
				out = append(out, &rule)
			}
		}
	}
	return out
}

// peer is one that a rule lets through, named by a kind of property, under the condition that it is one. Suffix makes
// the address of the rule to it.
type peer struct {
	suffix, list string
	value        value.Value
	when         fact.Cond
}

// The lists of peers of a rule.
const (
	ipv4Peers   = "cidr_blocks"
	ipv6Peers   = "ipv6_cidr_blocks"
	listPeers   = "prefix_list_ids"
	groupPeers  = "security_groups"
	itselfPeers = "self"
)

// peers are the peers in the lists of a rule: ranges, prefix lists, groups, and the group itself. A list that is not
// known has a peer that is not known.
func (x *expansion) peers(v, group, groups value.Value) (out []peer) {
	each := func(list string, peers value.Value) {
		flat := x.list(peers)
		for i, it := range flat.Items {
			out = append(out, peer{"." + list + "[" + strconv.Itoa(i) + "]", list, it.Value, it.When})
		}
		for i, gap := range flat.Open {
			unknown := value.NotKnown(flat.Span, gap.Missing...)
			out = append(out, peer{"." + list + "[?" + strconv.Itoa(i) + "]", list, unknown, gap.When})
		}
	}
	each(ipv4Peers, v.Get(ipv4Peers))
	each(ipv6Peers, v.Get(ipv6Peers))
	each(listPeers, v.Get(listPeers))
	each(groupPeers, groups)
	switch yes, known := x.bool(v.Get(itselfPeers)).Get(nil); {
	case known.IsUnknown():
		unknown := value.NotKnown(v.Span, known.Missing...)
		out = append(out, peer{"." + itselfPeers, groupPeers, unknown, fact.Always()})
	case yes:
		out = append(out, peer{"." + itselfPeers, groupPeers, group, fact.Always()})
	}
	return out
}

// rule is the rule that is written in v, to that peer.
func (d direction) rule(v value.Value, to peer) value.Value {
	rule := made(v.Span, "IpProtocol", v.Get("protocol"), "FromPort", v.Get("from_port"), "ToPort", v.Get("to_port"))
	property := map[string]string{
		ipv4Peers: "CidrIp", ipv6Peers: "CidrIpv6", listPeers: d.prefixList, groupPeers: d.group,
	}[to.list]
	set(&rule, property, to.value)
	return rule
}
