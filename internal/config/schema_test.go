package config_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
)

const schemaFile = "../../docs/config.schema.json"

func TestTheSchemaIsFresh(t *testing.T) {
	code, err := os.ReadFile("config.go")
	if err != nil {
		t.Fatal(err)
	}
	want, err := config.Schema(code, names)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/config.schema.json is not what the types say (-want +got); run go generate ./docs\n%s", diff)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(config.SchemaURL, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(config.SchemaURL)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance is the text as an editor hands it to the schema: days are text there.
func instance(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	var untimed func(n *yaml.Node)
	untimed = func(n *yaml.Node) {
		if n.Tag == "!!timestamp" {
			n.Tag = "!!str"
		}
		for _, c := range n.Content {
			untimed(c)
		}
	}
	untimed(&n)
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWhatTheSchemaRefusesLoadRefuses changes every value of a full configuration into others, one at a time, and
// compares the two readers.
func TestWhatTheSchemaRefusesLoadRefuses(t *testing.T) {
	schema := compiled(t)
	whole := example(t)
	if _, problems := load(whole); len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := schema.Validate(instance(t, whole)); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, text := range mutants(t, whole) {
		err := schema.Validate(instance(t, text))
		_, problems := load(text)
		if err != nil {
			refused++
		}
		if err != nil && len(problems) == 0 {
			t.Errorf("the schema refuses what Load takes: %v\n%s", err, text)
		}
	}
	if refused < 100 {
		t.Errorf("the schema refused only %d changes", refused)
	}
}

// mutants are the configuration with one value or key changed.
func mutants(t *testing.T, text string) (out []string) {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	write := func() {
		b, err := yaml.Marshal(&root)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	var visit func(n *yaml.Node, key bool)
	visit = func(n *yaml.Node, key bool) {
		old := *n
		values := []string{"x", "7", "1.5", "true", "off", "null", "[]", "{}", "[x]", "[[x]]", "{x: y}", `""`, "' '", "/x", "2026-02-30"}
		if key {
			values = []string{"x", "/x"}
		}
		for _, v := range values {
			var other yaml.Node
			if err := yaml.Unmarshal([]byte(v), &other); err != nil {
				t.Fatal(err)
			}
			*n = *other.Content[0]
			write()
			*n = old
		}
		for i, c := range n.Content {
			visit(c, n.Kind == yaml.MappingNode && i%2 == 0)
		}
		if n.Kind == yaml.MappingNode {
			for i := 0; i < len(old.Content); i += 2 {
				n.Content = append(append([]*yaml.Node{}, old.Content[:i]...), old.Content[i+2:]...)
				write()
				*n = old
			}
		}
	}
	visit(root.Content[0], false)
	return out
}

// example is the configuration that the documentation shows.
func example(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.FromSlash("../../docs/configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1) {
		if strings.Contains(string(m[1]), "yaml-language-server: $schema="+config.SchemaURL) {
			return string(m[1])
		}
	}
	t.Fatal("docs/configuration.md shows no example with the line for editors")
	return ""
}

// TestTheExampleIsComplete wants every key to be shown.
func TestTheExampleIsComplete(t *testing.T) {
	text := example(t)
	c, problems := load(text)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	shown := map[string]bool{}
	var visit func(v reflect.Value, path string)
	visit = func(v reflect.Value, path string) {
		shown[path] = shown[path] || !v.IsZero()
		switch {
		case v.Kind() == reflect.Slice && v.Len() > 0:
			for i := range v.Len() {
				visit(v.Index(i), path)
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
			visit(reflect.Zero(v.Type().Elem()), path)
		case v.Kind() == reflect.Struct && v.Type().PkgPath() == reflect.TypeFor[config.Config]().PkgPath():
			for i := range v.NumField() {
				if tag := v.Type().Field(i).Tag.Get("yaml"); tag != "" {
					visit(v.Field(i), path+"."+tag)
				} else if v.Type().Field(i).Name == "Value" {
					visit(v.Field(i), path)
				}
			}
		}
	}
	visit(reflect.ValueOf(*c), "")
	if len(shown) < 25 {
		t.Errorf("there are only %d keys", len(shown))
	}
	for path, is := range shown {
		if !is {
			t.Errorf("the example does not show %s", path)
		}
	}
}

// TestOtherExamplesOfThePageAreRead reads every piece of YAML that the page shows.
func TestOtherExamplesOfThePageAreRead(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1)
	if len(found) < 2 {
		t.Error("found no examples")
	}
	for _, m := range found {
		if _, problems := load(string(m[1])); len(problems) > 0 {
			t.Errorf("%s\n%s", problems, m[1])
		}
		if err := compiled(t).Validate(instance(t, string(m[1]))); err != nil {
			t.Errorf("%v\n%s", err, m[1])
		}
	}
}
