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
func (f *frame) newL1(c *construct, typ string, props *val) {
	c.typ = typ
	c.props = props.property()
	if c.props.Kind == value.Absent {
		c.props = value.Value{Kind: value.Map, Span: c.span}
	}
	f.add(c)
}
