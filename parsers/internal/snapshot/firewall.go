package snapshot

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// lastEntry is the number of the entry that every ACL ends with; that of IPv6 follows it. Nobody can change them.
// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
const lastEntry = "32767"

func (t *thing) acl() []object {
	out := []object{t.self("AWS::EC2::NetworkAcl", "VpcId Tags")}
	for i, n := range follow(t.node, "Entries") {
		if number := n.Get("RuleNumber").Literal(); number == lastEntry || number == "32768" {
			continue
		}
		const properties = "CidrBlock Ipv6CidrBlock Egress Protocol RuleAction RuleNumber PortRange"
		e := t.part("Entries", i, "AWS::EC2::NetworkAclEntry", n, properties)
		out = append(out, e.of("NetworkAclId", t.id))
	}
	for i, n := range follow(t.node, "Associations") {
		a := t.part("Associations", i, "AWS::EC2::SubnetNetworkAclAssociation", n, "SubnetId")
		out = append(out, a.of("NetworkAclId", t.id))
	}
	return out
}

func (t *thing) group() []object {
	out := []object{t.self("AWS::EC2::SecurityGroup", "VpcId GroupName Tags")}
	out = append(out, t.rules("IpPermissionsEgress", "Egress", "Destination")...)
	return append(out, t.rules("IpPermissions", "Ingress", "Source")...)
}

// rules states one rule for each peer of each permission.
func (t *thing) rules(key, direction, side string) (out []object) {
	typ := "AWS::EC2::SecurityGroup" + direction
	for _, p := range follow(t.node, key) {
		for _, peer := range []struct{ list, properties string }{
			{"IpRanges", "CidrIp"},
			{"Ipv6Ranges", "CidrIpv6"},
			{"PrefixListIds", side + "PrefixListId=PrefixListId"},
			{"UserIdGroupPairs", side + "SecurityGroupId=GroupId"},
		} {
			for _, n := range follow(p, peer.list) {
				address := fmt.Sprintf("%s.%s[%d]", t.id, direction, len(out))
				rule := t.make(address, typ, n, peer.properties)
				shared := t.make("", "", p, "IpProtocol FromPort ToPort")
				rule.Properties.Fields = append(rule.Properties.Fields, shared.Properties.Fields...)
				out = append(out, rule.of("GroupId", t.id))
			}
		}
	}
	return out
}

// prefixList states a list with its entries. Those that AWS keeps are known by the services that they are for.
func (t *thing) prefixList() []object {
	o := t.self("AWS::EC2::PrefixList", "PrefixListName Tags")
	entries, known := t.in.entries[t.id]
	if !known {
		o.put("Entries", o.Span, unknown("entries of "+t.id, o.Span))
		return []object{o}
	}
	o.put("Entries", o.Span, convert(&tree.Node{Kind: tree.Sequence, Span: o.Span, Items: entries}))
	return []object{o}
}

func (t *thing) peering() []object {
	status := t.node.Get("Status").Get("Code")
	o := t.self("AWS::EC2::VPCPeeringConnection",
		"VpcId=RequesterVpcInfo.VpcId PeerVpcId=AccepterVpcInfo.VpcId Tags")
	if status.Literal() != "active" {
		o.put("PeerOwnerId", o.Span, unknown("acceptance of "+t.id, o.Span))
	}
	return []object{o}
}

func (t *thing) transitAttachment() []object {
	return []object{t.self("AWS::EC2::TransitGatewayVpcAttachment", "TransitGatewayId VpcId SubnetIds Tags")}
}

// networkInterface states an interface, and the public address that it has.
func (t *thing) networkInterface() []object {
	o := t.self("AWS::EC2::NetworkInterface", "SubnetId SourceDestCheck GroupSet=Groups.GroupId")
	out := []object{o}
	public := t.node.Get("Association")
	if listed := t.in.things[public.Get("AllocationId").Literal()]; public.Get("PublicIp") != nil && listed == nil {
		out = append(out, t.make(t.id+".PublicIp", "AWS::EC2::EIP", public, "").of("NetworkInterfaceId", t.id))
	}
	if at := t.node.Get("Attachment"); at.Get("InstanceId").Literal() != "" {
		a := t.make(t.id+".Attachment", "AWS::EC2::NetworkInterfaceAttachment", at, "InstanceId")
		out = append(out, a.of("NetworkInterfaceId", t.id))
	}
	return out
}

func (t *thing) address() []object {
	o := t.self("AWS::EC2::EIP", "NetworkInterfaceId Tags")
	if o.Get("NetworkInterfaceId").Text == "" {
		o = t.self("AWS::EC2::EIP", "InstanceId Tags")
	}
	return []object{o}
}

func (t *thing) blockPublicAccess() []object {
	if t.node.Get("InternetGatewayBlockMode").Literal() == "off" {
		return nil
	}
	return []object{t.self("AWS::EC2::VPCBlockPublicAccessOptions", "InternetGatewayBlockMode")}
}

// exclusion names its VPC or subnet by an ARN.
func (t *thing) exclusion() []object {
	o := t.self("AWS::EC2::VPCBlockPublicAccessExclusion", "InternetGatewayExclusionMode")
	_, id, _ := strings.Cut(t.node.Get("ResourceArn").Literal(), "/")
	if strings.HasPrefix(id, "subnet-") {
		return []object{o.of("SubnetId", id)}
	}
	return []object{o.of("VpcId", id)}
}
