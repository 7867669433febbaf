package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// function is what a Lambda function has beside its properties.
type function struct {
	// acknowledged is AllowPublicSubnet, unset where it is not written.
	acknowledged fact.Value[bool]
}

// lambda makes a function of any flavour, with the role and the security group that the construct makes for it.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html
func (f *frame) lambda(m *made, props *thing) {
	m.typ = "AWS::Lambda::Function"
	m.function = &function{}
	m.role = props.get("Role")
	if props.kind == unknown || props.kind == result {
		m.props, m.role = props.value(), unknownOf(props)
		f.add(m)
		return
	}
	m.function.acknowledged = truth(props.get("AllowPublicSubnet"))
	vpc := props.get("Vpc")
	if m.role.kind == absent {
		m.role = f.serviceRole(m, vpc).thing(m.span)
	}
	m.props = maps(m.span,
		value.Field{Name: "Role", NameSpan: props.place("Role"), Value: roleARN(m.role)},
		value.Field{Name: "VpcConfig", NameSpan: props.place("Vpc"), Value: f.attachment(m, props)},
		value.Field{Name: "FunctionName", NameSpan: props.place("FunctionName"), Value: props.get("FunctionName").value()},
	)
	if env := props.get("Environment"); env.kind != absent {
		m.props.Fields = append(m.props.Fields, value.Field{Name: "Environment", NameSpan: props.place("Environment"),
			Value: maps(env.span, entry("Variables", variables(env)))})
	}
	f.add(m)
	if files := props.get("Filesystem"); files.kind != absent { // CDK lets the function out to the file system
		for _, g := range m.groups {
			f.addEgress(g, files, unknownOf(files), files.span)
		}
	}
	f.deliveries(m, props)
	for _, s := range props.get("InitialPolicy").items {
		f.policyOn(m.role, f.statement(s), s.span)
	}
	if p := props.get("InitialPolicy"); p.kind == unknown {
		f.policyOn(m.role, p.value(), p.span)
	}
	f.eventSources(m, props.get("Events"))
}

// variables is a map of texts under the names as they are.
func variables(env *thing) value.Value {
	if env.kind != structure {
		return env.value()
	}
	v := value.Value{Kind: value.Map, Span: env.span}
	for _, e := range env.fields {
		v.Fields = append(v.Fields, value.Field{Name: e.name, NameSpan: e.key, Value: e.value.value()})
	}
	return v
}

// truth is a boolean; one that is not constant is not known.
func truth(t *thing) fact.Value[bool] {
	switch t.kind {
	case absent:
		return fact.Value[bool]{}
	case text:
		return fact.Known(t.isTrue(), t.span)
	}
	return fact.NotKnown[bool](t.span, unknownOf(t).missing)
}

// attachment is the VpcConfig of a function, at the places of the props that decide it.
func (f *frame) attachment(m *made, props *thing) value.Value {
	vpc := props.get("Vpc")
	switch vpc.kind {
	case absent:
		return value.Value{}
	case unknown:
		return vpc.value()
	}
	picked, at := props.get("VpcSubnets"), props.place("Vpc")
	if picked.kind != absent {
		at = props.place("VpcSubnets")
	}
	flag := props.get("Ipv6AllowedForDualStack")
	return maps(at,
		value.Field{Name: "SubnetIds", NameSpan: at, Value: someOf(f.chosen(vpc, picked, at))},
		value.Field{Name: "SecurityGroupIds", NameSpan: props.place("SecurityGroups"), Value: someOf(f.groupsOf(m, props))},
		value.Field{Name: "Ipv6AllowedForDualStack", NameSpan: props.place("Ipv6AllowedForDualStack"), Value: flag.value()},
	)
}

// groupsOf are the security groups of a function or an endpoint: those it is given, or one of its own.
func (f *frame) groupsOf(m *made, props *thing) *thing {
	groups := props.get("SecurityGroups")
	if single := props.get("SecurityGroup"); groups.kind == absent && single.kind != absent {
		groups = &thing{kind: list, span: single.span, items: []*thing{single}}
	}
	if groups.kind == absent || groups.kind == list && len(groups.items) == 0 {
		own := &made{program: f.program, address: f.free(m.address+"/SecurityGroup", nil), span: m.span, goType: "awsec2.SecurityGroup", when: m.when, hidden: true}
		f.newSecurityGroup(own, &thing{kind: structure, span: m.span, fields: []field{
			{"Vpc", m.span, props.get("Vpc")},
			{"AllowAllOutbound", props.place("AllowAllOutbound"), props.get("AllowAllOutbound")},
			{"AllowAllIpv6Outbound", props.place("AllowAllIpv6Outbound"), props.get("AllowAllIpv6Outbound")},
		}})
		groups = &thing{kind: list, span: m.span, items: []*thing{own.thing(m.span)}}
	}
	if groups.kind == list {
		m.groups = groups.items
	} else {
		m.groups = []*thing{groups}
	}
	return groups
}

// someOf is a list of which at least one element is certain: CDK refuses a selection that is empty, and elements that are
// nil.
func someOf(t *thing) value.Value {
	if t.kind == list {
		v := t.value()
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
func (f *frame) deliveries(m *made, props *thing) {
	for _, name := range []string{"DeadLetterQueue", "DeadLetterTopic"} {
		if t := props.get(name); t.kind == construct {
			m.props.Fields = append(m.props.Fields, entry("DeadLetterConfig", maps(t.span, entry("TargetArn", t.made.ref("Arn", t.span)))))
		}
	}
	for _, name := range []string{"OnSuccess", "OnFailure"} {
		t := props.get(name)
		if t.kind != result || len(t.args) == 0 || t.args[0].kind != construct {
			continue
		}
		m.under("EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", t.span, maps(t.span,
			entry("FunctionName", m.ref("", t.span)), entry("DestinationConfig", maps(t.span, entry("Destination", t.args[0].made.ref("Arn", t.span))))))
	}
}

// eventSources reads a list of event sources.
func (f *frame) eventSources(m *made, sources *thing) {
	for _, s := range sources.items {
		f.eventSource(m, s, s.span)
	}
	if sources.kind == unknown {
		f.eventSource(m, sources, sources.span)
	}
}

// eventSource lets Lambda poll a queue or stream for the function. A source of which nobody knows what it is may be one.
func (f *frame) eventSource(m *made, s *thing, at source.Span) {
	from := value.Value{Kind: value.Unknown, Span: at, Missing: []fact.Missing{unknownOf(s).missing}}
	if s.kind == result && len(s.args) > 0 && s.args[0].kind == construct {
		from = s.args[0].made.ref("Arn", at)
	}
	m.under("EventSource", "AWS::Lambda::EventSourceMapping", at, maps(at,
		entry("FunctionName", m.ref("", at)), entry("EventSourceArn", from)))
}

func (f *frame) newEventSourceMapping(m *made, props *thing) {
	m.typ = "AWS::Lambda::EventSourceMapping"
	m.props = maps(m.span, entry("FunctionName", props.get("Target").value()), entry("EventSourceArn", props.get("EventSourceArn").value()))
	f.add(m)
}
