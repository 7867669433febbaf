package sam

import (
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// connector is an AWS::Serverless::Connector, or an entry of the Connectors attribute of its source.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/managing-permissions-connectors.html
type connector struct {
	templateResource
	source *tree.Node // the Source of an entry of Connectors, and nil for a resource of its own
}

// collectConnectors notes the Connectors attribute of a resource, which is the source of them all.
func (t *translation) collectConnectors(s templateResource) {
	for _, f := range fields(s.node.Get("Connectors")) {
		b := builder{f.KeySpan}
		properties := f.Value.Get("Properties")
		entry := templateResource{builder: b, id: s.id + f.Key, node: f.Value, properties: properties}
		id := b.field("Id", b.text(s.id))
		source := b.object(append([]tree.Field{id}, fields(properties.Get("SourceReference"))...)...)
		t.connectors = append(t.connectors, connector{entry, source})
	}
}

// addConnectors gives the policies of connectors to the roles. A connector that is a resource policy, such as one
// from a topic to a queue, makes nothing, because it gives no role anything.
func (t *translation) addConnectors() {
	for _, c := range t.connectors {
		source := c.source
		if source == nil {
			source = c.properties.Get("Source")
		}
		destination := c.properties.Get("Destination")
		if destination == nil || destination.Kind != tree.Sequence {
			t.connect(c, c.id+"Policy", source, destination)
			continue
		}
		for i, d := range destination.Items {
			t.connect(c, c.id+"PolicyDestination"+strconv.Itoa(i), source, d)
		}
	}
}

// connect adds the managed policy of one connector, under that id, to the role of its source or destination. The
// table of profiles says what it allows. The Permissions of the connector pick the statements of that.
func (t *translation) connect(c connector, id string, source, destination *tree.Node) {
	if t.isFull() {
		return
	}
	from, to := t.connectorEnd(c.builder, source, destination), t.connectorEnd(c.builder, destination, source)
	p, ok := profiles()[[2]string{from.typ, to.typ}]
	if !ok {
		return
	}
	holder := to
	if p.bySource {
		holder = from
	}
	if holder.role == nil {
		t.report(c.span, "connector %q: the role that gets its policy is not in this template", c.id)
		return
	}
	var lines []string
	for _, statement := range p.statements {
		access, line, _ := strings.Cut(statement, " ")
		if permissions := c.properties.Get("Permissions"); permissions != nil && containsText(permissions, access) {
			lines = append(lines, line)
		}
	}
	with := values{}
	for prefix, e := range map[string]end{"Source": from, "Destination": to} {
		with[prefix+"Arn"], with[prefix+"Name"] = e.arn, e.name
	}
	policy := c.withSameID("AWS::IAM::ManagedPolicy")
	policy.id = id
	policy.set("PolicyDocument", c.document(with, lines...))
	policy.set("Roles", c.list(holder.role))
	t.add("", policy)
}

// containsText says whether the list has the word among its items.
func containsText(list *tree.Node, word string) bool {
	for _, item := range list.Items {
		if item.Text == word {
			return true
		}
	}
	return false
}

// end is one side of a connector: its type and what is known of it. role is the name of the role by which it acts. A
// part that is not known is nil.
type end struct {
	typ             string
	arn, name, role *tree.Node
}

// rolePropertyOf has the property in which a type keeps the ARN of its role.
var rolePropertyOf = map[string]string{
	functionType:                       "Role",
	"AWS::StepFunctions::StateMachine": "RoleArn",
	"AWS::AppSync::DataSource":         "ServiceRoleArn",
}

// connectorEnd reads a Source or Destination. It is {Id: …} for a resource of the template, and otherwise has the
// type and the attributes. other is the other end.
func (t *translation) connectorEnd(b builder, n, other *tree.Node) end {
	id, ok := text(n.Get("Id"))
	if !ok {
		typ, _ := text(n.Get("Type"))
		return end{plainType(typ), n.Get("Arn"), n.Get("Name"), n.Get("RoleName")}
	}
	r := t.byID[id]
	if r == nil {
		t.report(b.span, "there is no resource %q to connect", id)
		return end{}
	}
	e := end{typ: r.typ, arn: b.getAtt(id, "Arn"), name: b.getAtt(id, "Name")}
	switch r.typ {
	case "AWS::StepFunctions::StateMachine", "AWS::SNS::Topic", "AWS::AppSync::GraphQLApi", "AWS::AppSync::DataSource":
		e.arn = b.ref(id) // the Ref of these is an ARN
	}
	role := r.get(rolePropertyOf[r.typ])
	if r.typ == "AWS::Events::Rule" {
		role = targetRole(r, other)
	}
	if id := target(role); id != "" {
		e.role = b.ref(id)
	}
	return e
}

// targetRole is the role by which an EventBridge rule calls the resource that other names, or nil.
func targetRole(rule *resource, other *tree.Node) *tree.Node {
	id, _ := text(other.Get("Id"))
	targets := rule.get("Targets")
	if targets == nil {
		return nil
	}
	for _, item := range targets.Items {
		arn := item.Get("Arn")
		if id != "" && target(arn) == id || isGiven(other.Get("Arn")) && canonical(arn) == canonical(other.Get("Arn")) {
			return item.Get("RoleArn")
		}
	}
	return nil
}

// plainType is the type that a resource has after the transform.
func plainType(typ string) string {
	switch typ {
	case prefix + "Function":
		return functionType
	case prefix + "StateMachine":
		return "AWS::StepFunctions::StateMachine"
	case prefix + "SimpleTable":
		return plainTypes[typ]
	}
	return typ
}
