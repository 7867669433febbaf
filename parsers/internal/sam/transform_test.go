package sam_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
)

func TestATemplateWithoutTheTransformIsReturnedItself(t *testing.T) {
	for _, text := range []string{
		"Resources: {Fn: {Type: AWS::Serverless::Function}}",
		"Transform: AWS::LanguageExtensions\nResources: {Fn: {Type: AWS::Serverless::Function}}",
		"Transform: [{Name: AWS::Include}]\nResources: {}",
	} {
		root := read(t, text)
		if got, diagnostics := sam.Transform(root); got != root || diagnostics != nil {
			t.Errorf("%s: changed", text)
		}
	}
}

func TestTheTransformMayBeOneOfSeveral(t *testing.T) {
	root := read(t, "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n"+
		"Resources: {Fn: {Type: AWS::Serverless::Function}}")
	got, _ := sam.Transform(root)
	if typ := got.Get("Resources").Get("Fn").Get("Type").Text; typ != "AWS::Lambda::Function" {
		t.Errorf("Fn is %s", typ)
	}
}

const everything = header + `
Globals: {Function: {VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}}}
Conditions: {C: !Equals [a, b]}
Resources:
  Bucket: {Type: AWS::S3::Bucket, Connectors: {Read: {Properties: {Destination: {Id: Fn}, Permissions: [Read]}}}}
  Table: {Type: AWS::Serverless::SimpleTable}
  Fn:
    Type: AWS::Serverless::Function
    Metadata: {Owner: me}
    Properties:
      Role: !If [C, arn, !Ref AWS::NoValue]
      AutoPublishAlias: live
      VpcConfig: {SubnetIds: [c]}
      Environment: {Variables: {ALIAS: !Sub "${Fn.Alias}"}}
      Policies: [DynamoDBReadPolicy: {TableName: !Ref Table}]
Outputs: {Version: {Value: !Ref Fn.Version}}
`

func TestTheInputIsNeverChanged(t *testing.T) {
	root, again := read(t, everything), read(t, everything)
	sam.Transform(root)
	if !reflect.DeepEqual(root, again) {
		t.Error("Transform changed its input")
	}
}

func TestUntouchedResourcesAreShared(t *testing.T) {
	root := read(t, header+"Resources: {Vpc: {Type: AWS::EC2::VPC}, Odd: {Type: AWS::Serverless::NoSuchThing}}")
	got, _ := sam.Transform(root)
	for _, id := range []string{"Vpc", "Odd"} {
		if got.Get("Resources").Get(id) != root.Get("Resources").Get(id) {
			t.Errorf("%s was copied", id)
		}
	}
}

func TestAGeneratedNodeIsAtTheLogicalIdThatImpliesIt(t *testing.T) {
	r := transform(t, "Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n"+
		"    Properties:\n      VpcConfig: {SubnetIds: [a]}\n")
	for path, line := range map[string]int{"FnRole": 3, "Fn": 3} {
		location, ok := r.files.Location(r.Get("Resources").Field(path).KeySpan)
		if !ok || location.StartLine != line {
			t.Errorf("%s is at %v, want line %d", path, location, line)
		}
	}
	vpc := r.Get("Resources").Get("Fn").Get("Properties").Field("VpcConfig")
	if location, _ := r.files.Location(vpc.KeySpan); location.StartLine != 6 {
		t.Errorf("VpcConfig is at %v, want line 6", location)
	}
}

func TestAFunctionKeepsItsResourceAttributesAndSharesItsCondition(t *testing.T) {
	r := transform(t, `
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Condition: C
    DependsOn: Nat
    DeletionPolicy: Retain
    Metadata: {Owner: me}
`)
	r.is(t, map[string]string{
		"Fn.Condition":      `"C"`,
		"Fn.DependsOn":      `"Nat"`,
		"Fn.DeletionPolicy": `"Retain"`,
		"Fn.Metadata":       `{Owner:"me",` + sam.MetadataKey + `:"AWS::Serverless::Function",}`,
		"FnRole.Condition":  `"C"`,
		"FnRole.DependsOn":  "",
	})
	if got := sam.FunctionType(r.Get("Resources").Get("Fn")); got != "AWS::Serverless::Function" {
		t.Errorf("the mark says %q", got)
	}
	if got := sam.FunctionType(r.Get("Resources").Get("FnRole")); got != "" {
		t.Errorf("the role is marked %q", got)
	}
}

func TestReferencesToGeneratedResources(t *testing.T) {
	r := transform(t, `
Parameters: {Stage: {Type: String, Default: live-1}}
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: !Ref Stage, FunctionUrlConfig: {AuthType: NONE}}}
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
  User:
    Type: AWS::SSM::Parameter
    Properties:
      A: !Ref Fn.Alias
      B: !GetAtt Fn.Version.Version
      C: !Sub "${Fn.Alias}-${Fn.Arn}-${!Fn.Alias}"
      D: !Sub ["${Fn.Version.Version}${x}", {x: !Ref Api.Stage}]
      E: !Ref Fn.NoSuchThing
      F: !GetAtt Other.Alias
`)
	r.is(t, map[string]string{
		"FnAliasliveD1.Properties.Name": `"live-1"`,
		"FnUrl.Properties.Qualifier":    `"live-1"`,
		"User.Properties.A":             `{Ref:"FnAliasliveD1",}`,
		"User.Properties.B":             `{Fn::GetAtt:["FnVersion","Version",],}`,
		"User.Properties.C":             `{Fn::Sub:"${FnAliasliveD1}-${Fn.Arn}-${!Fn.Alias}",}`,
		"User.Properties.D":             `{Fn::Sub:["${FnVersion.Version}${x}",{x:{Ref:"ApiprodStage",},},],}`,
		"User.Properties.E":             `{Ref:"Fn.NoSuchThing",}`,
		"User.Properties.F":             `{Fn::GetAtt:["Other","Alias",],}`,
	})
}

func TestAWrittenResourceStaysWhereSAMWouldGenerateOne(t *testing.T) {
	r := transform(t, "Resources:\n  Fn: {Type: AWS::Serverless::Function}\n  FnRole: {Type: AWS::S3::Bucket}\n")
	r.is(t, map[string]string{"FnRole.Type": `"AWS::S3::Bucket"`})
	if len(r.diagnostics) != 1 || !strings.Contains(r.diagnostics[0].Message, `"FnRole"`) {
		t.Errorf("got %v", r.diagnostics)
	}
}

func TestALoopIsExpandedInPlace(t *testing.T) {
	r := transform(t, `
Resources:
  Fn::ForEach::Functions:
    - Name
    - [A, B]
    - "Fn${Name}":
        Type: AWS::Serverless::Function
        Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [g]}}
`)
	loop := r.Get("Resources").Get("Fn::ForEach::Functions")
	body := loop.Items[2]
	if got := long(body.Get("Fn${Name}").Get("Properties").Get("Role")); got != `{Fn::GetAtt:["Fn${Name}Role","Arn",],}` {
		t.Errorf("the role of the function is %s", got)
	}
	if got, want := long(body.Get("Fn${Name}Role").Get("Properties").Get("ManagedPolicyArns")),
		arns(basic, "service-role/AWSLambdaVPCAccessExecutionRole"); got != want {
		t.Errorf("its policies are %s, want %s", got, want)
	}
}

func TestGlobalsCannotMultiplyATemplateWithoutEnd(t *testing.T) {
	text := "Globals: {Function: {Layers: [" + strings.Repeat("a,", 2000) + "]}}\nResources:\n"
	for i := range 600 {
		text += "  Fn" + strings.Repeat("x", i) + ": {Type: AWS::Serverless::Function, Properties: {Layers: [b]}}\n"
	}
	r := transform(t, text)
	if len(r.diagnostics) != 1 || !strings.Contains(r.diagnostics[0].Message, budget.SAM.Exceeded()) {
		t.Errorf("got %d diagnostics", len(r.diagnostics))
	}
}

func TestConnectorsCannotMultiplyATemplateWithoutEnd(t *testing.T) {
	const n = 200
	text := "Resources:\n"
	to := strings.Repeat("{Id: F0},", n)
	for i := range n {
		text += fmt.Sprintf("  F%d:\n    Type: AWS::Serverless::Function\n    Connectors:\n      C: {Properties: "+
			"{Destination: [%s], Permissions: [Read, Write]}}\n", i, to)
	}
	r := transform(t, text)
	if len(r.diagnostics) != 1 || !r.diagnostics[0].Limit {
		t.Errorf("got %d diagnostics", len(r.diagnostics))
	}
	if n := len(r.Get("Resources").Fields); n > 0 {
		t.Errorf("%d resources are judged without the others", n)
	}
}

func read(t *testing.T, text string) *tree.Node {
	t.Helper()
	root, diagnostics := tree.Read(source.NewFileSet().Add("template.yaml", []byte(text)))
	if root == nil {
		t.Fatalf("%s: %v", text, diagnostics)
	}
	return root
}

// TestExampleOfTheDocumentation holds doc.go to what its example becomes.
func TestExampleOfTheDocumentation(t *testing.T) {
	r := transform(t, `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      VpcConfig: {SubnetIds: [!Ref Private]}
      Policies: [AmazonS3ReadOnlyAccess]
      Events:
        New: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
`)
	r.is(t, map[string]string{
		"Orders.Type":                 `"AWS::Lambda::Function"`,
		"Orders.Properties.VpcConfig": `{SubnetIds:[{Ref:"Private",},],}`,
		"OrdersNew.Type":              `"AWS::Lambda::EventSourceMapping"`,
		"OrdersRole.Properties.ManagedPolicyArns": `["policy/service-role/AWSLambdaBasicExecutionRole",` +
			`"policy/service-role/AWSLambdaVPCAccessExecutionRole","policy/AmazonS3ReadOnlyAccess",` +
			`"policy/service-role/AWSLambdaSQSQueueExecutionRole",]`,
	})
}
