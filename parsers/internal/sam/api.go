package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// apiTypes are the resource types that an API becomes. deployment is "" where it has none.
type apiTypes struct{ api, stage, deployment string }

var (
	restAPI = apiTypes{"AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"}
	httpAPI = apiTypes{"AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", ""}
)

// api expands an API with its stage and its deployment.
func (t *translation) api(s templateResource, types apiTypes) {
	out := s.withSameID(types.api)
	out.copyFrom(s, "Name", "Description", "EndpointConfiguration", "Policy")
	t.add(s.id, out)
	name := t.resolve(s.get("StageName"))
	suffix, _ := text(name)
	if name == nil {
		suffix, name = "ApiGatewayDefault", s.text("$default")
	}
	t.addStage(s, types.stage, suffix, name)
	if types.deployment != "" {
		d := s.child("Deployment", types.deployment)
		d.set("RestApiId", s.ref(s.id))
		t.references[s.id+".Deployment"] = d.id
		t.add(s.id, d)
	}
}

func (t *translation) addStage(s templateResource, typ, suffix string, name *tree.Node) {
	stage := s.child(suffix+"Stage", typ)
	stage.set("StageName", name)
	t.references[s.id+".Stage"] = stage.id
	t.add(s.id, stage)
}

// noteImplicitAPI notes that an Api or HttpApi event without an API of its own uses the implicit one.
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

// addImplicitAPIs adds the APIs that events use without naming one.
func (t *translation) addImplicitAPIs() {
	if b, ok := t.implicit["ServerlessRestApi"]; ok {
		s := templateResource{builder: b, id: "ServerlessRestApi", node: b.object()}
		s.properties = b.object(b.field("StageName", b.text("Prod")))
		t.api(s, restAPI)
	}
	if b, ok := t.implicit["ServerlessHttpApi"]; ok {
		s := templateResource{builder: b, id: "ServerlessHttpApi", node: b.object()}
		t.api(s, httpAPI)
	}
}
