package rules_test

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var stage = fact.Missing{Kind: fact.Parameter, Name: "Stage"}

// staged is a text of which a parameter in the middle is not known.
func staged(head, tail string) fact.Value[fact.Text] {
	return fact.Known(fact.Text{{Literal: head}, {Symbol: "Stage", Missing: stage}, {Literal: tail}}, source.Span{})
}

func literal(s string) fact.Value[fact.Text] { return fact.Known(fact.Lit(s), source.Span{}) }

func TestAnAssertionSpeaksOfWhatItNames(t *testing.T) {
	tagged := func(key string, value fact.Value[fact.Text]) (list fact.List[graph.Variable]) {
		list.Append(graph.Variable{Name: key, Value: value}, source.Span{})
		return list
	}
	open := tagged("team", literal("orders"))
	open.Miss(fact.Always(), stage)
	inProduction := fact.If(&fact.Atom{Subject: "Stage", Literal: "prod", Why: []fact.Missing{stage}})
	var sometimes fact.List[graph.Variable]
	sometimes.AppendIf(inProduction, graph.Variable{Name: "team", Value: literal("orders")}, source.Span{})

	for _, c := range []struct {
		name     string
		asserted rules.Assertion
		address  string
		called   fact.Value[fact.Text]
		tags     fact.List[graph.Variable]
		want     fact.Truth
	}{
		{name: "the address", asserted: rules.Assertion{Functions: []string{"Api"}}, address: "Api", want: fact.True},
		{name: "a glob of the address", asserted: rules.Assertion{Functions: []string{"x", "Api*"}}, address: "ApiV2", want: fact.True},
		{name: "another address", asserted: rules.Assertion{Functions: []string{"Api"}}, address: "ApiV2", want: fact.False},
		{name: "an address with its index", asserted: rules.Assertion{Functions: []string{"module.a[0].f[\"b/c\"]"}}, address: "module.a[0].f[\"b/c\"]", want: fact.True},
		{name: "an address without its index", asserted: rules.Assertion{Functions: []string{"module.*.f"}}, address: "module.a[0].f[\"b/c\"]", want: fact.True},
		{name: "the name", asserted: rules.Assertion{Functions: []string{"orders-*"}}, address: "Api", called: literal("orders-api"), want: fact.True},
		{name: "another name", asserted: rules.Assertion{Functions: []string{"orders-*"}}, address: "Api", called: literal("users-api"), want: fact.False},
		{name: "a name that may be it", asserted: rules.Assertion{Functions: []string{"orders-*-api"}}, address: "Api", called: staged("orders-", "-api"), want: fact.Unknown},
		{name: "a name that may be it as it is", asserted: rules.Assertion{Functions: []string{"orders-prod-api"}}, address: "Api", called: staged("orders-", "-api"), want: fact.Unknown},
		{name: "a name that begins otherwise", asserted: rules.Assertion{Functions: []string{"users-*"}}, address: "Api", called: staged("orders-", "-api"), want: fact.False},
		{name: "a name that ends otherwise", asserted: rules.Assertion{Functions: []string{"*-worker"}}, address: "Api", called: staged("orders-", "-api"), want: fact.False},
		{name: "a name that is not known", asserted: rules.Assertion{Functions: []string{"orders"}}, address: "Api", called: fact.NotKnown[fact.Text](source.Span{}, stage), want: fact.Unknown},
		{name: "a tag", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "ord*"}}}, tags: tagged("team", literal("orders")), want: fact.True},
		{name: "another value", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "users"}}}, tags: tagged("team", literal("orders")), want: fact.False},
		{name: "no tag", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "*"}}}, want: fact.False},
		{name: "one tag of two", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "*"}, {Key: "tier", Value: "*"}}}, tags: tagged("team", literal("orders")), want: fact.False},
		{name: "a value that is not known", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "orders-prod"}}}, tags: tagged("team", staged("orders-", "")), want: fact.Unknown},
		{name: "tags that are not all known", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "tier", Value: "data"}}}, tags: open, want: fact.Unknown},
		{name: "a known tag among them", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "orders"}}}, tags: open, want: fact.True},
		{name: "a tag under a condition", asserted: rules.Assertion{Tags: []rules.Tag{{Key: "team", Value: "orders"}}}, tags: sometimes, want: fact.Unknown},
		{name: "a name and not the tag", asserted: rules.Assertion{Functions: []string{"Api"}, Tags: []rules.Tag{{Key: "team", Value: "*"}}}, address: "Api", want: fact.False},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := graph.NewBuilder("template.yaml", "cloudformation")
			f := &graph.Function{Header: graph.Header{Address: c.address}, Name: c.called, TagList: c.tags}
			graph.Add(b, &b.Network().Functions, f)
			got := c.asserted.SpeaksOf(b.Link().In(nil), f)
			if got.Truth != c.want {
				t.Errorf("got %v, want %v", got.Truth, c.want)
			}
			if got.IsUnknown() && !slices.ContainsFunc(got.Missing, func(m fact.Missing) bool { return m.Name == "Stage" }) {
				t.Errorf("it waits for %v", got.Missing)
			}
		})
	}
}

func TestRulesReadWhatIsDeclaredIsolated(t *testing.T) {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	f := &graph.Function{Header: graph.Header{Address: "Api"}}
	s := &graph.Subnet{Header: graph.Header{Address: "Data"}}
	s.TagList.Append(graph.Variable{Name: "network", Value: literal("isolated")}, source.Span{})
	graph.Add(b, &b.Network().Functions, f)
	graph.Add(b, &b.Network().Subnets, s)
	n := b.Link()
	for _, c := range []struct {
		name             string
		declared         rules.Isolated
		function, subnet fact.Truth
	}{
		{"nothing", rules.Isolated{}, fact.False, fact.False},
		{"a function", rules.Isolated{Functions: []string{"A*"}}, fact.True, fact.False},
		{"a subnet", rules.Isolated{Subnets: []string{"Data"}}, fact.False, fact.True},
		{"a tag", rules.Isolated{Tags: []rules.Tag{{Key: "network", Value: "iso*"}}}, fact.False, fact.True},
		{"a function and a tag", rules.Isolated{Functions: []string{"Api"}, Tags: []rules.Tag{{Key: "network", Value: "isolated"}}}, fact.True, fact.True},
	} {
		asked := false
		rules.Run([]*graph.Network{n}, []rules.Pack{{Rules: []*rules.Rule{{Name: "ask", Run: func(p *rules.Pass) {
			rules.Each(p, &p.Functions, func(p *rules.Pass, _ *graph.Function) {
				asked = true
				from, _ := p.SenderOf(f)
				if got := p.Isolated(from).Truth; got != c.function {
					t.Errorf("%s: the function is %v", c.name, got)
				}
				if got := p.IsolatedSubnet(s).Truth; got != c.subnet {
					t.Errorf("%s: the subnet is %v", c.name, got)
				}
			})
		}}}}}, rules.Intent{Isolated: c.declared})
		if !asked {
			t.Errorf("%s: nothing was asked", c.name)
		}
	}
}
