package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestAccountsKnowTheirNodesAndPlaces(t *testing.T) {
	set := source.NewFileSet()
	template := set.Add("template.yaml", []byte("Vpc"))
	one := &graph.Account{Name: "one.json", File: set.Add("one.json", []byte("vpc-1"))}
	two := &graph.Account{Name: "two.json", File: set.Add("two.json", []byte("vpc-2"))}
	n := network(func(b *graph.Builder, n *graph.Network) {
		n.Accounts = []*graph.Account{one, two}
		graph.Add(b, &n.VPCs, vpc(head("Vpc")))
		graph.Add(b, &n.VPCs, vpc(graph.Header{Address: "vpc-2", Account: two}))
	})
	for address, want := range map[string]*graph.Account{"Vpc": nil, "vpc-2": two, "vpc-3": nil} {
		if got := n.InAccount(address); got != want {
			t.Errorf("%s is in %v, want %v", address, got, want)
		}
	}
	for at, want := range map[source.Span]*graph.Account{
		{}: nil, template.Span(0, 3): nil, one.File.Span(0, 5): one, two.File.Span(0, 5): two,
	} {
		if got := n.AccountAt(at); got != want {
			t.Errorf("%v is in %v, want %v", at, got, want)
		}
	}
}
