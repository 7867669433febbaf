package sarif_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/sarif"
)

var update = sample.UpdateFlag()

func write(t *testing.T, r *report.Report, opts report.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sarif.Write(&out, r, opts); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSARIFHasPathFingerprintAndRule(t *testing.T) {
	sample.Golden(t, update, "sample.sarif.golden", write(t, sample.Report(), report.Options{}))
}

func TestSARIFHoldsOpenQuestionsOnlyWhenAsked(t *testing.T) {
	for _, asked := range []bool{false, true} {
		out := string(write(t, sample.Report(), report.Options{Undecided: asked}))
		if got := strings.Contains(out, `"kind": "open"`); got != asked {
			t.Errorf("Undecided: %v, but open results: %v", asked, got)
		}
	}
}

func TestSARIFResultsPointToTheirRule(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
			}
		}
	}
	if err := json.Unmarshal(write(t, sample.Report(), report.Options{Undecided: true}), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != 3 {
		t.Fatalf("%d results, want 3", len(run.Results))
	}
	for _, r := range run.Results {
		if at := run.Tool.Driver.Rules[r.RuleIndex].ID; at != r.RuleID {
			t.Errorf("rule index %d of a result of %s is %s", r.RuleIndex, r.RuleID, at)
		}
	}
}

func TestSARIFPathsAreRelativeAndEncoded(t *testing.T) {
	for name, want := range map[string]string{
		"my app/app.yaml": `"uri": "my%20app/app.yaml"`,
		"a:b.yaml":        `"uri": "./a:b.yaml"`,
		"50%.yaml":        `"uri": "50%25.yaml"`,
		"größe.yaml":      `"uri": "gr%C3%B6%C3%9Fe.yaml"`,
		"/abs/x y.yaml":   `"uri": "file:///abs/x%20y.yaml"`,
	} {
		t.Run(name, func(t *testing.T) {
			r := &report.Report{Files: source.NewFileSet(), Errors: []source.Diagnostic{{File: name, Message: "no"}}}
			if out := string(write(t, r, report.Options{})); !strings.Contains(out, want) {
				t.Errorf("no %s in\n%s", want, out)
			}
		})
	}
}

func TestSARIFSaysWhetherAllInputsWereRead(t *testing.T) {
	r := sample.Report()
	if out := string(write(t, r, report.Options{})); !strings.Contains(out, `"executionSuccessful": false`) {
		t.Error("an input could not be read, but the execution is called successful")
	}
	r.Errors = nil
	if out := string(write(t, r, report.Options{})); !strings.Contains(out, `"executionSuccessful": true`) {
		t.Error("all inputs were read, but the execution is not called successful")
	}
}

func TestSARIFIsValid(t *testing.T) {
	schema := publishedSchema(t)
	for name, r := range map[string]*report.Report{
		"of a full report": sample.Report(),
		"of nothing":       {Files: source.NewFileSet(), Tool: report.Tool{Name: "lambda-vpc-lint"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, r, report.Options{Undecided: true})))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("and the schema rejects what is not", func(t *testing.T) {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"results": []}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Error("a run without a tool passes")
		}
	})
}

// schemaModule is a Go module that ships the schema as OASIS publishes it. It is no dependency: the test takes the one
// file from the module cache, or has the go command download it.
const (
	schemaModule = "github.com/securego/gosec/v2@v2.29.0"
	schemaFile   = "report/sarif/testdata/sarif-schema-2.1.0.json"
)

// publishedSchema skips the test where the schema cannot be had, unless SARIF_SCHEMA is set to "required", as it is in
// continuous integration.
func publishedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", schemaModule)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	if err != nil {
		if os.Getenv("SARIF_SCHEMA") == "required" {
			t.Fatalf("no SARIF schema: %v\n%s", err, out)
		}
		t.Skipf("no SARIF schema: %v", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	text, err := os.Open(filepath.Join(module.Dir, filepath.FromSlash(schemaFile)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = text.Close() }()
	doc, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
