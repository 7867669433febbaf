package config

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// branch is a type that reads a value of whatever shape.
type branch interface {
	read(n *tree.Node) error
	schema(names []string) map[string]any
}

// Parameter is the value of a parameter of a template, a list joined with commas as CloudFormation takes it.
type Parameter string

func (p *Parameter) read(n *tree.Node) error {
	items := []*tree.Node{n}
	if n.Kind == tree.Sequence {
		items = n.Items
	}
	texts := make([]string, len(items))
	for i, it := range items {
		if it.Kind != tree.Scalar {
			return errors.New("a parameter must be text, a number, a boolean or a list of those")
		}
		texts[i] = it.Text
	}
	*p = Parameter(strings.Join(texts, ","))
	return nil
}

func (*Parameter) schema([]string) map[string]any {
	scalar := []string{"string", "number", "boolean"}
	return map[string]any{"type": append([]string{"array"}, scalar...), "items": map[string]any{"type": scalar}}
}

// Variable is the value of a variable of a root module.
type Variable struct {
	// Text is a scalar, to be read by the type of the variable, or else an expression in Terraform's language.
	Text string
	// Expression tells lists, maps and null from scalars.
	Expression bool
}

func (v *Variable) read(n *tree.Node) error {
	if n.Kind == tree.Scalar {
		*v = Variable{Text: n.Text}
	} else {
		*v = Variable{Text: expression(n), Expression: true}
	}
	return nil
}

func (*Variable) schema([]string) map[string]any { return map[string]any{} }

// Flag is true or false, or empty where it is not written.
type Flag string

// Yes is the Flag that is set.
const Yes Flag = "true"

func (f *Flag) read(n *tree.Node) error {
	if n.Kind != tree.Scalar || n.Quoted || n.Text != "true" && n.Text != "false" {
		return errors.New("must be true or false")
	}
	*f = Flag(n.Text)
	return nil
}

func (*Flag) schema([]string) map[string]any { return map[string]any{"type": "boolean"} }

// plainLiteral matches the scalars that YAML and Terraform read alike as a number or boolean.
var plainLiteral = regexp.MustCompile(`^(true|false|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)$`)

// expression writes the value in Terraform's language. JSON is a part of it, apart from templates in strings.
func expression(n *tree.Node) string {
	var parts []string
	switch n.Kind {
	case tree.Scalar:
		if !n.Quoted && plainLiteral.MatchString(n.Text) {
			return n.Text
		}
		return quote(n.Text)
	case tree.Sequence:
		for _, it := range n.Items {
			parts = append(parts, expression(it))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case tree.Mapping:
		for _, f := range n.Fields {
			parts = append(parts, quote(f.Key)+" = "+expression(f.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "null"
}

func quote(s string) string {
	quoted, _ := json.Marshal(s) // a string always can be written
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(string(quoted))
}
