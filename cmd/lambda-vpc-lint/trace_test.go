package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// traced is what trace prints of the network below, and its exit code.
func traced(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	name := t.TempDir() + "/app.yaml"
	if err := os.WriteFile(name, []byte(traceable), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code = run(append(append([]string{"trace"}, args...), name), strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

const traceable = `Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  SubnetA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  SubnetB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  AppGroup: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: app}}
  DataGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: data
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 6379, ToPort: 6379, SourceSecurityGroupId: !Ref AppGroup}]
  CacheSubnets: {Type: AWS::ElastiCache::SubnetGroup, Properties: {Description: x, SubnetIds: [!Ref SubnetA]}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      {Engine: redis, CacheSubnetGroupName: !Ref CacheSubnets, SecurityGroupIds: [!Ref DataGroup],
       ReplicationGroupDescription: x}
  Queue: {Type: AWS::SQS::Queue}
  OrdersFunction:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: shop-checkout
      VpcConfig: {SubnetIds: [!Ref SubnetA, !Ref SubnetB], SecurityGroupIds: [!Ref AppGroup]}
`

func TestTraceTakesWhatPeopleType(t *testing.T) {
	for _, c := range []struct {
		function, to string
		code         int
		want         string // in what is printed on either stream
	}{
		{"orders", "Cache", 0, `reachable: "OrdersFunction" reaches Cache`},
		{"checkout", "DataGroup", 0, `"Cache" in subnet "SubnetA"`},
		{"OrdersFunction", "data", 0, "reachable"},
		{"OrdersFunction", "AppGroup", 2, "no database, instance or endpoint"},
		{"OrdersFunction", "Queue", 1, `no route to service "sqs"`},
		{"OrdersFunction", "OrdersFunction", 1, `no route to service "lambda"`},
		{"OrdersFunction", "https://sqs.eu-west-1.amazonaws.com/1/q", 1, `no route to service "sqs"`},
		{"OrdersFunction", "https://bucket.s3.eu-west-1.amazonaws.com", 1, `no route to service "s3"`},
		{"OrdersFunction", "api.stripe.com:8443", 1, "no route to the internet"},
		{"OrdersFunction", "redis://10.0.1.7", 0, "TCP 6379 of the function out"},
		{"OrdersFunction", "db.corp.internal", 2, "the files do not tell the address of this host"},
		{"OrdersFunction", "service:sqss", 2, `did you mean "sqs"?`},
		{"OrdersFunction", "service:brand-new-service-of-aws", 1, "blocked"},
		{"OrdersFunction", "Queeu", 2, `did you mean "Queue"?`},
		{"Other", "internet", 2, `no function is called "Other": there are "OrdersFunction"`},
		{"OrdersFunctoin", "internet", 2, `did you mean "OrdersFunction"?`},
	} {
		out, errs, code := traced(t, c.function, "--to", c.to)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("trace %s --to %s: exit %d, want %d and %q in\n%s%s", c.function, c.to, code, c.code, c.want, out, errs)
		}
	}
}

func TestTraceShowsGroupsAndACLsThatLetPass(t *testing.T) {
	out, _, _ := traced(t, "orders", "--to", "Cache", "--all")
	for _, step := range []string{
		`a rule lets TCP 6379 of the function out: security group "AppGroup"`,
		`network ACL "Vpc.DefaultNetworkAcl" lets TCP 6379 out of subnet "SubnetB", and the answers back`,
		`network ACL "Vpc.DefaultNetworkAcl" lets TCP 6379 into subnet "SubnetA", and the answers back`,
		`a rule lets TCP 6379 of the function into "Cache": security group "DataGroup"`,
	} {
		if !strings.Contains(out, step) {
			t.Errorf("no step %q in\n%s", step, out)
		}
	}
}

func TestTraceTellsSubnetsThatAreAlikeOnce(t *testing.T) {
	for _, c := range []struct {
		flags []string
		want  int
	}{{nil, 1}, {[]string{"--all"}, 2}} {
		out, _, _ := traced(t, append([]string{"orders", "--to", "internet"}, c.flags...)...)
		if n := strings.Count(out, "  from subnet "); n != c.want {
			t.Errorf("%v: %d ways, want %d\n%s", c.flags, n, c.want, out)
		}
	}
}

func TestTraceInJSONIsAsTheSchemaSays(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/trace.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"internet", "internet6", "Cache", "10.9.9.9", "Queue"} {
		out, errs, code := traced(t, "orders", "--to", to, "-f", "json")
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
		if err == nil {
			err = schema.Validate(doc)
		}
		if err != nil || code == exitFailure {
			t.Errorf("--to %s: exit %d, %v\n%s%s", to, code, err, out, errs)
		}
	}
}

// TestEveryCodeIsExplained in docs/reading-a-report.md, and no other is.
func TestEveryCodeIsExplained(t *testing.T) {
	code, err := os.ReadFile("../../graph/trace/result.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/reading-a-report.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range regexp.MustCompile(`Cause = "([A-Z_]+)"`).FindAllSubmatch(code, -1) {
		known[string(m[1])] = true
	}
	for _, m := range regexp.MustCompile("\\| `([A-Z_]+)`").FindAllSubmatch(page, -1) {
		if !known[string(m[1])] {
			t.Errorf("the page explains %s, which is no code", m[1])
		}
		delete(known, string(m[1]))
	}
	for name := range known {
		t.Errorf("the page does not explain %s", name)
	}
}
