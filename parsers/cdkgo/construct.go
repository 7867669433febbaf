package cdkgo

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// made is a construct that the package makes. One with a resource type becomes a resource when everything is read.
type made struct {
	program *program
	address string
	span    source.Span
	goType  string // such as "awsec2.Vpc"
	typ     string // the resource type, "" for none
	when    fact.Cond
	depends []string
	props   value.Value // by their CloudFormation names
	hidden  bool        // nobody wrote it down
	id      string      // of a stack: its name

	network  *network  // of a VPC
	groups   []*thing  // of what has connections: its security groups
	subnet   *subnet   // of a subnet
	role     *thing    // of a function
	egress   *egress   // of a security group
	function *function // of a function
}

// make puts a construct under its scope. Its address is the path of construct ids below its stack; where another has
// that path, as in a second stack, it begins with the name of the stack, or ends in a number.
func (p *program) make(scope *thing, id *thing, goType string, span source.Span) *made {
	name := id.text
	if id.kind != text || symbol.Has(name) || name == "" {
		name = afterDot(goType)
	}
	m := &made{program: p, span: span, goType: goType, when: p.when, id: name}
	if isStack(goType) {
		return m
	}
	path := name
	if parent := scope.made; parent != nil && !isStack(parent.goType) {
		path = parent.address + "/" + name
	}
	m.address = p.free(path, scope.made)
	return m
}

// under makes a part of m that nobody wrote down.
func (m *made) under(name, typ string, span source.Span, props value.Value) *made {
	child := &made{program: m.program, address: m.program.free(m.address+"/"+name, nil), span: span, typ: typ, when: m.when, props: props, hidden: true}
	m.program.add(child)
	return child
}

func (p *program) add(m *made) { p.constructs = append(p.constructs, m) }

func (p *program) free(path string, parent *made) string {
	if p.taken[path] && parent != nil && isStack(parent.goType) && parent.id != "" && !p.taken[parent.id+"/"+path] {
		path = parent.id + "/" + path
	}
	out := path
	for n := 2; p.taken[out]; n++ {
		out = path + "#" + strconv.Itoa(n)
	}
	p.taken[out] = true
	return out
}

// ref is the attribute of m as a token; "" is what Ref gives.
func (m *made) ref(attribute string, at source.Span) value.Value {
	s := symbol.Symbol{Key: m.address, Address: m.address, Attribute: attribute, Single: true,
		Missing: fact.Missing{Kind: fact.Attribute, Name: m.address, Span: m.span}}
	if attribute != "" {
		s.Key += "." + attribute
	}
	return known(m.program.symbols.Intern(s), at)
}

// thing is m as what an expression at the place stands for.
func (m *made) thing(at source.Span) *thing { return &thing{kind: construct, made: m, span: at} }

// append adds an item to a list property, where the code that is being read runs.
func (m *made) append(name string, item value.Value) {
	if when := m.program.when; !when.IsAlways() && when.String() != m.when.String() {
		item = value.Either(when, item, value.Value{}, item.Span)
	}
	for i, f := range m.props.Fields {
		if f.Name == name {
			m.props.Fields[i].Value.Items = append(f.Value.Items, item)
			return
		}
	}
	m.props.Fields = append(m.props.Fields, entry(name, listOf(item.Span, item)))
}

func afterDot(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return s[i+1:]
		}
	}
	return s
}
