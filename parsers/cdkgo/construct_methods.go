package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// method is the call of a method of a CDK type.
func (f *frame) method(c *ast.CallExpr, fn *types.Func, on *thing, args []*thing) *thing {
	span := f.span(c)
	name := fn.Name()
	switch {
	case strings.HasPrefix(name, "Grant") && len(args) > 0:
		f.grant(name, on, args[0], span)
		return f.computed(c, on, fn)
	case isEscape(fn):
		f.escape(c, fn, on)
	case name == "AddRoute" && moduleOf(fn.Pkg()) != "awsec2": // APIs have routes as well
	case actions[name] != nil && len(args) >= actions[name].takes:
		return actions[name].do(f, c, on, args)
	}
	if out := f.attribute(c, fn, on); out != nil {
		return out
	}
	return f.computed(c, on, fn)
}

// computed is the result of a method that is not followed.
func (f *frame) computed(c *ast.CallExpr, on *thing, fn *types.Func) *thing {
	span := f.span(c)
	if on.kind == unknown {
		return &thing{span: span, missing: on.missing}
	}
	return &thing{kind: result, span: span, name: moduleOf(fn.Pkg()) + ".(method)." + fn.Name(), on: on,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(c)), Span: span}}
}

// action is a method that makes or changes something. It takes so many arguments at least.
type action struct {
	takes int
	do    func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing
}

// actions are told by their names alone: no two types of the CDK that matter here mean different things by one of them.
var actions = map[string]*action{
	"AddGatewayEndpoint":   {2, addGatewayEndpoint},
	"AddInterfaceEndpoint": {2, addInterfaceEndpoint},
	"SelectSubnets":        {0, selectSubnets},
	"PublicSubnets":        {0, ofType(public)},
	"PrivateSubnets":       {0, ofType(private)},
	"IsolatedSubnets":      {0, ofType(isolated)},
	"EnableVpnGateway":     {1, vpnGateway},
	"AddVpnConnection":     {2, vpnGateway},

	"AddRoute":                              {2, addRoute},
	"AddDefaultInternetRoute":               {1, defaultRoute("GatewayId", "0.0.0.0/0")},
	"AddDefaultNatRoute":                    {1, defaultRoute("NatGatewayId", "0.0.0.0/0")},
	"AddIpv6DefaultInternetRoute":           {1, defaultRoute("GatewayId", "::/0")},
	"AddIpv6DefaultEgressOnlyInternetRoute": {1, defaultRoute("EgressOnlyInternetGatewayId", "::/0")},
	"AddNatGateway":                         {0, addNATGateway},
	"AssociateNetworkAcl":                   {2, associateACL},

	"AddIngressRule": {2, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		f.addIngress(on, args[0], args[1], f.span(c))
		return nothing
	}},
	"AddEgressRule": {2, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		f.addEgress(on, args[0], args[1], f.span(c))
		return nothing
	}},
	"Connections":                 {0, func(_ *frame, _ *ast.CallExpr, on *thing, _ []*thing) *thing { return on }},
	"AllowTo":                     {2, connect(true, true)},
	"AllowFrom":                   {2, connect(false, true)},
	"AllowToDefaultPort":          {1, connect(true, false)},
	"AllowDefaultPortTo":          {1, connect(true, false)},
	"AllowDefaultPortFrom":        {1, connect(false, false)},
	"AllowInternally":             {1, connectSelf(true)},
	"AllowDefaultPortInternally":  {0, connectSelf(false)},
	"AllowToAnyIpv4":              {1, connectAny(true, true)},
	"AllowFromAnyIpv4":            {1, connectAny(false, true)},
	"AllowDefaultPortFromAnyIpv4": {0, connectAny(false, false)},
	"AddSecurityGroup":            {1, addGroups},

	"Role": {0, func(_ *frame, _ *ast.CallExpr, on *thing, _ []*thing) *thing { return roleOf(on) }},
	"AddManagedPolicy": {1, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		f.attach(on, args[0], f.span(c))
		return nothing
	}},
	"AddToPolicy": {1, addStatement}, "AddToPrincipalPolicy": {1, addStatement}, "AddToRolePolicy": {1, addStatement},
	"AttachInlinePolicy": {1, attachPolicy}, "AttachToRole": {1, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		return attachPolicy(f, c, args[0], []*thing{on})
	}},

	"AddEnvironment": {2, addEnvironment},
	"AddEventSource": {1, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		if on.kind == construct {
			f.eventSource(on.made, args[0], f.span(c))
		}
		return nothing
	}},
	"AddEventSourceMapping": {2, func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		if on.kind == construct {
			m := f.make(on, args[0], "awslambda.EventSourceMapping", f.span(c))
			f.newEventSourceMapping(m, &thing{kind: structure, span: m.span, fields: append([]field{{"Target", m.span, on}}, args[1].fields...)})
			return m.thing(m.span)
		}
		return nothing
	}},
	"AddDependency": {1, addDependency}, "AddDependsOn": {1, addDependency},
	"Node": {0, func(_ *frame, _ *ast.CallExpr, on *thing, _ []*thing) *thing { return on }},
}

func addStatement(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	f.policyOn(roleOf(on), f.statement(args[0]), f.span(c))
	return nothing
}

func attachPolicy(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	if p := args[0]; p.kind == construct && p.made.typ == "AWS::IAM::Policy" && on.kind == construct {
		p.made.append("Roles", on.value())
		return nothing
	}
	f.policyOn(roleOf(on), notKnown(f.span(c), unknownOf(args[0]).missing), f.span(c))
	return nothing
}

func addEnvironment(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	at := f.span(c)
	if on.kind != construct || on.made.props.Kind != value.Map {
		return on
	}
	name, content := args[0], args[1].value()
	if when := f.when; !when.IsAlways() && when.String() != on.made.when.String() {
		content = value.Either(when, content, value.Value{}, at)
	}
	on.made.variable(name, content, at)
	return on
}

// variable sets a variable of a function. One whose name is not known may be any.
func (m *made) variable(name *thing, content value.Value, at source.Span) {
	for i, p := range m.props.Fields {
		if p.Name != "Environment" {
			continue
		}
		set := p.Value.Get("Variables")
		if name.kind != text || set.Kind != value.Map {
			m.props.Fields[i].Value = unknownOf(name).value()
			return
		}
		set.Fields = append(set.Fields, value.Field{Name: name.text, NameSpan: at, Value: content})
		m.props.Fields[i].Value = maps(p.Value.Span, entry("Variables", set))
		return
	}
	m.props.Fields = append(m.props.Fields, entry("Environment", maps(at, entry("Variables", value.Value{Kind: value.Map, Span: at}))))
	m.variable(name, content, at)
}

// addDependency orders two constructs. What waits for a construct that is not followed may wait for anything.
func addDependency(f *frame, _ *ast.CallExpr, on *thing, args []*thing) *thing {
	for _, a := range args {
		if on.kind == construct && a.kind == construct {
			on.made.depends = append(on.made.depends, a.made.address)
		} else {
			f.unordered = true
		}
	}
	return nothing
}

// attribute is a method that names the construct or a part of it, as a token.
func (f *frame) attribute(c *ast.CallExpr, fn *types.Func, on *thing) *thing {
	sig := fn.Signature()
	if on.kind != construct || on.made.typ == "" || sig.Params().Len() > 0 || sig.Results().Len() != 1 || bare(sig.Results().At(0).Type()) != "string" {
		return nil
	}
	v := on.made.ref(attributeOf(fn.Name()), f.span(c))
	return &thing{kind: text, span: v.Span, text: v.Text}
}

// attributeOf is what Fn::GetAtt calls the content of a method; "" is what Ref gives.
func attributeOf(method string) string {
	if name, ok := strings.CutPrefix(method, "Attr"); ok {
		return name
	}
	switch method {
	case "Ref", "VpcId", "SubnetId", "SecurityGroupId", "RoleName", "FunctionName", "QueueUrl", "TopicArn", "BucketName", "TableName", "SecretArn", "VpcEndpointId", "ManagedPolicyArn":
		return ""
	case "VpcDefaultSecurityGroup":
		return "DefaultSecurityGroup"
	case "VpcDefaultNetworkAcl":
		return "DefaultNetworkAcl"
	case "VpcCidrBlock", "Ipv4CidrBlock":
		return "CidrBlock"
	}
	if strings.HasSuffix(method, "Arn") {
		return "Arn"
	}
	return method
}
