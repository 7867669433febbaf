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
func (f *frame) cdkMethod(call *ast.CallExpr, fn *types.Func, on *val, args []*val) *val {
	span := f.span(call)
	name := fn.Name()
	switch {
	case strings.HasPrefix(name, "Grant") && len(args) > 0:
		f.grant(name, on, args[0], span)
		return f.computed(call, on, fn)
	case isOverridingMethod(fn):
		f.override(call, fn, on)
	case name == "AddRoute" && moduleOf(fn.Pkg()) != "awsec2": // APIs have routes as well
	case methods[name] != nil && len(args) >= methods[name].minArgs:
		return methods[name].do(f, call, on, args)
	}
	if out := f.attribute(call, fn, on); out != nil {
		return out
	}
	return f.computed(call, on, fn)
}

// computed is the result of a method that is not followed.
func (f *frame) computed(call *ast.CallExpr, on *val, fn *types.Func) *val {
	span := f.span(call)
	if on.kind == unknown {
		return &val{span: span, missing: on.missing}
	}
	return &val{kind: result, span: span, name: moduleOf(fn.Pkg()) + ".(method)." + fn.Name(), on: on,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(call)), Span: span}}
}

// action is a method that makes or changes something. It takes so many arguments at least.
type method struct {
	minArgs int
	do      func(f *frame, call *ast.CallExpr, on *val, args []*val) *val
}

// actions are told by their names alone: no two types of the CDK that matter here mean different things by one of them.
var methods = map[string]*method{
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

	"AddIngressRule": {2, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.addIngress(on, args[0], args[1], f.span(call))
		return nothing
	}},
	"AddEgressRule": {2, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.addEgress(on, args[0], args[1], f.span(call))
		return nothing
	}},
	"Connections":                 {0, func(_ *frame, _ *ast.CallExpr, on *val, _ []*val) *val { return on }},
	"AllowTo":                     {2, connectWith(true, true)},
	"AllowFrom":                   {2, connectWith(false, true)},
	"AllowToDefaultPort":          {1, connectWith(true, false)},
	"AllowDefaultPortTo":          {1, connectWith(true, false)},
	"AllowDefaultPortFrom":        {1, connectWith(false, false)},
	"AllowInternally":             {1, connectInternally(true)},
	"AllowDefaultPortInternally":  {0, connectInternally(false)},
	"AllowToAnyIpv4":              {1, connectAnyIPv4(true, true)},
	"AllowFromAnyIpv4":            {1, connectAnyIPv4(false, true)},
	"AllowDefaultPortFromAnyIpv4": {0, connectAnyIPv4(false, false)},
	"AddSecurityGroup":            {1, addGroups},

	"Role": {0, func(_ *frame, _ *ast.CallExpr, on *val, _ []*val) *val { return roleOf(on) }},
	"AddManagedPolicy": {1, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.attachManagedPolicy(on, args[0], f.span(call))
		return nothing
	}},
	"AddToPolicy": {1, addStatement}, "AddToPrincipalPolicy": {1, addStatement}, "AddToRolePolicy": {1, addStatement},
	"AttachInlinePolicy": {1, attachPolicy}, "AttachToRole": {1, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		return attachPolicy(f, call, args[0], []*val{on})
	}},

	"AddEnvironment": {2, addEnvironment},
	"AddEventSource": {1, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		if on.kind == owned {
			f.addEventSource(on.construct, args[0], f.span(call))
		}
		return nothing
	}},
	"AddEventSourceMapping": {2, func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		if on.kind == owned {
			c := f.newConstruct(on, args[0], "awslambda.EventSourceMapping", f.span(call))
			f.newEventSourceMapping(c, &val{kind: structure, span: c.span, fields: append([]field{{"Target", c.span, on}}, args[1].fields...)})
			return c.val(c.span)
		}
		return nothing
	}},
	"AddDependency": {1, addDependency}, "AddDependsOn": {1, addDependency},
	"Node": {0, func(_ *frame, _ *ast.CallExpr, on *val, _ []*val) *val { return on }},
}

func addStatement(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	f.addPolicy(roleOf(on), f.policyStatement(args[0]), f.span(call))
	return nothing
}

func attachPolicy(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	if p := args[0]; p.kind == owned && p.construct.typ == "AWS::IAM::Policy" && on.kind == owned {
		p.construct.appendTo("Roles", on.property())
		return nothing
	}
	f.addPolicy(roleOf(on), notKnown(f.span(call), unknownOf(args[0]).missing), f.span(call))
	return nothing
}

func addEnvironment(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	if on.kind != owned || on.construct.props.Kind != value.Map {
		return on
	}
	name, content := args[0], args[1].property()
	if when := f.when; !when.IsAlways() && when.String() != on.construct.when.String() {
		content = value.Either(when, content, value.Value{}, at)
	}
	on.construct.setVariable(name, content, at)
	return on
}

// variable sets a variable of a function. One whose name is not known may be any.
func (c *construct) setVariable(name *val, content value.Value, at source.Span) {
	for i, p := range c.props.Fields {
		if p.Name != "Environment" {
			continue
		}
		set := p.Value.Get("Variables")
		if name.kind != text || set.Kind != value.Map {
			c.props.Fields[i].Value = unknownOf(name).property()
			return
		}
		set.Fields = append(set.Fields, value.Field{Name: name.text, NameSpan: at, Value: content})
		c.props.Fields[i].Value = mapOf(p.Value.Span, property("Variables", set))
		return
	}
	c.props.Fields = append(c.props.Fields, property("Environment", mapOf(at, property("Variables", value.Value{Kind: value.Map, Span: at}))))
	c.setVariable(name, content, at)
}

// addDependency orders two constructs. What waits for a construct that is not followed may wait for anything.
func addDependency(f *frame, _ *ast.CallExpr, on *val, args []*val) *val {
	for _, a := range args {
		if on.kind == owned && a.kind == owned {
			on.construct.depends = append(on.construct.depends, a.construct.address)
		} else {
			f.unordered = true
		}
	}
	return nothing
}

// attribute is a method that names the construct or a part of it, as a token.
func (f *frame) attribute(call *ast.CallExpr, fn *types.Func, on *val) *val {
	sig := fn.Signature()
	if on.kind != owned || on.construct.typ == "" || sig.Params().Len() > 0 || sig.Results().Len() != 1 || bare(sig.Results().At(0).Type()) != "string" {
		return nil
	}
	v := on.construct.ref(attributeOf(fn.Name()), f.span(call))
	return &val{kind: text, span: v.Span, text: v.Text}
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
