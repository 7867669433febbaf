package aws

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Reference is a property that names resources by their ids.
type Reference struct {
	// Path is the property, such as "VpcConfig.SubnetIds".
	Path string
	// List is set where the property is a list of ids.
	List bool
	// Takes are the kinds that it may name.
	Takes []Kind
}

// references say what the properties of a resource type may name: for each kind the properties, with [] behind a list.
// They are those of the pages of the types in
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
//
// A GatewayId may be that of an endpoint too: EC2 itself shows such routes so.
var references = map[string]map[Kind]string{
	"AWS::Lambda::Function": {Subnet: "VpcConfig.SubnetIds[]", SecurityGroup: "VpcConfig.SecurityGroupIds[]"},
	"AWS::Lambda::CapacityProvider": {
		Subnet: "VpcConfig.SubnetIds[]", SecurityGroup: "VpcConfig.SecurityGroupIds[]",
	},
	"AWS::EC2::VPCCidrBlock":               {VPC: "VpcId"},
	"AWS::EC2::Subnet":                     {VPC: "VpcId"},
	"AWS::EC2::SubnetCidrBlock":            {Subnet: "SubnetId"},
	"AWS::EC2::VPCDHCPOptionsAssociation":  {VPC: "VpcId", DHCPOptions: "DhcpOptionsId"},
	"AWS::EC2::RouteTable":                 {VPC: "VpcId"},
	"AWS::EC2::VPNGatewayRoutePropagation": {RouteTable: "RouteTableIds[]", VPNGateway: "VpnGatewayId"},
	"AWS::EC2::SubnetRouteTableAssociation": {
		Subnet: "SubnetId", RouteTable: "RouteTableId", InternetGateway: "GatewayId", VPNGateway: "GatewayId",
	},
	"AWS::EC2::GatewayRouteTableAssociation": {
		RouteTable: "RouteTableId", InternetGateway: "GatewayId", VPNGateway: "GatewayId",
	},
	"AWS::EC2::Route": {
		RouteTable: "RouteTableId", PrefixList: "DestinationPrefixListId", NATGateway: "NatGatewayId",
		InternetGateway: "GatewayId", VPNGateway: "GatewayId", VPCEndpoint: "VpcEndpointId GatewayId",
		EgressOnlyGateway: "EgressOnlyInternetGatewayId", Instance: "InstanceId",
		NetworkInterface: "NetworkInterfaceId", TransitGateway: "TransitGatewayId",
		PeeringConnection: "VpcPeeringConnectionId",
	},
	"AWS::EC2::VPCGatewayAttachment": {
		VPC: "VpcId", InternetGateway: "InternetGatewayId", VPNGateway: "VpnGatewayId",
	},
	"AWS::EC2::EgressOnlyInternetGateway": {VPC: "VpcId"},
	"AWS::EC2::NatGateway":                {Subnet: "SubnetId", VPC: "VpcId", ElasticIP: "AllocationId"},
	"AWS::EC2::Instance":                  {Subnet: "SubnetId", SecurityGroup: "SecurityGroupIds[]"},
	"AWS::EC2::NetworkInterface":          {Subnet: "SubnetId", SecurityGroup: "GroupSet[]"},
	"AWS::EC2::NetworkInterfaceAttachment": {
		Instance: "InstanceId", NetworkInterface: "NetworkInterfaceId",
	},
	"AWS::EC2::TransitGatewayAttachment": {
		TransitGateway: "TransitGatewayId", VPC: "VpcId", Subnet: "SubnetIds[]",
	},
	"AWS::EC2::TransitGatewayVpcAttachment": {
		TransitGateway: "TransitGatewayId", VPC: "VpcId", Subnet: "SubnetIds[]",
	},
	"AWS::EC2::VPCPeeringConnection": {VPC: "VpcId PeerVpcId"},
	"AWS::EC2::VPCEndpoint": {
		VPC: "VpcId", RouteTable: "RouteTableIds[]", Subnet: "SubnetIds[]", SecurityGroup: "SecurityGroupIds[]",
	},
	"AWS::EC2::NetworkAcl":                  {VPC: "VpcId"},
	"AWS::EC2::NetworkAclEntry":             {NetworkACL: "NetworkAclId"},
	"AWS::EC2::SubnetNetworkAclAssociation": {Subnet: "SubnetId", NetworkACL: "NetworkAclId"},
	"AWS::EC2::SecurityGroup":               {VPC: "VpcId"},
	"AWS::EC2::SecurityGroupEgress": {
		SecurityGroup: "GroupId DestinationSecurityGroupId", PrefixList: "DestinationPrefixListId",
	},
	"AWS::EC2::SecurityGroupIngress": {
		SecurityGroup: "GroupId SourceSecurityGroupId", PrefixList: "SourcePrefixListId",
	},
	"AWS::EFS::MountTarget": {FileSystem: "FileSystemId", Subnet: "SubnetId", SecurityGroup: "SecurityGroups[]"},
	"AWS::S3Files::MountTarget": {
		S3FileSystem: "FileSystemId", Subnet: "SubnetId", SecurityGroup: "SecurityGroups[]",
	},
}

var referencesOf = sync.OnceValue(func() map[string][]Reference {
	out := map[string][]Reference{}
	for typ, takes := range references {
		out[typ] = inOrder(takes)
	}
	return out
})

// inOrder lists each property once, in the order of the names.
func inOrder(takes map[Kind]string) (out []Reference) {
	byPath := map[string]Reference{}
	for kind, paths := range takes {
		for written := range strings.FieldsSeq(paths) {
			path, list := strings.CutSuffix(written, "[]")
			byPath[path] = Reference{Path: path, List: list, Takes: append(byPath[path].Takes, kind)}
		}
	}
	for _, r := range byPath {
		slices.SortFunc(r.Takes, func(a, b Kind) int {
			return strings.Compare(strings.ToLower(string(a)), strings.ToLower(string(b)))
		})
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Reference) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// ReferencesOf are the properties of the CloudFormation type that name resources by their ids, in the order of their
// names. It is empty for types that nothing here asks about.
func ReferencesOf(typ string) []Reference { return referencesOf()[typ] }

// ids are how the ids of the kinds begin.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
var ids = map[string]Kind{
	"vpc": VPC, "subnet": Subnet, "rtb": RouteTable, "igw": InternetGateway, "vgw": VPNGateway,
	"eigw": EgressOnlyGateway, "nat": NATGateway, "i": Instance, "eni": NetworkInterface, "pcx": PeeringConnection,
	"tgw": TransitGateway, "vpce": VPCEndpoint, "sg": SecurityGroup, "acl": NetworkACL,
}

var anID = regexp.MustCompile(`^([a-z]+)-([0-9a-f]{8}|[0-9a-f]{17})$`)

// KindOfID is the kind of resource that has the id, such as a subnet for "subnet-0a1b2c3d4e5f60718". It is empty for
// texts that are no whole id of one of the kinds.
func KindOfID(id string) Kind {
	if m := anID.FindStringSubmatch(id); m != nil {
		return ids[m[1]]
	}
	return ""
}
