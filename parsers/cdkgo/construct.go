package cdkgo

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// made is a construct that the package makes. One with a resource type becomes a resource when everything is read.
type construct struct {
	program  *program
	address  string
	span     source.Span
	goType   string // such as "awsec2.Vpc"
	typ      string // the resource type, "" for none
	when     fact.Cond
	depends  []string
	props    value.Value // by their CloudFormation names
	implicit bool        // nobody wrote it down
	id       string      // of a stack: its name

	network  *network  // of a VPC
	groups   []*val    // of what has connections: its security groups
	subnet   *subnet   // of a subnet
	role     *val      // of a function
	egress   *egress   // of a security group
	function *function // of a function
}

// make puts a construct under its scope. Its address is the path of construct ids below its stack; where another has
// that path, as in a second stack, it begins with the name of the stack, or ends in a number.
func (p *program) newConstruct(scope *val, id *val, goType string, span source.Span) *construct {
	name := id.text
	if id.kind != text || symbol.Has(name) || name == "" {
		name = afterDot(goType)
	}
	c := &construct{program: p, span: span, goType: goType, when: p.when, id: name}
	if isStack(goType) {
		return c
	}
	path := name
	if parent := scope.construct; parent != nil && !isStack(parent.goType) {
		path = parent.address + "/" + name
	}
	c.address = p.freeAddress(path, scope.construct)
	return c
}

// under makes a part of m that nobody wrote down.
func (c *construct) addChild(name, typ string, span source.Span, props value.Value) *construct {
	child := &construct{program: c.program, address: c.program.freeAddress(c.address+"/"+name, nil), span: span, typ: typ, when: c.when, props: props, implicit: true}
	c.program.add(child)
	return child
}

func (p *program) add(c *construct) { p.constructs = append(p.constructs, c) }

func (p *program) freeAddress(path string, parent *construct) string {
	if p.addresses[path] && parent != nil && isStack(parent.goType) && parent.id != "" && !p.addresses[parent.id+"/"+path] {
		path = parent.id + "/" + path
	}
	out := path
	for n := 2; p.addresses[out]; n++ {
		out = path + "#" + strconv.Itoa(n)
	}
	p.addresses[out] = true
	return out
}

// ref is the attribute of m as a token; "" is what Ref gives.
func (c *construct) ref(attribute string, at source.Span) value.Value {
	s := symbol.Symbol{Key: c.address, Address: c.address, Attribute: attribute, Single: true,
		Missing: fact.Missing{Kind: fact.Attribute, Name: c.address, Span: c.span}}
	if attribute != "" {
		s.Key += "." + attribute
	}
	return known(c.program.symbols.Intern(s), at)
}

// thing is m as what an expression at the place stands for.
func (c *construct) val(at source.Span) *val { return &val{kind: owned, construct: c, span: at} }

// append adds an item to a list property, where the code that is being read runs.
func (c *construct) appendTo(name string, item value.Value) {
	if when := c.program.when; !when.IsAlways() && when.String() != c.when.String() {
		item = value.Either(when, item, value.Value{}, item.Span)
	}
	for i, f := range c.props.Fields {
		if f.Name == name {
			c.props.Fields[i].Value.Items = append(f.Value.Items, item)
			return
		}
	}
	c.props.Fields = append(c.props.Fields, property(name, listOf(item.Span, item)))
}

func afterDot(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return s[i+1:]
		}
	}
	return s
}
