package tree

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// many is the entries of a section, each with the body.
func many(n int, body string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  Thing%d:\n%s", i, body)
	}
	return b.String()
}

func TestReadingInPartsMakesTheTreeOfTheWhole(t *testing.T) {
	if runtime.GOMAXPROCS(0) < 2 {
		t.Skip("one processor reads the whole")
	}
	plain := "    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Sub \"${AWS::StackName}-q\" }\n"
	half := many(2000, plain)
	for name, c := range map[string]struct {
		text  string
		parts bool // it is read in parts
	}{
		"resources alone":                     {"Resources:\n" + half, true},
		"sections before and after":           {"# top\nDescription: é\nResources:\n\n  # first\n" + half + "Outputs:\n  A: { Value: 1 }\n", true},
		"windows line breaks":                 {strings.ReplaceAll("Resources:\n"+half+"Outputs: {}\n", "\n", "\r\n"), true},
		"an indentation of four":              {"Resources:\n" + strings.ReplaceAll(half, "  ", "    "), true},
		"key-like lines in block scalars":     {"Resources:\n" + many(5000, "    Code: |\n      Thing:\n       Other:\n        x\n"), true},
		"anchors inside a part":               {"Resources:\n  First: &a { Type: X }\n  Second: *a\n" + half, true},
		"the same key in two parts":           {"Resources:\n" + half + "  Thing0:\n    Type: Y\nOutputs: {}\n", true},
		"a section given twice":               {"Resources:\n" + half + "Resources:\n  A: {}\n", true},
		"lists in the column of their key":    {"Resources:\n" + many(8000, "  - a\n  - b: c\n"), true},
		"anchors across parts":                {"Resources:\n  First: &a { Type: X }\n" + half + "  Last: *a\n", false},
		"quoted text across the cut":          {"Resources:\n  Text: \"\n" + half + "  \"\n  Last: {}\n", false},
		"quoted text that holds the section":  {"Description: '\nResources:\n" + half + "'\nOutputs: {}\n", false},
		"brackets across the cut":             {"Resources:\n  List: [\n" + strings.ReplaceAll(half, "\n", ",\n") + "  ]\n", false},
		"a mistake in the second part":        {"Resources:\n" + half + "  Thing: [\n", false},
		"tabs in the first part":              {"Resources:\n  A:\n\tB: c\n" + half, false},
		"two documents":                       {"Resources:\n" + half + "---\nResources: {}\n", false},
		"a section of which nothing is known": {"Other:\n" + half, false},
		"a deeper key in the column":          {"Resources:\n    A:\n      Type: X\n" + half, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFileSet().Add("template.yaml", []byte(c.text))
			y := &yamlReader{reader: &reader{file: f}, places: *newPlaces(f.Text, 0)}
			if got := y.inParts(0) != nil; got != c.parts {
				t.Fatalf("read in parts: %v, want %v", got, c.parts)
			}
			got, said := Read(f)
			want := &yamlReader{reader: &reader{file: f}, places: *newPlaces(f.Text, 0)}
			var root *Node
			if document := want.whole(0); document != nil {
				root, _ = want.convert(document, 1)
			}
			if !reflect.DeepEqual(got, root) || !reflect.DeepEqual(said, want.diagnostics) {
				t.Errorf("got %v and the whole gives %v", said, want.diagnostics)
			}
		})
	}
}
