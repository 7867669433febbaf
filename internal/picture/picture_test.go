package picture_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/picture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

// formats are all of them.
var formats = map[string]func(io.Writer, *picture.Document) error{
	"html": picture.HTML, "svg": picture.SVG, "mermaid": picture.Mermaid, "dot": picture.DOT, "json": picture.JSON,
}

// day is that of the snapshot among the examples.
var day = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

// draw makes the document of a file or directory. The ways of the function, an address, are lit.
func draw(t *testing.T, path, function string) *picture.Document {
	t.Helper()
	return drawWith(t, lint.Options{}, path, function)
}

func drawWith(t *testing.T, o lint.Options, path, function string) *picture.Document {
	t.Helper()
	o.Config, o.Now = lint.NoConfig, day
	var networks []*graph.Network
	o.Keep = func(all []*graph.Network) { networks = all }
	r, err := lint.Run(t.Context(), []string{path}, o)
	if err != nil || len(r.Errors) > 0 {
		t.Fatal(err, r.Errors)
	}
	var opts picture.Options
	if function != "" {
		opts.Function, opts.In = function, networks[0]
	}
	d := picture.New(r, networks, opts)
	if len(d.Networks) == 0 {
		t.Fatal("nothing is drawn")
	}
	return d
}

func rendered(t *testing.T, format string, d *picture.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := formats[format](&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// samples are one network of each sort.
func samples(t *testing.T) map[string]*picture.Document {
	t.Helper()
	account := lint.Options{Context: []string{"../../docs/examples/context/snapshot.json"}, Parameters: []lint.Parameter{
		{Name: "VpcId", Value: "vpc-0a1b2c3d4e5f60718"}, {Name: "PublicSubnet", Value: "subnet-0a1b2c3d4e5f60701"},
	}}
	return map[string]*picture.Document{
		"small":     draw(t, "../../testdata/examples/cloudformation", "OrdersFunction"),
		"module":    draw(t, "../../testdata/examples/terraform", ""),
		"peering":   draw(t, "testdata/peering.yaml", "Checkout"),
		"endpoints": draw(t, "testdata/endpoints.yaml", ""),
		"ipv6":      draw(t, "testdata/ipv6.tf", ""),
		"snapshot":  drawWith(t, account, "../../docs/examples/context/app.yaml", ""),
		"big":       draw(t, written(t, big()), ""),
		"hostile":   draw(t, written(t, hostile), ""),
	}
}

func written(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "template.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestKindsZonesAndRoutesOfSubnets(t *testing.T) {
	d := draw(t, "testdata/ipv6.tf", "")
	vpc := d.Networks[0].VPCs[0]
	if got := strings.Join(vpc.Zones, " "); got != "eu-west-1a eu-west-1b" {
		t.Errorf("zones are %s", got)
	}
	if got := strings.Join(vpc.Rows, " "); got != "public private" {
		t.Errorf("rows are %s", got)
	}
	for _, s := range vpc.Subnets {
		want := picture.Private
		if s.ID == "aws_subnet.public" {
			want = picture.Public
		}
		if s.Access != want {
			t.Errorf("%s is %s, want %s", s.ID, s.Access, want)
		}
	}
	last := vpc.Subnets[2]
	if got := last.Table.Routes; len(got) != 2 || got[0].Target != "aws_nat_gateway.main" || got[1].Label != "egress-only gateway main" {
		t.Errorf("routes of %s: %+v", last.ID, got)
	}
	endpoints := draw(t, "testdata/endpoints.yaml", "").Networks[0].VPCs[0]
	if got := endpoints.Subnets[0]; got.Access != picture.Isolated || got.Zone != "zone 1" {
		t.Errorf("%+v", got)
	}
	if got := endpoints.Endpoints[2]; got.Label != "sqs" || got.Detail != "interface" {
		t.Errorf("%+v", got)
	}
}

func TestWaysAreThoseOfTheTrace(t *testing.T) {
	n := draw(t, "testdata/endpoints.yaml", "").Networks[0]
	got := map[string]string{}
	for _, f := range n.Functions {
		for _, w := range f.Ways {
			got[f.ID+" to "+n.Ways[w].To] = n.Ways[w].Status
		}
	}
	want := map[string]string{
		"Ingest to the internet": "blocked", "Ingest to service sqs": "reachable",
		"Tell to the internet": "blocked", "Tell to service sns": "blocked",
	}
	for to, status := range want {
		if got[to] != status {
			t.Errorf("%s: %q, want %q", to, got[to], status)
		}
	}
}

func TestFunctionsOfOneKindAreOneGroup(t *testing.T) {
	n := draw(t, written(t, big()), "").Networks[0]
	if len(n.Functions) != 200 || len(n.Groups) > 8 {
		t.Errorf("%d functions in %d groups", len(n.Functions), len(n.Groups))
	}
	if len(n.Ways) > 100 {
		t.Errorf("%d ways: equal ones are to be one", len(n.Ways))
	}
}

var update = sample.UpdateFlag()

// TestThePictureOfThePages is the one in the README and in docs/graph.md.
func TestThePictureOfThePages(t *testing.T) {
	t.Chdir("../..")
	d := draw(t, "testdata/examples/cloudformation", "OrdersFunction")
	sample.Golden(t, update, "../docs/graph.svg", []byte(rendered(t, "svg", d)))
}

func TestOnlyTheWantedVPC(t *testing.T) {
	var networks []*graph.Network
	keep := func(all []*graph.Network) { networks = all }
	r, err := lint.Run(t.Context(), []string{"testdata/peering.yaml"}, lint.Options{Config: lint.NoConfig, Keep: keep})
	if err != nil {
		t.Fatal(err)
	}
	d := picture.New(r, networks, picture.Options{VPC: "Billing"})
	if n := d.Networks[0]; len(n.VPCs) != 1 || n.VPCs[0].ID != "Billing" || len(n.Functions) != 0 {
		t.Errorf("got %d VPCs and %d functions", len(n.VPCs), len(n.Functions))
	}
	if d := picture.New(r, networks, picture.Options{VPC: "None"}); len(d.Networks) != 0 {
		t.Error("a VPC that is not there is drawn")
	}
}

func TestTheDocumentHasItsSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/graph.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range samples(t) {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(rendered(t, "json", d)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSameInputSameOutput(t *testing.T) {
	for name := range formats {
		if a, b := rendered(t, name, draw(t, "testdata/peering.yaml", "")), rendered(t, name, draw(t, "testdata/peering.yaml", "")); a != b {
			t.Errorf("two runs write different %s", name)
		}
	}
}

// TestHostileNamesStayText: names of the files have no meaning in any format.
func TestHostileNamesStayText(t *testing.T) {
	for sample, d := range samples(t) {
		t.Run(sample, func(t *testing.T) {
			for name := range formats {
				out := rendered(t, name, d)
				for _, bad := range []string{"\u202e", "\x1b", "<script>alert", "</script><b", "<img", "onload=\"x"} {
					if strings.Contains(out, bad) && !(name == "dot" && bad[0] == '<') { // it has a meaning outside of quotes only
						t.Errorf("%s holds %q", name, bad)
					}
				}
			}
			wellFormed(t, rendered(t, "svg", d))
			if out := rendered(t, "html", d); strings.Count(out, "</script>") != 2 || strings.Count(out, "<script") != 2 {
				t.Error("the page has another number of scripts than two")
			}
			everyLine(t, rendered(t, "mermaid", d), mermaidLine)
			everyLine(t, rendered(t, "dot", d), dotLine)
			var document any
			if err := json.Unmarshal([]byte(rendered(t, "json", d)), &document); err != nil {
				t.Error(err)
			}
		})
	}
}

func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := token.(xml.StartElement)
		if allowed := []string{"svg", "style", "g", "rect", "text", "title", "path", "circle"}; ok && !slices.Contains(allowed, e.Name.Local) {
			t.Errorf("the picture has an element %s", e.Name.Local)
		}
	}
}

// A line is all that the language can say there. Mermaid's text holds no sign with a meaning.
var (
	mermaidLine = regexp.MustCompile(`^(flowchart TB| +classDef [a-z]+ [-#:,a-z0-9]+| +end| +(subgraph )?n\d+[a-z]\d*[a-z]*\d*\["[^"<>\x60\[\]{}|]*(<br/>[^"<>\x60\[\]{}|]*)*"\](:::[a-z]+)?| +\w+ (-->|-\.->)(\|"[^"<>\x60|]*"\|)? \w+)$`)
	dotLine     = regexp.MustCompile(`^(digraph network \{|  rankdir=.*|  edge \[.*|\}| *\}| *subgraph cluster_\w+ \{| *label="([^"\\]|\\.)*"; style=filled; fillcolor=white;| *fillcolor="[#\w]+"; color="[#\w]+"| *\w+ \[label="([^"\\]|\\.)*"(, fillcolor="[#\w]+", color="[#\w]+")?\];| *\w+ -> \w+ \[label="([^"\\]|\\.)*", style=(solid|dashed)\];)$`)
)

func everyLine(t *testing.T, text string, form *regexp.Regexp) {
	t.Helper()
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); !form.MatchString(line) {
			t.Errorf("unexpected line %q", line)
		}
	}
}

// TestNothingOverlaps: boxes have their own places, and lines lead to what they lead to.
func TestNothingOverlaps(t *testing.T) {
	for name, d := range samples(t) {
		t.Run(name, func(t *testing.T) { picture.CheckScene(t, d) })
	}
}
