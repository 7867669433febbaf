package lint_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// taken is the day after the snapshot of the examples.
var taken = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

// examples is the folder that docs/context.md speaks of.
const examples = "../docs/examples/context"

var given = []lint.Parameter{
	{Name: "VpcId", Value: "vpc-0a1b2c3d4e5f60718"}, {Name: "PublicSubnet", Value: "subnet-0a1b2c3d4e5f60701"},
}

func run(t *testing.T, o lint.Options, paths ...string) *report.Report {
	t.Helper()
	o.Config, o.Now, o.Dir = lint.NoConfig, taken, absolute(t, o.Dir)
	r, err := lint.Run(context.Background(), paths, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Errors {
		t.Errorf("%s: %s", e.File, e.Message)
	}
	return r
}

func absolute(t *testing.T, dir string) string {
	t.Helper()
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// findings are the rules that fire, how severe, and whom they affect.
func findings(r *report.Report) (out []string) {
	for _, f := range r.Findings() {
		out = append(out, fmt.Sprintf("%s %s of %s", f.Severity, f.Rule.Name, strings.Join(f.Affects, ", ")))
	}
	slices.Sort(out)
	return out
}

// TestContextStandsForTheNetwork: a parameterised application gives the findings with a snapshot, or with facts, that
// it gives with the network in its file.
func TestContextStandsForTheNetwork(t *testing.T) {
	want := findings(run(t, lint.Options{Dir: examples, Region: "eu-west-1"}, "whole.yaml"))
	if len(want) != 5 {
		t.Fatalf("the whole has other findings than the page says: %q", want)
	}
	for name, o := range map[string]lint.Options{
		"snapshot": {Context: []string{"snapshot.json"}, Parameters: given},
		"facts":    {Context: []string{"facts.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			o.Dir, o.Region = examples, "eu-west-1"
			r := run(t, o, "app.yaml")
			if got := findings(r); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			if n := len(r.Undecided()); n > 0 {
				t.Errorf("%d undecided", n)
			}
			for _, f := range r.Findings() {
				if at, _ := r.Files.Location(f.Span); at.File != "app.yaml" {
					t.Errorf("%s is at %s", f.Rule.Name, at.File)
				}
			}
		})
	}
}

// TestFaultOfTheAccountIsToldAtTheReference: with the day, and the place in the account in the evidence.
func TestFaultOfTheAccountIsToldAtTheReference(t *testing.T) {
	o := lint.Options{Dir: examples, Region: "eu-west-1", Context: []string{"snapshot.json"}, Parameters: given}
	for _, f := range run(t, o, "app.yaml").Findings() {
		if f.Rule.Name != "nat_route_missing" {
			continue
		}
		if !strings.Contains(f.Message, "(in the account, 2026-11-30)") {
			t.Errorf("the message is %q", f.Message)
		}
		return
	}
	t.Error("no finding about the account")
}

// TestWithoutContextNothingIsKnown guards the tests above: what they find comes from the context.
func TestWithoutContextNothingIsKnown(t *testing.T) {
	r := run(t, lint.Options{Dir: examples, Region: "eu-west-1", Parameters: given}, "app.yaml")
	for _, f := range r.Findings() {
		if f.Severity > rules.Note {
			t.Errorf("%s without any context", f.Rule.Name)
		}
	}
	if len(r.Undecided()) == 0 {
		t.Error("nothing is undecided")
	}
}

// TestOldContextIsANotice: after 30 days, or what the configuration says.
func TestOldContextIsANotice(t *testing.T) {
	for days, want := range map[int]bool{29: false, 32: true} {
		o := lint.Options{
			Dir: absolute(t, examples), Config: lint.NoConfig, Context: []string{"snapshot.json"}, Parameters: given,
			Now: taken.AddDate(0, 0, days-1),
		}
		r, err := lint.Run(context.Background(), []string{"app.yaml"}, o)
		if err != nil {
			t.Fatal(err)
		}
		old := slices.ContainsFunc(r.Notices, func(n source.Diagnostic) bool { return strings.Contains(n.Message, "days old") })
		if old != want {
			t.Errorf("after %d days: %v", days, r.Notices)
		}
	}
}

// TestSnapshotIsAnInput: one that is named is linted itself, and one that lies among the inputs is their context.
func TestSnapshotIsAnInput(t *testing.T) {
	r := run(t, lint.Options{Dir: examples}, "snapshot.json")
	if got := len(r.Result.Functions); got != 0 {
		t.Errorf("it has %d functions", got)
	}
	dir := t.TempDir()
	for _, name := range []string{"app.yaml", "snapshot.json"} {
		text, err := os.ReadFile(filepath.Join(examples, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := findings(run(t, lint.Options{Dir: dir, Region: "eu-west-1", Parameters: given}, "."))
	if len(got) != 5 {
		t.Errorf("got %q", got)
	}
}

// TestATargetThatIsGone is told as such: no condition of the files is why it is not there.
func TestATargetThatIsGone(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(examples, "snapshot.json"))
	if err != nil {
		t.Fatal(err)
	}
	routed := regexp.MustCompile(`("NatGatewayId": "nat-0a1b2c3d4e5f60701",\s+"Origin": "CreateRoute",\s+"State": )"active"`)
	gateway := regexp.MustCompile(`("State": )"available"(,\s+"ConnectivityType")`)
	gone := routed.ReplaceAllString(gateway.ReplaceAllString(string(text), `$1"deleted"$2`), `$1"blackhole"`)
	dir := t.TempDir()
	for name, text := range map[string]string{"snapshot.json": gone, "app.yaml": app} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := run(t, lint.Options{Dir: dir, Context: []string{"snapshot.json"}, Rules: []string{"blackhole_route"}}, "app.yaml")
	if len(r.Findings()) != 1 || !strings.Contains(r.Findings()[0].Message, "does not exist any more") {
		t.Errorf("got %v", r.Findings())
	}
}

const app = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: ""}
      Role: arn:aws:iam::123456789012:role/orders
      VpcConfig:
        SubnetIds: [subnet-0a1b2c3d4e5f60702]
        SecurityGroupIds: [sg-0a1b2c3d4e5f60701]
`

// TestContextThatCannotBeUsedIsAnError, with its place.
func TestContextThatCannotBeUsedIsAnError(t *testing.T) {
	dir := t.TempDir()
	of := func(calls string) string {
		return `{"format": "lambda-vpc-lint-snapshot", "version": 1, "calls": [` + calls + `]}`
	}
	files := map[string]string{
		"app.yaml": app, "other.json": `{"a": 1}`, "cut.json": `{"format": "lambda-vpc-lint-snapshot", "version": 1,`,
		"new.json": `{"format": "lambda-vpc-lint-snapshot", "version": 2, "calls": []}`, "facts.yaml": "subnets: {}\n",
		"twice.json": of(`{"service": "ec2", "output": {}}], "calls": [`), "none/x.txt": "",
		"text.json": of(`{"service": "ec2", "operation": "describe-subnets", "output": "x"}`), "null.json": of(`{"service": "ec2", "operation": "describe-subnets"}`),
		"map.json": of(`{"service": "ec2", "operation": "describe-subnets", "output": {"Subnets": {"a": {}}}}`), "number.json": of(`{"output": {"Subnets": [{}, 1]}}`),
	}
	if err := os.Mkdir(filepath.Join(dir, "none"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, says := range map[string]string{
		"other.json": "neither a snapshot", "cut.json": "ends too early", "new.json": `version "2"`, "facts.yaml": "unknown key",
		"twice.json": `key "calls" is repeated`, "text.json": "neither an output nor an error", "null.json": "neither an output nor an error",
		"map.json": `"Subnets" that is no list`, "number.json": "an element that is no map",
	} {
		o := lint.Options{Dir: dir, Config: lint.NoConfig, Context: []string{name}}
		_, err := lint.Run(context.Background(), []string{"app.yaml"}, o)
		bad, ok := errors.AsType[*lint.ConfigError](err)
		if !ok || bad.Name != name || !strings.Contains(bad.Problems[0].Message, says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"none.json", "none"} {
		o := lint.Options{Dir: dir, Config: lint.NoConfig, Context: []string{name}}
		if _, err := lint.Run(context.Background(), []string{"app.yaml"}, o); err == nil {
			t.Errorf("the context %s is read, and there is none", name)
		}
	}
}

// TestConfigurationNamesAContext, inside the boundary.
func TestConfigurationNamesAContext(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(examples, "snapshot.json"))
	if err != nil {
		t.Fatal(err)
	}
	outer := t.TempDir()
	dir := filepath.Join(outer, "repository")
	files := map[string]string{
		"repository/.git/HEAD": "", "repository/app.yaml": strings.ReplaceAll(app, "60702", "60701"),
		"repository/network/account.json": string(text), "account.json": string(text),
	}
	for name, text := range files {
		name = filepath.Join(outer, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	lintWith := func(config string) (*report.Report, error) {
		if err := os.WriteFile(filepath.Join(dir, ".lambda-vpc-lint.yaml"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		return lint.Run(context.Background(), []string{"app.yaml"}, lint.Options{Dir: dir, Now: taken, Rules: []string{"egress"}})
	}
	r, err := lintWith("context: [network]\n")
	if err != nil || len(r.Findings()) != 1 {
		t.Errorf("%v, %v", err, r)
	}
	if _, err := lintWith("context: [../account.json]\n"); err == nil {
		t.Error("a context outside of the boundary is read")
	}
	r, err = lintWith("context: [network]\ncontext-age: 1d\n")
	if err != nil || len(r.Notices) != 0 {
		t.Errorf("%v, %v", err, r.Notices)
	}
}

// TestPublicNamesCountWhereNothingElseIsKnown: of an output of a module that is not here, and of a parameter until a
// context knows the subnet.
func TestPublicNamesCountWhereNothingElseIsKnown(t *testing.T) {
	const rule = "public_subnet_by_name"
	by := func(r *report.Report) (out []string) {
		for _, f := range r.Findings() {
			out = append(out, f.Rule.Name+" of "+strings.Join(f.Affects, ", "))
		}
		return out
	}
	dir := t.TempDir()
	program := `
module "network" {
  source = "example/network/aws"
}
resource "aws_lambda_function" "app" {
  function_name = "app"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
  role          = "arn:aws:iam::123456789012:role/app"
  vpc_config {
    subnet_ids         = module.network.public_subnets
    security_group_ids = [module.network.group]
  }
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{rule + " of aws_lambda_function.app"}
	if got := by(run(t, lint.Options{Dir: dir, Rules: []string{rule}}, ".")); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	o := lint.Options{Dir: examples, Region: "eu-west-1", Rules: []string{rule, "public_subnet_only"}}
	if got := by(run(t, o, "app.yaml")); !slices.Equal(got, []string{rule + " of Payments"}) {
		t.Errorf("without a context: %q", got)
	}
	o.Parameters, o.Context = given, []string{"snapshot.json"}
	if got := by(run(t, o, "app.yaml")); !slices.Equal(got, []string{"public_subnet_only of Payments"}) {
		t.Errorf("with a context: %q", got)
	}
}
