package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

func BenchmarkLower(b *testing.B) {
	var text strings.Builder
	text.WriteString("Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n")
	for i := range 400 {
		fmt.Fprintf(&text, `  Group%[1]d:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]
  Role%[1]d:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]
  Function%[1]d:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: 512
      Role: !GetAtt Role%[1]d.Arn
      Environment: {Variables: {STAGE: !Sub "${AWS::StackName}-stage"}}
      VpcConfig: {SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [!Ref Group%[1]d]}
`, i)
	}
	template := parse(b, "t.yaml", text.String())
	b.ReportAllocs()
	for b.Loop() {
		template.Lower(graph.NewBuilder("t.yaml", "cloudformation"), cloudformation.Bindings{})
	}
}
