package cdkgo

import (
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// construct is a construct that the package makes. When everything is read, each one that was added to the program
// becomes a CloudFormation resource. A VPC that is only looked up has a construct too, for its network, but that one is
// never added.
type construct struct {
	program  *program
	address  string // unique in the package; empty for a stack
	span     source.Span
	goType   string      // such as "awsec2.Vpc"; empty for a resource without a construct of its own here
	typ      string      // the resource type, such as "AWS::EC2::VPC"; empty for a construct without a resource
	when     fact.Cond   // when it exists
	depends  []string    // the addresses of what it is created after, as far as that is stated
	props    value.Value // by their CloudFormation names
	implicit bool        // CDK makes it by itself: it is not written in the code
	id       string      // the id that the code gives it; of a stack, its name

	network *network // of a VPC
	groups  []*val   // of what has awsec2.Connections: its security groups
	subnet  *subnet  // of a subnet
	role    *val     // of a function
	// allOutbound is AllowAllOutbound of a security group, and nil for anything else. While it is true, CDK leaves out
	// every other egress rule for IPv4.
	allOutbound *val
	function    *function // of a function
}

// newConstruct puts a construct under its scope. It is not a resource before it is added.
//
// The address is the path of construct ids below the stack. Where that path is taken, as in a second stack, the
// address begins with the name of the stack or ends in a number. An id that is not constant is replaced by the name
// of the type.
func (p *program) newConstruct(scope *val, id *val, goType string, span source.Span) *construct {
	name := id.text
	if id.form != text || symbol.Has(name) || name == "" {
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

// addChild adds a resource that CDK makes for c by itself. It exists whenever c does.
func (c *construct) addChild(name, typ string, span source.Span, props value.Value) *construct {
	child := c.program.addImplicit(c.address+"/"+name, typ, span, props)
	child.when = c.when
	return child
}

// addImplicit adds a resource that CDK makes by itself where the code that is being read runs.
func (p *program) addImplicit(path, typ string, span source.Span, props value.Value) *construct {
	c := &construct{
		program: p, address: p.freeAddress(path, nil), span: span, typ: typ, when: p.when, props: props, implicit: true,
	}
	p.add(c)
	return c
}

// addAs adds c as a resource of the type with these properties.
func (p *program) addAs(c *construct, typ string, fields ...value.Field) {
	c.typ, c.props = typ, mapOf(c.span, fields...)
	p.add(c)
}

func (p *program) add(c *construct) { p.constructs = append(p.constructs, c) }

// freeAddress takes the address for path, or one like it where that is taken. The parent may be nil.
func (p *program) freeAddress(path string, parent *construct) string {
	if p.addresses[path] && parent != nil && isStack(parent.goType) && parent.id != "" {
		if inStack := parent.id + "/" + path; !p.addresses[inStack] {
			path = inStack
		}
	}
	out := path
	for n := 2; p.addresses[out]; n++ {
		out = path + "#" + strconv.Itoa(n)
	}
	p.addresses[out] = true
	return out
}

// ref is the named attribute of c, as Fn::GetAtt gives it, or what Ref gives where attribute is "". It is a token that
// the CloudFormation front end resolves to c.
func (c *construct) ref(attribute string, at source.Span) value.Value {
	s := symbol.Symbol{Key: c.address, Address: c.address, Attribute: attribute, Single: true,
		Missing: fact.Missing{Kind: fact.Attribute, Name: c.address, Span: c.span}}
	if attribute != "" {
		s.Key += "." + attribute
	}
	return value.One(c.program.symbols.Intern(s), at)
}

// val is what an expression that names c stands for.
func (c *construct) val(at source.Span) *val { return &val{form: owned, construct: c, span: at} }

// ifHere is v under the condition of the code that is being read, and absent otherwise.
func (c *construct) ifHere(v value.Value, at source.Span) value.Value {
	if when := c.program.when; !when.IsAlways() && when.String() != c.when.String() {
		return value.Either(when, v, value.Value{}, at)
	}
	return v
}

// appendTo adds an item to the list property of that name. The item is there if the code that is being read runs.
func (c *construct) appendTo(name string, item value.Value) {
	item = c.ifHere(item, item.Span)
	for i, f := range c.props.Fields {
		if f.Name == name {
			c.props.Fields[i].Value.Items = append(f.Value.Items, item)
			return
		}
	}
	c.props.Fields = append(c.props.Fields, property(name, value.ListOf(item.Span, item)))
}

// afterDot is the last part of a dotted name: "Vpc" of "awsec2.Vpc".
func afterDot(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }
