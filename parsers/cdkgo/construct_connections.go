package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// connection writes the rules that let from reach to: out of the groups of the one, into those of the other.
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

// groupsAt are the groups at one end: none of a peer that is no construct, and one that is not known of anything whose
// groups are not.
func groupsAtEnd(v *val) []*val {
	switch {
	case v.kind == owned && len(v.construct.groups) > 0:
		return v.construct.groups
	case isPeer(v):
		return nil
	}
	return []*val{unknownOf(v)}
}

func isPeer(v *val) bool {
	return v.kind == result && v.on == nil && len(v.name) > len(peerPrefix) && v.name[:len(peerPrefix)] == peerPrefix
}

const peerPrefix = "awsec2.Peer_"

// portOf is the i-th argument, or the default port of the other end, which is not followed.
func (f *frame) portOf(call *ast.CallExpr, args []*val, i int, ported bool) *val {
	if ported && i < len(args) {
		return args[i]
	}
	return f.notFollowed(call, "the default port")
}

func connectWith(out, ported bool) func(*frame, *ast.CallExpr, *val, []*val) *val {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		from, to := on, args[0]
		if !out {
			from, to = to, from
		}
		f.allowConnection(from, to, f.portOf(call, args, 1, ported), call)
		return nothing
	}
}

func connectInternally(ported bool) func(*frame, *ast.CallExpr, *val, []*val) *val {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		f.allowConnection(on, on, f.portOf(call, args, 0, ported), call)
		return nothing
	}
}

func connectAnyIPv4(out, ported bool) func(*frame, *ast.CallExpr, *val, []*val) *val {
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		from, to := on, &val{kind: result, span: f.span(call), name: peerPrefix + "AnyIpv4"}
		if !out {
			from, to = to, from
		}
		f.allowConnection(from, to, f.portOf(call, args, 0, ported), call)
		return nothing
	}
}

// addGroups lets rules of a function's Connections, those before as well as those after, hold for more security groups.
// The function does not get into them: its VpcConfig was written when it was made. Of all else that has Connections it is
// not known what becomes of its groups.
func addGroups(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	const what = "security groups that are added to Connections"
	if on.kind != owned || on.construct.function == nil {
		f.mayMiss(what, call)
		return nothing
	}
	on.construct.groups = append(on.construct.groups, args...)
	if f.exports.groupRules == nil {
		f.exports.groupRules = &fact.Missing{Kind: fact.Expression, Name: what, Span: f.span(call)}
	}
	return nothing
}
