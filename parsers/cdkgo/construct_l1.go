package cdkgo

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// l1Type is the resource type that an L1 construct such as "awsec2.CfnSubnet" makes, or "".
func l1Type(goType string) string {
	module, name, _ := strings.Cut(goType, ".")
	resource, ok := strings.CutPrefix(name, "Cfn")
	if service := services[module]; ok && service != "" {
		return "AWS::" + service + "::" + resource
	}
	return ""
}

// l1 is a construct whose props are the properties of the resource, by their names.
func (f *frame) l1(m *made, typ string, props *thing) {
	m.typ = typ
	m.props = props.value()
	if m.props.Kind == value.Absent {
		m.props = value.Value{Kind: value.Map, Span: m.span}
	}
	f.add(m)
}
