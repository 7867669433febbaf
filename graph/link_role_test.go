package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

// of is a text that is the identity, or an attribute, of a resource of the deployment.
func of(address string) fact.Value[fact.Text] {
	return fact.Known(fact.Text{{Symbol: address, Address: address,
		Missing: fact.Missing{Kind: fact.Attribute, Name: address}}}, nowhere)
}

func parameter(name string) fact.Value[fact.Text] {
	return fact.Known(fact.Text{{Symbol: name, Missing: fact.Missing{Kind: fact.Parameter, Name: name}}}, nowhere)
}

func document() fact.Value[*policy.Document] { return fact.Known(&policy.Document{}, nowhere) }

func policyFor(h graph.Header, roles ...fact.Value[fact.Text]) *graph.Policy {
	p := &graph.Policy{Header: h, Document: document()}
	for _, r := range roles {
		p.Roles.Append(r, nowhere)
	}
	return p
}

func TestPoliciesComeFromEitherSide(t *testing.T) {
	missing := fact.Missing{Kind: fact.Dynamic, Name: "resolve:ssm:name"}
	attachment := func(h graph.Header, arn fact.Value[fact.Text]) *graph.Policy {
		p := policyFor(h, of("Role"))
		p.Document, p.ARN = fact.Value[*policy.Document]{}, arn
		return p
	}
	unreadable := policyFor(head("Unreadable"), of("Role"))
	unreadable.Document = fact.NotKnown[*policy.Document](nowhere, missing)

	tests := []struct {
		name     string
		inline   bool
		managed  []fact.Value[fact.Text]
		policies []*graph.Policy
		world    *fact.World
		want     []string
	}{
		{name: "a role alone has none"},
		{name: "inline on the role", inline: true, want: []string{"Role: document"}},
		{name: "an AWS managed policy on the role", managed: []fact.Value[fact.Text]{text(basic)},
			want: []string{"Role: " + basic}},
		{name: "a managed policy of the stack on the role", managed: []fact.Value[fact.Text]{of("Managed")},
			policies: []*graph.Policy{policyFor(head("Managed"))}, want: []string{"Managed: document"}},
		{name: "a managed policy chosen by a condition",
			managed: []fact.Value[fact.Text]{fact.Choice(inProd, text(basic), fact.Value[fact.Text]{}, nowhere)},
			world:   prod, want: []string{"Role: " + basic}},
		{name: "a managed policy not chosen by a condition",
			managed: []fact.Value[fact.Text]{fact.Choice(inProd, text(basic), fact.Value[fact.Text]{}, nowhere)},
			world:   dev},
		{name: "a managed policy that is not known",
			managed: []fact.Value[fact.Text]{fact.NotKnown[fact.Text](nowhere, missing)},
			want:    []string{"? resolve:ssm:name"}},
		{name: "a managed policy given by a parameter keeps its symbol",
			managed: []fact.Value[fact.Text]{parameter("PolicyArn")}, want: []string{"Role: ${PolicyArn}"}},
		{name: "a policy that refers to the role", policies: []*graph.Policy{policyFor(head("Policy"), of("Role"))},
			want: []string{"Policy: document"}},
		{name: "a policy that names the role", policies: []*graph.Policy{policyFor(head("Policy"), text("worker"))},
			want: []string{"Policy: document"}},
		{name: "a policy that names another role",
			policies: []*graph.Policy{policyFor(head("Policy"), text("reader"))}},
		{name: "a policy for a role that is a parameter",
			policies: []*graph.Policy{policyFor(head("Policy"), parameter("RoleName"))}},
		{name: "a policy whose role is not known",
			policies: []*graph.Policy{policyFor(head("Policy"), fact.NotKnown[fact.Text](nowhere, missing))},
			want:     []string{"? resolve:ssm:name"}},
		{name: "a policy that exists", policies: []*graph.Policy{policyFor(headIf("Policy", inProd), of("Role"))},
			world: prod, want: []string{"Policy: document"}},
		{name: "a policy that does not exist",
			policies: []*graph.Policy{policyFor(headIf("Policy", inProd), of("Role"))}, world: dev},
		{name: "a policy that is not decided",
			policies: []*graph.Policy{policyFor(headIf("Policy", inProd), of("Role"))}, want: []string{"? Env=prod"}},
		{name: "a policy whose document is not known", policies: []*graph.Policy{unreadable},
			want: []string{"? resolve:ssm:name"}},
		{name: "an attachment of an AWS managed policy",
			policies: []*graph.Policy{attachment(head("Attachment"), text(basic))},
			want:     []string{"Attachment: " + basic}},
		{name: "an attachment of a policy of the deployment",
			policies: []*graph.Policy{policyFor(head("Managed")), attachment(head("Attachment"), of("Managed"))},
			want:     []string{"Attachment: document"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := network(func(b *graph.Builder, n *graph.Network) {
				r := &graph.Role{Header: head("Role"), Name: text("worker")}
				if test.inline {
					r.Inline.Append(policy.Attached{By: "Role", Document: &policy.Document{}}, nowhere)
				}
				for _, m := range test.managed {
					r.Managed.Append(m, nowhere)
				}
				graph.Add(b, &n.Roles, r)
				for _, p := range test.policies {
					graph.Add(b, &n.Policies, p)
				}
			})
			got := []string{}
			in := n.Roles.Get("Role").Policies.In(test.world)
			for _, it := range in.Items {
				content := "document"
				if it.Value.Document == nil {
					content = it.Value.ARN.String()
				}
				got = append(got, it.Value.By+": "+content)
			}
			for _, m := range in.Open {
				got = append(got, "? "+m.Name)
			}
			expect(t, "policies", got, test.want...)
		})
	}
}

func TestTwoRolesOfOneNameExcludeEachOther(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.Roles, &graph.Role{Header: headIf("A", inProd), Name: text("worker")})
		graph.Add(b, &n.Roles, &graph.Role{Header: headIf("B", inProd.Not()), Name: text("worker")})
		graph.Add(b, &n.Policies, policyFor(head("Policy"), text("worker")))
	})
	for world, want := range map[*fact.World][2]int{prod: {1, 0}, dev: {0, 1}} {
		got := [2]int{len(n.Roles.Get("A").Policies.In(world).Items), len(n.Roles.Get("B").Policies.In(world).Items)}
		if got != want {
			t.Errorf("in %v the roles have %v policies, want %v", world, got, want)
		}
	}
}

func TestOfRolesOfOneNameThePolicyHasTheNearest(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		for _, at := range []string{"module.a.role", "module.b.role"} {
			graph.Add(b, &n.Roles, &graph.Role{Header: head(at), Name: text("worker")})
		}
		graph.Add(b, &n.Roles, &graph.Role{Header: head("module.a.other"), Name: parameter("name")})
		for _, at := range []string{"module.a.policies.own", "module.b.own", "between"} {
			graph.Add(b, &n.Policies, policyFor(head(at), text("worker")))
		}
	})
	for role, want := range map[graph.ID[graph.Role]][]string{
		"module.a.role": {"module.a.policies.own", "? worker"},
		"module.b.role": {"module.b.own", "? worker"},
	} {
		got := []string{}
		in := n.Roles.Get(role).Policies.In(nil)
		for _, it := range in.Items {
			got = append(got, it.Value.By)
		}
		for _, m := range in.Open {
			got = append(got, "? "+m.Name)
		}
		expect(t, string(role), got, want...)
	}
}

// TestAPolicyMayBeForARoleWhoseNameIsKnownInPart: its list is open, for the name may be computed from that of the role.
func TestAPolicyMayBeForARoleWhoseNameIsKnownInPart(t *testing.T) {
	computed := fact.Known(fact.Text{{Symbol: "lower(Name)",
		Missing: fact.Missing{Kind: fact.Parameter, Name: "Name"}}}, nowhere)
	for name, c := range map[string]struct {
		to   fact.Value[fact.Text]
		open bool
	}{
		"by a name that is computed":       {computed, true},
		"by a name that is handed in":      {parameter("Name"), false},
		"by another name":                  {text("reader"), false},
		"by the name of one that is found": {of("data.aws_iam_role.found"), true},
	} {
		n := network(func(b *graph.Builder, n *graph.Network) {
			worker := fact.Text{{Symbol: "Env"}, {Literal: "-worker"}}
			graph.Add(b, &n.Roles, &graph.Role{Header: head("Role"), Name: fact.Known(worker, nowhere)})
			graph.Add(b, &n.Policies, policyFor(head("Policy"), c.to))
		})
		if got := len(n.Roles.Get("Role").Policies.In(nil).Open) > 0; got != c.open {
			t.Errorf("%s: the policies of the role are open: %v, want %v", name, got, c.open)
		}
	}
}
