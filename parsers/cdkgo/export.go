package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// exports says which resources code that is not seen may add to: other packages, and stacks that read an output.
type exports struct {
	// types has the names of CDK types whose values leave the package, with the first place where one does. It goes by
	// types, since values are not followed that far: one VPC that leaves the package leaves all its VPCs open.
	types     map[string]*fact.Missing
	resources []exported
	// groupRules says why the rules of security groups are not all seen. It is nil where they are.
	groupRules *fact.Missing
}

// exported is one resource that others may add children to, and why.
type exported struct {
	address string
	missing fact.Missing
}

// leaveOpen says that others may add children to the resource.
func (e *exports) leaveOpen(address string, why fact.Missing) {
	e.resources = append(e.resources, exported{address, why})
}

// exportTypes are the types that matter, each with the resource type that is left open: a subnet by its route table.
var exportTypes = map[string]string{
	"Vpc": "AWS::EC2::VPC", "SecurityGroup": "AWS::EC2::SecurityGroup", "Role": "AWS::IAM::Role",
	"Subnet": "AWS::EC2::RouteTable",
}

// maxStructDepth bounds how many structs deep exportableTypes looks.
const maxStructDepth = 3

// exportableTypes lists the export types that t is, or holds.
func exportableTypes(t types.Type, depth int) []string {
	for name := range exportTypes {
		if isNamed(t, cdkPath, name, "I"+name) {
			return []string{name}
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
			out = append(out, exportableTypes(f.Type(), depth-1)...)
		}
	case *types.Slice:
		return exportableTypes(u.Elem(), depth-1)
	case *types.Map:
		return exportableTypes(u.Elem(), depth-1)
	}
	return out
}

// findExports looks for the three ways by which a value leaves a package: as an argument of a function elsewhere, in a
// struct of a type from elsewhere, and as a result of an exported function.
func findExports(p *program) exports {
	e := exports{types: map[string]*fact.Missing{}}
	for _, f := range p.files() {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				e.noteArguments(p, n)
			case *ast.CompositeLit:
				e.noteFields(p, n)
			case *ast.FuncDecl:
				e.noteResults(p, n)
			}
			return true
		})
	}
	return e
}

// noteType notes that a value of type t leaves the package at n.
func (e *exports) noteType(p *program, t types.Type, n ast.Node) {
	for _, name := range exportableTypes(t, maxStructDepth) {
		if e.types[name] == nil {
			e.types[name] = &fact.Missing{Kind: fact.Export, Name: name, Span: p.span(n)}
		}
	}
}

func (e *exports) noteArguments(p *program, call *ast.CallExpr) {
	if !p.mutations.leavesPackage(call) {
		return
	}
	for _, a := range call.Args {
		e.noteType(p, p.info.TypeOf(a), a)
	}
}

func (e *exports) noteFields(p *program, lit *ast.CompositeLit) {
	t, ok := types.Unalias(deref(p.info.TypeOf(lit))).(*types.Named)
	if !ok || t.Obj().Pkg() == p.pass.Pkg || isCDK(t.Obj().Pkg()) {
		return
	}
	for _, field := range lit.Elts {
		if kv, ok := field.(*ast.KeyValueExpr); ok {
			field = kv.Value
		}
		e.noteType(p, p.info.TypeOf(field), field)
	}
}

func (e *exports) noteResults(p *program, d *ast.FuncDecl) {
	fn, ok := p.info.Defs[d.Name].(*types.Func)
	if !ok || !fn.Exported() || p.pass.Pkg.Name() == "main" {
		return
	}
	for v := range fn.Signature().Results().Variables() {
		e.noteType(p, v.Type(), d.Name)
	}
}

// apply leaves open the children of every construct that leaves the package.
func (e exports) apply(b *graph.Builder, constructs []*construct) {
	for _, c := range constructs {
		for name, typ := range exportTypes {
			if why := e.types[name]; why != nil && c.typ == typ && (!c.implicit || name == "Subnet") {
				b.Export(c.address, *why)
			}
		}
		if e.groupRules != nil && c.typ == "AWS::EC2::SecurityGroup" {
			b.Export(c.address, *e.groupRules)
		}
		if why := e.types["Vpc"]; why != nil && c.typ == "AWS::EC2::RouteTable" && !hasDefaultRoute(c, constructs) {
			b.Export(c.address, *why)
		}
	}
	for _, r := range e.resources {
		b.Export(r.address, r.missing)
	}
}

// hasDefaultRoute says whether the route table has a default route. CDK lets nobody add a second.
func hasDefaultRoute(table *construct, all []*construct) bool {
	subnet := strings.TrimSuffix(table.address, "/RouteTable")
	for _, c := range all {
		if c.typ == "AWS::EC2::Route" && c.address == subnet+"/DefaultRoute" {
			return true
		}
	}
	return false
}

// newOutput makes a CfnOutput. With an ExportName, other deployments can name what it holds.
func (f *frame) newOutput(c *construct, props *val) {
	if props.get("ExportName").form != absent {
		f.exportNamed(props.get("Value"), c.address)
	}
}

// newParameter makes a parameter of Systems Manager. Everybody can read what it holds.
func (f *frame) newParameter(c *construct, props *val) {
	c.typ = "AWS::SSM::Parameter"
	f.exportNamed(props.get("StringValue"), c.address)
	f.exportNamed(props.get("Value"), c.address)
	f.add(c)
}

// exportNamed leaves open every resource whose id or ARN is in v. by names the way in which v leaves the package.
func (f *frame) exportNamed(v *val, by string) {
	for _, it := range v.items {
		f.exportNamed(it, by)
	}
	for _, it := range v.fields {
		f.exportNamed(it.value, by)
	}
	if v.form != text {
		return
	}
	for _, part := range f.symbols.Split(v.text) {
		s, ok := part.(symbol.Symbol)
		if !ok || s.Address == "" {
			continue
		}
		if s.Attribute == "" || strings.HasSuffix(s.Attribute, "Id") || strings.HasSuffix(s.Attribute, "Arn") {
			f.exports.leaveOpen(s.Address, fact.Missing{Kind: fact.Export, Name: by, Span: v.span})
		}
	}
}
