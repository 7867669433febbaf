package tree

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// read gives the tree of text and its errors as "line:column: message".
func read(name, text string) (*source.File, *Node, []string) {
	set := source.NewFileSet()
	f := set.Add(name, []byte(text))
	root, diagnostics := Read(f)
	var errs []string
	for _, d := range diagnostics {
		loc, _ := set.Location(d.Span)
		errs = append(errs, fmt.Sprintf("%d:%d: %s", loc.StartLine, loc.StartColumn, d.Message))
	}
	return f, root, errs
}

func mustRead(t *testing.T, name, text string) (*source.File, *Node) {
	t.Helper()
	f, root, errs := read(name, text)
	if len(errs) > 0 || root == nil {
		t.Fatalf("unexpected errors: %q", errs)
	}
	return f, root
}

func excerpt(f *source.File, s source.Span) string {
	return string(f.Text[f.Offset(s.Pos):f.Offset(s.End)])
}

// path follows keys and numbers of items, such as "a/0/b".
func path(n *Node, p string) *Node {
	for step := range strings.SplitSeq(p, "/") {
		i := 0
		if _, err := fmt.Sscan(step, &i); err == nil && n != nil && n.Kind == Sequence && i < len(n.Items) {
			n = n.Items[i]
		} else {
			n = n.Get(step)
		}
	}
	return n
}

func TestSpansCoverExactlyWhatTheUserWrote(t *testing.T) {
	for _, test := range []struct{ name, text, path, want, value string }{
		{"a plain scalar", "a: hello world # comment\n", "a", "hello world", "hello world"},
		{"a plain scalar after non-ASCII text", "ä€😀: \"ü\"\nb: {é: ñandú, x: z}\n", "b/x", "z", "z"},
		{"a non-ASCII scalar", "b: {é: ñandú, x: z}\n", "b/é", "ñandú", "ñandú"},
		{"a plain scalar over two lines", "a: one\n  two  three\n\n  four\nb: 1\n", "a", "one\n  two  three\n\n  four", "one two  three\nfour"},
		{"a single-quoted scalar", "a: 'it''s' # x\n", "a", "'it''s'", "it's"},
		{"a double-quoted scalar", `a: "x \" \u00e9" # y`, "a", `"x \" \u00e9"`, "x \" é"},
		{"an escaped slash", `a: "s3:\/\/x" # y`, "a", `"s3:\/\/x"`, "s3://x"},
		{"an escaped backslash before a slash", `a: "\/ \\/ \\\/"`, "a", `"\/ \\/ \\\/"`, `/ \/ \/`},
		{"a backslash and a slash in other text than one with an escaped slash", `{a: '\/', b: \/ x, c: "\/ \a"}`, "b", `\/ x`, `\/ x`},
		{"what follows an escaped slash", `{a: "\/\/", b: one}`, "b", "one", "one"},
		{"a quoted scalar over two lines", "a: \"one\n  two\"\n", "a", "\"one\n  two\"", "one two"},
		{"a literal block", "a: |\n  one\n   two\n\n\nb: 1\n", "a", "|\n  one\n   two", "one\n two\n"},
		{"a literal block with an indicator", "a:\n  b: |2-\n      one\n    two\n  c: 1\n", "a/b", "|2-\n      one\n    two", "  one\ntwo"},
		{"a folded block", "a: >-  # why\n  one\n  two\n\n  three\n# comment\nb: 1\n", "a", ">-  # why\n  one\n  two\n\n  three", "one two\nthree"},
		{"an empty block", "a: |\nb: 1\n", "a", "|", ""},
		{"a block at the end of the file", "a: |\n  one", "a", "|\n  one", "one"},
		{"CRLF", "a: 1\r\nb: two\r\nc: |\r\n  x\r\n  y\r\n", "b", "two", "two"},
		{"a block with CRLF", "a: 1\r\nc: |\r\n  x\r\n  y\r\n", "c", "|\r\n  x\r\n  y", "x\ny\n"},
		{"lone CR as a line break", "a: 1\rb: two\r", "b", "two", "two"},
		{"U+2028 as a line break", "a: 'x\u2028y'\nb: two\n", "b", "two", "two"},
		{"a byte order mark", "\ufeffa: one\n", "a", "one", "one"},
		{"a block mapping", "a:\n  b: 1\n  c: 2 # x\n\nd: 3\n", "a", "b: 1\n  c: 2", ""},
		{"a block sequence", "a:\n- 1\n- x: y\nd: 3\n", "a", "- 1\n- x: y", ""},
		{"a flow sequence", "a: [ 1, [2, 3], # x ]\n  4, ] # y\n", "a", "[ 1, [2, 3], # x ]\n  4, ]", ""},
		{"a flow mapping", "a: {b: {c: }, d } # y\n", "a", "{b: {c: }, d }", ""},
		{"an empty flow mapping", "a: { } # y\n", "a", "{ }", ""},
		{"a pair in a flow sequence", "a: [b: c, d]\n", "a/0", "b: c", ""},
		{"an anchored value", "a: &x one\n", "a", "one", "one"},
		{"an alias", "a: &x one\nb: *x\n", "b", "*x", "one"},
		{"an anchored block", "a: &x\n  b: 1\nc: *x\n", "a", "b: 1", ""},
		{"a short tag with its value", "a: !Ref Vpc # x\n", "a", "!Ref Vpc", ""},
		{"the value of a short tag", "a: !Ref Vpc # x\n", "a/Ref", "Vpc", "Vpc"},
		{"a short tag on a sequence", "a: !Join\n  - ','\n  - [x]\nb: 1\n", "a", "!Join\n  - ','\n  - [x]", ""},
		{"a short tag on a block", "a: !Sub |\n  x ${B}\nb: 1\n", "a", "!Sub |\n  x ${B}", ""},
		{"a tag after an anchor", "a: &x !Ref Vpc\n", "a", "!Ref Vpc", ""},
		{"a tag before an anchor", "a: !Ref &x Vpc\n", "a", "!Ref &x Vpc", ""},
		{"an unknown tag", "a: !Mine x\n", "a", "x", "x"},
		{"JSON text", "{\"a\" : \"\\u00e9\\/\",\n\t\"b\": [1, true]}", "a", `"\u00e9\/"`, "é/"},
		{"a JSON array", "{\"a\" : \"x\",\n\t\"b\": [1, true ] }", "b", "[1, true ]", ""},
		{"a JSON number", "{\"a\": 123456789012 }", "a", "123456789012", "123456789012"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, root := mustRead(t, "template.yaml", test.text)
			n := path(root, test.path)
			if n == nil {
				t.Fatalf("nothing at %s", test.path)
			}
			if got := excerpt(f, n.Span); got != test.want {
				t.Errorf("span covers %q, want %q", got, test.want)
			}
			if n.Text != test.value {
				t.Errorf("text is %q, want %q", n.Text, test.value)
			}
		})
	}
}

func TestKeysHavePlaces(t *testing.T) {
	f, root := mustRead(t, "t.yaml", "é: {\"b c\" : 1}\n")
	if got := excerpt(f, root.Fields[0].Value.Fields[0].KeySpan); got != `"b c"` {
		t.Errorf("the key covers %q", got)
	}
	f, root = mustRead(t, "t.yaml", "a: !GetAtt  X.Y\n")
	call := root.Get("a").Field("Fn::GetAtt")
	if got := excerpt(f, call.KeySpan); got != "!GetAtt" {
		t.Errorf("the tag covers %q", got)
	}
}

func TestScalarsKeepTheTextAsWritten(t *testing.T) {
	_, root := mustRead(t, "t.yaml", "a: 012345678901\nb: 2012-10-17\nc: yes\nd: ~\ne:\nf: ''\ng: 1.50\n")
	for key, want := range map[string]string{"a": "012345678901", "b": "2012-10-17", "c": "yes", "g": "1.50", "f": ""} {
		if n := root.Get(key); n.Kind != Scalar || n.Text != want {
			t.Errorf("%s is %v %q, want %q", key, n.Kind, n.Text, want)
		}
	}
	for _, key := range []string{"d", "e"} {
		if root.Get(key).Kind != Null {
			t.Errorf("%s is no null", key)
		}
	}
	if !root.Get("f").Quoted || root.Get("a").Quoted {
		t.Error("quotes are not told from bare words")
	}
}

func TestMergeKeysAndAliasesAreExpanded(t *testing.T) {
	_, root := mustRead(t, "t.yaml", "base: &b {x: 1, y: 2}\nmore: &m {z: 3, x: 9}\na:\n  y: 5\n  <<: [*b, *m]\nl: [*b, *b]\n")
	want := map[string]string{"y": "5", "x": "1", "z": "3"}
	got := map[string]string{}
	for _, f := range root.Get("a").Fields {
		got[f.Key] = f.Value.Text
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := path(root, "l/1/y"); got.Literal() != "2" {
		t.Error("an alias does not repeat its value")
	}
}

func TestJSONAndYAMLOfOneTemplateAreOneTree(t *testing.T) {
	_, fromYAML := mustRead(t, "t.yaml", `
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Condition: C
    Properties:
      Role: !GetAtt Role.Arn
      Zone: !Select [0, !GetAZs '']
      If: !If [C, !Ref A, !Ref "AWS::NoValue"]
      And: !And [!Condition C, !Not [!Equals [a, b]]]
      Nothing: null
      On: true
      Account: 123456789012
`)
	_, fromJSON := mustRead(t, "t.json", `{"Resources": {"Fn": {"Type": "AWS::Lambda::Function", "Condition": "C", "Properties": {
"Role": {"Fn::GetAtt": "Role.Arn"}, "Zone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "If": {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]},
"And": {"Fn::And": [{"Condition": "C"}, {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}]}, "Nothing": null, "On": true, "Account": 123456789012}}}}`)
	if diff := cmp.Diff(fromYAML, fromJSON, cmpopts.IgnoreTypes(source.Span{}), cmpopts.IgnoreFields(Node{}, "Quoted"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestBadInputIsExplained(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	chain := "c0: &c0 [x]\n"
	for i := 1; i < 9; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10))
	}
	for i := 1; i < 200; i++ {
		chain += fmt.Sprintf("c%d: &c%d [*c%d]\n", i, i, i-1)
	}
	for _, test := range []struct{ name, file, text, want string }{
		{"an empty file", "t.yaml", "", "1:1: the file is empty"},
		{"only comments", "t.yaml", "# nothing\n", "1:1: the file is empty"},
		{"a repeated key", "t.yaml", "a: 1\nb: 2\n\"a\": 3\n", `3:1: key "a" is repeated; it is already given in line 1`},
		{"a repeated JSON key", "t.json", "{\"a\": 1,\n \"a\": 2}", `2:2: key "a" is repeated; it is already given in line 1`},
		{"a second document", "t.yaml", "---\na: 1\n---\nb: 2\n", "4:1: a second YAML document begins here; there must be only one"},
		{"an alias bomb", "t.yaml", bomb, "6:45: the file is not read: more than 1,000,000 values in a YAML or JSON file, with those that aliases repeat"},
		{"an alias of itself", "t.yaml", "a: &x [1, *x]\n", "1:11: alias *x stands inside the value that it names"},
		{"depth by aliases", "t.yaml", chain, "99:12: the file is not read: more than 100 levels of values in a YAML or JSON file"},
		{"an unknown alias", "t.yaml", "a: 1\nb: *nope\n", "2:1: not valid YAML: an alias names no anchor; a text that begins with * needs quotes"},
		{"deep flow nesting", "t.yaml", "a: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), "1:103: the file is not read: more than 100 levels of values in a YAML or JSON file"},
		{"very deep flow nesting", "t.yaml", "a: " + strings.Repeat("[", 5000), "1:260: the file is not read: more than 256 brackets of a YAML or JSON file that are open at once"},
		{"deep block nesting", "t.yaml", strings.Repeat("- ", 150) + "x\n", "1:201: the file is not read: more than 100 levels of values in a YAML or JSON file"},
		{"deep JSON nesting", "t.json", strings.Repeat("[", 150) + strings.Repeat("]", 150), "1:101: the file is not read: more than 100 levels of values in a YAML or JSON file"},
		{"a NUL byte", "t.yaml", "a: b\x00c\n", "1:5: the file holds a NUL byte"},
		{"a control character", "t.yaml", "a: b\n\x01c\n", "2:1: not valid YAML: control character 0x01"},
		{"bytes that are no UTF-8", "t.yaml", "é: b\xffc\n", "1:5: the file is not UTF-8: byte 0xff"},
		{"a tab as indentation", "t.yaml", "a:\n  b: 1\n\tc: 2\n", "3:2: not valid YAML: a tab cannot indent YAML; use spaces"},
		{"a wrong indentation", "t.yaml", "a:\n  b: 1\n   c: 2\n d: 3\n", "3:4: not valid YAML: mapping values are not allowed in this context"},
		{"a key that is lost", "t.yaml", "a:\n    b: 1\n  c: 2\n", "3:3: not valid YAML: did not find expected key"},
		{"an open quote", "t.yaml", "a: 1\nb: \"x\nc: 2\n", "2:1: not valid YAML: found unexpected end of stream"},
		{"two tags on one value", "t.yaml", "a: 1\nb: !Base64 !Sub x\n", "2:1: not valid YAML: did not find expected key"},
		{"a list as a key", "t.yaml", "[a, b]: c\n", "1:1: a key must be text"},
		{"a wrong merge", "t.yaml", "a:\n  <<: x\n", "2:7: a merge key needs a mapping"},
		{"a JSON comma too many", "t.json", "{\n \"a\": [1, ]\n}", "2:9: not valid JSON: invalid character ',' at start of value"},
		{"JSON that ends early", "t.json", "{\n \"a\": [1", "2:9: not valid JSON: the text ends too early"},
		{"text after JSON", "t.json", "{} {}", "1:5: not valid JSON: there is text after the end"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, errs := read(test.file, test.text)
			if len(errs) == 0 || errs[0] != test.want {
				t.Errorf("got %q, want %q", errs, test.want)
			}
		})
	}
}

func TestARepeatedKeyKeepsTheLaterValue(t *testing.T) {
	_, root, errs := read("t.yaml", "a: 1\na: 2\n")
	if len(errs) != 1 || root.Get("a").Literal() != "2" || len(root.Fields) != 1 {
		t.Errorf("errors %q, fields %v", errs, root.Fields)
	}
}

func TestATemplateIsReadAsCloudFormationDoes(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		notices, errors  []string
	}{
		{name: "a comma too many", file: "t.json", text: `{"a": {"b": "c",},}`},
		{name: "the same without a telling name", file: "t.template", text: `{"a": {"b": "c",},}`},
		{name: "YAML in a file of JSON", file: "t.json", text: "a:\n  b: c\n"},
		{name: "a repeated key", file: "t.yaml", text: "a: 1\na: {b: c}\n", notices: []string{`key "a" is repeated; it is already given in line 1; the later value counts`}},
		{name: "a repeated JSON key", file: "t.json", text: `{"a": {"b": 1, "b": "c"}}`, notices: []string{`key "b" is repeated; it is already given in line 1; the later value counts`}},
		{name: "neither JSON nor YAML", file: "t.json", text: `{"a": {"b": "c"}`, errors: []string{"not valid JSON: the text ends too early"}},
		{name: "YAML with a mistake", file: "t.yaml", text: `{a: {b: c}`, errors: []string{"not valid YAML: did not find expected ',' or '}'"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, notices, errors := ReadTemplate(source.NewFileSet().Add(test.file, []byte(test.text)))
			if got := texts(notices); !slices.Equal(got, test.notices) {
				t.Errorf("notices %q, want %q", got, test.notices)
			}
			if got := texts(errors); !slices.Equal(got, test.errors) {
				t.Errorf("errors %q, want %q", got, test.errors)
			}
			if test.errors == nil && path(root, "a/b").Literal() != "c" {
				t.Error("it is misread")
			}
		})
	}
}

func texts(ds []source.Diagnostic) []string {
	var messages []string
	for _, d := range ds {
		messages = append(messages, d.Message)
	}
	return messages
}

func TestTheTextDecidesBetweenJSONAndYAML(t *testing.T) {
	for _, test := range []struct{ file, text string }{
		{"t.template", "a: {b: c}\n"},
		{"t.template", " {\"a\": {\"b\": \"c\"}}"},
		{"t.yaml", "{a: {b: c}}\n"},
		{"t.yaml", "{\"a\":\t{\"b\": \"c\"}}\n"},
		{"t.json", "\ufeff{\"a\": {\"b\": \"c\"}}\n"},
		{"t.yaml", "--- # one\na: {b: c}\n---\n"},
	} {
		_, root := mustRead(t, test.file, test.text)
		if path(root, "a/b").Literal() != "c" {
			t.Errorf("%s %q is misread", test.file, test.text)
		}
	}
}
