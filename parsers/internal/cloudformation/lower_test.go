package cloudformation_test

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
)

// lower makes the network of one template without linking it. Tabs may not indent YAML, so it must start with none.
func lower(t *testing.T, text string) (*graph.Network, *cloudformation.Stack) {
	t.Helper()
	f := source.NewFileSet().Add("template.yaml", []byte(text))
	template, diagnostics := cloudformation.Parse(f)
	if len(diagnostics) > 0 {
		t.Fatalf("the template of the test is wrong: %v", diagnostics)
	}
	b := graph.NewBuilder("template.yaml", "cloudformation")
	stack := template.Lower(b, cloudformation.Bindings{})
	if len(stack.Diagnostics) > 0 {
		t.Fatalf("the template of the test does not evaluate: %v", stack.Diagnostics)
	}
	return b.Network(), stack
}

func network(t *testing.T, text string) *graph.Network {
	t.Helper()
	n, _ := lower(t, text)
	return n
}

// show is the content of a value in the world where the condition named c, if any, has that truth.
func show[T any](v fact.Value[T], w *fact.World, text func(T) string) string {
	switch x, ok := v.Get(w); {
	case ok.IsTrue():
		return text(x)
	case ok.IsFalse():
		return "unset"
	default:
		return "unknown: " + names(ok.Missing)
	}
}

func names(ms []fact.Missing) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Name)
	}
	return strings.Join(out, " ")
}

func id[T any](ref graph.Ref[T]) string {
	return show(ref, nil, func(id graph.ID[T]) string { return string(id) })
}

func ids[T any](refs fact.List[graph.Ref[T]], w *fact.World) string {
	in := refs.In(w)
	var out []string
	for _, it := range in.Items {
		out = append(out, show(it.Value, w, func(id graph.ID[T]) string { return string(id) }))
	}
	if len(in.Open) > 0 {
		out = append(out, "open: "+names(in.Open))
	}
	return strings.Join(out, ", ")
}

func text(v fact.Value[fact.Text]) string {
	return show(v, nil, func(t fact.Text) string { return t.String() })
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %q, want %q", what, got, want)
	}
}

// only is the one node of a table.
func only[T any](t *testing.T, table *graph.Table[T]) *T {
	t.Helper()
	all := slices.Collect(table.All())
	if len(all) != 1 {
		t.Fatalf("%d nodes, want one", len(all))
	}
	return all[0]
}

const production = `
Parameters:
  Stage: {Type: String}
Conditions:
  Production: !Equals [!Ref Stage, prod]
`

// worlds are those in which the condition of production holds and does not.
func worlds(holds bool) *fact.World {
	return (*fact.World)(nil).With(&fact.Atom{Subject: "Stage", Literal: "prod"}, holds)
}

func TestReferencesNameTheNodeWhereverItIs(t *testing.T) {
	for name, tc := range map[string]struct{ written, want string }{
		"a resource of the template":            {"!Ref Vpc", "Vpc"},
		"its identity as an attribute":          {"!GetAtt Vpc.VpcId", "Vpc"},
		"a literal id":                          {"vpc-1", "vpc-1"},
		"a word that a script replaces":         {"VPC_ID", "${VPC_ID}"},
		"a parameter without a value":           {"!Ref VpcId", "${VpcId}"},
		"an import":                             {"!ImportValue shared-vpc", "${import:shared-vpc}"},
		"an attribute of a custom resource":     {"!GetAtt Lookup.VpcId", "${Lookup.VpcId}"},
		"a resource of another type":            {"!Ref Lookup", "${Lookup}"},
		"an attribute that is not the identity": {"!GetAtt Vpc.CidrBlockAssociations", "${Vpc.CidrBlockAssociations}"},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, `
Parameters:
  VpcId: {Type: AWS::EC2::VPC::Id}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Lookup: {Type: Custom::Lookup, Properties: {ServiceToken: x}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: `+tc.written+"\n")
			equal(t, "VpcId", id(only(t, &n.Subnets).VPC), tc.want)
		})
	}
}

func TestANetworkWithAFunction(t *testing.T) {
	n := network(t, `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: "true", Tags: [{Key: Name, Value: main}]}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]], MapPublicIpOnLaunch: true}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Function:
    Type: AWS::Lambda::Function
    DependsOn: Route
    Metadata: {aws:cdk:path: Stack/Function}
    Properties:
      Role: !GetAtt Role.Arn
      Code: {ZipFile: "exports.handler = 1"}
      DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}
      Environment: {Variables: {QUEUE: !Ref Queue, REGION: !Ref AWS::Region}}
      VpcConfig: {SubnetIds: [!Ref Subnet, subnet-1], SecurityGroupIds: [!GetAtt Group.GroupId]}
  Queue: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Key: {Type: AWS::KMS::Key}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 0.0.0.0/0, GatewayId: igw-1}}
`)
	vpc, subnet, f := only(t, &n.VPCs), only(t, &n.Subnets), only(t, &n.Functions)
	if on, _ := vpc.DNSHostnames.Get(nil); !on {
		t.Error("EnableDnsHostnames is written as text and true")
	}
	equal(t, "Name tag", vpc.Tags["Name"], "main")
	if cidr, ok := subnet.CIDR.Get(nil); !ok.IsTrue() || cidr.String() != "10.0.0.0/24" {
		t.Errorf("the range of the subnet is %v %v", cidr, ok)
	}
	equal(t, "Role", id(f.Role), "Role")
	equal(t, "SubnetIds", ids(f.Subnets, nil), "Subnet, subnet-1")
	equal(t, "SecurityGroupIds", ids(f.Groups, nil), "Group")
	equal(t, "CDK path", f.Tags["aws:cdk:path"], "Stack/Function")
	var texts []string
	for _, it := range f.Environment.Items {
		texts = append(texts, it.Value.Name+"="+text(it.Value.Value))
	}
	for _, it := range f.Properties.Items {
		texts = append(texts, it.Value.Path+"="+text(it.Value.Value))
	}
	want := []string{"QUEUE=${Queue}", "REGION=${AWS::Region}", "deadletterconfig.targetarn=${Queue.Arn}"}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts of the function (-want +got)\n%s", diff)
	}
	for _, path := range []string{"VpcConfig", "VpcConfig.SubnetIds", "VpcConfig.SubnetIds[1]", "Role"} {
		if _, ok := f.Written(path); !ok {
			t.Errorf("there is no place for %s", path)
		}
	}
	for _, address := range []string{"Role", "Subnet", "Group", "Queue", "Route"} {
		if !slices.Contains(f.Depends, address) {
			t.Errorf("the function depends on %s: %v", address, f.Depends)
		}
	}
	queue := n.Resources.Get("Queue")
	equal(t, "KmsMasterKeyId", text(queue.Properties.Items[0].Value.Value), "${Key}")
	equal(t, "its type", n.Head("Key").Type, "AWS::KMS::Key")
}

func TestPropertiesThatAreNotKnownAreNotAbsent(t *testing.T) {
	n := network(t, `
Parameters: {Systems: {Type: CommaDelimitedList}}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: r
      Layers: !Ref Systems
      DeadLetterConfig: {"Fn::Transform": {Name: OurMacro}}
`)
	var got []string
	for _, it := range only(t, &n.Functions).Properties.Items {
		got = append(got, it.Value.Path+" "+text(it.Value.Value))
	}
	if diff := cmp.Diff([]string{"layers unknown: Systems", "deadletterconfig unknown: OurMacro"}, got); diff != "" {
		t.Errorf("properties (-want +got)\n%s", diff)
	}
}

func TestAConditionAroundTheWholeVpcConfig(t *testing.T) {
	n := network(t, production+`
Resources:
  Function:
    Type: AWS::Lambda::Function
    Condition: Production
    Properties:
      Role: arn:aws:iam::123456789012:role/r
      VpcConfig: !If [Production, {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}, !Ref AWS::NoValue]
`)
	f := only(t, &n.Functions)
	equal(t, "subnets in production", ids(f.Subnets, worlds(true)), "subnet-1")
	equal(t, "subnets elsewhere", ids(f.Subnets, worlds(false)), "")
	if got := n.In(nil).InVPC(f); !got.IsUnknown() {
		t.Errorf("undecided, the function is in a VPC: %v", got)
	}
	if got := worlds(false).Holds(f.When); !got.IsFalse() {
		t.Errorf("the function exists elsewhere: %v", got)
	}
}

func TestListsThatAreNotKnownAreEmptyOrNot(t *testing.T) {
	for name, tc := range map[string]struct {
		written, want string
		maybeEmpty    bool
	}{
		"a list parameter":         {"!Ref Names", "unknown: Names, open: Names", true},
		"a list of existing ids":   {"!Ref SubnetIds", "unknown: SubnetIds, open: SubnetIds", false},
		"an imported list":         {"!Split [',', !ImportValue subnets]", "unknown: subnets, open: subnets", true},
		"one of several":           {"[subnet-1, !Ref AWS::NoValue]", "subnet-1", false},
		"a scalar":                 {"subnet-1", "subnet-1", false},
		"a list of an attribute":   {"!GetAtt Lookup.Subnets", "unknown: Lookup.Subnets, open: Lookup.Subnets", true},
		"an attribute that is one": {"!GetAtt Subnet.SubnetId", "Subnet", false},
		"a list that is empty":     {"[]", "", false},
		"an unknown list wrapped":  {"[!Ref Names, subnet-1]", "subnet-1, open: Names", false},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, `
Parameters:
  SubnetIds: {Type: "List<AWS::EC2::Subnet::Id>"}
  Names: {Type: CommaDelimitedList}
Resources:
  Lookup: {Type: Custom::Lookup, Properties: {ServiceToken: x}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1}}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: r, VpcConfig: {SubnetIds: `+tc.written+`, SecurityGroupIds: []}}
`)
			subnets := only(t, &n.Functions).Subnets
			var filled, none *fact.World
			for _, list := range []string{"Names", "subnets", "Lookup.Subnets"} {
				isEmpty := &fact.Atom{Subject: "length(" + list + ")", Literal: "0"}
				filled, none = filled.With(isEmpty, false), none.With(isEmpty, true)
			}
			equal(t, "SubnetIds", ids(subnets, filled), tc.want)
			if tc.maybeEmpty {
				equal(t, "SubnetIds that are none", ids(subnets, none), "")
			}
		})
	}
}

func TestRolesAreFoundByArnAndByName(t *testing.T) {
	for name, tc := range map[string]struct{ written, want string }{
		"its ARN":                          {"!GetAtt Role.Arn", "Role"},
		"an ARN built from its name":       {"!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}'", "Role"},
		"an ARN with the name it is given": {"!Sub 'arn:aws:iam::${AWS::AccountId}:role/service/named'", "Named"},
		"an ARN of another account":        {"arn:aws:iam::123456789012:role/other", "arn:aws:iam::123456789012:role/other"},
		"a parameter":                      {"!Ref RoleArn", "${RoleArn}"},
	} {
		t.Run(name, func(t *testing.T) {
			n := network(t, `
Parameters:
  RoleArn: {Type: String}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Named: {Type: AWS::IAM::Role, Properties: {RoleName: named, AssumeRolePolicyDocument: {Statement: []}}}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: `+tc.written+`}
`)
			f := only(t, &n.Functions)
			equal(t, "Role", id(f.Role), tc.want)
			if strings.HasPrefix(tc.want, "${") {
				equal(t, "what is missing", n.Missing(tc.want).Name, "RoleArn")
			}
		})
	}
}

func TestNothingIsSaidOfWhatNeverExists(t *testing.T) {
	template := parse(t, "t.yaml", `
Parameters: {Zones: {Type: Number, Default: 2}, Subnets: {Type: CommaDelimitedList, Default: "subnet-1,subnet-2"}}
Conditions: {Third: !Equals [!Ref Zones, 3]}
Resources:
  A: {Type: AWS::EFS::MountTarget, Properties: {SubnetId: !Select [1, !Ref Subnets]}}
  B: {Type: AWS::EFS::MountTarget, Condition: Third, Properties: {SubnetId: !Select [2, !Ref Subnets]}}
`)
	said := func(given map[string]string) string {
		stack := template.Lower(graph.NewBuilder("t.yaml", "cloudformation"), cloudformation.Bindings{Bindings: eval.Bindings{Given: given}})
		var out []string
		for _, d := range stack.Diagnostics {
			out = append(out, d.Message)
		}
		return strings.Join(out, "; ")
	}
	equal(t, "notices with two zones", said(nil), "")
	equal(t, "notices with three", said(map[string]string{"Zones": "3"}), "Fn::Select takes element 2 of a list of 2")
}

func TestOutputsLeaveOnlyByExport(t *testing.T) {
	n, stack := lower(t, `
Resources:
  Plain: {Type: AWS::EC2::RouteTable, Properties: {VpcId: vpc-1}}
  Exported: {Type: AWS::EC2::RouteTable, Properties: {VpcId: vpc-1}}
  Stored: {Type: AWS::EC2::RouteTable, Properties: {VpcId: vpc-1}}
  Described: {Type: AWS::EC2::VPC, Properties: {Ipv4IpamPoolId: pool}}
  Passed: {Type: AWS::EC2::RouteTable, Properties: {VpcId: vpc-1}}
  Parameter: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Stored}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/t, Parameters: {Table: !Ref Passed}}}
Outputs:
  Table: {Value: !Ref Plain}
  Shared: {Value: !GetAtt Exported.RouteTableId, Export: {Name: !Sub "${AWS::StackName}-table"}}
  Range: {Value: !GetAtt Described.CidrBlock, Export: {Name: range}}
`)
	for address, want := range map[string]string{
		"Plain": "", "Exported": "${AWS::StackName}-table", "Stored": "Parameter", "Described": "", "Passed": "Child",
	} {
		got := ""
		if m := n.Head(address).Exported; m != nil {
			got = m.Name
		}
		equal(t, "way out of "+address, got, want)
	}
	if len(stack.Outputs) != 3 {
		t.Errorf("%d outputs", len(stack.Outputs))
	}
}

func TestMacrosMayAddAnything(t *testing.T) {
	n := network(t, "Transform: [AWS::Serverless-2016-10-31, OurMacro]\nResources:\n  M: {Type: 'Our::Net::Vpc::MODULE'}\n")
	equal(t, "open", names(n.Open), "Our::Net::Vpc::MODULE OurMacro")
}

func TestAScopePrefixesAddresses(t *testing.T) {
	f := source.NewFileSet().Add("child.yaml", []byte(`
Parameters: {Vpc: {Type: String}}
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
  Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: rtb-1}}
`))
	template, _ := cloudformation.Parse(f)
	if diff := cmp.Diff([]string{"Vpc"}, template.Parameters()); diff != "" {
		t.Errorf("parameters (-want +got)\n%s", diff)
	}
	b := graph.NewBuilder("child.yaml", "cloudformation")
	template.Lower(b, cloudformation.Bindings{
		Bindings: eval.Bindings{Scope: "Child", Parameters: map[string]eval.Value{"Vpc": {Kind: eval.Text, Text: "vpc-1"}}},
	})
	n := b.Network()
	equal(t, "VpcId", id(only(t, &n.Subnets).VPC), "vpc-1")
	equal(t, "SubnetId", id(only(t, &n.RouteTableAssociations).Subnet), "Child.Subnet")
}

func itoa(n int) string { return strconv.Itoa(n) }

func prefix(v fact.Value[netip.Prefix]) string { return show(v, nil, netip.Prefix.String) }
