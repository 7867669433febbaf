package action

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// good is a template without a finding; bad has an error and a note.
const good = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Topic: {Type: AWS::SNS::Topic}
`

var bad = publicSubnet + function("Api")

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

func function(name string) string {
	return fmt.Sprintf("  %s: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: !Ref Role,\n    VpcConfig: {SubnetIds: [!Ref Public], SecurityGroupIds: [!Ref Group]}}}\n", name)
}

func TestFindingsFailTheStepAfterEverythingIsWritten(t *testing.T) {
	r := newRunner(t)
	r.write("stacks/bad.yaml", bad)
	r.write("stacks/good.yaml", good)
	got := r.run(map[string]string{"working-directory": "stacks", "sarif-file": "out/lint.sarif"})
	if got.Code != 1 {
		t.Errorf("exit %d:\n%s", got.Code, got.Log)
	}
	want := map[string]string{
		"exit-code": "1", "sarif-file": filepath.Join(r.workspace, "out/lint.sarif"),
		"errors": "1", "warnings": "0", "notes": "1", "suppressed": "0", "undecided": "5",
	}
	if d := cmp.Diff(want, got.Outputs); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"public_subnet_only stacks/bad.yaml", "single_zone stacks/bad.yaml"}, r.results(want["sarif-file"])); d != "" {
		t.Error(d)
	}
	if !strings.Contains(got.Log, "::error file=stacks/bad.yaml,line=") {
		t.Errorf("no annotation in\n%s", got.Log)
	}
	for _, part := range []string{"\nErrors: 1, warnings: 0, notes: 1, suppressed: 0, undecided questions: 5\n", "```text\nbad.yaml:", "[public_subnet_only]"} {
		if !strings.Contains(got.Summary, part) {
			t.Errorf("no %q in the summary\n%s", part, got.Summary)
		}
	}
}

func TestWhatPassesIsGreenAndHasAFile(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		inputs  map[string]string
		results int
	}{
		"without findings":         {good, nil, 0},
		"below the limit":          {bad, map[string]string{"fail-on": "none"}, 2},
		"without the failing rule": {bad, map[string]string{"args": "--disable\npublic_subnet_only\r\n\n"}, 1},
		"not among the paths":      {bad, map[string]string{"paths": "good.yaml\r\n\n"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			r.write("template.yaml", c.text)
			r.write("good.yaml", good)
			got := r.run(c.inputs)
			if got.Code != 0 || got.Outputs["exit-code"] != "0" {
				t.Fatalf("exit %d:\n%s", got.Code, got.Log)
			}
			if n := len(r.results(got.Outputs["sarif-file"])); n != c.results {
				t.Errorf("%d results, want %d", n, c.results)
			}
		})
	}
}

func TestUnreadableInputsFailTheStepAndTheOthersAreReported(t *testing.T) {
	r := newRunner(t)
	r.write("bad.yaml", bad)
	r.write("broken.yaml", "AWSTemplateFormatVersion: [\n")
	got := r.run(map[string]string{"fail-on": "none"})
	if got.Code != 2 || got.Outputs["exit-code"] != "2" || !strings.Contains(got.Log, "broken.yaml") {
		t.Errorf("exit %d, outputs %v:\n%s", got.Code, got.Outputs, got.Log)
	}
	if n := len(r.results(got.Outputs["sarif-file"])); n != 2 {
		t.Errorf("%d results, want 2", n)
	}
	if !strings.Contains(got.Summary, "Some inputs could not be read") {
		t.Errorf("the summary is silent:\n%s", got.Summary)
	}
}

func TestWrongInputsOfTheActionAreSaid(t *testing.T) {
	r := newRunner(t)
	r.write("results.sarif", "from the run before")
	got := r.run(map[string]string{"fail-on": "never", "sarif-file": "results.sarif"})
	if got.Code != 2 || !strings.Contains(got.Log, `--fail-on "never"`) {
		t.Errorf("exit %d:\n%s", got.Code, got.Log)
	}
	if d := cmp.Diff(map[string]string{"exit-code": "2"}, got.Outputs); d != "" {
		t.Error(d)
	}
	if _, err := os.Stat(filepath.Join(r.workspace, "results.sarif")); err == nil {
		t.Error("the file of the run before is still there to be uploaded")
	}
}

func TestInputsAreNoCommands(t *testing.T) {
	attack := "$(touch pwned) `touch pwned` \"; touch pwned #'\n--help=$(touch pwned)"
	inputs := map[string]string{"paths": attack, "args": attack, "fail-on": attack, "sarif-file": "x$(touch pwned).sarif", "annotations": attack}
	for name, value := range inputs {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			r.write("good.yaml", good)
			r.run(map[string]string{name: value})
			err := filepath.WalkDir(r.workspace, func(path string, _ os.DirEntry, err error) error {
				if filepath.Base(path) == "pwned" {
					t.Error("the input was run")
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFilesGiveNoCommandsToTheRunner: it obeys lines that begin with "::" and lines that hold "##[" in all that is
// printed outside of a pause.
func TestFilesGiveNoCommandsToTheRunner(t *testing.T) {
	for _, annotations := range []string{"true", "false"} {
		t.Run("annotations "+annotations, func(t *testing.T) {
			r := newRunner(t)
			r.write("::warning::##[warning]x.yaml", bad)
			r.write("::warning::##[warning]y.yaml", "AWSTemplateFormatVersion: [\n")
			got := r.run(map[string]string{"annotations": annotations})
			paused, spoken := "", 0
			for line := range strings.Lines(got.Log) {
				line = strings.TrimSpace(line)
				word, stop := strings.CutPrefix(line, "::stop-commands::")
				switch {
				case stop && paused == "":
					paused = "::" + word + "::"
				case line == paused:
					paused = ""
				case paused != "":
					spoken++
				case strings.Contains(line, "##[") && !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::notice file="):
					t.Errorf("the runner obeys %q", line)
				case strings.HasPrefix(line, "::warning::"):
					t.Errorf("the runner obeys %q", line)
				}
			}
			if paused != "" || spoken == 0 {
				t.Errorf("%d lines in pauses, the last one waits for %q", spoken, paused)
			}
		})
	}
}

func TestTheSummaryShowsFilesAsTheyAre(t *testing.T) {
	r := newRunner(t)
	r.write("ticks.yaml", strings.ReplaceAll(bad, "SubnetIds: [!Ref Public]", "SubnetIds: [!Ref Public] , Tags: '`````'"))
	got := r.run(nil)
	if !strings.Contains(got.Summary, "\n``````text\n") || !strings.HasSuffix(got.Summary, "\n``````\n") {
		t.Errorf("the fence is no longer than what it holds:\n%s", got.Summary)
	}
}

func TestALongReportIsCutInTheSummary(t *testing.T) {
	r := newRunner(t)
	var text strings.Builder
	text.WriteString(publicSubnet)
	for i := range 900 {
		text.WriteString(function(fmt.Sprintf(`'F"%d'`, i))) // with a quote in their names, findings are not alike
	}
	r.write("many.yaml", text.String())
	got := r.run(nil)
	if n := len(got.Summary); n > 1<<20 || n < 900_000 {
		t.Errorf("the summary has %d bytes", n)
	}
	if !strings.HasSuffix(got.Summary, "\n```\n\nThe report is cut here, because a summary has room for no more; the SARIF file and the log have more of it.\n") {
		t.Errorf("it ends with %q", got.Summary[len(got.Summary)-200:])
	}
	if got.Outputs["errors"] != "900" || len(r.results(got.Outputs["sarif-file"])) != 1800 {
		t.Errorf("outputs %v", got.Outputs)
	}
}

func TestTwoCallsInOneJobKeepTheirFiles(t *testing.T) {
	r := newRunner(t)
	r.rebuildQuickly()
	r.write("bad.yaml", bad)
	r.write("good.yaml", good)
	first := r.run(map[string]string{"paths": "bad.yaml"}).Outputs["sarif-file"]
	second := r.run(map[string]string{"paths": "good.yaml"}).Outputs["sarif-file"]
	if a, b := len(r.results(first)), len(r.results(second)); a != 2 || b != 0 {
		t.Errorf("the files hold %d and %d results, want 2 and 0", a, b)
	}
}
