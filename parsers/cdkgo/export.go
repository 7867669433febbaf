package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// leaving is how the package hands what it makes to code that is not seen here, which may add to it. It goes by types,
// and not by values: one VPC that leaves the package leaves all VPCs open.
type leaving struct {
	kinds map[string]*fact.Missing // "Vpc", "SecurityGroup", "Role", "Subnet"
	whole []leaver
	// rules says why the rules of security groups are not all seen, if so.
	rules *fact.Missing
}

// leaver is one resource whose children are not all seen.
type leaver struct {
	address string
	missing fact.Missing
}

// kindsOf lists the types of the network that t is, or holds.
func kindsOf(t types.Type, depth int) []string {
	for _, kind := range []string{"Vpc", "SecurityGroup", "Role", "Subnet"} {
		if isNamed(t, cdkPath, kind, "I"+kind) {
			return []string{kind}
		}
	}
	if depth == 0 {
		return nil
	}
	var out []string
	switch u := deref(t).Underlying().(type) {
	case *types.Struct:
		if n, ok := types.Unalias(deref(t)).(*types.Named); ok && isCDK(n.Obj().Pkg()) {
			return nil
		}
		for f := range u.Fields() {
			out = append(out, kindsOf(f.Type(), depth-1)...)
		}
	case *types.Slice:
		return kindsOf(u.Elem(), depth-1)
	case *types.Map:
		return kindsOf(u.Elem(), depth-1)
	}
	return out
}

// maxHolders bounds how many structs deep a VPC is looked for.
const maxHolders = 3

func findLeaving(p *program) leaving {
	l := leaving{kinds: map[string]*fact.Missing{}}
	leaves := func(t types.Type, n ast.Node) {
		for _, kind := range kindsOf(t, maxHolders) {
			if l.kinds[kind] == nil {
				l.kinds[kind] = &fact.Missing{Kind: fact.Export, Name: kind, Span: p.span(n)}
			}
		}
	}
	for _, f := range p.files() {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if p.changes.leaves(n) {
					for _, a := range n.Args {
						leaves(p.info.TypeOf(a), a)
					}
				}
			case *ast.CompositeLit:
				if t, ok := types.Unalias(deref(p.info.TypeOf(n))).(*types.Named); ok && t.Obj().Pkg() != p.pass.Pkg && !isCDK(t.Obj().Pkg()) {
					for _, e := range n.Elts {
						if kv, ok := e.(*ast.KeyValueExpr); ok {
							e = kv.Value
						}
						leaves(p.info.TypeOf(e), e)
					}
				}
			case *ast.FuncDecl:
				if fn, ok := p.info.Defs[n.Name].(*types.Func); ok && fn.Exported() && p.pass.Pkg.Name() != "main" {
					for v := range fn.Signature().Results().Variables() {
						leaves(v.Type(), n.Name)
					}
				}
			}
			return true
		})
	}
	return l
}

// export leaves the lists of all that leaves the package open.
func (l leaving) export(b *graph.Builder, made []*made) {
	for _, m := range made {
		kind := map[string]string{
			"AWS::EC2::VPC": "Vpc", "AWS::EC2::SecurityGroup": "SecurityGroup", "AWS::IAM::Role": "Role", "AWS::EC2::RouteTable": "Subnet",
		}[m.typ]
		if why := l.kinds[kind]; why != nil && (!m.hidden || kind == "Subnet") {
			b.Export(m.address, *why)
		}
		if l.rules != nil && m.typ == "AWS::EC2::SecurityGroup" {
			b.Export(m.address, *l.rules)
		}
		if why := l.kinds["Vpc"]; why != nil && m.typ == "AWS::EC2::RouteTable" && !hasDefaultRoute(m, made) {
			b.Export(m.address, *why)
		}
	}
	for _, w := range l.whole {
		b.Export(w.address, w.missing)
	}
}

// hasDefaultRoute says whether a default route goes into the table: CDK lets nobody add a second.
func hasDefaultRoute(table *made, all []*made) bool {
	subnet := strings.TrimSuffix(table.address, "/RouteTable")
	for _, m := range all {
		if m.typ == "AWS::EC2::Route" && m.address == subnet+"/DefaultRoute" {
			return true
		}
	}
	return false
}

// newOutput lets other deployments name what it exports.
func (f *frame) newOutput(m *made, props *thing) {
	if props.get("ExportName").kind != absent {
		f.leak(props.get("Value"), m.address)
	}
}

// newParameter lets everybody read what it holds.
func (f *frame) newParameter(m *made, props *thing) {
	m.typ = "AWS::SSM::Parameter"
	f.leak(props.get("StringValue"), m.address)
	f.leak(props.get("Value"), m.address)
	f.add(m)
}

// leak leaves open what is identified in t, because it goes where by names.
func (f *frame) leak(t *thing, by string) {
	for _, it := range t.items {
		f.leak(it, by)
	}
	for _, it := range t.fields {
		f.leak(it.value, by)
	}
	if t.kind != text {
		return
	}
	for _, part := range f.symbols.Split(t.text) {
		s, ok := part.(symbol.Symbol)
		if ok && s.Address != "" && (s.Attribute == "" || strings.HasSuffix(s.Attribute, "Id") || strings.HasSuffix(s.Attribute, "Arn")) {
			f.leaving.whole = append(f.leaving.whole, leaver{s.Address, fact.Missing{Kind: fact.Export, Name: by, Span: t.span}})
		}
	}
}

// isEscape tells the methods by which code reaches below a construct, or changes what many of them make.
// https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html
func isEscape(fn *types.Func) bool {
	name := fn.Name()
	switch name {
	case "AddPropertyOverride", "AddPropertyDeletionOverride", "AddOverride", "AddDeletionOverride":
		return true
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	if isNamed(recv.Type(), cdkPath, "Aspects") {
		return name == "Add"
	}
	n, ok := types.Unalias(recv.Type()).(*types.Named)
	return ok && strings.HasPrefix(n.Obj().Name(), "Cfn") && strings.HasPrefix(name, "Set")
}

// escape forgets the properties of what is changed below the surface: of the construct where it is known, else of all
// resources of the type, or of any type.
func (f *frame) escape(c *ast.CallExpr, fn *types.Func, on *thing) {
	m := fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(c.Fun)), Span: f.span(c)}
	f.open = append(f.open, m)
	if isNamed(fn.Signature().Recv().Type(), cdkPath, "Aspects") {
		f.overrides = append(f.overrides, override{missing: m})
		return
	}
	o := override{missing: m}
	if sel, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr); ok {
		if n, ok := types.Unalias(deref(f.info.TypeOf(sel.X))).(*types.Named); ok && n.Obj().Pkg() != nil {
			o.typ = l1Type(moduleOf(n.Obj().Pkg()) + "." + n.Obj().Name())
		}
	}
	if on.kind == construct && on.made.typ != "" && (o.typ == on.made.typ || o.typ == "") {
		o.address = on.made.address
	}
	f.overrides = append(f.overrides, o)
}

// override is a change below the surface, to one resource or to all of one type or of any.
type override struct {
	address, typ string
	missing      fact.Missing
}

func (o override) changes(m *made) bool {
	return (o.address == "" || o.address == m.address) && (o.typ == "" || o.typ == m.typ)
}
