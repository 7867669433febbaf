package main

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// parseDestination reads the value of --to; a resource must be one of n.
func parseDestination(s string, n *graph.Network) (trace.Flow, error) {
	flow, ok := trace.ParseFlow(s)
	switch {
	case strings.Contains(s, "://"):
		return parseURL(s, n)
	case ok && flow.To.Class == trace.ClassService:
		names := need.ServiceNames()
		if meant := suggest.For(flow.To.Service, names); meant != "" && !slices.Contains(names, flow.To.Service) {
			return trace.Flow{}, fmt.Errorf("--to %q: no service is called so%s", s, meant)
		}
		return flow, nil
	case ok && flow.To.Class != trace.ClassNode:
		return flow, nil
	case ok && n.Head(flow.To.Node) != nil:
		return toResource(flow, n)
	}
	targets := targetsOf(n)
	meant := suggest.For(flow.To.Node, targets)
	switch names := called(flow.To.Node, targets); {
	case len(names) == 1 && n.Head(names[0]) != nil:
		flow.To.Node = names[0]
		return toResource(flow, n)
	case len(names) > 1 && !isHostName.MatchString(s):
		return trace.Flow{}, fmt.Errorf("--to %q: several are called so: say which, %s",
			s, words.Quoted(names[:min(len(names), shownSenders)]))
	}
	if meant == "" && isHostName.MatchString(s) {
		return parseURL("https://"+s, n)
	}
	return trace.Flow{}, fmt.Errorf("--to %q: want internet, internet6, service:sqs, 10.0.3.4:5432, "+
		"https://api.example.com or the address of a resource of %s%s", s, n.Root, meant)
}

// targetsOf are the addresses of what has interfaces, of security groups, and of what code uses through a service.
func targetsOf(n *graph.Network) []string {
	out := suggest.Targets(n)
	for g := range n.SecurityGroups.All() {
		out = append(out, g.Address)
	}
	for f := range n.Functions.All() {
		out = append(out, f.Address)
	}
	for r := range n.Resources.All() {
		if need.ServiceOf(aws.KindOf(r.Type)) != "" {
			out = append(out, r.Address)
		}
	}
	return out
}

// isHostName tells the name of a host, with a port or without. Addresses of resources have capitals or underscores.
var isHostName = regexp.MustCompile(`^([a-z0-9-]+\.)+[a-z]{2,}(:[0-9]+)?$`)

// called are the candidates whose name, without what leads to it, is the word, or else those that it is a part of,
// whatever the case.
func called(word string, candidates []string) []string {
	word = strings.ToLower(word)
	which := func(is func(candidate string) bool) (out []string) {
		for _, c := range candidates {
			if word != "" && is(strings.ToLower(c)) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
		return out
	}
	if exact := which(func(c string) bool { return strings.HasSuffix("."+c, "."+word) }); len(exact) > 0 {
		return exact
	}
	return which(func(c string) bool { return strings.Contains(c, word) })
}

// defaultPorts are those of schemes other than https.
var defaultPorts = map[string]int{
	"http": 80, "postgres": 5432, "postgresql": 5432, "mysql": 3306, "redis": 6379, "amqps": 5671, "smtp": 25,
}

// parseURL reads a URL: its host is an AWS service or public.
func parseURL(s string, n *graph.Network) (trace.Flow, error) {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return trace.Flow{}, fmt.Errorf("--to %q is no URL with a host", s)
	}
	port := defaultPorts[u.Scheme]
	if p, err := strconv.ParseUint(u.Port(), 10, 16); err == nil && p > 0 {
		port = int(p)
	}
	if flow, ok := trace.ParseFlow(u.Hostname()); ok && flow.To.Class == trace.ClassAddress {
		flow.Port = port
		return flow, nil
	}
	switch service, host := need.Host(n.In(nil), "https://"+u.Hostname()); {
	case service != "":
		return trace.Flow{To: trace.Service(service), Port: port}, nil
	case host != "":
		return trace.Flow{To: trace.Internet(4), Port: port}, nil
	}
	return trace.Flow{}, fmt.Errorf("--to %q: the files do not tell the address of this host: say the address, "+
		"or the resource that has it", s)
}

// toResource is the flow to what has the resource's address: itself, the service that code calls to use it, or what is
// in it, if it is a security group.
func toResource(flow trace.Flow, n *graph.Network) (trace.Flow, error) {
	address := flow.To.Node
	if n.SecurityGroups.At(address) != nil {
		switch members := membersOf(address, n); len(members) {
		case 0:
			return flow, fmt.Errorf("--to %q: no database, instance or endpoint of %s is in this security group",
				address, n.Root)
		case 1:
			flow.To.Node = members[0]
			return flow, nil
		default:
			return flow, fmt.Errorf("--to %q: several are in this security group: say which, %s",
				address, words.Quoted(members))
		}
	}
	if slices.Contains(suggest.Targets(n), address) {
		return flow, nil // it has interfaces
	}
	if service := need.ServiceOf(aws.KindOf(n.Head(address).Type)); service != "" {
		return trace.Flow{To: trace.Service(service), Port: flow.Port}, nil
	}
	return flow, nil
}

// membersOf are the addresses of what is certainly in the security group and may be reached.
func membersOf(group string, n *graph.Network) (out []string) {
	take := func(h *graph.Header, groups fact.List[graph.Ref[graph.SecurityGroup]]) {
		for id := range fact.Certain(groups, nil) {
			if string(id) == group {
				out = append(out, h.Address)
				return
			}
		}
	}
	for d := range n.DataStores.All() {
		take(&d.Header, d.Groups)
	}
	for i := range n.Instances.All() {
		take(&i.Header, i.Groups)
	}
	for e := range n.Endpoints.All() {
		take(&e.Header, e.Groups)
	}
	return out
}
