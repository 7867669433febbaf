package sam

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// MetadataKey is the entry in the Metadata of a generated AWS::Lambda::Function that says which SAM type the template
// has for it.
const MetadataKey = "lambda-vpc-lint::SAM"

const (
	prefix       = "AWS::Serverless::"
	functionType = "AWS::Lambda::Function"
	roleType     = "AWS::IAM::Role"
)

// Transform returns root, a whole template, with its SAM resources expanded. Without the SAM transform it returns root
// itself. It never changes root, and shares the nodes that stay as they are. A generated node has the span of what
// implies it, mostly the logical id of the SAM resource. The body of an Fn::ForEach is expanded in place, so loops may
// be unrolled afterwards. The diagnostics say what SAM would refuse.
func Transform(root *tree.Node) (*tree.Node, []source.Diagnostic) {
	if !isSAM(root) {
		return root, nil
	}
	t := newTranslation(root)
	t.resources(root.Get("Resources"))
	t.addImplicitAPIs()
	t.addCodeDeploy()
	t.addConnectors() // last, since a connector may connect anything that was generated
	if t.isFull() {
		t.out, t.diagnostics = nil, nil
		t.report(root.Span, "the template is not judged: %s", budget.SAM.Exceeded())
		t.diagnostics[0].Limit = true
	}
	return t.assemble(root), t.diagnostics
}

// FunctionType is the SAM type that a resource of an expanded template was written as, or "" for a plain resource.
func FunctionType(resource *tree.Node) string {
	if mark := resource.Get("Metadata").Get(MetadataKey); mark != nil {
		return mark.Text
	}
	return ""
}

// isSAM says whether the template asks for the SAM transform, alone or in a list.
func isSAM(root *tree.Node) bool { return names(root.Get("Transform"), "AWS::Serverless-") }

// translation is the state of one Transform.
type translation struct {
	templateIDs    map[string]bool       // the logical ids of the template
	parameters     map[string]*tree.Node // the defaults of its parameters
	globals        *tree.Node
	out            []*resource
	byID           map[string]*resource // of out; of two with one id the first
	conditionNames map[string]bool      // those of the template and the generated ones
	conditions     []tree.Field         // generated
	references     map[string]string    // from "Function.Alias" to the logical id of the generated resource
	connectors     []connector          // that are still to be added
	deployment     *deployment          // nil unless a function is deployed gradually
	implicit       map[string]builder   // the implicit APIs that are needed, by logical id, at the first event
	values         int                  // how many there are in the resources so far
	diagnostics    []source.Diagnostic
}

// newTranslation reads the sections of the template that resources depend on.
func newTranslation(root *tree.Node) *translation {
	t := &translation{
		templateIDs:    map[string]bool{},
		byID:           map[string]*resource{},
		conditionNames: map[string]bool{},
		parameters:     map[string]*tree.Node{},
		globals:        root.Get("Globals"),
		references:     map[string]string{},
		implicit:       map[string]builder{},
	}
	for _, f := range fields(root.Get("Conditions")) {
		t.conditionNames[f.Key] = true
	}
	for _, f := range fields(root.Get("Parameters")) {
		if value := f.Value.Get("Default"); value != nil {
			t.parameters[f.Key] = value
		}
	}
	return t
}

// resources expands the entries of Resources, or of a loop's body, into t.out.
func (t *translation) resources(section *tree.Node) {
	for _, f := range fields(section) {
		t.templateIDs[f.Key] = true
	}
	for _, f := range fields(section) {
		if t.isFull() {
			return
		}
		if strings.HasPrefix(f.Key, "Fn::ForEach::") && f.Value.Kind == tree.Sequence && len(f.Value.Items) == 3 {
			t.loop(f)
		} else {
			t.resource(f)
		}
	}
}

// loop expands the body of {"Fn::ForEach::Name": [identifier, collection, body]}. A generated resource has the
// identifier in its logical id, like the resource that implies it. So each round of the loop gets its own.
func (t *translation) loop(f tree.Field) {
	out, byID, connectors := t.out, t.byID, t.connectors
	t.out, t.byID, t.connectors = nil, map[string]*resource{}, nil
	body := *f.Value.Items[2]
	t.resources(&body)
	t.addConnectors()
	body.Fields = t.entries()
	t.out, t.byID, t.connectors = out, byID, connectors
	b := builder{f.KeySpan}
	whole := *f.Value
	whole.Items = []*tree.Node{f.Value.Items[0], f.Value.Items[1], &body}
	t.keep(&resource{builder: b, id: f.Key, whole: &whole})
}

// entries are the resources as fields of the section Resources.
func (t *translation) entries() []tree.Field {
	var out []tree.Field
	for _, r := range t.out {
		out = append(out, r.entry())
	}
	return out
}

// resource expands one entry of Resources.
func (t *translation) resource(f tree.Field) {
	s := t.read(f)
	t.collectConnectors(s)
	switch strings.TrimPrefix(s.typ, prefix) {
	case "Function":
		t.function(s)
	case "CapacityProvider":
		t.capacityProvider(s)
	case "StateMachine":
		t.stateMachine(s)
	case "Application":
		t.application(s)
	case "Connector":
		t.connectors = append(t.connectors, connector{s, nil})
	case "Api":
		t.api(s, restAPI)
	case "HttpApi", "WebSocketApi":
		t.api(s, httpAPI)
	default:
		t.plain(s)
	}
}

// add appends a generated resource. Where a resource of the template has its logical id, that one stays and a
// diagnostic says so, since SAM refuses such a template. owner is the SAM resource, which may keep its own id.
func (t *translation) add(owner string, r *resource) {
	if r.id != owner && t.templateIDs[r.id] {
		t.report(r.span, "SAM generates a resource %q, but the template has one of that name", r.id)
		return
	}
	t.keep(r)
}

// keep puts the resource into the expanded template.
func (t *translation) keep(r *resource) {
	t.out = append(t.out, r)
	if _, taken := t.byID[r.id]; !taken {
		t.byID[r.id] = r
	}
	for _, f := range r.properties {
		t.count(f.Value)
	}
}

// count counts the values in n, which may be nil, until there are too many: one line may stand for very many.
func (t *translation) count(n *tree.Node) {
	if n == nil || t.isFull() {
		return
	}
	t.values++
	for _, f := range n.Fields {
		t.count(f.Value)
	}
	for _, x := range n.Items {
		t.count(x)
	}
}

func (t *translation) isFull() bool { return t.values > budget.SAM.Max }

// assemble puts the new resources and conditions into a copy of root. It leaves out Globals, which are in the
// resources.
func (t *translation) assemble(root *tree.Node) *tree.Node {
	b := builder{root.Span}
	out := *root
	out.Fields = nil
	var hasConditions bool
	for _, f := range root.Fields {
		switch f.Key {
		case "Globals":
			continue
		case "Resources":
			resources := *f.Value
			resources.Fields = t.entries()
			f.Value = &resources
		case "Conditions":
			hasConditions = true
			conditions := *f.Value
			conditions.Fields = append(append([]tree.Field(nil), f.Value.Fields...), t.conditions...)
			f.Value = &conditions
		}
		out.Fields = append(out.Fields, f)
	}
	if !hasConditions && len(t.conditions) > 0 {
		out.Fields = append(out.Fields, b.field("Conditions", b.object(t.conditions...)))
	}
	return renameReferences(&out, t.references)
}
