package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function is what a Lambda function has beside its properties.
type function struct {
	// publicAcknowledged is AllowPublicSubnet. It is the zero Value where that is not written.
	publicAcknowledged fact.Value[bool]
}

// newFunction makes a function of any flavour, with the role and the security group that CDK makes for it.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html
func (f *frame) newFunction(c *construct, props *val) {
	c.typ = "AWS::Lambda::Function"
	c.function = &function{}
	c.role = props.get("Role")
	if props.form == unknown || props.form == result {
		c.props, c.role = props.property(), unknownOf(props)
		f.add(c)
		return
	}
	c.function.publicAcknowledged = boolean(props.get("AllowPublicSubnet"))
	if c.role.form == absent {
		c.role = f.serviceRole(c, props.get("Vpc")).val(c.span)
	}
	c.props = mapOf(c.span,
		propertyAt("Role", props.spanOf("Role"), roleARN(c.role)),
		propertyAt("VpcConfig", props.spanOf("Vpc"), f.vpcConfig(c, props)),
		propertyAt("FunctionName", props.spanOf("FunctionName"), props.get("FunctionName").property()),
	)
	if env := props.get("Environment"); env.form != absent {
		c.props.Fields = append(c.props.Fields, propertyAt("Environment", props.spanOf("Environment"),
			mapOf(env.span, property("Variables", variables(env)))))
	}
	f.add(c)
	if files := props.get("Filesystem"); files.form != absent { // CDK lets the function out to the file system
		for _, g := range c.groups {
			f.addEgress(g, files, unknownOf(files), files.span)
		}
	}
	f.addDestinations(c, props)
	f.addInitialPolicy(c, props.get("InitialPolicy"))
	f.addEventSources(c, props.get("Events"))
}

// variables is the map of environment variables. Unlike the fields of props, their names stay as they are.
func variables(env *val) value.Value {
	if env.form != structure {
		return env.property()
	}
	v := value.Value{Kind: value.Map, Span: env.span}
	for _, e := range env.fields {
		v.Fields = append(v.Fields, propertyAt(e.name, e.key, e.value.property()))
	}
	return v
}

// boolean is v as a fact. It is the zero Value where v is not written, and unknown where v is not constant.
func boolean(v *val) fact.Value[bool] {
	switch v.form {
	case absent:
		return fact.Value[bool]{}
	case text:
		return fact.Known(v.isTrue(), v.span)
	}
	return fact.NotKnown[bool](v.span, unknownOf(v).missing)
}

// vpcConfig is the VpcConfig of a function, or absent without a VPC. Its parts stand where the props are that decide
// them.
func (f *frame) vpcConfig(c *construct, props *val) value.Value {
	vpc := props.get("Vpc")
	switch vpc.form {
	case absent:
		return value.Value{}
	case unknown:
		return vpc.property()
	}
	selection, at := props.get("VpcSubnets"), props.spanOf("Vpc")
	if selection.form != absent {
		at = props.spanOf("VpcSubnets")
	}
	dualStack := props.get("Ipv6AllowedForDualStack")
	return mapOf(at,
		propertyAt("SubnetIds", at, nonEmptyList(f.selectedSubnets(vpc, selection, at))),
		propertyAt("SecurityGroupIds", props.spanOf("SecurityGroups"), nonEmptyList(f.securityGroupsOf(c, props))),
		propertyAt("Ipv6AllowedForDualStack", props.spanOf("Ipv6AllowedForDualStack"), dualStack.property()),
	)
}

// addDestinations reads the queues and topics that Lambda itself sends to with the function's role. The code of the
// function need not reach them.
func (f *frame) addDestinations(c *construct, props *val) {
	for _, name := range []string{"DeadLetterQueue", "DeadLetterTopic"} {
		if v := props.get(name); v.form == owned {
			target := mapOf(v.span, property("TargetArn", v.construct.ref("Arn", v.span)))
			c.props.Fields = append(c.props.Fields, property("DeadLetterConfig", target))
		}
	}
	for _, name := range []string{"OnSuccess", "OnFailure"} {
		v := props.get(name)
		if v.form != result || len(v.args) == 0 || v.args[0].form != owned {
			continue
		}
		destination := mapOf(v.span, property("Destination", v.args[0].construct.ref("Arn", v.span)))
		c.addChild("EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", v.span, mapOf(v.span,
			property("FunctionName", c.ref("", v.span)),
			property("DestinationConfig", destination)))
	}
}

// addInitialPolicy gives the role of the function the statements of the prop InitialPolicy.
func (f *frame) addInitialPolicy(c *construct, statements *val) {
	for _, s := range statements.items {
		f.addPolicy(c.role, f.policyStatement(s), s.span)
	}
	if statements.form == unknown {
		f.addPolicy(c.role, statements.property(), statements.span)
	}
}

// addEventSources lets Lambda poll the event sources of the prop Events for the function.
func (f *frame) addEventSources(c *construct, sources *val) {
	for _, s := range sources.items {
		f.addEventSource(c, s, s.span)
	}
	if sources.form == unknown {
		f.addEventSource(c, sources, sources.span)
	}
}

// addEventSource lets Lambda poll a queue or stream for the function. A source that is not followed may be one of
// these.
func (f *frame) addEventSource(c *construct, s *val, at source.Span) {
	from := value.NotKnown(at, unknownOf(s).missing)
	if s.form == result && len(s.args) > 0 && s.args[0].form == owned {
		from = s.args[0].construct.ref("Arn", at)
	}
	c.addChild("EventSource", "AWS::Lambda::EventSourceMapping", at, mapOf(at,
		property("FunctionName", c.ref("", at)), property("EventSourceArn", from)))
}

// newEventSourceMapping makes an awslambda.EventSourceMapping.
func (f *frame) newEventSourceMapping(c *construct, props *val) {
	c.typ = "AWS::Lambda::EventSourceMapping"
	c.props = mapOf(c.span,
		property("FunctionName", props.get("Target").property()),
		property("EventSourceArn", props.get("EventSourceArn").property()))
	f.add(c)
}

// addEventSource is AddEventSource(source) of a function.
func addEventSource(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	if on.form == owned {
		f.addEventSource(on.construct, args[0], f.span(call))
	}
	return nothing
}

// addEventSourceMapping is AddEventSourceMapping(id, options) of a function.
func addEventSourceMapping(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	if on.form != owned {
		return nothing
	}
	c := f.newConstruct(on, args[0], "awslambda.EventSourceMapping", f.span(call))
	target := field{"Target", c.span, on}
	f.newEventSourceMapping(c, &val{form: structure, span: c.span, fields: append([]field{target}, args[1].fields...)})
	return c.val(c.span)
}

// addEnvironment is AddEnvironment(name, value, options) of a function.
func addEnvironment(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	if on.form != owned || on.construct.props.Kind != value.Map {
		return on
	}
	at := f.span(call)
	on.construct.setVariable(args[0], on.construct.ifHere(args[1].property(), at), at)
	return on
}

// setVariable sets an environment variable of a function. Where its name is not constant, it may be any variable, so
// the whole environment becomes unknown.
func (c *construct) setVariable(name *val, content value.Value, at source.Span) {
	for i, p := range c.props.Fields {
		if p.Name != "Environment" {
			continue
		}
		set := p.Value.Get("Variables")
		if name.form != text || set.Kind != value.Map {
			c.props.Fields[i].Value = unknownOf(name).property()
			return
		}
		set.Fields = append(set.Fields, propertyAt(name.text, at, content))
		c.props.Fields[i].Value = mapOf(p.Value.Span, property("Variables", set))
		return
	}
	empty := mapOf(at, property("Variables", mapOf(at)))
	c.props.Fields = append(c.props.Fields, property("Environment", empty))
	c.setVariable(name, content, at)
}
