package parsers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

var errParameters = errors.New(`no parameters: want {"Name": "value"}, {"Parameters": {…}}, ["Name=value"] or [{"ParameterKey": …, "ParameterValue": …}]`)

// ReadParameters reads a file of parameter values, JSON or YAML, in any of the forms that the AWS CLI and CodePipeline
// take: a list of ParameterKey and ParameterValue, a list of "Name=value", or a mapping, on its own or under
// "Parameters". Lists become the comma-separated text that CloudFormation makes of them.
func ReadParameters(text []byte) (map[string]string, error) {
	doc, err := decode(text)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	switch doc := doc.(type) {
	case map[string]any:
		if inner, ok := doc["Parameters"].(map[string]any); ok {
			doc = inner
		}
		for name, v := range doc {
			if values[name], err = scalar(name, v); err != nil {
				return nil, err
			}
		}
	case []any:
		for _, entry := range doc {
			if err := enter(values, entry); err != nil {
				return nil, err
			}
		}
	default:
		return nil, errParameters
	}
	return values, nil
}

// decode reads numbers as they are written, in JSON and in YAML.
func decode(text []byte) (doc any, err error) {
	if t := bytes.TrimSpace(text); len(t) > 0 && (t[0] == '{' || t[0] == '[') {
		dec := json.NewDecoder(bytes.NewReader(t))
		dec.UseNumber()
		if err = dec.Decode(&doc); err == nil {
			return doc, nil
		}
	}
	var node yaml.Node
	if err := yaml.Unmarshal(text, &node); err != nil {
		return nil, err
	}
	return plain(&node, 0)
}

// plain turns a YAML tree into maps, lists and texts. Aliases are refused: no parameter file needs one.
func plain(n *yaml.Node, depth int) (any, error) {
	if depth > 8 {
		return nil, errParameters
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(n.Content[0], depth+1)
	case yaml.ScalarNode:
		return n.Value, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			v, err := plain(c, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plain(n.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			m[n.Content[i].Value] = v
		}
		return m, nil
	}
	return nil, errParameters
}

func enter(values map[string]string, entry any) (err error) {
	switch e := entry.(type) {
	case string:
		name, value, ok := strings.Cut(e, "=")
		if !ok || name == "" {
			return fmt.Errorf("%q is not Name=value", e)
		}
		values[name] = value
		return nil
	case map[string]any:
		name, ok := e["ParameterKey"].(string)
		if !ok {
			return errParameters
		}
		if _, given := e["ParameterValue"]; !given {
			return nil // UsePreviousValue: known to the stack only
		}
		values[name], err = scalar(name, e["ParameterValue"])
		return err
	}
	return errParameters
}

func scalar(name string, v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return fmt.Sprint(v), nil
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			part, err := scalar(name, x)
			if err != nil {
				return "", err
			}
			parts[i] = part
		}
		return strings.Join(parts, ","), nil
	}
	return "", fmt.Errorf("the value of %q is neither text nor a list", name)
}
