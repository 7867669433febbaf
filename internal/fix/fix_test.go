package fix_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var (
	wait    = rules.Step{Of: "Route", Do: rules.Depend, Value: rules.Value{Ref: "Attachment"}}
	flag    = rules.Step{Of: "Route", Do: rules.Set, Property: "VpcConfig.Ipv6AllowedForDualStack", Value: rules.Value{Text: "true"}}
	address = rules.Step{Of: "Route", Do: rules.Set, Property: "AllocationId", Value: rules.Value{Ref: "Ip", Attribute: "AllocationId"}}
	table   = rules.Step{Of: "Route", Do: rules.Append, Property: "RouteTableIds", Value: rules.Value{Ref: "Table"}}
	policy  = rules.Step{Of: "Route", Do: rules.Append, Property: "ManagedPolicyArns", Value: rules.Value{Text: "arn:aws:iam::aws:policy/x"}}
	other   = rules.Step{Of: "Route", Do: rules.Rename, Property: "GatewayId", To: "NatGatewayId"}

	inGroup = rules.Step{Of: "Route", Do: rules.Append, Property: "SecurityGroupIngress", Value: rules.Value{Properties: []rules.Property{
		{Name: "IpProtocol", Value: rules.Value{Text: "tcp"}}, {Name: "FromPort", Value: rules.Value{Text: "443"}},
	}}}
	beside = rules.Step{Of: "Route", Do: rules.Create, New: &rules.New{Type: "AWS::X", Name: "Rule", Properties: []rules.Property{
		{Name: "GroupId", Value: rules.Value{Ref: "Route", Attribute: "GroupId"}}, {Name: "CidrIpv6", Value: rules.Value{Text: "::/0"}},
	}}}

	tfInGroup = rules.Step{Of: "aws_route.r", Do: rules.Append, Property: "ingress", Value: rules.Value{Properties: []rules.Property{
		{Name: "protocol", Value: rules.Value{Text: "-1"}}, {Name: "from_port", Value: rules.Value{Text: "0"}},
		{Name: "security_groups", Value: rules.Value{Ref: "aws_security_group.b", Attribute: "GroupId", InList: true}},
	}}}
	tfWait  = rules.Step{Of: "aws_route.r", Do: rules.Depend, Value: rules.Value{Ref: "aws_x.a[0]"}}
	tfTable = rules.Step{Of: "module.net.aws_route.r", Do: rules.Append, Property: "RouteTableIds", Value: rules.Value{Ref: "module.net.aws_route_table.t"}}
	tfFlag  = rules.Step{Of: "aws_route.r", Do: rules.Set, Property: "VpcConfig.Ipv6AllowedForDualStack", Value: rules.Value{Text: "true"}}
	tfIP    = rules.Step{Of: "aws_route.r", Do: rules.Set, Property: "AllocationId", Value: rules.Value{Ref: "aws_eip.x"}}
	tfOther = rules.Step{Of: "aws_route.r", Do: rules.Rename, Property: "GatewayId", To: "NatGatewayId"}
)

// TestApply writes each change into files of all manners of writing, and holds that writing it again changes nothing.
func TestApply(t *testing.T) {
	for _, c := range []struct {
		name, file string
		step       rules.Step
		before     string
		after      string // "" with a reason: it is refused
		refused    string
	}{
		{"behind the type", "a.yaml", wait,
			"Resources:\n  Route: # r\n    Type: X # a route\n    Properties: {}\n",
			"Resources:\n  Route: # r\n    Type: X # a route\n    DependsOn: Attachment\n    Properties: {}\n", ""},
		{"a second name", "a.yaml", wait,
			"Resources:\n  Route:\n    DependsOn: Vpc # first\n    Type: X\n",
			"Resources:\n  Route:\n    DependsOn: [Vpc, Attachment] # first\n    Type: X\n", ""},
		{"a list of lines", "a.yaml", wait,
			"Resources:\r\n  Route:\r\n    Type: X\r\n    DependsOn:\r\n    - 'Vpc' # one\r\n",
			"Resources:\r\n  Route:\r\n    Type: X\r\n    DependsOn:\r\n    - 'Vpc' # one\r\n    - Attachment\r\n", ""},
		{"a list in brackets", "a.yaml", wait,
			"Resources: {Route: {Type: X, DependsOn: [ Vpc ]}}",
			"Resources: {Route: {Type: X, DependsOn: [ Vpc, Attachment ]}}", ""},
		{"all in braces", "a.yaml", wait, "Resources: {Route: {Type: X}}", "Resources: {Route: {Type: X, DependsOn: Attachment}}", ""},
		{"it waits already", "a.yaml", wait,
			"Resources: {Route: {Type: X, DependsOn: Attachment}}", "Resources: {Route: {Type: X, DependsOn: Attachment}}", ""},
		{"JSON", "a.json", wait,
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Type\": \"X\",\n      \"Properties\": {}\n    }\n  }\n}",
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Type\": \"X\",\n      \"DependsOn\": \"Attachment\",\n      \"Properties\": {}\n    }\n  }\n}", ""},
		{"JSON in one line", "a.template", wait,
			`{"Resources": {"Route": {"Type": "X", "DependsOn": "Vpc"}}}`,
			`{"Resources": {"Route": {"Type": "X", "DependsOn": ["Vpc", "Attachment"]}}}`, ""},
		{"an anchor", "a.yaml", wait, "Resources:\n  Route: &r\n    Type: X\n  Other: *r\n", "", "anchor"},
		{"an alias", "a.yaml", wait, "Resources:\n  Other: &r\n    Type: X\n  Route: *r\n", "", "anchor"},
		{"a merge key", "a.yaml", wait, "X: &x {Type: X}\nResources:\n  Route:\n    <<: *x\n    Properties: {}\n", "", "anchor"},
		{"a loop", "a.yaml", wait, "Resources:\n  Fn::ForEach::R: [A, [B], {'Route${A}': {Type: X}}]\n", "", "not written in this file"},
		{"a template that CDK made", "a.json", wait,
			`{"Resources": {"Route": {"Type": "X", "Metadata": {"aws:cdk:path": "a/b"}}}}`, "", "generated"},
		{"a template that does not parse", "a.yaml", wait, "Resources:\n  Route:\n    Type: [\n", "", "as a whole"},

		{"a flag", "a.yaml", flag,
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      VpcConfig:\n        SubnetIds:\n          - a\n          - b # last\n\n# end\n",
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      VpcConfig:\n        SubnetIds:\n          - a\n          - b # last\n        Ipv6AllowedForDualStack: true\n\n# end\n", ""},
		{"a flag that is off", "a.json", flag,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"VpcConfig": {"Ipv6AllowedForDualStack": false}}}}}`,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"VpcConfig": {"Ipv6AllowedForDualStack": true}}}}}`, ""},
		{"a flag without its parent", "a.yaml", flag, "Resources: {Route: {Type: X, Properties: {A: b}}}", "", "not written"},
		{"a parent that a function makes", "a.yaml", flag,
			"Resources: {Route: {Type: X, Properties: {VpcConfig: !If [A, {}, {}]}}}", "", "function"},
		{"before a long text", "a.yaml", address,
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      A: |\n        x\n\n      \n",
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      AllocationId: !GetAtt Ip.AllocationId\n      A: |\n        x\n\n      \n", ""},
		{"another attribute", "a.yaml", address,
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      AllocationId: !Ref Ip\n",
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      AllocationId: !GetAtt Ip.AllocationId\n", ""},
		{"another attribute in JSON", "a.json", address,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"AllocationId": {"Ref": "Ip"}}}}}`,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"AllocationId": {"Fn::GetAtt": ["Ip", "AllocationId"]}}}}}`, ""},
		{"one table more", "a.yaml", table,
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      RouteTableIds:\n        - !Ref A\n        - Ref: B\n",
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      RouteTableIds:\n        - !Ref A\n        - Ref: B\n        - !Ref Table\n", ""},
		{"the first table", "a.yaml", table,
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      VpcId: !Ref V\n",
			"Resources:\n  Route:\n    Type: X\n    Properties:\n      VpcId: !Ref V\n      RouteTableIds:\n        - !Ref Table\n", ""},
		{"a list that a function makes", "a.yaml", table,
			"Resources: {Route: {Type: X, Properties: {RouteTableIds: !Split [',', a]}}}", "", "function"},
		{"a list of texts", "a.json", policy,
			"{\"Resources\": {\"Route\": {\"Type\": \"X\", \"Properties\": {\"ManagedPolicyArns\": [\n  \"a\"\n]}}}}",
			"{\"Resources\": {\"Route\": {\"Type\": \"X\", \"Properties\": {\"ManagedPolicyArns\": [\n  \"a\",\n  \"arn:aws:iam::aws:policy/x\"\n]}}}}", ""},
		{"another name", "a.json", other,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"GatewayId": {"Ref": "N"}}}}}`,
			`{"Resources": {"Route": {"Type": "X", "Properties": {"NatGatewayId": {"Ref": "N"}}}}}`, ""},
		{"another name that is taken", "a.yaml", other,
			"Resources: {Route: {Type: X, Properties: {GatewayId: a, NatGatewayId: b}}}", "", "not written"},

		{"a rule of a group", "a.yaml", inGroup,
			"Resources:\n  Route:\n    Properties:\n      SecurityGroupIngress:\n      - FromPort: 80 # web\n        IpProtocol: tcp # too\n      Z: z\n",
			"Resources:\n  Route:\n    Properties:\n      SecurityGroupIngress:\n      - FromPort: 80 # web\n        IpProtocol: tcp # too\n      - IpProtocol: tcp\n        FromPort: 443\n      Z: z\n", ""},
		{"the first rule of a group", "a.yaml", inGroup,
			"Resources:\n  Route:\n    Properties:\n      A: b\n",
			"Resources:\n  Route:\n    Properties:\n      A: b\n      SecurityGroupIngress:\n        - IpProtocol: tcp\n          FromPort: 443\n", ""},
		{"a rule in braces", "a.yaml", inGroup,
			"Resources:\n  Route:\n    Properties:\n      SecurityGroupIngress:\n        - {IpProtocol: udp}\n",
			"Resources:\n  Route:\n    Properties:\n      SecurityGroupIngress:\n        - {IpProtocol: udp}\n        - {IpProtocol: tcp, FromPort: 443}\n", ""},
		{"a rule in JSON", "a.json", inGroup,
			"{\n\t\"Resources\": {\n\t\t\"Route\": {\n\t\t\t\"Properties\": {\n\t\t\t\t\"SecurityGroupIngress\": [{\n\t\t\t\t\t\"A\": 1\n\t\t\t\t}]\n\t\t\t}\n\t\t}\n\t}\n}\n",
			"{\n\t\"Resources\": {\n\t\t\"Route\": {\n\t\t\t\"Properties\": {\n\t\t\t\t\"SecurityGroupIngress\": [{\n\t\t\t\t\t\"A\": 1\n\t\t\t\t}, {\n\t\t\t\t\t\"IpProtocol\": \"tcp\",\n\t\t\t\t\t\"FromPort\": 443\n\t\t\t\t}]\n\t\t\t}\n\t\t}\n\t}\n}\n", ""},
		{"the first rule in JSON", "a.json", inGroup,
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Properties\": {\n        \"A\": 1\n      }\n    }\n  }\n}\n",
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Properties\": {\n        \"A\": 1,\n        \"SecurityGroupIngress\": [\n          {\n            \"IpProtocol\": \"tcp\",\n            \"FromPort\": 443\n          }\n        ]\n      }\n    }\n  }\n}\n", ""},
		{"a resource beside it", "a.yaml", beside,
			"Resources:\n  A:\n    Type: X\n\n  Route:\n    Type: X\n    Condition: C\n    # its end\n\n  # the next\n  B:\n    Type: X\n",
			"Resources:\n  A:\n    Type: X\n\n  Route:\n    Type: X\n    Condition: C\n    # its end\n\n  Rule:\n    Type: AWS::X\n    Condition: C\n    Properties:\n      GroupId: !GetAtt Route.GroupId\n      CidrIpv6: \"::/0\"\n\n  # the next\n  B:\n    Type: X\n", ""},
		{"a resource at the end of a dense file", "a.yaml", beside,
			"Resources:\n    A:\n        Type: X\n    Route:\n        Type: X",
			"Resources:\n    A:\n        Type: X\n    Route:\n        Type: X\n    Rule:\n        Type: AWS::X\n        Properties:\n            GroupId: !GetAtt Route.GroupId\n            CidrIpv6: \"::/0\"", ""},
		{"a resource in JSON", "a.json", beside,
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Type\": \"X\"\n    }\n  }\n}\n",
			"{\n  \"Resources\": {\n    \"Route\": {\n      \"Type\": \"X\"\n    },\n    \"Rule\": {\n      \"Type\": \"AWS::X\",\n      \"Properties\": {\n        \"GroupId\": {\"Fn::GetAtt\": [\"Route\", \"GroupId\"]},\n        \"CidrIpv6\": \"::/0\"\n      }\n    }\n  }\n}\n", ""},
		{"a resource in one line", "a.yaml", beside,
			"Resources: {Route: {Type: X}, B: {Type: Y}}",
			"Resources: {Route: {Type: X}, Rule: {Type: AWS::X, Properties: {GroupId: !GetAtt Route.GroupId, CidrIpv6: \"::/0\"}}, B: {Type: Y}}", ""},
		{"a resource whose name is taken", "a.yaml", beside, "Resources: {Route: {Type: X}, Rule: {Type: Y}}", "", "taken"},

		{"a rule block", "a.tf", tfInGroup,
			"resource \"aws_route\" \"r\" {\n  a = 1\n\n  ingress {\n    from_port = 1\n  }\n\n  egress {\n  }\n}\n",
			"resource \"aws_route\" \"r\" {\n  a = 1\n\n  ingress {\n    from_port = 1\n  }\n\n  ingress {\n    protocol        = \"-1\"\n    from_port       = 0\n    security_groups = [aws_security_group.b.id]\n  }\n\n  egress {\n  }\n}\n", ""},
		{"the first rule block", "a.tf", tfInGroup,
			"resource \"aws_route\" \"r\" {\n  a = 1\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n",
			"resource \"aws_route\" \"r\" {\n  a = 1\n  lifecycle {\n    ignore_changes = [tags]\n  }\n\n  ingress {\n    protocol        = \"-1\"\n    from_port       = 0\n    security_groups = [aws_security_group.b.id]\n  }\n}\n", ""},
		{"a rule block in a loop", "a.tf", tfInGroup,
			"resource \"aws_route\" \"r\" {\n  dynamic \"ingress\" {\n    for_each = []\n    content {}\n  }\n}\n", "", "expression"},
		{"a rule block that is ignored", "a.tf", tfInGroup,
			"resource \"aws_route\" \"r\" {\n  lifecycle {\n    ignore_changes = [\n      ingress, # of others\n    ]\n  }\n}\n", "", "ignores"},
		{"a block waits", "a.tf", tfWait,
			"# top\nresource \"aws_route\" \"r\" {\n  a   = 1 # one\n}\n",
			"# top\nresource \"aws_route\" \"r\" {\n  a   = 1 # one\n\n  depends_on = [aws_x.a]\n}\n", ""},
		{"a block waits for more", "a.tf", tfWait,
			"resource \"aws_route\" \"r\" {\n  depends_on = [aws_y.b] # why\n}\n",
			"resource \"aws_route\" \"r\" {\n  depends_on = [aws_y.b, aws_x.a] # why\n}\n", ""},
		{"a list on lines", "a.tf", tfWait,
			"resource \"aws_route\" \"r\" {\n  depends_on = [\n    aws_y.b # why\n  ]\n}\n",
			"resource \"aws_route\" \"r\" {\n  depends_on = [\n    aws_y.b, # why\n    aws_x.a,\n  ]\n}\n", ""},
		{"a list on lines with a comma at the end", "a.tf", tfWait,
			"resource \"aws_route\" \"r\" {\n  depends_on = [\n    aws_y.b,\n  ]\n}\n",
			"resource \"aws_route\" \"r\" {\n  depends_on = [\n    aws_y.b,\n    aws_x.a,\n  ]\n}\n", ""},
		{"a block waits already", "a.tf", tfWait,
			"resource \"aws_route\" \"r\" {\n  depends_on = [aws_x.a]\n}\n", "resource \"aws_route\" \"r\" {\n  depends_on = [aws_x.a]\n}\n", ""},
		{"a list by an expression", "a.tf", tfTable,
			"resource \"aws_route\" \"r\" {\n  route_table_ids = aws_route_table.x[*].id\n}\n", "", "expression"},
		{"a list in a module", "net/a.tf", tfTable,
			"resource \"aws_route\" \"r\" {\n  route_table_ids = [aws_route_table.x.id]\n}\n",
			"resource \"aws_route\" \"r\" {\n  route_table_ids = [aws_route_table.x.id, aws_route_table.t.id]\n}\n", ""},
		{"a flag in a block", "a.tf", tfFlag,
			"resource \"aws_route\" \"r\" {\n  vpc_config {\n    a  =1\n  }\n}\n",
			"resource \"aws_route\" \"r\" {\n  vpc_config {\n    a  =1\n    ipv6_allowed_for_dual_stack = true\n  }\n}\n", ""},
		{"a flag in a file that has its format", "a.tf", tfFlag,
			"resource \"aws_route\" \"r\" {\n  vpc_config {\n    a = 1\n  }\n}\n",
			"resource \"aws_route\" \"r\" {\n  vpc_config {\n    a                           = 1\n    ipv6_allowed_for_dual_stack = true\n  }\n}\n", ""},
		{"a block in one line", "a.tf", tfWait, "resource \"aws_route\" \"r\" { a = 1 }\n", "", "one line"},
		{"a flag in a dynamic block", "a.tf", tfFlag,
			"resource \"aws_route\" \"r\" {\n  dynamic \"vpc_config\" {\n    for_each = []\n    content {}\n  }\n}\n", "", "not written"},
		{"another value", "a.tf", tfIP,
			"resource \"aws_route\" \"r\" {\n  allocation_id = aws_eip.x.public_ip # ip\n}\n",
			"resource \"aws_route\" \"r\" {\n  allocation_id = aws_eip.x.id # ip\n}\n", ""},
		{"another argument", "a.tf", tfOther,
			"resource \"aws_route\" \"r\" {\n  gateway_id = aws_nat_gateway.n.id\n}\n",
			"resource \"aws_route\" \"r\" {\n  nat_gateway_id = aws_nat_gateway.n.id\n}\n", ""},
		{"one of several", "a.tf", rules.Step{Of: "aws_route.r[1]", Do: rules.Rename, Property: "GatewayId", To: "NatGatewayId"},
			"resource \"aws_route\" \"r\" {\n  count = 2\n  gateway_id = 1\n}\n", "", "several"},
		{"a resource of another module", "a.tf",
			rules.Step{Of: "module.a.aws_route.r", Do: rules.Depend, Value: rules.Value{Ref: "aws_x.a"}},
			"resource \"aws_route\" \"r\" {\n}\n", "", "elsewhere"},
		{"a resource of the account", "a.yaml",
			rules.Step{Of: "Route", Do: rules.Append, Property: "RouteTableIds", Value: rules.Value{Ref: "rtb-0a1b2c3d"}},
			"Resources: {Route: {Type: X, Properties: {A: b}}}", "", "elsewhere"},
		{"a resource of another deployment", "a.tf",
			rules.Step{Of: "aws_route.r", Do: rules.Depend, Value: rules.Value{Ref: "live/net:aws_x.a"}},
			"resource \"aws_route\" \"r\" {\n}\n", "", "elsewhere"},
		{"a file in JSON", "a.tf.json", tfWait, `{"resource": {}}`, "", "kind"},
		{"a program", "main.go", tfWait, "package main", "", "kind"},
	} {
		t.Run(c.file+" "+c.name, func(t *testing.T) {
			got, err := fix.Apply(c.file, []byte(c.before), c.step)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("error %v, want one about %q; the text is\n%s", err, c.refused, got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.after, string(got)); d != "" {
				t.Error(d)
			}
			again, err := fix.Apply(c.file, got, c.step)
			if c.step.Do == rules.Rename || c.step.Do == rules.Create {
				return // what it renames is not there any more, and the name of what it creates is taken
			}
			if d := cmp.Diff(string(got), string(again)); d != "" || err != nil {
				t.Errorf("a second time %v:\n%s", err, d)
			}
		})
	}
}

func TestBetweenMakesTheOneOfTheOther(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"abc", "abc"}, {"aa", "aaa"}, {"abc", "xbc"}, {"abab", "ab"}, {"", "x"}, {"a\nb", "a\nc\nb"}} {
		e := fix.Between([]byte(c[0]), []byte(c[1]))
		if got := c[0][:e.Start] + e.Text + c[0][e.End:]; got != c[1] {
			t.Errorf("%q to %q: %+v makes %q", c[0], c[1], e, got)
		}
	}
}

// TestNoEditHasWordsOfTheFile: an argument that moves others is an edit of its own, and so is each space that grows.
func TestNoEditHasWordsOfTheFile(t *testing.T) {
	const before = `resource "aws_x" "a" {
  # one
  b = "secret" # two
  cc = {
    d = "secret"
  }
}
`
	const after = `resource "aws_x" "a" {
  # one
  b = "secret" # two
  cc = {
    d = "secret"
  }
  allocation_id = aws_eip.e.id
}
`
	text := hclwrite.Format([]byte(before))
	files := source.NewFileSet()
	in := files.Add("main.tf", text)
	of := rules.Rule{Name: "r"}
	edits, err := fix.NewEditor(files).Of(rules.Finding{Rule: &of, Fix: rules.Fix{{
		Of: "aws_x.a", At: in.Span(0, 1), Do: rules.Set, Property: "AllocationId", Value: rules.Value{Ref: "aws_eip.e"},
	}}})
	if err != nil || len(edits) != 1 || edits[0].File != in {
		t.Fatalf("%v, %v", edits, err)
	}
	got := string(text)
	for _, e := range slices.Backward(edits[0].Edits) {
		if strings.Contains(got[e.Start:e.End]+e.Text, "secret") {
			t.Errorf("%q becomes %q", got[e.Start:e.End], e.Text)
		}
		got = got[:e.Start] + e.Text + got[e.End:]
	}
	if diff := cmp.Diff(string(hclwrite.Format([]byte(after))), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPartition: an ARN is in the partition of the module.
func TestPartition(t *testing.T) {
	const role = "resource \"aws_iam_role\" \"r\" {\n}\n"
	grant := rules.Step{Of: "aws_iam_role.r", Do: rules.Create, New: &rules.New{Type: "aws_x", Name: "x", Properties: []rules.Property{
		{Name: "arn", Value: rules.Value{Text: "arn:${AWS::Partition}:iam::aws:policy/x"}},
	}}}
	for _, c := range []struct{ beside, want, refused string }{
		{beside: "", want: "arn:aws:iam"},
		{beside: "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n", want: "arn:aws:iam"},
		{beside: "provider \"aws\" {\n  region = \"us-gov-west-1\"\n}\n", want: "arn:aws-us-gov:iam"},
		{beside: "locals {\n  arn = \"arn:aws-cn:s3:::x\"\n}\n", want: "arn:aws-cn:iam"},
		{beside: "locals {\n  a = \"arn:aws-cn:s3:::x\"\n  b = \"arn:aws:s3:::x\"\n}\n", refused: "several partitions"},
		{beside: "data \"aws_partition\" \"here\" {}\nlocals {\n  a = \"arn:aws-cn:s3:::x\"\n}\n", want: "arn:${data.aws_partition.here.partition}:iam"},
	} {
		got, err := fix.Apply("net/a.tf", []byte(role), grant, c.beside)
		switch {
		case c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("beside %q: error %v, want one about %q", c.beside, err, c.refused)
		case c.refused == "" && (err != nil || !strings.Contains(string(got), "arn = \""+c.want)):
			t.Errorf("beside %q: %v, want %s in\n%s", c.beside, err, c.want, got)
		}
	}
}
