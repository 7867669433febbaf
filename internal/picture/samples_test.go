package picture_test

import (
	"fmt"
	"strings"
)

// hostile has names that mean something in each of the formats.
const hostile = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  "Vpc</script><b>":
    Type: AWS::EC2::VPC
    Metadata: {"aws:cdk:path": "App/</script><script>alert(1)</script>/Resource"}
    Properties: {CidrBlock: 10.0.0.0/16}
  'Sub"net]; x[("<img src=x onerror=alert(1)>")] --> y':
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref "Vpc</script><b>"
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: "a\"}]\n;\u202eb\u001b[31m \\"
  "F\\\" onload=\"x\n%%{init: {}}%%":
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: x}
      Role: arn:aws:iam::111122223333:role/a
      VpcConfig: {SubnetIds: [!Ref 'Sub"net]; x[("<img src=x onerror=alert(1)>")] --> y'], SecurityGroupIds: [sg-1]}
`

// big is a VPC with 40 subnets in four zones and 200 functions, some of them in public subnets.
func big() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("AWSTemplateFormatVersion: '2010-09-09'\nResources:")
	line("  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n  Gateway: {Type: AWS::EC2::InternetGateway}")
	line("  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}")
	line("  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc}}")
	line("  PublicTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}")
	line("  Default: {Type: AWS::EC2::Route, DependsOn: Attachment, Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}")
	for zone := range 4 {
		line("  Address%d: {Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: {Domain: vpc}}", zone)
		line("  Nat%d: {Type: AWS::EC2::NatGateway, DependsOn: Default, Properties: {SubnetId: !Ref Tier0Zone%d, AllocationId: !GetAtt Address%d.AllocationId}}", zone, zone, zone)
		line("  Table%d: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}", zone)
		line("  Out%d: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table%d, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat%d}}", zone, zone, zone)
		for tier := range 10 {
			line("  Tier%dZone%d: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.%d.0/24, AvailabilityZone: eu-west-1%c}}", tier, zone, zone*10+tier, 'a'+zone)
			table := fmt.Sprint("Table", zone)
			if tier < 2 {
				table = "PublicTable"
			}
			if tier < 7 {
				line("  Tier%dZone%dTable: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Tier%dZone%d, RouteTableId: !Ref %s}}", tier, zone, tier, zone, table)
			}
		}
	}
	for i := range 200 {
		tier := 1 + i%5
		line("  Worker%d: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: 'arn:aws:iam::111122223333:role/a', VpcConfig: {SubnetIds: [!Ref Tier%dZone0, !Ref Tier%dZone1], SecurityGroupIds: [!Ref Group]}}}", i, tier, tier)
	}
	return b.String()
}
