package cdkgo

import (
	"go/ast"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// peerPrefix begins the names of the functions that give an IPeer.
const peerPrefix = "awsec2.Peer_"

// allowConnection writes the rules that let from reach to: out of the groups of from, and into the groups of to.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Connections.html
func (f *frame) allowConnection(from, to, port *val, call *ast.CallExpr) {
	at := f.span(call)
	for _, g := range groupsAtEnd(from) {
		f.addEgress(g, to, port, at)
	}
	for _, g := range groupsAtEnd(to) {
		f.addIngress(g, from, port, at)
	}
}

// groupsAtEnd are the groups at one end of a connection. A peer such as a range of addresses has none. Anything whose
// groups are not followed has one that is unknown.
func groupsAtEnd(v *val) []*val {
	switch {
	case v.form == owned && len(v.construct.groups) > 0:
		return v.construct.groups
	case v.form == result && v.on == nil && strings.HasPrefix(v.name, peerPrefix):
		return nil
	}
	return []*val{unknownOf(v)}
}

// connect allows a connection between on and other, from on where out is set, and else to it.
func (f *frame) connect(call *ast.CallExpr, on, other, port *val, out bool) {
	if out {
		f.allowConnection(on, other, port, call)
	} else {
		f.allowConnection(other, on, port, call)
	}
}

// portOf is the port of a connection: the first of the args, or without withPort the default port of the other end,
// which is not followed.
func (f *frame) portOf(call *ast.CallExpr, args []*val, withPort bool) *val {
	if withPort && len(args) > 0 {
		return args[0]
	}
	return f.notFollowed(call, "the default port")
}

// connectWith is a method of Connections whose first argument is the other end.
func connectWith(out, withPort bool) methodFunc {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.connect(call, on, args[0], f.portOf(call, args[1:], withPort), out)
		return nothing
	}
}

// connectInternally is a method of Connections that connects on with itself.
func connectInternally(withPort bool) methodFunc {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.allowConnection(on, on, f.portOf(call, args, withPort), call)
		return nothing
	}
}

// connectAnyIPv4 is a method of Connections whose other end is every IPv4 address.
func connectAnyIPv4(out, withPort bool) methodFunc {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		anyIPv4 := &val{form: result, span: f.span(call), name: peerPrefix + "AnyIpv4"}
		f.connect(call, on, anyIPv4, f.portOf(call, args, withPort), out)
		return nothing
	}
}

// addGroups is AddSecurityGroup(groups…) of Connections. For a function, its rules hold for the added groups as well,
// those written before and those written after. The function itself does not get into the groups, because its VpcConfig
// was written when it was made. What becomes of the groups of anything else is unknown.
func addGroups(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	const what = "security groups that are added to Connections"
	if on.form != owned || on.construct.function == nil {
		f.mayMiss(what, call)
		return nothing
	}
	on.construct.groups = append(on.construct.groups, args...)
	if f.exports.groupRules == nil {
		f.exports.groupRules = &fact.Missing{Kind: fact.Expression, Name: what, Span: f.span(call)}
	}
	return nothing
}
