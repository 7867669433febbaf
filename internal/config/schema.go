package config

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
)

// SchemaURL is where editors find the schema.
const SchemaURL = "https://raw.githubusercontent.com/lambda-vpc-lint/lambda-vpc-lint/main/docs/config.schema.json"

// Schema is the JSON Schema of the file. code is the text of config.go, whose comments become descriptions; names are
// the rules and packs that there are.
func Schema(code []byte, names []string) ([]byte, error) {
	s := schemer{names: names}
	var err error
	if s.comments, err = comments(code); err != nil {
		return nil, err
	}
	root := s.of(reflect.TypeFor[Config]())
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["$id"] = SchemaURL
	root["title"] = "The configuration of lambda-vpc-lint"
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(root)
	return out.Bytes(), err
}

type schemer struct {
	names    []string
	comments map[string]string // by Type.Field
}

func (s schemer) of(t reflect.Type) map[string]any {
	switch v := reflect.New(t).Interface().(type) {
	case leaf:
		return v.schema(s.names)
	case branch:
		return v.schema(s.names)
	}
	switch {
	case isAt(t):
		return s.of(t.Field(0).Type)
	case isEntries(t):
		return s.entries(t.Elem())
	case t.Kind() == reflect.Struct:
		return s.object(t)
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	}
	return map[string]any{"type": "string", "pattern": `\S`}
}

// entries is the schema of a map. Where the keys are an enumeration, editors offer them as properties.
func (s schemer) entries(entry reflect.Type) map[string]any {
	value := s.of(entry.Field(1).Type)
	key := s.of(entry.Field(0).Type)
	allowed, ok := key["enum"].([]string)
	switch {
	case ok:
		properties := map[string]any{}
		for _, name := range allowed {
			properties[name] = value
		}
		return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	case entry.Field(0).Type == reflect.TypeFor[At[string]]():
		return map[string]any{"type": "object", "additionalProperties": value}
	}
	return map[string]any{"type": "object", "propertyNames": key, "additionalProperties": value}
}

func (s schemer) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	var required []string
	for _, f := range fieldsOf(t) {
		property := s.of(t.Field(f.index).Type)
		property["description"] = s.comments[t.Name()+"."+f.name]
		properties[f.key] = property
		if f.required {
			required = append(required, f.key)
		}
	}
	if required != nil {
		out["required"] = required
	}
	var groups []any
	for _, group := range alternativesOf(t) {
		var one []any
		for _, key := range group {
			one = append(one, map[string]any{"required": []string{key}})
		}
		groups = append(groups, map[string]any{"anyOf": one})
	}
	if groups != nil {
		out["allOf"] = groups
	}
	return out
}

// comments are those on the fields of the structs in the code, each as one line.
func comments(code []byte) (map[string]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "config.go", code, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if t, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range t.Fields.List {
				for _, name := range f.Names {
					out[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
				}
			}
		}
		return false
	})
	return out, nil
}
