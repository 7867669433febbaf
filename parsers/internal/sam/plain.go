package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// plainTypes are the SAM types that become one resource of nearly the same properties.
var plainTypes = map[string]string{
	prefix + "SimpleTable":  "AWS::DynamoDB::Table",
	prefix + "LayerVersion": "AWS::Lambda::LayerVersion",
	prefix + "GraphQLApi":   "AWS::AppSync::GraphQLApi",
}

// plain shares a resource as it is, under its plain type. A type that SAM does not know stays.
func (t *translation) plain(s written) {
	kind, known := plainTypes[s.kind]
	if !known && s.node.Get("Connectors") == nil {
		t.out = append(t.out, &resource{maker: s.maker, id: s.id, kind: s.kind, properties: fields(s.properties), whole: s.node})
		return
	}
	if !known {
		kind = s.kind
	}
	whole := *s.node
	whole.Fields = nil
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Connectors", "IgnoreGlobals":
			continue
		case "Type":
			f.Value = maker{f.Value.Span}.text(kind)
		case "Properties":
			f.Value = s.properties
		}
		whole.Fields = append(whole.Fields, f)
	}
	t.out = append(t.out, &resource{maker: s.maker, id: s.id, kind: kind, properties: fields(s.properties), whole: &whole})
}

// api expands an API with its stage, and the deployment that a REST API has.
func (t *translation) api(s written, kind, stage, deployment string) {
	out := s.main(kind)
	out.copy(s, "Name", "Description", "EndpointConfiguration", "Policy")
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

func (t *translation) apiStage(s written, kind, suffix string, name *tree.Node) {
	stage := s.child(suffix+"Stage", kind)
	stage.set("StageName", name)
	t.references[s.id+".Stage"] = stage.id
	t.add(s.id, stage)
}

// impliesAPI notes that an Api or HttpApi event without an API of its own uses the implicit one.
func (t *translation) impliesAPI(e event) {
	id := map[string]string{"Api": "ServerlessRestApi", "HttpApi": "ServerlessHttpApi"}[e.kind]
	own := e.get("RestApiId")
	if own == nil {
		own = e.get("ApiId")
	}
	if _, noted := t.implicit[id]; own == nil && !noted {
		t.implicit[id] = e.maker
	}
}

func (t *translation) addImplicitAPIs() {
	if m, ok := t.implicit["ServerlessRestApi"]; ok {
		s := written{maker: m, id: "ServerlessRestApi", node: m.object()}
		s.properties = m.object(m.field("StageName", m.text("Prod")))
		t.api(s, "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment")
	}
	if m, ok := t.implicit["ServerlessHttpApi"]; ok {
		s := written{maker: m, id: "ServerlessHttpApi", node: m.object()}
		t.api(s, "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "")
	}
}

// application expands a nested application. Location is a template, or a map that names one in the application
// repository, which is not known.
func (t *translation) application(s written) {
	out := s.main("AWS::CloudFormation::Stack")
	out.copy(s, "Parameters", "NotificationARNs", "TimeoutInMinutes")
	if location := s.get("Location"); location != nil && (location.Kind == tree.Scalar || isIntrinsic(location)) {
		out.set("TemplateURL", location)
	}
	t.add(s.id, out)
}
