package cloudformation

import (
	"maps"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// A name is exported by a stack if values for the template's parameters, and a name for the stack, make it.
func TestNamesThatAStackMayExport(t *testing.T) {
	const template = `
Parameters:
  Env: { Type: String, Default: dev }
  Secret: { Type: String, NoEcho: true }
Conditions:
  Never: !Equals [a, b]
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc: { Type: AWS::EC2::VPC }
Outputs:
  X:
    Value: !Ref Vpc
    Export: { Name: `
	known := func(pairs ...string) slots {
		out := slots{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	for _, c := range []struct {
		export, name string
		slots        slots // nil: the stack cannot export the name
	}{
		{`net-vpc`, "net-vpc", known()},
		{`net-vpc`, "net-vpc2", nil},
		{`net.vpc`, "net-vpc", nil},
		{`!Sub "${AWS::StackName}-vpc"`, "net-vpc", known("AWS::StackName", "net")},
		{`!Sub "${AWS::StackName}-vpc"`, "-vpc", nil},
		{`!Sub "${AWS::StackName}-vpc"`, "net-vpc-2", nil},
		{`!Join [":", [!Ref AWS::StackName, vpc]]`, "a-b:vpc", known("AWS::StackName", "a-b")},
		{`!Sub "${AWS::Region}-${Env}-vpc"`, "${AWS::Region}-prod-vpc", known("Env", "prod")},
		{`!Sub "${AWS::Region}-${Env}-vpc"`, "eu-west-1-prod-vpc", nil},
		{`!Sub "${Env}-to-${Env}"`, "a-to-a", known("Env", "a")},
		{`!Sub "${Env}-to-${Env}"`, "a-to-b", nil},
		{`!Sub "${AWS::StackName}:${Env}:vpc"`, "net:dev:vpc", known("AWS::StackName", "net", "Env", "dev")},
		{`!Sub "${AWS::StackName}-${Env}-vpc"`, "my-net-dev-vpc", known()}, // who knows where the stack's name ends
		{`!Sub "${AWS::StackName}${Env}"`, "anything", nil},
		{`!Ref Env`, "anything", nil},
		{`!Sub "${Secret}-vpc"`, "a-vpc", nil},
		{`!Sub "${Vpc}-id"`, "a-id", nil},
		{`!ImportValue other`, "other", nil},
		{`!If [Never, a, b]`, "b", known()},
		{`!If [IsProd, a, b]`, "a", known()},
		{`!If [IsProd, a, b]`, "b", known()},
		{`!If [IsProd, a, b]`, "c", nil},
		{"x }\n    Condition: Never #", "x", nil},
	} {
		parsed, ds := Parse(source.NewFileSet().Add("t.yaml", []byte(template+c.export+" }\n")))
		if parsed == nil || len(ds) > 0 {
			t.Fatalf("%s: %v", c.export, ds)
		}
		x := NewExporter("t.yaml", parsed, nil, "")
		var got slots
		for i := range x.names {
			if filled, ok := x.names[i].fill(c.name); ok {
				got = filled
			}
		}
		if (got == nil) != (c.slots == nil) || !maps.Equal(got, c.slots) {
			t.Errorf("%s makes %q with %v, want %v", c.export, c.name, got, c.slots)
		}
	}
}

func TestATemplateWithoutExportsIsNoExporter(t *testing.T) {
	parsed, _ := Parse(source.NewFileSet().Add("t.yaml", []byte("Resources:\n  Vpc: { Type: AWS::EC2::VPC }\nOutputs:\n  Vpc: { Value: !Ref Vpc }\n")))
	if x := NewExporter("t.yaml", parsed, nil, ""); x != nil {
		t.Errorf("it exports %v", x.names)
	}
}

// What two names say of their stacks decides how many stacks there are.
func TestDistinctStacks(t *testing.T) {
	a, b := slots{"Env": "a"}, slots{"Env": "b"}
	both := slots{"Env": "a", stackName: "net"}
	for _, c := range []struct{ of, want []slots }{
		{[]slots{a}, []slots{a}},
		{[]slots{{}, a, both}, []slots{both}},
		{[]slots{a, b, a}, []slots{a, b}},
		{[]slots{a, b, {}}, nil}, // of which the third is, nobody knows
		{[]slots{a, b, both}, nil},
	} {
		if got := distinct(c.of); !slices.EqualFunc(got, c.want, maps.Equal[slots, slots]) {
			t.Errorf("%v are the stacks %v, want %v", c.of, got, c.want)
		}
	}
}
