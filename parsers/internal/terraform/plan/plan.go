// Package plan reads what `terraform show -json` prints of a plan or a state.
//
// A plan is exact about counts, keys and values. It does not know the ids of resources that do not exist yet. For
// those, its configuration part lists the references of each expression, but not what the expression does with them.
// So the package takes an id from references only where they leave no choice.
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

// Is reports whether text looks like a plan or a state. A file that is cut off counts too, so that Read can refuse it.
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
	prior     *tfjson.StateModule // the results of the data sources that were read for the plan
	changes   map[string]*tfjson.Change
	config    *tfjson.Config // nil for a state
	variables map[string]*tfjson.PlanVariable
	places    map[string]source.Span // of instances, by address
}

// Read reads a file that Is has recognised. If it returns nil, the diagnostics say why.
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

// Variables gives the values of the root module's variables when the plan was made, by name. A text stands as it is,
// any other value as JSON. Sensitive variables are left out.
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

// region is the Region in the provider configuration with that key, or "" when the plan does not tell.
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
		if text, ok := p.Variables()[variableIn(e.References[0])]; ok {
			return text
		}
	}
	return ""
}

var addressLine = regexp.MustCompile(`"address"\s*:\s*("(?:[^"\\]|\\.)*")`)

// places finds the first place of each address in the file.
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
