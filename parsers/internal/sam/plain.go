package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// plainTypes are the SAM types that become one resource of nearly the same properties.
var plainTypes = map[string]string{
	prefix + "SimpleTable":  "AWS::DynamoDB::Table",
	prefix + "LayerVersion": "AWS::Lambda::LayerVersion",
	prefix + "GraphQLApi":   "AWS::AppSync::GraphQLApi",
}

// plain shares a resource as it is, under its plain type. A type that SAM does not know stays.
func (t *translation) plain(s templateResource) {
	typ, known := plainTypes[s.typ]
	if !known && s.node.Get("Connectors") == nil {
		t.out = append(t.out, &resource{builder: s.builder, id: s.id, typ: s.typ, properties: fields(s.properties), whole: s.node})
		return
	}
	if !known {
		typ = s.typ
	}
	whole := *s.node
	whole.Fields = nil
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Connectors", "IgnoreGlobals":
			continue
		case "Type":
			f.Value = builder{f.Value.Span}.text(typ)
		case "Properties":
			f.Value = s.properties
		}
		whole.Fields = append(whole.Fields, f)
	}
	t.out = append(t.out, &resource{builder: s.builder, id: s.id, typ: typ, properties: fields(s.properties), whole: &whole})
}

// api expands an API with its stage, and the deployment that a REST API has.
func (t *translation) api(s templateResource, typ, stage, deployment string) {
	out := s.withSameID(typ)
	out.copyFrom(s, "Name", "Description", "EndpointConfiguration", "Policy")
	t.add(s.id, out)
	name := t.resolve(s.get("StageName"))
	suffix, _ := text(name)
	if name == nil {
		suffix, name = "ApiGatewayDefault", s.text("$default")
	}
	t.apiStage(s, stage, suffix, name)
	if deployment != "" {
		d := s.child("Deployment", deployment)
		d.set("RestApiId", s.ref(s.id))
		t.references[s.id+".Deployment"] = d.id
		t.add(s.id, d)
	}
}

func (t *translation) apiStage(s templateResource, typ, suffix string, name *tree.Node) {
	stage := s.child(suffix+"Stage", typ)
	stage.set("StageName", name)
	t.references[s.id+".Stage"] = stage.id
	t.add(s.id, stage)
}

// impliesAPI notes that an Api or HttpApi event without an API of its own uses the implicit one.
func (t *translation) noteImplicitAPI(e event) {
	id := map[string]string{"Api": "ServerlessRestApi", "HttpApi": "ServerlessHttpApi"}[e.typ]
	own := e.get("RestApiId")
	if own == nil {
		own = e.get("ApiId")
	}
	if _, noted := t.implicit[id]; own == nil && !noted {
		t.implicit[id] = e.builder
	}
}

func (t *translation) addImplicitAPIs() {
	if b, ok := t.implicit["ServerlessRestApi"]; ok {
		s := templateResource{builder: b, id: "ServerlessRestApi", node: b.object()}
		s.properties = b.object(b.field("StageName", b.text("Prod")))
		t.api(s, "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment")
	}
	if b, ok := t.implicit["ServerlessHttpApi"]; ok {
		s := templateResource{builder: b, id: "ServerlessHttpApi", node: b.object()}
		t.api(s, "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "")
	}
}

// application expands a nested application. Location is a template, or a map that names one in the application
// repository, which is not known.
func (t *translation) application(s templateResource) {
	out := s.withSameID("AWS::CloudFormation::Stack")
	out.copyFrom(s, "Parameters", "NotificationARNs", "TimeoutInMinutes")
	if location := s.get("Location"); location != nil && (location.Kind == tree.Scalar || isIntrinsic(location)) {
		out.set("TemplateURL", location)
	}
	t.add(s.id, out)
}
