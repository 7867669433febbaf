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
	source *tree.Node // set for an entry of Connectors
}

func (t *translation) collectConnectors(s templateResource) {
	for _, f := range fields(s.node.Get("Connectors")) {
		b := builder{f.KeySpan}
		properties := f.Value.Get("Properties")
		entry := templateResource{builder: b, id: s.id + f.Key, node: f.Value, properties: properties}
		source := b.object(append([]tree.Field{b.field("Id", b.text(s.id))}, fields(properties.Get("SourceReference"))...)...)
		t.connectors = append(t.connectors, connector{entry, source})
	}
}

// addConnectors gives the policies of connectors to the roles. Connectors that are resource policies, such as from a topic to a queue, give no role anything and make nothing.
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

func (t *translation) connect(c connector, id string, source, destination *tree.Node) {
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

func containsText(list *tree.Node, word string) bool {
	for _, item := range list.Items {
		if item.Text == word {
			return true
		}
	}
	return false
}

// end is one side of a connector: the type, and what is known of the resource. role is the name of its role.
type end struct {
	typ             string
	arn, name, role *tree.Node
}

// rolePropertyOf says where a type keeps the ARN of its role.
var rolePropertyOf = map[string]string{
	functionType:                       "Role",
	"AWS::StepFunctions::StateMachine": "RoleArn",
	"AWS::AppSync::DataSource":         "ServiceRoleArn",
}

// end reads a Source or Destination: {Id: …} for a resource of the template, or its type and attributes.
func (t *translation) connectorEnd(b builder, n, other *tree.Node) end {
	id, ok := text(n.Get("Id"))
	if !ok {
		typ, _ := text(n.Get("Type"))
		return end{plainType(typ), n.Get("Arn"), n.Get("Name"), n.Get("RoleName")}
	}
	r := t.resourceByID(id)
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

// targetRole is the role by which a rule calls the resource that other names.
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
