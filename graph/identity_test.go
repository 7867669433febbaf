package graph

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestABoundaryOfTheDeploymentIsReadByItsReference(t *testing.T) {
	allows := func(action string) *policy.Document {
		s := policy.Statement{Effect: fact.Known(fact.Lit(policy.Allow), source.Span{})}
		s.Actions.Append(fact.Lit(action), source.Span{})
		s.Resources.Append(fact.Lit("*"), source.Span{})
		d := &policy.Document{}
		d.Statements.Append(s, source.Span{})
		return d
	}
	for _, c := range []struct {
		name     string
		boundary fact.Value[fact.Text]
		want     fact.Truth
	}{
		{"without one everything attached counts", fact.Value[fact.Text]{}, fact.True},
		{"one that allows no EC2 action takes them away", fact.Known(fact.Text{{Symbol: "Narrow", Address: "Narrow"}}, source.Span{}), fact.False},
		{"one that allows all changes nothing", fact.Known(fact.Text{{Symbol: "Wide", Address: "Wide"}}, source.Span{}), fact.True},
		{"one of elsewhere is not known", fact.Known(fact.Lit("arn:aws:iam::1:policy/b"), source.Span{}), fact.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := NewBuilder("t", "cloudformation")
			n := b.Network()
			for name, action := range map[string]string{"Narrow": "s3:*", "Wide": "*"} {
				Add(b, &n.Policies, &Policy{Header: Header{Address: name}, Managed: true, Document: fact.Known(allows(action), source.Span{})})
			}
			r := &Role{Header: Header{Address: "Role"}, Boundary: c.boundary}
			r.Policies.Append(policy.Attached{By: "Role", Document: allows("*")}, source.Span{})
			d := n.In(nil).Identity(r).Allows(nil, "ec2:CreateNetworkInterface", policy.Anything)
			if v := d.Verdict(); v.Truth != c.want {
				t.Errorf("got %v, want %v", v, c.want)
			}
			if c.want == fact.False && (len(d.Denies) != 1 || d.Denies[0].By != "Narrow") {
				t.Errorf("want the boundary to be named, got %v", d.Denies)
			}
		})
	}
}
