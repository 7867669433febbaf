package sam

import (
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// values are what the placeholders ${Name} of a statement stand for, by their names.
type values map[string]*tree.Node

var placeholder = regexp.MustCompile(`\$\{(\w+)\}`)

// statement builds a policy statement from its short form, the one of the tables in data/:
//
//	Allow ACTION… on RESOURCE… [if OPERATOR KEY VALUE]
func (b builder) statement(line string, with values) *tree.Node {
	head, condition, conditional := strings.Cut(line, " if ")
	allows, resources, _ := strings.Cut(head, " on ")
	words := strings.Fields(allows)
	out := b.object(
		b.field("Effect", b.text(words[0])),
		b.field("Action", b.texts(words[1:], nil)),
		b.field("Resource", b.texts(strings.Fields(resources), with)),
	)
	if conditional {
		c := strings.Fields(condition)
		out.Fields = append(out.Fields, b.field("Condition",
			b.object(b.field(c[0], b.object(b.field(c[1], b.fill(c[2], with)))))))
	}
	return out
}

// texts is a list of the words with their placeholders filled.
func (b builder) texts(words []string, with values) *tree.Node {
	out := b.list()
	for _, word := range words {
		out.Items = append(out.Items, b.fill(word, with))
	}
	return out
}

// fill is text with its placeholders filled. A text that is one placeholder becomes the value itself, any other an
// Fn::Sub. A placeholder without a value stays, since it may name a pseudo parameter.
func (b builder) fill(text string, with values) *tree.Node {
	if !strings.Contains(text, "${") {
		return b.text(text)
	}
	used := b.object()
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		value := with[match[1]]
		if value == nil {
			continue
		}
		if match[0] == text {
			return value
		}
		if used.Get(match[1]) == nil {
			used.Fields = append(used.Fields, b.field(match[1], value))
		}
	}
	if len(used.Fields) == 0 {
		return b.sub(text)
	}
	return b.object(b.field("Fn::Sub", b.list(b.text(text), used)))
}

// document builds a policy document of statements in short form.
func (b builder) document(with values, lines ...string) *tree.Node {
	statements := b.list()
	for _, line := range lines {
		statements.Items = append(statements.Items, b.statement(line, with))
	}
	return b.object(b.field("Statement", statements))
}

// trust is the AssumeRolePolicyDocument that lets an AWS service take a role.
func (b builder) trust(service string) *tree.Node {
	statement := b.object(
		b.field("Effect", b.text("Allow")),
		b.field("Action", b.list(b.text("sts:AssumeRole"))),
		b.field("Principal", b.object(b.field("Service", b.list(b.text(service))))),
	)
	return b.object(b.field("Version", b.text("2012-10-17")), b.field("Statement", b.list(statement)))
}
