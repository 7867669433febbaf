package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Template is a parsed template. It never changes, so it can be evaluated under many bindings and at the same time.
type Template struct {
	Root       *tree.Node
	Transforms []Transform
	Parameters []*Parameter
	Mappings   *tree.Node
	Conditions []tree.Field
	Resources  []*Resource
	Outputs    []*Output

	// chooses are the parameters that conditions name.
	chooses map[string]bool

	// What sections hold besides their entries: Fn::ForEach loops and Fn::Transform calls, which need bindings.
	pendingConditions, pendingResources, pendingOutputs []tree.Field
}

// Transform is one entry of the Transform section. Call is the mapping of Name and Parameters, or the name itself.
type Transform struct {
	Name string
	Span source.Span
	Call *tree.Node
}

// Parameter is one entry of the Parameters section. Default is nil when there is none.
type Parameter struct {
	Name          string
	Span          source.Span // of the name
	Type          string
	Default       *tree.Node
	AllowedValues []string
	NoEcho        bool
}

// Resource is one entry of the Resources section. Nodes that are not written are nil.
type Resource struct {
	ID                   string
	Span                 source.Span // of the logical id
	Type                 string      // "" when there is none
	Node                 *tree.Node  // the whole entry
	Properties, Metadata *tree.Node
	Condition            string // "" when there is none
	DependsOn            []string
	DeletionPolicy       *tree.Node
	UpdateReplacePolicy  *tree.Node
}

// Output is one entry of the Outputs section. Export is the name under which it is exported, or nil.
type Output struct {
	Name          string
	Span          source.Span // of the name
	Value, Export *tree.Node
	Condition     string // "" when there is none
}

// languageExtensions is the transform that allows Fn::ForEach, Fn::Length, Fn::ToJsonString and defaults in
// Fn::FindInMap. See
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-languageextensions.html
const languageExtensions = "AWS::LanguageExtensions"

// knownTransforms lists the beginnings of the names of transforms that are not macros. The date of a version may
// follow. Package sam handles SAM, and this package language extensions and includes. The others add nothing to the
// network that a function depends on.
var knownTransforms = []string{
	languageExtensions, "AWS::Serverless-", "AWS::Include", "AWS::CodeDeployBlueGreen", "AWS::ServiceCatalog",
	"AWS::SecretsManager-",
}

// IsMacro reports a transform that is not run here and so may add or change anything.
func (t Transform) IsMacro() bool {
	return !slices.ContainsFunc(knownTransforms, func(known string) bool { return strings.HasPrefix(t.Name, known) })
}

// With returns the template with further resources; one of the same id replaces the former.
func (t *Template) With(resources ...*Resource) *Template {
	out := *t
	out.Resources = slices.Clone(t.Resources)
	at := map[string]int{}
	for i, r := range out.Resources {
		at[r.ID] = i
	}
	for _, r := range resources {
		if i, ok := at[r.ID]; ok {
			out.Resources[i] = r
			continue
		}
		at[r.ID] = len(out.Resources)
		out.Resources = append(out.Resources, r)
	}
	return &out
}

// Parse reads the sections of a template. It never returns nil: the result holds what could be read. Every diagnostic
// is an error in the template.
func Parse(root *tree.Node) (*Template, []source.Diagnostic) {
	p := &parser{t: &Template{Root: root}}
	if root == nil || root.Kind != tree.Mapping {
		if root != nil {
			p.fail(root.Span, "a template must be a mapping")
		}
		return p.t, p.diagnostics
	}
	p.t.Mappings = root.Get("Mappings")
	p.transforms(root.Get("Transform"))
	for _, f := range p.section("Parameters") {
		p.parameter(f)
	}
	p.t.chooses = map[string]bool{}
	p.t.choices(root.Get("Conditions"))
	p.t.Conditions, p.t.pendingConditions = divide(p.section("Conditions"))
	entries, pending := divide(p.section("Resources"))
	p.t.pendingResources = pending
	for _, f := range entries {
		p.t.Resources = append(p.t.Resources, p.resource(f))
	}
	entries, p.t.pendingOutputs = divide(p.section("Outputs"))
	for _, f := range entries {
		p.t.Outputs = append(p.t.Outputs, p.output(f))
	}
	return p.t, p.diagnostics
}

// choices notes the parameters that n names.
func (t *Template) choices(n *tree.Node) {
	if name, arg, ok := n.Intrinsic(); ok && name == "Ref" {
		t.chooses[arg.Literal()] = true
		return
	}
	if n == nil {
		return
	}
	for _, item := range n.Items {
		t.choices(item)
	}
	for _, f := range n.Fields {
		t.choices(f.Value)
	}
}

// HasVariants says whether a parameter with a default chooses between variants of the template.
func (t *Template) HasVariants() bool {
	return slices.ContainsFunc(t.Parameters, func(p *Parameter) bool {
		return t.chooses[p.Name] && p.Default != nil && p.Default.Text != ""
	})
}

type parser struct {
	t           *Template
	diagnostics []source.Diagnostic
}

func (p *parser) fail(span source.Span, format string, args ...any) {
	p.diagnostics = append(p.diagnostics, source.Diagnostic{Span: span, Message: fmt.Sprintf(format, args...)})
}

// section gives the entries of a top-level section.
func (p *parser) section(name string) []tree.Field {
	n := p.t.Root.Get(name)
	switch {
	case n == nil || n.Kind == tree.Null:
		return nil
	case n.Kind != tree.Mapping:
		p.fail(n.Span, "%s must be a mapping", name)
		return nil
	}
	return n.Fields
}

// divide parts the entries of a section from the loops and transforms among them.
func divide(fields []tree.Field) (entries, pending []tree.Field) {
	if !slices.ContainsFunc(fields, isPending) {
		return fields, nil
	}
	for _, f := range fields {
		if isPending(f) {
			pending = append(pending, f)
		} else {
			entries = append(entries, f)
		}
	}
	return entries, pending
}

func (p *parser) transforms(n *tree.Node) {
	if n == nil {
		return
	}
	items := []*tree.Node{n}
	if n.Kind == tree.Sequence {
		items = n.Items
	}
	for _, it := range items {
		name := it
		if it.Kind == tree.Mapping {
			name = it.Get("Name")
		}
		if s := name.Literal(); s != "" {
			p.t.Transforms = append(p.t.Transforms, Transform{Name: s, Span: it.Span, Call: it})
		}
	}
}

func (p *parser) parameter(f tree.Field) {
	if f.Value.Kind != tree.Mapping {
		p.fail(f.KeySpan, "parameter %q must be a mapping", f.Key)
		return
	}
	out := &Parameter{
		Name: f.Key, Span: f.KeySpan, Type: f.Value.Get("Type").Literal(),
		Default: f.Value.Get("Default"), NoEcho: isTrue(f.Value.Get("NoEcho").Literal()),
	}
	if allowed := f.Value.Get("AllowedValues"); allowed != nil {
		for _, v := range allowed.Items {
			out.AllowedValues = append(out.AllowedValues, v.Literal())
		}
	} else if !out.isList() { // of a list, each element has to match
		out.AllowedValues = alternatives(f.Value.Get("AllowedPattern").Literal())
	}
	p.t.Parameters = append(p.t.Parameters, out)
}

func (p *parser) resource(f tree.Field) *Resource {
	n := f.Value
	if n.Kind != tree.Mapping {
		p.fail(f.KeySpan, "resource %q must be a mapping", f.Key)
		n = &tree.Node{Kind: tree.Mapping, Span: n.Span}
	}
	return newResource(f.Key, f.KeySpan, n)
}

// newResource is the resource that an entry of the Resources section states.
func newResource(id string, span source.Span, n *tree.Node) *Resource {
	r := &Resource{
		ID: id, Span: span, Type: n.Get("Type").Literal(), Node: n,
		Properties: n.Get("Properties"), Metadata: n.Get("Metadata"),
		Condition:      n.Get("Condition").Literal(),
		DeletionPolicy: n.Get("DeletionPolicy"), UpdateReplacePolicy: n.Get("UpdateReplacePolicy"),
	}
	for _, d := range dependsOn(n) {
		r.DependsOn = append(r.DependsOn, d.Literal())
	}
	return r
}

// dependsOn are the texts of the DependsOn of a resource, which is one or a list of them.
func dependsOn(resource *tree.Node) (ids []*tree.Node) {
	if on := resource.Get("DependsOn"); on != nil {
		for _, d := range append([]*tree.Node{on}, on.Items...) {
			if d.Literal() != "" {
				ids = append(ids, d)
			}
		}
	}
	return ids
}

func (p *parser) output(f tree.Field) *Output {
	if f.Value.Kind != tree.Mapping {
		p.fail(f.KeySpan, "output %q must be a mapping", f.Key)
	}
	return newOutput(f)
}

func newOutput(f tree.Field) *Output {
	n := f.Value
	return &Output{
		Name: f.Key, Span: f.KeySpan, Value: n.Get("Value"), Export: n.Get("Export").Get("Name"),
		Condition: n.Get("Condition").Literal(),
	}
}
