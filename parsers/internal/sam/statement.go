package sam

import (
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// values fill the placeholders ${Name} of a statement.
type values map[string]*tree.Node

var placeholder = regexp.MustCompile(`\$\{(\w+)\}`)

// statement builds a policy statement from its short form, the one of the tables in data/:
//
//	Allow ACTION… on RESOURCE… [if OPERATOR KEY VALUE]
func (m maker) statement(line string, with values) *tree.Node {
	head, condition, conditional := strings.Cut(line, " if ")
	allows, resources, _ := strings.Cut(head, " on ")
	words := strings.Fields(allows)
	out := m.object(
		m.field("Effect", m.text(words[0])),
		m.field("Action", m.texts(words[1:], nil)),
		m.field("Resource", m.texts(strings.Fields(resources), with)),
	)
	if conditional {
		c := strings.Fields(condition)
		out.Fields = append(out.Fields, m.field("Condition",
			m.object(m.field(c[0], m.object(m.field(c[1], m.fill(c[2], with)))))))
	}
	return out
}

func (m maker) texts(words []string, with values) *tree.Node {
	out := m.list()
	for _, word := range words {
		out.Items = append(out.Items, m.fill(word, with))
	}
	return out
}

// fill gives text its values: as it is, as the value where it is one placeholder, and otherwise as an Fn::Sub.
func (m maker) fill(text string, with values) *tree.Node {
	if !strings.Contains(text, "${") {
		return m.text(text)
	}
	used := m.object()
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		value := with[match[1]]
		if value == nil {
			continue
		}
		if match[0] == text {
			return value
		}
		if used.Get(match[1]) == nil {
			used.Fields = append(used.Fields, m.field(match[1], value))
		}
	}
	if len(used.Fields) == 0 {
		return m.sub(text)
	}
	return m.object(m.field("Fn::Sub", m.list(m.text(text), used)))
}

// document builds a policy document of statements in short form.
func (m maker) document(with values, lines ...string) *tree.Node {
	statements := m.list()
	for _, line := range lines {
		statements.Items = append(statements.Items, m.statement(line, with))
	}
	return m.object(m.field("Statement", statements))
}

// trust is the AssumeRolePolicyDocument that lets an AWS service take a role.
func (m maker) trust(service string) *tree.Node {
	statement := m.object(
		m.field("Effect", m.text("Allow")),
		m.field("Action", m.list(m.text("sts:AssumeRole"))),
		m.field("Principal", m.object(m.field("Service", m.list(m.text(service))))),
	)
	return m.object(m.field("Version", m.text("2012-10-17")), m.field("Statement", m.list(statement)))
}
