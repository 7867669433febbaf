package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

const fleet = `AWSTemplateFormatVersion: "2010-09-09"
Parameters: {Other: {Type: String}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}}
  SubnetTable: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc}}
  Fleet:
    Type: AWS::Lambda::CapacityProvider
    Properties:
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group]}
      PermissionsConfig: {CapacityProviderOperatorRoleArn: arn:aws:iam::123456789012:role/operator}
  Guest:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/guest
      CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !GetAtt Fleet.Arn}}
  Stranger:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/guest
      CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !Ref Other}}
  Plain:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/guest
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group]}
`

func TestTraceKnowsManagedInstances(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("fleet.yaml", []byte(fleet), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, from string
		code       int
		says       string
	}{
		{"instances use the public address that their subnet gives", "Fleet", exitClean, `from subnet "Subnet": arrives through internet gateway`},
		{"a function on a capacity provider sends from there", "Guest", exitClean, `reachable: "Guest" reaches internet`},
		{"a function in the same subnet has no public address", "Plain", exitFindings, `blocked: "Plain" does not reach internet`},
		{"a capacity provider elsewhere leaves it open", "Stranger", exitUnknown, `unknown: whether "Stranger" reaches internet`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			code := run([]string{"trace", c.from, "--to", "internet", "fleet.yaml"}, strings.NewReader(""), &out, &errs)
			if code != c.code || !strings.Contains(out.String(), c.says) {
				t.Errorf("exit %d, want %d, with %q\n%s%s", code, c.code, c.says, out.String(), errs.String())
			}
		})
	}
}
