package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// plainTypes are the SAM types that become one resource of nearly the same properties.
var plainTypes = map[string]string{
	prefix + "SimpleTable":  "AWS::DynamoDB::Table",
	prefix + "LayerVersion": "AWS::Lambda::LayerVersion",
	prefix + "GraphQLApi":   "AWS::AppSync::GraphQLApi",
}

// plain takes a resource over as it is, under its plain type. A type that SAM does not know stays.
func (t *translation) plain(s templateResource) {
	typ, known := plainTypes[s.typ]
	if !known {
		typ = s.typ
	}
	r := &resource{builder: s.builder, id: s.id, typ: typ, properties: fields(s.properties), whole: s.node}
	if known || s.node.Get("Connectors") != nil {
		r.whole = s.withType(typ)
	}
	t.keep(r)
}

// withType is the node of s under another type, without the attributes that only SAM knows.
func (s templateResource) withType(typ string) *tree.Node {
	out := *s.node
	out.Fields = nil
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Connectors", "IgnoreGlobals":
			continue
		case "Type":
			f.Value = builder{f.Value.Span}.text(typ)
		case "Properties":
			f.Value = s.properties
		}
		out.Fields = append(out.Fields, f)
	}
	return &out
}

// ApplicationTag is the tag with which the transform says from which application of the AWS Serverless Application
// Repository a stack is made.
const ApplicationTag = "serverlessrepo:applicationId"

// application expands a nested application. Location is a template, or a map that names an application in the AWS
// Serverless Application Repository. The template of the latter is unknown; a tag names it.
func (t *translation) application(s templateResource) {
	out := s.withSameID("AWS::CloudFormation::Stack")
	out.copyFrom(s, "Parameters", "NotificationARNs", "TimeoutInMinutes")
	if location := s.get("Location"); location != nil && (location.Kind == tree.Scalar || isIntrinsic(location)) {
		out.set("TemplateURL", location)
	} else if id := location.Get("ApplicationId"); id != nil {
		out.set("Tags", out.list(out.object(out.field("Key", out.text(ApplicationTag)), out.field("Value", id))))
	}
	t.add(s.id, out)
}
