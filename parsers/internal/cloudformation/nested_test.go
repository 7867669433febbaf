package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// nest lowers the template "main" with those that it nests by their names.
func nest(t *testing.T, given map[string]string, texts map[string]string) (*graph.Network, int) {
	t.Helper()
	opened := 0
	var files cloudformation.Files
	files.Open = func(s cloudformation.NestedStack) (*cloudformation.Template, cloudformation.Files) {
		text, ok := texts[s.Path()]
		if !ok {
			return nil, files
		}
		opened++
		return parse(t, s.Path(), text), files
	}
	b := graph.NewBuilder("main", "cloudformation")
	parse(t, "main", texts["main"]).Lower(b, cloudformation.Bindings{Bindings: eval.Bindings{Given: given, Region: "eu-west-1"}, Files: files})
	return b.Link(), opened
}

func TestNestedStackExistsWhereItsConditionHolds(t *testing.T) {
	n, _ := nest(t, nil, map[string]string{
		"main": `
Parameters: {Stage: {Type: String}}
Conditions: {Production: !Equals [!Ref Stage, prod]}
Resources:
  A: {Type: AWS::CloudFormation::Stack, Condition: Production, Properties: {TemplateURL: a}}
`,
		"a": "Resources: {B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b}}}",
		"b": "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}",
	})
	vpc := only(t, &n.VPCs)
	equal(t, "address", vpc.Address, "A.B.Vpc")
	equal(t, "condition", vpc.When.String(), n.Head("A").When.String())
	if vpc.When.IsAlways() {
		t.Error("the VPC exists without its stack")
	}
}

func TestParametersOfNestedStacksMayBeOutputsOfOthers(t *testing.T) {
	n, opened := nest(t, map[string]string{"Range": "10.9.0.0/16"}, map[string]string{
		"main": `
Resources:
  Second: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: second, Parameters: {Vpc: !GetAtt First.Outputs.Vpc}}}
  First: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: first}}
`,
		"first": `
Parameters: {Range: {Type: String, Default: 10.1.0.0/16}}
Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Range}}}
Outputs: {Vpc: {Value: !Ref Vpc}}
`,
		"second": `
Parameters: {Vpc: {Type: String}}
Resources: {Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Sub "${AWS::Region}a"}}}
`,
	})
	equal(t, "VPC of the second's subnet", id(only(t, &n.Subnets).VPC), "First.Vpc")
	cidr, _ := only(t, &n.VPCs).CIDRs.In(nil).Items[0].Value.Get(nil)
	equal(t, "range", cidr.String(), "10.1.0.0/16") // what a user gives is for the root
	equal(t, "stacks", fmt.Sprint(opened), "2")
	if !n.DependsOn("Second.Subnet", "First.Vpc") {
		t.Error("the second stack is made before the first")
	}
}

func TestNestedStacksWithoutAnEndComeToOne(t *testing.T) {
	for name, texts := range map[string]map[string]string{
		"a stack of itself": {
			"main": "Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: main}}, B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: main}}}",
		},
		"parameters that wait for each other": {
			"main": `
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a, Parameters: {X: !GetAtt B.Outputs.X}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a, Parameters: {X: !GetAtt A.Outputs.X}}}
`,
			"a": "Parameters: {X: {Type: String}}\nResources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref X}}}\nOutputs: {X: {Value: !Ref X}}",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, opened := nest(t, nil, texts); opened < 2 || opened > 402 {
				t.Errorf("%d stacks were opened", opened)
			}
		})
	}
}

func TestStackWithUnknownParametersIsNoPart(t *testing.T) {
	n, opened := nest(t, nil, map[string]string{
		"main": `
Parameters: {Stage: {Type: String}}
Conditions: {Production: !Equals [!Ref Stage, prod]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a, Parameters: !If [Production, {Vpc: !Ref Vpc}, {}]}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: none, Parameters: {Vpc: !Ref Vpc}}}
`,
		"a": "Parameters: {Vpc: {Type: String, Default: vpc-1}}\nResources: {Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}}",
	})
	equal(t, "stacks", fmt.Sprint(opened), "0")
	if n.Head("Vpc").Exported == nil {
		t.Error("what is passed to a stack that is no part does not leave the deployment")
	}
}

func TestPlacesOfNestedTemplates(t *testing.T) {
	bucket := symbol.NewTable().Intern(symbol.Symbol{Key: "Bucket"})
	for _, c := range []struct {
		stack      cloudformation.NestedStack
		path, tail string
	}{
		{cloudformation.NestedStack{}, "", ""},
		{cloudformation.NestedStack{URL: "./a/b.yaml"}, "./a/b.yaml", ""},
		{cloudformation.NestedStack{URL: `..\a.yaml`}, "../a.yaml", ""},
		{cloudformation.NestedStack{URL: "https://s3.amazonaws.com/bucket/a/b.yaml?versionId=1"}, "", "s3.amazonaws.com/bucket/a/b.yaml"},
		{cloudformation.NestedStack{URL: "s3://bucket/b.yaml"}, "", "bucket/b.yaml"},
		{cloudformation.NestedStack{URL: "https://" + bucket + ".s3.amazonaws.com/" + bucket + "/a/b.yaml"}, "", "a/b.yaml"},
		{cloudformation.NestedStack{URL: "https://" + bucket}, "", ""},
		{cloudformation.NestedStack{URL: bucket + "/a.yaml"}, "", "a.yaml"},
		{cloudformation.NestedStack{URL: "https://" + bucket, Asset: "Stack.nested.template.json"}, "Stack.nested.template.json", ""},
	} {
		equal(t, "path of "+c.stack.URL, c.stack.Path(), c.path)
		equal(t, "end of "+c.stack.URL, c.stack.Tail(), c.tail)
	}
}

func TestStackFitsATemplateThatTakesItsParameters(t *testing.T) {
	template := parse(t, "a", "Parameters: {Must: {Type: String}, May: {Type: String, Default: x}}\nResources: {}")
	for given, want := range map[string]string{"": "false", "Must": "true", "May": "false", "Must May": "true", "Must May Other": "false"} {
		parameters := map[string]eval.Value{}
		for _, name := range strings.Fields(given) {
			parameters[name] = eval.Value{Kind: eval.Text}
		}
		equal(t, "with "+given, fmt.Sprint(cloudformation.NestedStack{Parameters: parameters}.Fits(template)), want)
	}
}

func TestCalleesAreThePathsOfNestedTemplates(t *testing.T) {
	for text, want := range map[string]string{
		"Type: AWS::CloudFormation::Stack\nProperties:\n  TemplateURL: ../net/vpc.yaml # here":               "net/vpc.yaml",
		"Type: AWS::CloudFormation::Stack\nProperties: {TemplateURL: './vpc.yaml', Parameters: {}}":          "apps/vpc.yaml",
		`{"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "vpc.json"}}`:                  "apps/vpc.json",
		`{"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path":"A.nested.template.json"}}`:    "apps/A.nested.template.json",
		"Type: AWS::Serverless::Application\nProperties:\n  Location: worker/template.yaml":                  "apps/worker/template.yaml",
		"Type: AWS::CloudFormation::Stack\nProperties: {TemplateURL: 'https://s3.amazonaws.com/b/vpc.yaml'}": "",
		"Type: AWS::S3::Bucket\nMetadata: {Location: a.yaml}":                                                "",
	} {
		equal(t, "of "+text, strings.Join(cloudformation.Callees("apps/main.yaml", []byte(text)), " "), want)
	}
}
