package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// connection writes the rules that let from reach to: out of the groups of the one, into those of the other.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Connections.html
func (f *frame) connection(from, to, port *thing, c *ast.CallExpr) {
	at := f.span(c)
	for _, g := range groupsAt(from) {
		f.addEgress(g, to, port, at)
	}
	for _, g := range groupsAt(to) {
		f.addIngress(g, from, port, at)
	}
}

// groupsAt are the groups at one end: none of a peer that is no construct, and one that is not known of anything whose
// groups are not.
func groupsAt(t *thing) []*thing {
	switch {
	case t.kind == construct && len(t.made.groups) > 0:
		return t.made.groups
	case isPeer(t):
		return nil
	}
	return []*thing{unknownOf(t)}
}

func isPeer(t *thing) bool {
	return t.kind == result && t.on == nil && len(t.name) > len(peers) && t.name[:len(peers)] == peers
}

const peers = "awsec2.Peer_"

// portOf is the i-th argument, or the default port of the other end, which is not followed.
func (f *frame) portOf(c *ast.CallExpr, args []*thing, i int, ported bool) *thing {
	if ported && i < len(args) {
		return args[i]
	}
	return f.notFollowed(c, "the default port")
}

func connect(out, ported bool) func(*frame, *ast.CallExpr, *thing, []*thing) *thing {
	return func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		from, to := on, args[0]
		if !out {
			from, to = to, from
		}
		f.connection(from, to, f.portOf(c, args, 1, ported), c)
		return nothing
	}
}

func connectSelf(ported bool) func(*frame, *ast.CallExpr, *thing, []*thing) *thing {
	return func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		f.connection(on, on, f.portOf(c, args, 0, ported), c)
		return nothing
	}
}

func connectAny(out, ported bool) func(*frame, *ast.CallExpr, *thing, []*thing) *thing {
	return func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		from, to := on, &thing{kind: result, span: f.span(c), name: peers + "AnyIpv4"}
		if !out {
			from, to = to, from
		}
		f.connection(from, to, f.portOf(c, args, 0, ported), c)
		return nothing
	}
}

// addGroups lets rules of a function's Connections, those before as well as those after, hold for more security groups.
// The function does not get into them: its VpcConfig was written when it was made. Of all else that has Connections it is
// not known what becomes of its groups.
func addGroups(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	const what = "security groups that are added to Connections"
	if on.kind != construct || on.made.function == nil {
		f.miss(what, c)
		return nothing
	}
	on.made.groups = append(on.made.groups, args...)
	if f.leaving.rules == nil {
		f.leaving.rules = &fact.Missing{Kind: fact.Expression, Name: what, Span: f.span(c)}
	}
	return nothing
}
