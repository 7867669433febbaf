// Package sam expands the AWS::Serverless transform: a template with SAM resources becomes one with the plain
// CloudFormation resources that a deployment would create. What decides about networks is exact: the VpcConfig of a
// function after Globals, and everything its generated role allows. Other generated resources are made so that every
// reference to them resolves; they need not be complete.
//
// Facts: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
// and the translator that AWS publishes, aws/serverless-application-model.
package sam

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// MetadataKey is the entry of a generated AWS::Lambda::Function's Metadata that says which SAM type it was written as.
const MetadataKey = "lambda-vpc-lint::SAM"

const (
	prefix       = "AWS::Serverless::"
	functionType = "AWS::Lambda::Function"
	roleType     = "AWS::IAM::Role"
)

// Transform returns root with its SAM resources expanded. Without the SAM transform it returns root itself. It never
// changes root; nodes that stay as they are, are shared. A generated node has the span of what implies it, mostly the
// logical id of the SAM resource. The body of an Fn::ForEach is expanded in place, so loops may be unrolled afterwards.
func Transform(root *tree.Node) (*tree.Node, []source.Diagnostic) {
	if !isSAM(root) {
		return root, nil
	}
	t := newTranslation(root)
	t.resources(root.Get("Resources"))
	t.addImplicitAPIs()
	t.addCodeDeploy()
	t.addConnectors() // last, because what they connect must be there
	return t.assemble(root), t.diagnostics
}

// FunctionType returns the SAM type that a resource node was written as, or "" for a plain resource.
func FunctionType(resource *tree.Node) string {
	if mark := resource.Get("Metadata").Get(MetadataKey); mark != nil {
		return mark.Text
	}
	return ""
}

func isSAM(root *tree.Node) bool { return names(root.Get("Transform"), "AWS::Serverless-") }

// translation is the state of one Transform.
type translation struct {
	written     map[string]bool       // the logical ids of the template
	parameters  map[string]*tree.Node // the defaults of its parameters
	globals     *tree.Node
	out         []*resource
	named       map[string]bool   // conditions, generated ones included
	conditions  []tree.Field      // generated
	references  map[string]string // "Function.Alias" to the logical id of the generated resource
	connectors  []connector
	deployed    *deployment
	implicit    map[string]maker // implicit APIs by logical id
	merged      int              // entries that Globals were copied into
	diagnostics []source.Diagnostic
}

func newTranslation(root *tree.Node) *translation {
	t := &translation{
		written:    map[string]bool{},
		named:      map[string]bool{},
		parameters: map[string]*tree.Node{},
		globals:    root.Get("Globals"),
		references: map[string]string{},
		implicit:   map[string]maker{},
	}
	for _, f := range fields(root.Get("Conditions")) {
		t.named[f.Key] = true
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
		t.written[f.Key] = true
	}
	for _, f := range fields(section) {
		if strings.HasPrefix(f.Key, "Fn::ForEach::") && f.Value.Kind == tree.Sequence && len(f.Value.Items) == 3 {
			t.loop(f)
		} else {
			t.resource(f)
		}
	}
}

// loop expands the body of {"Fn::ForEach::Name": [identifier, collection, body]}. A generated resource has the identifier
// in its logical id like the one that implies it, so each round gets its own.
func (t *translation) loop(f tree.Field) {
	out, connectors := t.out, t.connectors
	t.out, t.connectors = nil, nil
	body := *f.Value.Items[2]
	t.resources(&body)
	t.addConnectors()
	body.Fields = t.entries()
	t.out, t.connectors = out, connectors
	m := maker{f.KeySpan}
	whole := *f.Value
	whole.Items = []*tree.Node{f.Value.Items[0], f.Value.Items[1], &body}
	t.out = append(t.out, &resource{maker: m, id: f.Key, whole: &whole})
}

func (t *translation) entries() []tree.Field {
	var out []tree.Field
	for _, r := range t.out {
		out = append(out, r.field())
	}
	return out
}

// resource expands one entry of Resources.
func (t *translation) resource(f tree.Field) {
	s := t.read(f)
	t.collectConnectors(s)
	switch strings.TrimPrefix(s.kind, prefix) {
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
		t.api(s, "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment")
	case "HttpApi", "WebSocketApi":
		t.api(s, "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "")
	default:
		t.plain(s)
	}
}

// add appends a generated resource. A resource of the template that has its logical id stays instead, since SAM refuses
// such a template; owner is the SAM resource whose own id may be taken.
func (t *translation) add(owner string, r *resource) {
	if r.id != owner && t.written[r.id] {
		t.report(r.span, "SAM generates a resource %q, but the template has one of that name", r.id)
		return
	}
	t.out = append(t.out, r)
}

func (t *translation) find(id string) *resource {
	for _, r := range t.out {
		if r.id == id {
			return r
		}
	}
	return nil
}

// assemble puts the new resources and conditions into a copy of root. Globals are spent, and go.
func (t *translation) assemble(root *tree.Node) *tree.Node {
	m := maker{root.Span}
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
		out.Fields = append(out.Fields, m.field("Conditions", m.object(t.conditions...)))
	}
	return rename(&out, t.references)
}
