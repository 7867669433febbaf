package sam_test

import (
	"slices"
	"testing"
)

func TestACapacityProvider(t *testing.T) {
	r := transform(t, `
Resources:
  Provider:
    Type: AWS::Serverless::CapacityProvider
    Properties:
      VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}
      InstanceRequirements: {AllowedTypes: [m7g.large]}
  Own:
    Type: AWS::Serverless::CapacityProvider
    Properties: {VpcConfig: {SubnetIds: [a]}, OperatorRole: !GetAtt Role.Arn}
  Fn:
    Type: AWS::Serverless::Function
    Properties: {CapacityProviderConfig: {Arn: !GetAtt Provider.Arn, PerExecutionEnvironmentMaxConcurrency: 5}}
`)
	r.is(t, map[string]string{
		"Provider.Type":                                     `"AWS::Lambda::CapacityProvider"`,
		"Provider.Properties.VpcConfig":                     `{SecurityGroupIds:["b",],SubnetIds:["a",],}`,
		"Provider.Properties.PermissionsConfig":             `{CapacityProviderOperatorRoleArn:{Fn::GetAtt:["ProviderOperatorRole","Arn",],},}`,
		"Provider.Properties.InstanceRequirements":          `{AllowedInstanceTypes:["m7g.large",],}`,
		"ProviderOperatorRole.Properties.ManagedPolicyArns": arns("AWSLambdaManagedEC2ResourceOperator"),
		"Own.Properties.PermissionsConfig":                  `{CapacityProviderOperatorRoleArn:{Fn::GetAtt:["Role","Arn",],},}`,
		"OwnOperatorRole":                                   "",
		"Fn.Properties.CapacityProviderConfig": `{LambdaManagedInstancesCapacityProviderConfig:{CapacityProviderArn:{Fn::GetAtt:["Provider","Arn",],},` +
			`PerExecutionEnvironmentMaxConcurrency:"5",},}`,
	})
}

func TestACapacityProviderBesideAVpcConfigKeepsBoth(t *testing.T) {
	r := transform(t, "Globals: {Function: {VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}}}\n"+
		function("CapacityProviderConfig: {Arn: arn}"))
	r.is(t, map[string]string{
		"Fn.Properties.VpcConfig":              `{SecurityGroupIds:["b",],SubnetIds:["a",],}`,
		"Fn.Properties.CapacityProviderConfig": `{LambdaManagedInstancesCapacityProviderConfig:{CapacityProviderArn:"arn",},}`,
	})
}

func TestConnectorsGiveTheirPolicyToTheRightRole(t *testing.T) {
	r := transform(t, `
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Connectors:
      Data: {Properties: {Destination: [{Id: Table}, {Id: Bucket}], Permissions: [Read]}}
  Other: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Own.Arn}}
  Table: {Type: AWS::Serverless::SimpleTable}
  Bucket: {Type: AWS::S3::Bucket}
  Queue: {Type: AWS::SQS::Queue}
  Poll:
    Type: AWS::Serverless::Connector
    Condition: C
    Properties: {Source: {Id: Queue}, Destination: {Id: Other}, Permissions: [Read, Write]}
`)
	r.is(t, map[string]string{
		"FnDataPolicyDestination0.Type":             `"AWS::IAM::ManagedPolicy"`,
		"FnDataPolicyDestination0.Properties.Roles": `[{Ref:"FnRole",},]`,
		"FnDataPolicyDestination1.Properties.Roles": `[{Ref:"FnRole",},]`,
		"PollPolicy.Properties.Roles":               `[{Ref:"Own",},]`,
		"PollPolicy.Condition":                      `"C"`,
		"Poll":                                      "",
		"Fn.Connectors":                             "",
		"Table.Type":                                `"AWS::DynamoDB::Table"`,
	})
	got := granted(r.Get("Resources").Get("PollPolicy").Get("Properties").Get("PolicyDocument"))
	want := []string{"Allow sqs:deletemessage", "Allow sqs:getqueueattributes", "Allow sqs:receivemessage"}
	if !slices.Equal(got, want) {
		t.Errorf("the connector allows %v, want %v", got, want)
	}
	if len(r.diagnostics) > 0 {
		t.Error(r.diagnostics)
	}
}

func TestAStateMachine(t *testing.T) {
	r := transform(t, `
Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: [LambdaInvokePolicy: {FunctionName: !Ref Fn}]
      PermissionsBoundary: arn:b
      Events: {Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}}
`)
	r.is(t, map[string]string{
		"Machine.Type":                                     `"AWS::StepFunctions::StateMachine"`,
		"Machine.Properties.RoleArn":                       `{Fn::GetAtt:["MachineRole","Arn",],}`,
		"MachineRole.Properties.PermissionsBoundary":       `"arn:b"`,
		"MachineHourlyRole.Properties.PermissionsBoundary": `"arn:b"`,
	})
	got := granted(r.Get("Resources").Get("MachineRole").Get("Properties").Get("Policies"))
	if !slices.Equal(got, []string{"Allow lambda:invokefunction"}) {
		t.Errorf("its role allows %v", got)
	}
}

func TestADeploymentPreferenceBringsCodeDeploy(t *testing.T) {
	for _, c := range []struct{ name, preference, role string }{
		{"with a role", "Type: AllAtOnce", `"AWS::IAM::Role"`},
		{"with the role that is given", "Type: AllAtOnce, Role: arn", ""},
		{"not when it is disabled", "Type: AllAtOnce, Enabled: false", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := transform(t, function("AutoPublishAlias: live", "DeploymentPreference: {"+c.preference+"}"))
			r.is(t, map[string]string{"CodeDeployServiceRole.Type": c.role})
		})
	}
}
