package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

func TestDependsOn(t *testing.T) {
	depends := map[string][]string{
		"Function":                 {"Role"},
		"Role":                     {"Policy"},
		"Policy":                   nil,
		"Chicken":                  {"Egg"},
		"Egg":                      {"Chicken"},
		"Stack":                    {"Vpc"},
		"Stack.Inner":              nil,
		"After":                    {"Stack"},
		"Vpc":                      nil,
		"aws_route.a":              {"module.net"},
		"module.net.aws_subnet.s":  {"aws_vpc.v"},
		"aws_vpc.v":                nil,
		"aws_instance.i[0]":        nil,
		"aws_eip.e":                {"aws_instance.i"},
		"aws_instance.i2":          nil,
		"module.network.aws_vpc.x": nil,
	}
	n := network(func(b *graph.Builder, n *graph.Network) {
		for address, on := range depends {
			graph.Add(b, &n.Resources, &graph.Resource{Header: graph.Header{Address: address, Depends: on}})
		}
	})
	tests := []struct {
		name, from, to string
		want           bool
	}{
		{"directly", "Function", "Role", true},
		{"through another", "Function", "Policy", true},
		{"not the other way round", "Policy", "Function", false},
		{"not on itself", "Function", "Function", false},
		{"on itself in a cycle", "Chicken", "Chicken", true},
		{"not out of a cycle", "Chicken", "Function", false},
		{"a nested stack stands for what is in it", "After", "Stack.Inner", true},
		{"what is in a nested stack waits for what the stack waits for", "Stack.Inner", "Vpc", true},
		{"not on the stack that it lies in", "Stack.Inner", "Stack", false},
		{"a module stands for what is in it", "aws_route.a", "module.net.aws_subnet.s", true},
		{"a module brings the dependencies of what is in it", "aws_route.a", "aws_vpc.v", true},
		{"a module of a longer name is another", "aws_route.a", "module.network.aws_vpc.x", false},
		{"a resource stands for its instances", "aws_eip.e", "aws_instance.i[0]", true},
		{"a resource of a longer name is another", "aws_eip.e", "aws_instance.i2", false},
		{"an unknown resource depends on nothing", "Nobody", "Vpc", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := n.DependsOn(test.from, test.to); got != test.want {
				t.Errorf("%s depends on %s: %v, want %v", test.from, test.to, got, test.want)
			}
		})
	}
}

func TestImplicitNodesDependOnWhatImpliesThem(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) { graph.Add(b, &n.VPCs, vpc(head("Vpc"), "10.0.0.0/16")) })
	if !n.DependsOn("Vpc.MainRouteTable.Local[0]", "Vpc") {
		t.Error("the local route does not depend on the VPC")
	}
}
