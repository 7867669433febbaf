package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSARIFPassesTheMultitool has the validator of the SARIF SDK read real files, by its own rules and by those for
// GitHub. Its exit code says nothing, so that its report is read. It is skipped where sarif-multitool is not installed
// (npm install -g @microsoft/sarif-multitool), unless SARIF_MULTITOOL is set to "required".
func TestSARIFPassesTheMultitool(t *testing.T) {
	if _, err := exec.LookPath("sarif-multitool"); err != nil {
		if os.Getenv("SARIF_MULTITOOL") == "required" {
			t.Fatal(err)
		}
		t.Skip("sarif-multitool is not installed")
	}
	for name, c := range map[string]struct {
		functions, results int
	}{
		"no finding": {0, 0},
		"few":        {2, 4},
		"thousands":  {1000, 2000},
	} {
		t.Run(name, func(t *testing.T) {
			text := lintFunctions(t, c.functions)
			if n := bytes.Count(text, []byte(`"ruleId":`)); n != c.results {
				t.Fatalf("%d results, want %d", n, c.results)
			}
			for _, kind := range []string{"Sarif", "Ghas"} {
				for _, complaint := range multitool(t, text, kind) {
					t.Errorf("%s: %s", kind, complaint)
				}
			}
		})
	}
	t.Run("which finds what is wrong", func(t *testing.T) {
		text := bytes.ReplaceAll(lintFunctions(t, 1), []byte(`"fullDescription"`), []byte(`"deprecatedDescription"`))
		if got := strings.Join(multitool(t, text, "Ghas"), "\n"); !strings.Contains(got, "GH2012") {
			t.Errorf("rules without a description pass:\n%s", got)
		}
	})
}

// lintFunctions is the SARIF of a template with that many functions in a public subnet.
func lintFunctions(t *testing.T, n int) []byte {
	t.Helper()
	dir := t.TempDir()
	var template strings.Builder
	template.WriteString(publicSubnet)
	for i := range n {
		fmt.Fprintf(&template, "  F%d: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: !Ref Role,\n    VpcConfig: {SubnetIds: [!Ref Public], SecurityGroupIds: [!Ref Group]}}}\n", i)
	}
	path := filepath.Join(dir, "template.yaml")
	if err := os.WriteFile(path, []byte(template.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"-f", "sarif", path}, strings.NewReader(""), &out, &errs); code == exitFailure || errs.Len() > 0 {
		t.Fatalf("exit %d, %s", code, errs.String())
	}
	return out.Bytes()
}

const publicSubnet = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Role: {Type: String, Default: "arn:aws:iam::111122223333:role/deployed-before"}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: !Ref Vpc}}
  Default:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
`

// multitool returns the errors and warnings of the validator's report. Its wrapper for npm hands the arguments to a
// shell, so that none may hold what a shell reads.
func multitool(t *testing.T, text []byte, kind string) (complaints []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "log.sarif"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	validate := exec.Command("sarif-multitool", "validate", "log.sarif", "-o", "report.sarif", "--rule-kind", kind, "--max-file-size-in-kb", "100000")
	validate.Dir = dir
	printed, _ := validate.CombinedOutput()
	if !bytes.Contains(printed, []byte("1 files scanned")) {
		t.Fatalf("nothing was validated:\n%s", printed)
	}
	report, err := os.ReadFile(filepath.Join(dir, "report.sarif"))
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Message       struct {
					ID        string
					Arguments []string
				}
			}
		}
	}
	if err := json.Unmarshal(report, &log); err != nil {
		t.Fatal(err)
	}
	for _, r := range log.Runs[0].Results {
		if level := cmp.Or(r.Level, "warning"); level == "error" || level == "warning" {
			complaints = append(complaints, fmt.Sprintf("%s %s %s %q", level, r.RuleID, r.Message.ID, r.Message.Arguments))
		}
	}
	return complaints
}
