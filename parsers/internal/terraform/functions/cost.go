package functions

import (
	"regexp/syntax"

	"github.com/zclconf/go-cty/cty"
	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// effort is what a call costs: its arguments once, or more where the function goes through them more often.
func (c call) effort(args []cty.Value) error {
	if glancing[c.name] && len(args) > 0 && args[0].Type() != cty.String {
		return c.Spend(1 + max(calc.Size(args[0]), 0))
	}
	if err := c.Walked(args...); err != nil {
		return err
	}
	count := func(i int) int {
		if i >= len(args) || calc.Size(args[i]) < 0 && !args[i].Type().IsSetType() {
			return 0
		}
		plain, _ := args[i].Unmark()
		if !plain.IsKnown() || plain.IsNull() {
			return 0
		}
		return plain.LengthInt()
	}
	switch c.name {
	case "distinct":
		return c.Spend(count(0) * count(0) / 2 * calc.ComparisonWork)
	case "matchkeys":
		return c.Spend(count(1) * count(2) * calc.ComparisonWork)
	case "setunion", "setintersection", "setsubtract", "toset", "sort", "keys":
		n := 0
		for i := range args {
			n += count(i)
		}
		return c.Spend(n * sortWork)
	case "jsondecode", "csvdecode":
		if len(args) == 1 && calc.IsText(args[0]) {
			return c.Spend(len(args[0].AsString()) * documentWork)
		}
	case "length", "substr", "strrev", "title":
		if len(args) > 0 && calc.IsText(args[0]) {
			return c.Spend(len(args[0].AsString()) / characterPart)
		}
	case "yamldecode":
		return c.Spend(aliasWork(args))
	case "regex", "regexall", "replace":
		return c.Spend(patternWork(c.name, args))
	}
	return nil
}

// glancing are functions that do not go through the parts of what they are given.
var glancing = map[string]bool{
	"length": true, "element": true, "lookup": true, "one": true, "coalesce": true, "coalescelist": true,
	"values": true, "sensitive": true, "nonsensitive": true, "ephemeralasnull": true, "list": true, "map": true,
	"tolist": true, "slice": true,
}

// documentWork is how much dearer it is to read a byte of a document than to look at a part.
const documentWork = 2

// characterPart is how many bytes of a text count as one part where its characters are told apart, as people see them.
const characterPart = 4

// sortWork is how often an element is compared, or how much its hash costs, where a function orders its elements.
const sortWork = 300

// patternWork is the cost of a regular expression: each byte of the text may meet each step of the pattern. What is
// found is followed by another search, which may go to the end of the text again.
func patternWork(name string, args []cty.Value) int {
	text, pattern := 1, 0
	if name == "replace" {
		text, pattern = 0, 1
	}
	if len(args) < 2 || !calc.IsText(args[text]) || !calc.IsText(args[pattern]) {
		return 0
	}
	expression := args[pattern].AsString()
	if name == "replace" {
		if !isPattern(expression) {
			return 0
		}
		expression = expression[1 : len(expression)-1]
	}
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return 0
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return 0
	}
	length, steps := len(args[text].AsString()), len(program.Inst)
	work := steps + length*steps/calc.TextPart
	if name != "regex" {
		work += length / 64 * (length / 64)
	}
	return work
}

// aliasWork is how many values a YAML document has with those that its aliases repeat. The decoder makes each of them
// anew.
func aliasWork(args []cty.Value) int {
	var document yaml.Node
	if len(args) != 1 || !calc.IsText(args[0]) || yaml.Unmarshal([]byte(args[0].AsString()), &document) != nil {
		return 0
	}
	return yamlParts(&document, decodeWork*budget.HCLParts.Max)
}

// decodeWork is how much dearer it is to make a value than to look at one.
const decodeWork = 10

func yamlParts(n *yaml.Node, most int) int {
	if n.Kind == yaml.AliasNode {
		return yamlParts(n.Alias, most)
	}
	count := decodeWork
	for _, x := range n.Content {
		if count > most {
			return 2 * budget.HCLWork.Max
		}
		count += yamlParts(x, most-count)
	}
	return count
}
