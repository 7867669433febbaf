package plan

import (
	"encoding/json"
	"regexp"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// Program gives the plan's resources as instances. What the plan leaves open is unknown in them.
func (p *Plan) Program() *eval.Program {
	b := &builder{
		plan: p, identified: map[string]target{},
		instances: map[string]*tfjson.StateResource{}, owners: map[string]map[string]bool{},
		program: &eval.Program{Symbols: symbol.NewTable(), Exported: map[string]fact.Missing{}},
	}
	collect := func(m *tfjson.StateModule, only tfjson.ResourceMode) {
		eachResource(m, func(module string, r *tfjson.StateResource) {
			if b.instances[r.Address] == nil && (only == "" || r.Mode == only) && r.DeposedKey == "" {
				b.instances[r.Address] = r
				b.ordered = append(b.ordered, placed{module, r})
			}
		})
	}
	collect(p.root, "")
	collect(p.prior, tfjson.DataResourceMode)
	for _, e := range b.ordered {
		b.identify(e.resource)
	}
	for _, e := range b.ordered {
		b.program.Instances = append(b.program.Instances, b.instance(e.module, e.resource))
	}
	if b.cut != nil {
		message := "not all references are followed: " + b.cut.Exceeded()
		d := source.Diagnostic{File: p.file.Name, Message: message, Limit: true}
		b.program.Errors = append(b.program.Errors, d)
	}
	return b.program
}

type placed struct {
	module   string
	resource *tfjson.StateResource
}

func eachResource(m *tfjson.StateModule, f func(module string, r *tfjson.StateResource)) {
	if m == nil {
		return
	}
	for _, r := range m.Resources {
		if r != nil {
			f(m.Address, r)
		}
	}
	for _, child := range m.ChildModules {
		eachResource(child, f)
	}
}

// builder makes the program of one plan.
type builder struct {
	plan       *Plan
	program    *eval.Program
	instances  map[string]*tfjson.StateResource
	ordered    []placed
	owners     map[string]map[string]bool // results of ownersOf, by type and argument
	steps      int
	cut        *budget.Budget    // the budget that stopped following references, or nil
	identified map[string]target // by id or ARN
}

// target is an attribute of an instance.
type target struct{ address, attribute string }

// unique matches an id that AWS makes, or an ARN. A name does not match, because several resources may share it.
var unique = regexp.MustCompile(`^([a-z]+-[0-9a-f]{8,17}|arn:[^*]+)$`)

// identify records the id and the ARN of an instance that exists.
func (b *builder) identify(r *tfjson.StateResource) {
	if r.Mode != tfjson.ManagedResourceMode {
		return
	}
	isAssociation := strings.HasSuffix(r.Type, "_association")
	for _, attribute := range []string{"arn", "id"} {
		if text, ok := r.AttributeValues[attribute].(string); ok && unique.MatchString(text) && !isAssociation {
			b.identified[text] = target{r.Address, attribute}
		}
	}
}

func (b *builder) token(t target) cty.Value {
	key := t.address + "." + t.attribute
	return cty.StringVal(b.program.Symbols.Intern(symbol.Symbol{
		Key: key, Address: t.address, Attribute: t.attribute,
		Missing: fact.Missing{Kind: fact.Attribute, Name: key, Span: b.plan.places[t.address]},
	}))
}

func (b *builder) instance(module string, r *tfjson.StateResource) *eval.Instance {
	in := &eval.Instance{
		Address: r.Address, Type: r.Type, Name: r.Name, Data: r.Mode == tfjson.DataResourceMode,
		Span: b.plan.places[r.Address], Places: map[string]source.Span{}, When: fact.Always(),
		Ignores: []string{"all"},
	}
	scope := b.scope(module)
	config := scope.resource(r)
	in.Region = b.region(r, config)
	in.DefaultTags = allTags(r)
	a := &arguments{builder: b, scope: scope, resource: r, config: config}
	in.Config = a.object()
	in.Depends = append(in.Depends, r.DependsOn...)
	if config != nil {
		in.Depends = scope.depends(config)
	}
	return in
}

// region is the Region of the resource: its own argument, which version 6 of the provider fills in, or else that of
// its provider configuration. If the plan has neither, it is a token.
func (b *builder) region(r *tfjson.StateResource, config *tfjson.ConfigResource) string {
	if text, ok := r.AttributeValues["region"].(string); ok {
		return symbol.Escape(text)
	}
	key := "aws"
	if config != nil && config.ProviderConfigKey != "" {
		key = config.ProviderConfigKey
	}
	if text := b.plan.region(key); text != "" {
		return symbol.Escape(text)
	}
	if key == "aws" {
		return b.program.Symbols.Intern(symbol.Pseudo("AWS::Region"))
	}
	name := "provider." + key + ".region"
	return b.program.Symbols.Intern(symbol.Symbol{Key: name, Missing: fact.Missing{Kind: fact.Resource, Name: name}})
}

// allTags gives the tags of the resource together with the default tags of its provider, as the plan has merged them.
// It is NilVal if the plan shows none.
func allTags(r *tfjson.StateResource) cty.Value {
	tags, _ := r.AttributeValues["tags_all"].(map[string]any)
	values := map[string]cty.Value{}
	for key, value := range tags {
		if text, ok := value.(string); ok {
			values[key] = cty.StringVal(symbol.Escape(text))
		}
	}
	if len(values) == 0 {
		return cty.NilVal
	}
	return cty.ObjectVal(values)
}

// sensitive says which parts of the resource must not be shown, in the shape of its values: true in place of a part.
func sensitive(r *tfjson.StateResource) any {
	var out any
	if json.Unmarshal(r.SensitiveValues, &out) != nil {
		return nil
	}
	return out
}
