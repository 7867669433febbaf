package picture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// The places of groups.
const (
	inSubnets = "subnets"
	outside   = "outside"
	elsewhere = "unknown"
)

// wayKey tells ways apart. The engine gives equal ways one result.
type wayKey struct {
	result *trace.Result
	subnet *graph.Subnet
	to     string
}

// addFunctions adds all senders that run code of the author. What runs on a capacity provider is shown where the
// provider's instances are.
func (b *builder) addFunctions() {
	for s := range trace.Senders(b.v.Network) {
		served := s.Functions(b.v)
		isProvider := len(served) == 0 || served[0].Address != s.Address
		if s.IsAgent() || b.v.Exists(s).IsFalse() || b.v.IsBeside(s.Address) || isProvider && len(served) > 0 {
			continue
		}
		b.addFunction(s, served)
	}
	slices.SortStableFunc(b.out.Groups, func(x, y *Group) int { return strings.Compare(x.ID, y.ID) })
	for _, g := range b.out.Groups {
		b.name(g)
	}
}

func (b *builder) addFunction(s *trace.Sender, served []*graph.Function) {
	kind := "function"
	if len(served) == 0 {
		kind = "capacity provider"
	}
	f := &Function{Node: b.node(s.Header, kind, ""), Ways: []int{}}
	b.nodes[f.ID] = &f.Node
	from, attached := s.In(b.v)
	where, subnets := elsewhere, []string{}
	switch {
	case attached.IsFalse():
		where = outside
	case attached.IsTrue():
		for _, it := range graph.Resolve(b.v, &b.v.Subnets, from.Subnets).Items {
			if b.subnets[it.Value.Address] != nil {
				subnets = append(subnets, report.Line(it.Value.Address))
				where = inSubnets
			}
		}
		f.Ways = b.ways(from, served)
	}
	f.Group = b.join(where, subnets, f)
	b.out.Functions = append(b.out.Functions, f)
}

// join puts the function into the group of its kind.
func (b *builder) join(where string, subnets []string, f *Function) string {
	slices.Sort(subnets)
	severity := b.out.worst(f.Findings)
	id := strings.Join(append([]string{where, severity}, subnets...), " ")
	i := slices.IndexFunc(b.out.Groups, func(g *Group) bool { return g.ID == id })
	if i < 0 {
		i = len(b.out.Groups)
		b.out.Groups = append(b.out.Groups, &Group{ID: id, Place: where, Severity: severity, Subnets: subnets})
		for _, address := range subnets {
			s := b.subnets[address]
			s.Groups = append(s.Groups, id)
		}
	}
	b.out.Groups[i].Functions = append(b.out.Groups[i].Functions, f.ID)
	return id
}

// name calls a group by its only function, or by their number.
func (b *builder) name(g *Group) {
	g.Label = b.nodes[g.Functions[0]].Label
	if len(g.Functions) > 1 {
		g.Label = fmt.Sprintf("%d functions", len(g.Functions))
	}
}

// ways are those to the internet and to what the functions are known to need.
func (b *builder) ways(s *trace.Sender, served []*graph.Function) []int {
	out := b.waysTo(s, "the internet", trace.Flow{To: trace.Internet(4)})
	six := func(it fact.Item[*graph.Subnet]) bool { return s.From(b.v, it.Value).IPv6.IsTrue() }
	if slices.ContainsFunc(graph.Resolve(b.v, &b.v.Subnets, s.Subnets).Items, six) {
		out = append(out, b.waysTo(s, "the IPv6 internet", trace.Flow{To: trace.Internet(6)})...)
	}
	var needs need.Needs
	for _, f := range served {
		needs = need.Union(needs, need.Of(b.v, f))
	}
	for _, n := range needs.Services {
		out = append(out, b.waysTo(s, "service "+n.Name, trace.Flow{To: trace.Service(n.Name)})...)
	}
	for _, n := range needs.Nodes {
		to := trace.Flow{To: trace.Node(n.Name)}
		out = append(out, b.waysTo(s, n.Name, to)...)
	}
	return out
}

func (b *builder) waysTo(s *trace.Sender, name string, flow trace.Flow) []int {
	out := []int{}
	paths, _ := b.engine.Paths(s, flow)
	for _, p := range paths {
		key := wayKey{p.Result, p.Subnet, name}
		i, ok := b.results[key]
		if !ok {
			i = len(b.out.Ways)
			b.results[key] = i
			b.out.Ways = append(b.out.Ways, b.way(p, name))
		}
		out = append(out, i)
	}
	return out
}

func (b *builder) way(p trace.Path, to string) *Way {
	w := &Way{
		From: report.Line(p.Subnet.Address), To: report.Line(to), Status: rules.Status(p.Reachable), Hops: []*Hop{},
	}
	if p.Reachable.IsUnknown() {
		w.Hint = report.Line(report.Hint(p.Reachable.Missing))
	}
	for _, h := range p.Hops {
		hop := &Hop{Message: report.Line(h.Message), Cause: string(h.Cause), Location: b.place(h.Span)}
		if n := b.nodes[report.Line(h.Address)]; n != nil {
			hop.Node = n.ID
		}
		w.Hops = append(w.Hops, hop)
	}
	return w
}

// keep leaves only the VPC of that ID or label, and what is said of it.
func (n *Network) keep(vpc string) {
	n.VPCs = slices.DeleteFunc(n.VPCs, func(v *VPC) bool { return v.ID != vpc && v.Label != vpc })
	in := map[string]bool{}
	for _, v := range n.VPCs {
		for _, s := range v.Subnets {
			for _, g := range s.Groups {
				in[g] = true
			}
		}
	}
	n.Groups = slices.DeleteFunc(n.Groups, func(g *Group) bool { return !in[g.ID] })
	n.Functions = slices.DeleteFunc(n.Functions, func(f *Function) bool { return !in[f.Group] })
	n.Unplaced = []*Node{}
}

// function is the one with that ID, or nil.
func (n *Network) function(id string) *Function {
	for _, f := range n.Functions {
		if f.ID == id {
			return f
		}
	}
	return nil
}
