package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function is what a Lambda function has beside its properties.
type function struct {
	// acknowledged is AllowPublicSubnet, unset where it is not written.
	publicAcknowledged fact.Value[bool]
}

// lambda makes a function of any flavour, with the role and the security group that the construct makes for it.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html
func (f *frame) newFunction(c *construct, props *val) {
	c.typ = "AWS::Lambda::Function"
	c.function = &function{}
	c.role = props.get("Role")
	if props.kind == unknown || props.kind == result {
		c.props, c.role = props.property(), unknownOf(props)
		f.add(c)
		return
	}
	c.function.publicAcknowledged = truth(props.get("AllowPublicSubnet"))
	vpc := props.get("Vpc")
	if c.role.kind == absent {
		c.role = f.serviceRole(c, vpc).val(c.span)
	}
	c.props = mapOf(c.span,
		value.Field{Name: "Role", NameSpan: props.spanOf("Role"), Value: roleARN(c.role)},
		value.Field{Name: "VpcConfig", NameSpan: props.spanOf("Vpc"), Value: f.vpcConfig(c, props)},
		value.Field{Name: "FunctionName", NameSpan: props.spanOf("FunctionName"), Value: props.get("FunctionName").property()},
	)
	if env := props.get("Environment"); env.kind != absent {
		c.props.Fields = append(c.props.Fields, value.Field{Name: "Environment", NameSpan: props.spanOf("Environment"),
			Value: mapOf(env.span, property("Variables", variables(env)))})
	}
	f.add(c)
	if files := props.get("Filesystem"); files.kind != absent { // CDK lets the function out to the file system
		for _, g := range c.groups {
			f.addEgress(g, files, unknownOf(files), files.span)
		}
	}
	f.addDestinations(c, props)
	for _, s := range props.get("InitialPolicy").items {
		f.addPolicy(c.role, f.policyStatement(s), s.span)
	}
	if p := props.get("InitialPolicy"); p.kind == unknown {
		f.addPolicy(c.role, p.property(), p.span)
	}
	f.addEventSources(c, props.get("Events"))
}

// variables is a map of texts under the names as they are.
func variables(env *val) value.Value {
	if env.kind != structure {
		return env.property()
	}
	v := value.Value{Kind: value.Map, Span: env.span}
	for _, e := range env.fields {
		v.Fields = append(v.Fields, value.Field{Name: e.name, NameSpan: e.key, Value: e.value.property()})
	}
	return v
}

// truth is a boolean; one that is not constant is not known.
func truth(v *val) fact.Value[bool] {
	switch v.kind {
	case absent:
		return fact.Value[bool]{}
	case text:
		return fact.Known(v.isTrue(), v.span)
	}
	return fact.NotKnown[bool](v.span, unknownOf(v).missing)
}

// attachment is the VpcConfig of a function, at the places of the props that decide it.
func (f *frame) vpcConfig(c *construct, props *val) value.Value {
	vpc := props.get("Vpc")
	switch vpc.kind {
	case absent:
		return value.Value{}
	case unknown:
		return vpc.property()
	}
	picked, at := props.get("VpcSubnets"), props.spanOf("Vpc")
	if picked.kind != absent {
		at = props.spanOf("VpcSubnets")
	}
	flag := props.get("Ipv6AllowedForDualStack")
	return mapOf(at,
		value.Field{Name: "SubnetIds", NameSpan: at, Value: nonEmptyList(f.selectedSubnets(vpc, picked, at))},
		value.Field{Name: "SecurityGroupIds", NameSpan: props.spanOf("SecurityGroups"), Value: nonEmptyList(f.securityGroupsOf(c, props))},
		value.Field{Name: "Ipv6AllowedForDualStack", NameSpan: props.spanOf("Ipv6AllowedForDualStack"), Value: flag.property()},
	)
}

// groupsOf are the security groups of a function or an endpoint: those it is given, or one of its own.
func (f *frame) securityGroupsOf(c *construct, props *val) *val {
	groups := props.get("SecurityGroups")
	if single := props.get("SecurityGroup"); groups.kind == absent && single.kind != absent {
		groups = &val{kind: list, span: single.span, items: []*val{single}}
	}
	if groups.kind == absent || groups.kind == list && len(groups.items) == 0 {
		own := &construct{program: f.program, address: f.freeAddress(c.address+"/SecurityGroup", nil), span: c.span, goType: "awsec2.SecurityGroup", when: c.when, implicit: true}
		f.newSecurityGroup(own, &val{kind: structure, span: c.span, fields: []field{
			{"Vpc", c.span, props.get("Vpc")},
			{"AllowAllOutbound", props.spanOf("AllowAllOutbound"), props.get("AllowAllOutbound")},
			{"AllowAllIpv6Outbound", props.spanOf("AllowAllIpv6Outbound"), props.get("AllowAllIpv6Outbound")},
		}})
		groups = &val{kind: list, span: c.span, items: []*val{own.val(c.span)}}
	}
	if groups.kind == list {
		c.groups = groups.items
	} else {
		c.groups = []*val{groups}
	}
	return groups
}

// someOf is a list of which at least one element is certain: CDK refuses a selection that is empty, and elements that are
// nil.
func nonEmptyList(t *val) value.Value {
	if t.kind == list {
		v := t.property()
		for i := range v.Items {
			v.Items[i].Set = v.Items[i].Set || v.Items[i].Kind == value.Unknown
		}
		return v
	}
	m := unknownOf(t).missing
	v := listOf(t.span, notKnown(t.span, m))
	v.Open = []fact.Gap{{Missing: []fact.Missing{m}}}
	return v
}

// deliveries reads what Lambda itself sends to with the function's role; code need not reach it.
func (f *frame) addDestinations(c *construct, props *val) {
	for _, name := range []string{"DeadLetterQueue", "DeadLetterTopic"} {
		if v := props.get(name); v.kind == owned {
			c.props.Fields = append(c.props.Fields, property("DeadLetterConfig", mapOf(v.span, property("TargetArn", v.construct.ref("Arn", v.span)))))
		}
	}
	for _, name := range []string{"OnSuccess", "OnFailure"} {
		v := props.get(name)
		if v.kind != result || len(v.args) == 0 || v.args[0].kind != owned {
			continue
		}
		c.addChild("EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", v.span, mapOf(v.span,
			property("FunctionName", c.ref("", v.span)), property("DestinationConfig", mapOf(v.span, property("Destination", v.args[0].construct.ref("Arn", v.span))))))
	}
}

// eventSources reads a list of event sources.
func (f *frame) addEventSources(c *construct, sources *val) {
	for _, s := range sources.items {
		f.addEventSource(c, s, s.span)
	}
	if sources.kind == unknown {
		f.addEventSource(c, sources, sources.span)
	}
}

// eventSource lets Lambda poll a queue or stream for the function. A source of which nobody knows what it is may be one.
func (f *frame) addEventSource(c *construct, s *val, at source.Span) {
	from := value.Value{Kind: value.Unknown, Span: at, Missing: []fact.Missing{unknownOf(s).missing}}
	if s.kind == result && len(s.args) > 0 && s.args[0].kind == owned {
		from = s.args[0].construct.ref("Arn", at)
	}
	c.addChild("EventSource", "AWS::Lambda::EventSourceMapping", at, mapOf(at,
		property("FunctionName", c.ref("", at)), property("EventSourceArn", from)))
}

func (f *frame) newEventSourceMapping(c *construct, props *val) {
	c.typ = "AWS::Lambda::EventSourceMapping"
	c.props = mapOf(c.span, property("FunctionName", props.get("Target").property()), property("EventSourceArn", props.get("EventSourceArn").property()))
	f.add(c)
}
