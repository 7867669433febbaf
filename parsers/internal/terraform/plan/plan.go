// Package plan reads what `terraform show -json` prints of a plan or a state.
//
// A plan is exact about counts, keys and values. What its resources are to each other it knows only once they exist:
// before that, an id is unknown, and the configuration part lists the references of an expression without saying what
// the expression does with them. So an identity is taken from references only where they leave no choice.
// See https://developer.hashicorp.com/terraform/internals/json-format
package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// byteOrderMark is what PowerShell writes before a text that it keeps in UTF-8.
// https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_character_encoding
const byteOrderMark = "\ufeff"

// Is recognises a plan or a state by its content. Of one that is cut off it may have seen the beginning only.
func Is(text []byte) bool {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte(byteOrderMark)))
	has := func(key string) bool { return bytes.Contains(text, []byte(`"`+key+`"`)) }
	return bytes.HasPrefix(text, []byte("{")) && has("format_version") && has("terraform_version") &&
		(has("planned_values") || has("values") || !json.Valid(text))
}

// Plan is a plan or a state.
type Plan struct {
	file      *source.File
	root      *tfjson.StateModule
	prior     *tfjson.StateModule // what a plan's data sources were read to be
	changes   map[string]*tfjson.Change
	config    *tfjson.Config // nil for a state
	variables map[string]*tfjson.PlanVariable
	places    map[string]source.Span // of instances, by address
}

// Read reads a file that Is recognised. With nil the diagnostics say why it cannot be read.
func Read(f *source.File) (*Plan, []source.Diagnostic) {
	fail := func(err error) (*Plan, []source.Diagnostic) {
		return nil, []source.Diagnostic{{File: f.Name, Message: err.Error()}}
	}
	var kind struct {
		Values json.RawMessage `json:"values"`
	}
	text := bytes.TrimPrefix(f.Text, []byte(byteOrderMark))
	if err := json.Unmarshal(text, &kind); err != nil {
		return fail(err)
	}
	p := &Plan{file: f, changes: map[string]*tfjson.Change{}, places: places(f)}
	if kind.Values != nil {
		var state tfjson.State
		if err := state.UnmarshalJSON(text); err != nil {
			return fail(err)
		}
		if state.Values != nil {
			p.root = state.Values.RootModule
		}
	} else {
		var plan tfjson.Plan
		if err := plan.UnmarshalJSON(text); err != nil {
			return fail(err)
		}
		p.config, p.variables = plan.Config, plan.Variables
		if plan.PlannedValues != nil {
			p.root = plan.PlannedValues.RootModule
		}
		if plan.PriorState != nil && plan.PriorState.Values != nil {
			p.prior = plan.PriorState.Values.RootModule
		}
		for _, c := range plan.ResourceChanges {
			if c != nil {
				p.changes[c.Address] = c.Change
			}
		}
	}
	if p.root == nil {
		return fail(fmt.Errorf("it has no values: neither a plan nor a state of anything"))
	}
	return p, nil
}

// Before reports that the plan was made before the resources exist, so that it leaves identities open.
func (p *Plan) Before() bool {
	for _, c := range p.changes {
		if c != nil && c.Actions.Create() {
			return true
		}
	}
	return false
}

// Variables are the values of the root module's variables that the plan was made with, as text in the syntax of
// Terraform. Sensitive ones are left out.
func (p *Plan) Variables() map[string]string {
	out := map[string]string{}
	for name, v := range p.variables {
		if p.config != nil && p.config.RootModule != nil {
			if c := p.config.RootModule.Variables[name]; c != nil && c.Sensitive {
				continue
			}
		}
		if v == nil || v.Value == nil {
			continue
		}
		if text, ok := v.Value.(string); ok {
			out[name] = text
		} else if text, err := json.Marshal(v.Value); err == nil {
			out[name] = string(text)
		}
	}
	return out
}

// region is what the provider configuration of that key says, "" when the plan does not tell.
func (p *Plan) region(key string) string {
	if p.config == nil {
		return ""
	}
	c := p.config.ProviderConfigs[key]
	if c == nil || c.Expressions["region"] == nil || c.Expressions["region"].ExpressionData == nil {
		return ""
	}
	e := c.Expressions["region"]
	if text, ok := e.ConstantValue.(string); ok {
		return text
	}
	if len(e.References) == 1 {
		if text, ok := p.Variables()[afterDot(e.References[0], "var")]; ok {
			return text
		}
	}
	return ""
}

var addressLine = regexp.MustCompile(`"address"\s*:\s*("(?:[^"\\]|\\.)*")`)

// places finds where each address stands first.
func places(f *source.File) map[string]source.Span {
	out := map[string]source.Span{}
	for _, m := range addressLine.FindAllSubmatchIndex(f.Text, -1) {
		var address string
		if json.Unmarshal(f.Text[m[2]:m[3]], &address) != nil {
			continue
		}
		if _, ok := out[address]; !ok {
			out[address] = f.Span(m[2], m[3])
		}
	}
	return out
}
