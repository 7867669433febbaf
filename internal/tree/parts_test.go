package tree

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// readInParts reads text as a whole and in parts of about size bytes, which must make the same tree, and says whether
// the parts made one.
func readInParts(t *testing.T, text string, size int) bool {
	t.Helper()
	f := source.NewFileSet().Add("template.yaml", []byte(text))
	checked := &reader{file: f}
	base := len(text) - len(strings.TrimPrefix(text, byteOrderMark))
	if !checked.checkText(base) {
		return false
	}
	y := &yamlReader{reader: &reader{file: f}, places: newPlaces(f.Text, base)}
	if y.control >= 0 {
		return false
	}
	got := y.inParts(size)
	if len(y.diagnostics) > 0 {
		t.Errorf("reading in parts says %v", y.diagnostics)
	}
	if got == nil {
		return false
	}
	whole := &yamlReader{reader: &reader{file: f}, places: newPlaces(f.Text, base)}
	want := whole.whole(base)
	if len(whole.diagnostics) > 0 {
		t.Errorf("the parts have no errors, and the whole has %v in\n%s", whole.diagnostics, text)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("the parts make another tree than the whole (-whole +parts)\n%s of\n%s", cmp.Diff(want, got), text)
	}
	return true
}

const things = "  First:\n    Type: AWS::SQS::Queue\n  Second:\n    Properties: { QueueName: !Sub \"${AWS::StackName}-q\" }\n  Third:\n    Type: X\n"

// inParts are texts that are read in parts, asIs those that have to be read as a whole.
var inParts = map[string]string{
	"resources alone":                     "Resources:\n" + things,
	"sections before and after":           "# top\nDescription: é\nResources:\n\n  # first\n" + things + "Outputs:\n  A: { Value: 1 }\n",
	"windows line breaks":                 strings.ReplaceAll("Resources:\n"+things+"Outputs: {}\n", "\n", "\r\n"),
	"an indentation of four":              "Resources:\n" + strings.ReplaceAll(things, "  ", "    "),
	"key-like lines in block scalars":     "Resources:\n  A:\n    Code: |\n      Thing:\n       Other:\n        x\n  B:\n    Code: >+\n      x\n\n\n  C:\n    Code: |2\n        x\n  D:\n    |-\n    Thing:\n",
	"anchors inside a part":               "Resources:\n  A: &a { Type: X }\n  B: *a\n  Other: &b\n    Key: { A: 1 }\n    Again: &c [*a]\n" + things,
	"merge keys inside a part":            "Resources:\n  A:\n    Key: &a { Type: X }\n    Other: { <<: *a }\n" + things,
	"lists in the column of their key":    "Resources:\n  A:\n  - a\n  - b: c\n  B:\n  - - a\n    - |\n     x\n  C:\n  -\n",
	"values that are not there":           "Resources:\n  A:\n  B:\n  C:\n   D: !Ref\n   E:\n  I:\n    F:\n  G:\n    -\n  H:\n",
	"comments everywhere":                 "# a\nResources: \n# b\n  # c\n  A:\n # d\n    B: c # e\n\n# f\n  C:\n    # g\n    D: e\n      # h\n  E:\n    - # i\n      a\n# j\nOutputs:\n# k\n  A: b\n",
	"wide text":                           "Resources:\n  A:\n    é: ü—\n  B:\n    \"日本\": { 日本: !Ref 日 }\n  C:\n    - 😀: x\n",
	"a byte order mark":                   "\ufeffResources:\n" + things,
	"quoted text over lines inside parts": "Resources:\n  A:\n    B: 'c\n      d:\n\n      e'\n  F:\n    G: \"h\n      i:\\\n      j\"\n  K:\n    l\n    m\n",
	"another large section":               "Mappings:\n" + things + "Resources:\n  A: { Type: X }\n",
	"a document marker at the top":        "---\nResources:\n" + things,
	"spaces at the end":                   "Resources:\n" + things + "   \n  \n",
	"no line break at the end":            strings.TrimSpace("Resources:\n" + things),
	"keys with a question mark":           "Resources:\n  B:\n    ? c\n    : d\n  A:\n   ? g\n   : - h\n     - i\n  C:\n    e: f\n",
	"a scalar key of another kind":        "Resources:\n  A:\n    1: x\n    null: y\n    ~: z\n  2:\n    a: b\n  true:\n    c: d\n",
	"tags":                                "Resources:\n  A:\n    !If\n    - a\n    - !Ref b\n    - !Sub\n      - c\n      - { d: e }\n  B:\n    C: !!str 1\n  D:\n    E: !GetAtt f.g\n",
}

var asIs = map[string]string{
	"the same key in two parts":           "Resources:\n" + things + "  First:\n    Type: Y\nOutputs: {}\n",
	"a section given twice":               "Resources:\n" + things + "Resources:\n  A: {}\n",
	"anchors across parts":                "Resources:\n  First: &a { Type: X }\n" + things + "  Last: *a\n",
	"quoted text across the cut":          "Resources:\n  Text: \"\n" + things + "  \"\n  Last: {}\n",
	"quoted text that holds the section":  "Description: '\nResources:\n" + strings.ReplaceAll(things, "!Sub", "") + "'\nOutputs: {}\n",
	"block text that holds the section":   "A:\n  |\n  Resources:\n  First:\n  Second:\n  Third:\n",
	"folded text that holds the keys":     "Resources:\n  !Sub |-\n  First:\n  Second:\n  Third:\n",
	"brackets across the cut":             "Resources:\n  List: [\n" + strings.ReplaceAll(things, "\n", ",\n") + "  ]\n",
	"brackets around it all":              "{\nResources:\n  {\n  A:\n   { B: c },\n  D:\n   e\n } }\n",
	"a mistake in the last part":          "Resources:\n" + things + "  Thing: [\n",
	"tabs in the first part":              "Resources:\n  A:\n\tB: c\n" + things,
	"two documents":                       "Resources:\n" + things + "---\nResources: {}\n",
	"two documents by a lone CR":          "Resources:\n" + things + "  X: y\r---\rResources: {}\n",
	"an end of the document":              "Resources:\n" + things + "...\nOutputs: {}\n",
	"a directive of tags":                 "%TAG ! tag:x,2000:\n---\nResources:\n" + things,
	"a directive in the middle":           "Resources:\n" + things + "%YAML 1.1\n",
	"a deeper key in the column":          "Resources:\n    A:\n      Type: X\n" + things,
	"a merge key among the entries":       "Resources:\n  A: &a { X: y }\n  <<: *a\n" + things,
	"a merge key among the sections":      "A: &a { B: c }\n<<: *a\nResources:\n" + things,
	"a tag on the root":                   "!Sub\nResources:\n" + things,
	"a tag on the section":                "Resources:\n  !Sub\n" + things,
	"an anchor on the section":            "Resources:\n  &a\n" + things + "Outputs: *a\n",
	"an empty value of an explicit key":   "Resources:\n  A:\n    ? b\n  B:\n    ? c\n  C:\n    ? d\n",
	"a list in place of the template":     "- A:\n  B:\nResources:\n  C:\n",
	"a scalar in place of the section":    "Resources:\n  a\n  b\n  Third:\n    c\nOutputs: {}\n",
	"an entry that is text and no key":    "Resources:\n" + things + "  word\n  Last:\n    a: b\n",
	"an entry left of the column":         "Resources:\n" + things + " Left:\n  Last:\n    a: b\n",
	"other line breaks":                   "Resources:\n  A:\n    B: c\u2028  D:\n    E: f\n  G:\n    H: i\u0085  J:\n",
	"a list behind the entries":           "Resources:\n" + things + "- a\n",
	"an unknown alias":                    "Resources:\n" + things + "  Last:\n    A: *b\n",
	"an anchor inside its value":          "Resources:\n  A: &a\n    B: *a\n" + things,
	"a key that is no text":               "Resources:\n  A:\n    [b]: c\n" + things,
	"nothing large in it":                 "A: b\nC: d\n# " + strings.Repeat("x", 200) + "\n",
	"too deep":                            "Resources:\n" + things + "  Last:\n    A: " + strings.Repeat("[", maxDepth-2) + strings.Repeat("]", maxDepth-2) + "\n",
	"too deep through an alias":           "Resources:\n" + things + "  Last:\n    A: &a " + strings.Repeat("[", maxDepth-4) + strings.Repeat("]", maxDepth-4) + "\n    B: [[*a]]\n",
	"an alias of what is inside of parts": "Resources:\n  A: &a { B: 1 }\n  C:\n    D: *a\n  E: &a { B: 2 }\n  F:\n    G: *a\n",
}

func TestReadingInPartsMakesTheTreeOfTheWhole(t *testing.T) {
	for name, text := range inParts {
		t.Run(name, func(t *testing.T) {
			made := 0
			for _, size := range []int{1, 20, 40, 80} {
				if readInParts(t, text, size) {
					made++
				}
			}
			if made == 0 {
				t.Error("it is never read in parts")
			}
		})
	}
}

func TestWhatPartsWouldMistakeIsReadAsAWhole(t *testing.T) {
	for name, text := range asIs {
		t.Run(name, func(t *testing.T) {
			if readInParts(t, text, 1) {
				t.Error("it is read in parts")
			}
			readInParts(t, text, 30)
			readInParts(t, text, 60)
		})
	}
}

// templates are the YAML texts among the examples and the inputs of the rules.
func templates(t testing.TB) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir("../../testdata", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml":
			out = append(out, string(text))
		case ".txtar":
			for _, f := range txtar.Parse(text).Files {
				if ext := filepath.Ext(f.Name); ext == ".yaml" || ext == ".yml" {
					out = append(out, string(f.Data))
				}
			}
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d templates: %v", len(out), err)
	}
	return out
}

func TestTemplatesReadInPartsMakeTheTreeOfTheWhole(t *testing.T) {
	made := 0
	all := templates(t)
	for _, text := range all {
		if readInParts(t, text, 1) {
			made++
		}
		readInParts(t, text, 300)
	}
	if made < len(all)/2 {
		t.Errorf("only %d of %d templates are read in parts", made, len(all))
	}
}

// mutations are what people and tools do to lines of a template.
var mutations = []func(line, other string) string{
	func(string, string) string { return "" },
	func(line, other string) string { return other + line },
	func(line, _ string) string { return line + line },
	func(line, _ string) string { return " " + line },
	func(line, _ string) string { return strings.TrimPrefix(line, " ") },
	func(line, _ string) string { return strings.TrimPrefix(line, "  ") },
	func(line, _ string) string { return "  " + strings.TrimLeft(line, " ") },
	func(line, _ string) string { return strings.Replace(line, ":", "", 1) },
	func(line, _ string) string { return strings.Replace(line, ": ", ": |\n", 1) },
	func(line, _ string) string { return strings.Replace(line, ":\n", ": |\n", 1) },
	func(line, _ string) string { return strings.Replace(line, ":\n", ": &a\n", 1) },
	func(line, _ string) string { return strings.Replace(line, ":\n", ": *a\n", 1) },
	func(line, _ string) string { return strings.Replace(line, ":\n", ": \"\n", 1) },
	func(line, _ string) string { return strings.Replace(line, ":\n", ":\r", 1) },
	func(line, _ string) string { return strings.TrimSuffix(line, "\n") + " '\n" },
	func(line, _ string) string { return strings.TrimSuffix(line, "\n") + " [\n" },
	func(line, _ string) string { return strings.TrimSuffix(line, "\n") + " # x\n" },
	func(line, _ string) string { return strings.Replace(line, "  ", "\t", 1) },
	func(line, _ string) string {
		content := strings.TrimLeft(line, " ")
		return line[:len(line)-len(content)] + "? " + content
	},
	func(line, _ string) string {
		content := strings.TrimLeft(line, " ")
		return line[:len(line)-len(content)] + "- " + content
	},
}

func TestDamagedTemplatesReadInPartsMakeTheTreeOfTheWhole(t *testing.T) {
	for i, text := range templates(t) {
		lines := strings.SplitAfter(text, "\n")
		for j := i % 4; j < len(mutations); j += 4 {
			// Fixed strides visit lines of all kinds in all files without any randomness.
			mutate := mutations[j]
			at, other := (i*31+j*17)%len(lines), (i*13+j*7)%len(lines)
			damaged := strings.Join(lines[:at], "") + mutate(lines[at], lines[other]) + strings.Join(lines[at+1:], "")
			readInParts(t, damaged, 1)
		}
	}
}

func FuzzInParts(f *testing.F) {
	for _, texts := range []map[string]string{inParts, asIs} {
		for _, text := range texts {
			f.Add(text, 1)
		}
	}
	for _, text := range templates(f) {
		f.Add(text, 200)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		readInParts(t, text, max(size, 1))
	})
}
