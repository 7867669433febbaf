package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// large is a template, of 1 MB for 400 functions: one VPC with four subnets, and n functions with a role, a group and
// settings each. They have a way out through a NAT gateway, or none of them has.
func large(n int, out bool) string {
	var b strings.Builder
	b.WriteString(`AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway }
  Public:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24 }
  PublicTable:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  PublicRoute:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  PublicAssociation:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicTable }
  Address:
    Type: AWS::EC2::EIP
    DependsOn: Attachment
    Properties: { Domain: vpc }
  Nat:
    Type: AWS::EC2::NatGateway
    DependsOn: Attachment
    Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId }
`)
	target := "GatewayId: !Ref Gateway"
	if out {
		target = "NatGatewayId: !Ref Nat"
	}
	for i := range 4 {
		fmt.Fprintf(&b, `  Subnet%[1]d:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.%[1]d.0/24, AvailabilityZone: !Select [%[1]d, !GetAZs ""] }
  Table%[1]d:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Route%[1]d:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref Table%[1]d, DestinationCidrBlock: 0.0.0.0/0, %[2]s }
  Association%[1]d:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Subnet%[1]d, RouteTableId: !Ref Table%[1]d }
`, i, target)
	}
	for i := range n {
		fmt.Fprintf(&b, `  Group%[1]d:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: What function %[1]d may reach
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
  Queue%[1]d:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 900
  Role%[1]d:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [sqs:SendMessage, sqs:GetQueueUrl]
                Resource: !GetAtt Queue%[1]d.Arn
  Function%[1]d:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      MemorySize: 512
      Timeout: 30
      Role: !GetAtt Role%[1]d.Arn
      Code:
        ZipFile: |
%[2]s      Environment:
        Variables:
          QUEUE_URL: !Ref Queue%[1]d
          STAGE: !Sub "${AWS::StackName}-stage"
          LOG_LEVEL: info
      VpcConfig:
        SubnetIds: [!Ref Subnet0, !Ref Subnet1, !Ref Subnet2, !Ref Subnet3]
        SecurityGroupIds: [!Ref Group%[1]d]
`, i, strings.Repeat("          # what a function of this size does, line by line\n", 18))
	}
	return b.String()
}

// BenchmarkLint compares linting a large template with what yaml.v3 alone needs to read it: parsing is the floor. The
// two take turns, so that what else the machine does slows down both.
//
//	go test ./cmd/lambda-vpc-lint -bench Lint -run '^$' -count 6
func BenchmarkLint(b *testing.B) {
	b.Run("healthy", func(b *testing.B) { lintLarge(b, large(400, true), false) })
	b.Run("400 errors", func(b *testing.B) { lintLarge(b, large(400, false), true) })
}

func lintLarge(b *testing.B, text string, fails bool) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "template.yaml"), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	var floor time.Duration
	for b.Loop() {
		b.StopTimer()
		start := time.Now()
		var n yaml.Node
		if err := yaml.Unmarshal([]byte(text), &n); err != nil {
			b.Fatal(err)
		}
		floor += time.Since(start)
		b.StartTimer()
		r, err := lint.Run(b.Context(), nil, lint.Options{Dir: dir})
		if err != nil || r.Failed() != fails {
			b.Fatal(err, len(r.Findings()))
		}
		if err := report.JSON(io.Discard, r, report.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(floor)/float64(b.N), "yaml.v3-ns/op")
	b.ReportMetric(float64(b.Elapsed())/float64(floor), "times-yaml.v3")
}
