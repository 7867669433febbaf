package sarif_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/sarif"
)

// logFile is the part of a file that the tests look at.
type logFile struct {
	Runs []struct {
		AutomationDetails any
		Tool              struct {
			Driver struct {
				Version, SemanticVersion string
				Rules                    []struct{ ID string }
			}
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			Locations           []location
			PartialFingerprints map[string]string
			Properties          struct{ Resource string }
			Suppressions        []struct {
				Kind, Status, Justification, GUID string
				Location                          location
			}
		}
	}
}

type location struct {
	Message          struct{ Text string }
	PhysicalLocation struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
	}
}

func parse(t *testing.T, text []byte) logFile {
	t.Helper()
	var log logFile
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	return log
}

// accepted is the sample with its first finding accepted once in each way.
func accepted() *report.Report {
	r := sample.Report()
	config := r.Files.Add("lint.toml", []byte("[[exception]]\nreason = \"legacy\"\n"))
	comment := r.Result.Findings[1].Span
	f := r.Result.Findings[0]
	for _, s := range []rules.Suppression{
		{Kind: rules.InComment, Reason: "comment with a place", Span: comment},
		{Kind: rules.InMetadata, Reason: "metadata without one"},
		{Kind: rules.InConfiguration, Reason: "configuration", Span: config.Span(0, 13)},
		{Kind: rules.InBaseline},
	} {
		f.Suppressed, f.Key = &s, string(s.Kind)
		r.Result.Findings = append(r.Result.Findings, f)
	}
	return r
}

func TestSARIFKeepsSuppressedFindingsAndSaysWhoAcceptedThem(t *testing.T) {
	text := write(t, accepted(), report.Options{})
	got, guids := map[string]string{}, map[string]bool{}
	for _, r := range parse(t, text).Runs[0].Results {
		for _, s := range r.Suppressions {
			at := s.Location.PhysicalLocation
			got[s.Justification] = fmt.Sprintf("%s %s %s:%d%s", s.Kind, s.Status, at.ArtifactLocation.URI, at.Region.StartLine, s.Location.Message.Text)
			guids[s.GUID] = true
		}
	}
	want := map[string]string{
		"comment with a place": "inSource accepted stacks/my%20app/app.yaml:8",
		"metadata without one": "inSource accepted stacks/worker.json:1",
		"configuration":        "external accepted stacks/lint.toml:1",
		"":                     "external accepted :0the baseline",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(guids) != 4 {
		t.Errorf("%d different ids of 4 suppressions", len(guids))
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := publishedSchema(t).Validate(doc); err != nil {
		t.Error(err)
	}
}

func TestCodeScanningGetsOnlyWhatStands(t *testing.T) {
	var out bytes.Buffer
	if err := sarif.CodeScanning(&out, accepted(), report.Options{}); err != nil {
		t.Fatal(err)
	}
	var rulesOf []string
	whole := map[string]bool{}
	for _, r := range parse(t, write(t, accepted(), report.Options{})).Runs[0].Results {
		whole[r.PartialFingerprints["primaryLocationLineHash"]] = true
	}
	for _, r := range parse(t, out.Bytes()).Runs[0].Results {
		rulesOf = append(rulesOf, r.RuleID)
		if !whole[r.PartialFingerprints["primaryLocationLineHash"]] {
			t.Errorf("the result of %s has another fingerprint than in the whole file", r.RuleID)
		}
	}
	if d := cmp.Diff([]string{"public_subnet_only", "odd_worker"}, rulesOf); d != "" {
		t.Error(d)
	}
}

func TestSARIFFingerprintsAreUnique(t *testing.T) {
	r := accepted()
	r.Result.Findings = append(r.Result.Findings, r.Result.Findings[0], r.Result.Findings[0])
	r.Result.Undecided = append(r.Result.Undecided, rules.Undecided{Finding: r.Result.Findings[0]})
	seen := map[string]int{}
	for _, r := range parse(t, write(t, r, report.Options{Undecided: true})).Runs[0].Results {
		seen[r.PartialFingerprints["primaryLocationLineHash"]]++
	}
	if counts := slices.Sorted(maps.Values(seen)); len(seen) != 10 || counts[9] != 1 {
		t.Errorf("10 results have these fingerprints: %v", seen)
	}
}

func TestSARIFAlertsSurviveAnEditAboveThem(t *testing.T) {
	fingerprint := func(text string) (line int, print string) {
		files := source.NewFileSet()
		f := files.Add("a.yaml", []byte(text))
		at := strings.Index(text, "Api:")
		r := &report.Report{Files: files, Result: rules.Result{Findings: []rules.Finding{{
			Rule: &rules.Rule{Name: "r", Severity: rules.Error}, Root: "a.yaml", Resource: "Api", Key: "ipv4", Span: f.Span(at, at+4),
		}}}}
		res := parse(t, write(t, r, report.Options{})).Runs[0].Results[0]
		return res.Locations[0].PhysicalLocation.Region.StartLine, res.PartialFingerprints["primaryLocationLineHash"]
	}
	before, was := fingerprint("Resources:\n  Api: {}\n")
	after, is := fingerprint("# Copyright\nResources:\n  Other: {}\n  Api: {}\n")
	if before == after || was != is {
		t.Errorf("line %d has %s, line %d has %s", before, was, after, is)
	}
}

func TestSARIFColumnsCountCodePoints(t *testing.T) {
	files := source.NewFileSet()
	text := "é𝒳: Api\n"
	at := strings.Index(text, "Api")
	f := files.Add("a.yaml", []byte(text))
	r := &report.Report{Files: files, Result: rules.Result{Findings: []rules.Finding{{
		Rule: &rules.Rule{Name: "r", Severity: rules.Error}, Span: f.Span(at, at+3),
	}}}}
	out := write(t, r, report.Options{})
	region := parse(t, out).Runs[0].Results[0].Locations[0].PhysicalLocation.Region
	if region.StartColumn != 5 || region.EndColumn != 8 || !bytes.Contains(out, []byte(`"columnKind": "unicodeCodePoints"`)) {
		t.Errorf("the region is %+v", region)
	}
}

func TestSARIFPlacesAResourceWithoutAPlaceInItsTemplate(t *testing.T) {
	r := &report.Report{Files: source.NewFileSet(), Result: rules.Result{Findings: []rules.Finding{{
		Rule: &rules.Rule{Name: "r", Severity: rules.Error}, Root: "a.yaml", Resource: "MainTable",
	}}}}
	at := parse(t, write(t, r, report.Options{})).Runs[0].Results[0].Locations[0].PhysicalLocation
	if at.ArtifactLocation.URI != "a.yaml" || at.Region.StartLine != 1 || at.Region.EndColumn != 1 {
		t.Errorf("the place is %+v", at)
	}
}

func TestSARIFMessagesHoldNoLinks(t *testing.T) {
	r := &report.Report{Files: source.NewFileSet(), Result: rules.Result{Findings: []rules.Finding{{
		Rule: &rules.Rule{Name: "r", Severity: rules.Error}, Message: `subnet "a[here](https://example.com)" is odd`,
	}}}}
	if text := parse(t, write(t, r, report.Options{})).Runs[0].Results[0].Message.Text; strings.Contains(text, "](") {
		t.Errorf("%s holds a link", text)
	}
}

func TestSARIFVersionsAreSemantic(t *testing.T) {
	for have, want := range map[string]string{
		"v1.2.3":                             "1.2.3",
		"v0.0.0-20261121231704-dddd28282807": "0.0.0-20261121231704-dddd28282807",
		"v1.2.3-rc.1+dirty":                  "1.2.3-rc.1+dirty",
		"devel":                              "0.0.0-devel",
		"":                                   "0.0.0-devel",
		"v1.2":                               "0.0.0-devel",
	} {
		driver := parse(t, write(t, &report.Report{Files: source.NewFileSet(), Tool: report.Tool{Version: have}}, report.Options{})).Runs[0].Tool.Driver
		if driver.Version != want || driver.SemanticVersion != want {
			t.Errorf("%q is written as %q and %q, want %q", have, driver.Version, driver.SemanticVersion, want)
		}
	}
}

func TestSARIFLeavesTheCategoryToTheUpload(t *testing.T) {
	if id := parse(t, write(t, sample.Report(), report.Options{})).Runs[0].AutomationDetails; id != nil {
		t.Errorf("the run is named %v, and the category of the workflow would not count", id)
	}
}
