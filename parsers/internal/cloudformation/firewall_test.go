package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// rule describes a security group rule.
func rule(r *graph.SecurityGroupRule) string {
	peer := prefix(r.CIDR)
	if peer == "unset" {
		peer = id(r.Peer)
	}
	if peer == "unset" {
		peer = id(r.PrefixList)
	}
	return show(r.Protocol, nil, itoa) + " " + show(r.Ports.From, nil, itoa) + "-" + show(r.Ports.To, nil,
		itoa) + " " + peer
}

func TestSecurityGroupRules(t *testing.T) {
	n := network(t, `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: "443", ToPort: 443, CidrIp: 0.0.0.0/0}
        - {IpProtocol: -1, DestinationPrefixListId: pl-1}
        - {IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: !GetAtt Vpc.CidrBlock}
      SecurityGroupIngress: {IpProtocol: "6", FromPort: 1, ToPort: 2, SourceSecurityGroupId: !GetAtt Vpc.DefaultSecurityGroup}
  Out: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !GetAtt Group.GroupId, IpProtocol: icmpv6, CidrIpv6: "::/0"}}
  In: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: all, SourceSecurityGroupId: !Ref Group}}
`)
	g := only(t, &n.SecurityGroups)
	if !g.DefaultEgress {
		t.Error("a group of CloudFormation keeps the egress rule that AWS gives it")
	}
	var got []string
	for _, it := range append(g.InlineEgress.Items, g.InlineIngress.Items...) {
		got = append(got, it.Value.Address+": "+rule(it.Value))
	}
	for r := range n.SecurityGroupRules.All() {
		got = append(got, r.Address+" of "+id(r.Group)+": "+rule(r))
	}
	want := []string{
		"Group.SecurityGroupEgress[0]: 6 443-443 0.0.0.0/0",
		"Group.SecurityGroupEgress[1]: -1 unset-unset pl-1",
		"Group.SecurityGroupEgress[2]: 17 53-53 10.0.0.0/16",
		"Group.SecurityGroupIngress[0]: 6 1-2 Vpc.DefaultSecurityGroup",
		"Out of Group: 58 unset-unset ::/0",
		"In of Group: -1 unset-unset Group",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules (-want +got)\n%s", diff)
	}
	if _, ok := g.InlineEgress.Items[0].Value.Written("CidrIp"); !ok {
		t.Error("an inline rule knows the places of its properties")
	}
}

func TestAddressesOutsideTheFileAreComputed(t *testing.T) {
	n := network(t, `
Parameters: {Range: {Type: String}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Range}}
  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}
  Second: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/16}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.0.0/24
      Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
      AvailabilityZone: !Select [0, !GetAZs ""]
`)
	equal(t, "range of the VPC", prefix(only(t, &n.VPCs).CIDRs.Items[0].Value), "unknown: Range")
	var blocks []string
	for b := range n.CIDRBlocks.All() {
		ipv6, _ := b.IPv6.Get(nil)
		blocks = append(blocks, b.Address+" "+prefix(b.CIDR)+" "+map[bool]string{true: "IPv6", false: "IPv4"}[ipv6])
	}
	equal(t, "blocks", strings.Join(blocks, ", "), "Block unknown: Block.Ipv6CidrBlock IPv6, Second 10.1.0.0/16 IPv4")
	subnet := only(t, &n.Subnets)
	if got := n.In(nil).IPv6(subnet); !got.IsTrue() {
		t.Errorf("the subnet has an IPv6 range: %v", got)
	}
	if zone := text(subnet.AZ); !strings.HasPrefix(zone, "${") {
		t.Errorf("the zone is %q, want a symbol", zone)
	}
}

func TestNetworkACLEntries(t *testing.T) {
	n := network(t, `
Resources:
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: vpc-1}}
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !GetAtt Acl.Id, RuleNumber: "100", Protocol: 6, RuleAction: ALLOW, Egress: "true", CidrBlock: 10.0.0.5/8, PortRange: {From: 443, To: 443}}
`)
	e := only(t, &n.ACLEntries)
	egress, _ := e.Egress.Get(nil)
	allow, _ := e.Allow.Get(nil)
	if !egress || !allow {
		t.Errorf("egress %v, allow %v", egress, allow)
	}
	equal(t, "ACL", id(e.ACL), "Acl")
	equal(t, "range", prefix(e.CIDR), "10.0.0.0/8")
	equal(t, "port", show(e.Ports.From, nil, itoa), "443")
	equal(t, "number", show(e.Number, nil, itoa), "100")
}
