package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// cdkMethod is what the call of a method of a CDK type gives. on is the receiver.
func (f *frame) cdkMethod(call *ast.CallExpr, fn *types.Func, on *val, args []*val) *val {
	name := fn.Name()
	switch {
	case strings.HasPrefix(name, "Grant") && len(args) > 0:
		f.grant(name, on, args[0], f.span(call))
		return f.opaqueResult(call, on, fn)
	case isOverridingMethod(fn):
		f.override(call, fn, on)
	case name == "AddRoute" && moduleOf(fn.Pkg()) != "awsec2": // APIs have routes as well
	case methods[name] != nil && len(args) >= methods[name].minArgs:
		return methods[name].do(f, call, on, args)
	}
	if out := f.attribute(call, fn, on); out != nil {
		return out
	}
	return f.opaqueResult(call, on, fn)
}

// opaqueResult is the result of a method that nothing is known about but its name and receiver.
func (f *frame) opaqueResult(call *ast.CallExpr, on *val, fn *types.Func) *val {
	span := f.span(call)
	if on.form == unknown {
		return &val{span: span, missing: on.missing}
	}
	return &val{form: result, span: span, name: moduleOf(fn.Pkg()) + ".(method)." + fn.Name(), on: on,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(call)), Span: span}}
}

// methodFunc does what a method of the CDK does and gives its result. args has at least the method's minArgs.
type methodFunc = func(f *frame, call *ast.CallExpr, on *val, args []*val) *val

// method is a method of the CDK that is followed when it is called with minArgs arguments or more.
type method struct {
	minArgs int
	do      methodFunc
}

// methods are found by their names alone. No two types of the CDK that matter here mean different things by one name.
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

	"AddIngressRule":              {2, addIngressRule},
	"AddEgressRule":               {2, addEgressRule},
	"Connections":                 {0, itself},
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

	"Role":                 {0, itsRole},
	"AddManagedPolicy":     {1, addManagedPolicy},
	"AddToPolicy":          {1, addStatement},
	"AddToPrincipalPolicy": {1, addStatement},
	"AddToRolePolicy":      {1, addStatement},
	"AttachInlinePolicy":   {1, attachPolicy},
	"AttachToRole":         {1, attachToRole},

	"AddEnvironment":        {2, addEnvironment},
	"AddEventSource":        {1, addEventSource},
	"AddEventSourceMapping": {2, addEventSourceMapping},

	"AddDependency": {1, addDependency},
	"AddDependsOn":  {1, addDependency},
	"Node":          {0, itself},
}

// itself stands for its receiver: construct.Node().AddDependency(…) speaks about the construct.
func itself(_ *frame, _ *ast.CallExpr, on *val, _ []*val) *val { return on }

// addDependency orders two constructs. What waits for a construct that is not followed may wait for anything.
func addDependency(f *frame, _ *ast.CallExpr, on *val, args []*val) *val {
	for _, a := range args {
		if on.form == owned && a.form == owned {
			on.construct.depends = append(on.construct.depends, a.construct.address)
		} else {
			f.unordered = true
		}
	}
	return nothing
}

// attribute is the token that a method such as VpcId or AttrArn gives. It is nil for any other method.
func (f *frame) attribute(call *ast.CallExpr, fn *types.Func, on *val) *val {
	sig := fn.Signature()
	isGetter := sig.Params().Len() == 0 && sig.Results().Len() == 1 && bare(sig.Results().At(0).Type()) == "string"
	if on.form != owned || on.construct.typ == "" || !isGetter {
		return nil
	}
	v := on.construct.ref(attributeOf(fn.Name()), f.span(call))
	return &val{form: text, span: v.Span, text: v.Text}
}

// attributeOf is the name for Fn::GetAtt of what the method gives. It is empty where Ref gives it.
func attributeOf(method string) string {
	if name, ok := strings.CutPrefix(method, "Attr"); ok {
		return name
	}
	switch method {
	case "Ref", "VpcId", "SubnetId", "SecurityGroupId", "RoleName", "FunctionName", "QueueUrl", "TopicArn",
		"BucketName", "TableName", "SecretArn", "VpcEndpointId", "ManagedPolicyArn":
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
