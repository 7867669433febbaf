package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// TestEachSuggestionDecides goes through all means there are.
func TestEachSuggestionDecides(t *testing.T) {
	archives, err := filepath.Glob("testdata/supply/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	kinds, means := map[string]bool{}, map[string]bool{}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			s := unpack(t, text)
			kinds[string(s.fact.Kind)], means[report.MeansOf(s.fact)] = true, true
			s.decides(t)
		})
	}
	for _, m := range constants(t, "supply.go", "means") {
		if m != "" && !means[m] {
			t.Errorf("no archive of testdata/supply is about the means %q", m)
		}
	}
	for _, m := range without {
		kinds[string(m.Kind)] = true
	}
	for _, kind := range constants(t, "../graph/fact/truth.go", "Kind") {
		if !kinds[kind] {
			t.Errorf("nothing says how facts of kind %q are supplied, or that they are not", kind)
		}
	}
}

// lookups are programs that need to know what a data source finds.
var lookups = map[string]struct{ asks, uses string }{
	"aws_cloudformation_export":   {`name = "network-DataSubnet"`, "SUBNET value"},
	"aws_cloudformation_stack":    {`name = "network"`, `SUBNET outputs["Subnet"]`},
	"aws_ec2_managed_prefix_list": {`name = "corporate"`, "LIST id"},
	"aws_iam_role":                {`name = "app"`, "ROLE arn"},
	"aws_internet_gateway": {
		"filter {\n name = \"attachment.vpc-id\"\n values = [\"vpc-0a1b2c3d4e5f60718\"]\n}", "GATEWAY id"},
	"aws_nat_gateway":  {`subnet_id = "subnet-0a1b2c3d4e5f60701"`, "NAT id"},
	"aws_nat_gateways": {`vpc_id = "vpc-0a1b2c3d4e5f60718"`, "NAT ids[0]"},
	"aws_route_table":  {`subnet_id = "subnet-0a1b2c3d4e5f60701"`, "TABLE id"},
	"aws_route_tables": {
		"filter {\n name = \"association.subnet-id\"\n values = [\"subnet-0a1b2c3d4e5f60701\"]\n}", "TABLE ids[0]",
	},
	"aws_security_group":  {`name = "default"`, "GROUP id"},
	"aws_security_groups": {"filter {\n name = \"vpc-id\"\n values = [\"vpc-0a1b2c3d4e5f60718\"]\n}", "GROUP ids[0]"},
	"aws_ssm_parameter":   {`name = "/network/private-subnet"`, "SUBNET value"},
	"aws_subnet":          {"tags = {\n Tier = \"private\"\n}", "SUBNET id"},
	"aws_subnet_ids":      {`vpc_id = "vpc-0a1b2c3d4e5f60718"`, "SUBNET ids"},
	"aws_subnets":         {"filter {\n name = \"vpc-id\"\n values = [\"vpc-0a1b2c3d4e5f60718\"]\n}", "SUBNET ids"},
	"aws_vpc":             {"tags = {\n Name = \"network\"\n}", "VPC id"},
	"aws_vpc_endpoint":    {`service_name = "com.amazonaws.eu-west-1.s3"`, "ENDPOINT id"},
	"aws_vpcs":            {"tags = {\n Name = \"network\"\n}", "VPC ids[0]"},
}

// TestDataSourcesAreAnsweredByASnapshot, with the tags that the suggestion keeps.
func TestDataSourcesAreAnsweredByASnapshot(t *testing.T) {
	program, err := os.ReadFile("testdata/supply/lookup.tf")
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range report.DataSources {
		t.Run(typ, func(t *testing.T) {
			l, ok := lookups[typ]
			if !ok {
				t.Fatal("no program looks it up")
			}
			text := string(program)
			place, attr, _ := strings.Cut(l.uses, " ")
			for _, p := range regexp.MustCompile(`[A-Z]+ = \S+`).FindAllString(text, -1) {
				name, otherwise, _ := strings.Cut(p, " = ")
				use := otherwise
				switch {
				case name == "SUBNET" && place == "GROUP":
					use = `"subnet-0a1b2c3d4e5f60701"` // of the same VPC
				case name != place:
				case strings.HasSuffix(attr, "ids"):
					use = "tolist(data." + typ + ".x." + attr + ")[0]"
				default:
					use = "data." + typ + ".x." + attr
				}
				text = strings.ReplaceAll(text, "\n# "+p, "")
				text = strings.ReplaceAll(text, "<"+name+">", use)
			}
			text += "data \"" + typ + "\" \"x\" {\n" + l.asks + "\n}\n"
			s := &supplied{dir: t.TempDir(), fact: fact.Missing{Kind: fact.Resource, Name: "data." + typ + ".x"}}
			s.write(t, "main.tf", []byte(text))
			s.decides(t)
		})
	}
}

// without are facts that nothing supplies.
var without = []fact.Missing{
	{Kind: fact.Attribute, Name: "aws_subnet.a.id"},
	{Kind: fact.Dynamic, Name: "secretsmanager:network:SecretString:subnet"},
	{Kind: fact.Dynamic, Name: "ssm:/network/subnet:3"},
	{Kind: fact.Import, Name: "${AWS::StackName}-Subnet"},
	{Kind: fact.Import, Name: "${Network.Name}-Subnet"},
	{Kind: fact.Intent, Name: "port of Database"},
	{Kind: fact.Intrinsic, Name: "Fn::Select"},
	{Kind: fact.Parameter, Name: "Nested.Secret"},
	{Kind: fact.Pseudo, Name: "AWS::AccountId"},
	{Kind: fact.Resource, Name: "acceptance of Peering"},
	{Kind: fact.Resource, Name: "data.aws_ec2_transit_gateway.hub"},
	{Kind: fact.Resource, Name: "data.aws_subnets.a", Lookup: lookup(fact.Attribute, "aws_vpc.main.id")},
	{Kind: fact.Resource, Name: "data.aws_subnets.b", Lookup: lookup(fact.Secret, "network")},
	{Kind: fact.Resource, Name: "subnet-placeholder"},
	{Kind: fact.Secret, Name: "Password"},
	{Kind: fact.Snapshot, Name: "the value of URL of orders"},
	{Kind: fact.Semantics, Name: "security groups without subnets"},
	{Kind: fact.Target, Name: "transit gateway tgw-1"},
}

func lookup(kind fact.Kind, name string) *fact.Lookup {
	return &fact.Lookup{Missing: []fact.Missing{{Kind: kind, Name: name}}}
}

// TestWhatNothingSuppliesHasNoSuggestion and says why instead.
func TestWhatNothingSuppliesHasNoSuggestion(t *testing.T) {
	for _, m := range without {
		t.Run(string(m.Kind)+" "+m.Name, func(t *testing.T) {
			r := &report.Report{}
			r.Result.Undecided = []rules.Undecided{{Missing: []fact.Missing{m}}}
			steps := (&supplied{fact: m}).told(t, withFiles(r))
			if len(steps) != 1 || !strings.HasPrefix(steps[0], "no command supplies it: ") {
				t.Errorf("the steps are %q", steps)
			}
			if hint := report.Hint([]fact.Missing{m}); strings.Contains(hint, "--") {
				t.Errorf("the hint is %q", hint)
			}
		})
	}
}

// TestNobodyIsAskedForASecret whose value never becomes part of a network, whether it is given or not. A condition that
// compares it asks for it.
func TestNobodyIsAskedForASecret(t *testing.T) {
	s := &supplied{dir: t.TempDir()}
	s.write(t, "a.yaml", []byte(`Parameters: {Subnet: {Type: String, NoEcho: true}}
Resources:
  Reader:
    Type: AWS::Lambda::Function
    Properties: {Role: !Ref AWS::NoValue, VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [sg-0a1b2c3d]}}
`))
	s.write(t, "b/main.tf", []byte(`variable "subnet" { sensitive = true }
resource "aws_lambda_function" "reader" {
  vpc_config {
    subnet_ids         = [var.subnet]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}
`))
	s.write(t, "c.yaml", []byte(`Parameters: {Token: {Type: String, NoEcho: true}}
Conditions: {Inside: !Equals [!Ref Token, ""]}
Resources:
  Writer:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref AWS::NoValue
      VpcConfig: !If [Inside, {SubnetIds: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0a1b2c3d]}, !Ref AWS::NoValue]
`))
	for name, c := range map[string]struct {
		options lint.Options
		asks    string
	}{
		"given": {asks: "", options: lint.Options{
			Parameters: []lint.Parameter{{Name: "Subnet", Value: "subnet-0a1b2c3d"}, {Name: "Token", Value: "x"}},
			Variables:  []lint.Variable{{Name: "subnet", Value: "subnet-0a1b2c3d"}},
		}},
		"not given": {asks: "Token"},
	} {
		t.Run(name, func(t *testing.T) {
			secrets, asked := map[string]bool{}, map[string]bool{}
			for _, u := range s.run(t, c.options).Result.Undecided {
				for _, m := range u.Missing {
					asked[m.Name] = asked[m.Name] || m.Kind == fact.Parameter || m.Kind == fact.Variable
					secrets[m.Name] = secrets[m.Name] || m.Kind == fact.Secret
				}
			}
			for name, is := range asked {
				if is != (name == c.asks) {
					t.Errorf("asks for %s: %v", name, is)
				}
			}
			if !secrets["Subnet"] || !secrets["subnet"] || secrets["Token"] {
				t.Errorf("secrets that questions wait for: %v", secrets)
			}
		})
	}
}

// constants are the values of the constants of a type in a file.
func constants(t *testing.T, file, typ string) (out []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); ok && of.Name == typ && len(spec.Values) == 1 {
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				value, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, value)
			}
		}
		return true
	})
	if len(out) == 0 {
		t.Fatalf("%s has no constants of type %s", file, typ)
	}
	return out
}

func withFiles(r *report.Report) *report.Report {
	r.Files = source.NewFileSet()
	for i := range r.Result.Undecided {
		r.Result.Undecided[i].Rule = &rules.Rule{Name: "odd"}
	}
	return r
}
