package sam_test

import "testing"

func TestGlobalsReachAFunction(t *testing.T) {
	const globals = `
Globals:
  Function:
    Timeout: 10
    VpcConfig:
      SubnetIds: [subnet-a]
      SecurityGroupIds: [sg-a]
`
	for _, c := range []struct{ name, properties, attributes, want string }{
		{"as they are when it says nothing", "{}", "",
			`{SecurityGroupIds:["sg-a",],SubnetIds:["subnet-a",],}`},
		{"even without Properties", "", "",
			`{SecurityGroupIds:["sg-a",],SubnetIds:["subnet-a",],}`},
		{"with its own lists behind and duplicates kept", "{VpcConfig: {SubnetIds: [subnet-b, subnet-a]}}", "",
			`{SecurityGroupIds:["sg-a",],SubnetIds:["subnet-a","subnet-b","subnet-a",],}`},
		{"with entries that only it has", "{VpcConfig: {Ipv6AllowedForDualStack: true}}", "",
			`{Ipv6AllowedForDualStack:"true",SecurityGroupIds:["sg-a",],SubnetIds:["subnet-a",],}`},
		{"less a list that it replaces by an intrinsic", "{VpcConfig: {SubnetIds: !Ref Subnets}}", "",
			`{SecurityGroupIds:["sg-a",],SubnetIds:{Ref:"Subnets",},}`},
		{"less all of VpcConfig where it has an intrinsic", "{VpcConfig: !Ref AWS::NoValue}", "",
			`{Ref:"AWS::NoValue",}`},
		{"less what IgnoreGlobals names", "{VpcConfig: {SubnetIds: [subnet-b]}}", "IgnoreGlobals: [VpcConfig]",
			`{SubnetIds:["subnet-b",],}`},
		{"not at all with IgnoreGlobals *", "{}", `IgnoreGlobals: "*"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := transform(t, globals+"Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    "+c.attributes+
				"\n    Properties: "+c.properties+"\n")
			r.is(t, map[string]string{"Fn.Properties.VpcConfig": c.want})
		})
	}
}

func TestGlobalsAreSpent(t *testing.T) {
	r := transform(t, `
Globals:
  CapacityProvider:
    VpcConfig: {SubnetIds: [subnet-a], SecurityGroupIds: [sg-a]}
Resources:
  Provider: {Type: AWS::Serverless::CapacityProvider}
  Fn: {Type: AWS::Serverless::Function}
`)
	if r.Get("Globals") != nil {
		t.Error("Globals are still in the template")
	}
	r.is(t, map[string]string{
		"Provider.Properties.VpcConfig": `{SecurityGroupIds:["sg-a",],SubnetIds:["subnet-a",],}`,
		"Fn.Properties.VpcConfig":       "",
	})
}
