package egress

import (
	"iter"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// lateFor are the parts of ways that some invocation does not wait for.
func lateFor(p *rules.Pass, all []need.Invocation) (late []string) {
	for h := range parts(p) {
		if h.Implicit || h.Account != nil || p.IsBeside(h.Address) {
			continue
		}
		if in := p.WrittenIn(h.Address); in != nil {
			h = in
		}
		if slices.Contains(late, h.Address) {
			continue
		}
		if slices.ContainsFunc(all, func(i need.Invocation) bool { return !p.DependsOn(i.Address, h.Address) }) {
			late = append(late, h.Address)
		}
	}
	return late
}

// parts yields the resources that are parts of ways and that nothing else has to wait for.
func parts(p *rules.Pass) iter.Seq[*graph.Header] {
	return func(yield func(*graph.Header) bool) {
		_ = yieldAll(&p.RouteTableAssociations, yield) && yieldAll(&p.Routes, yield) &&
			yieldAll(&p.GatewayAttachments, yield) && yieldAll(&p.NATGateways, yield) &&
			yieldAll(&p.Endpoints, yield) && yieldAll(&p.Peerings, yield) && yieldRules(p, yield)
	}
}

func yieldAll[T any, P interface {
	*T
	graph.Node
}](table *graph.Table[T], yield func(*graph.Header) bool) bool {
	for n := range table.All() {
		if !yield(P(n).Head()) {
			return false
		}
	}
	return true
}

// yieldRules leaves out the rules for egress of a group whose default they replace: until they exist, it lets
// everything out.
func yieldRules(p *rules.Pass, yield func(*graph.Header) bool) bool {
	for r := range p.SecurityGroupRules.All() {
		if g, _ := graph.Lookup(p.View, &p.SecurityGroups, r.Group); r.Egress &&
			(g == nil || g.DefaultEgress && len(g.InlineEgress.Items) == 0) {
			continue
		}
		if !yield(&r.Header) {
			return false
		}
	}
	return true
}

// necessary are the fewest of late that bring the flow through once all others are missing, in their order.
func necessary(p *rules.Pass, from rules.Sender, to trace.Destination, late []string) []string {
	without := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(late), func(address string) bool {
		without[address] = true
		spare := goes(trace.New(p.View.Without(without)), from, to).IsTrue()
		if !spare {
			delete(without, address)
		}
		return spare
	})
}

// last leaves out what others of the addresses wait for.
func last(p *rules.Pass, addresses []string) []string {
	return slices.DeleteFunc(slices.Clone(addresses), func(a string) bool {
		return slices.ContainsFunc(addresses, func(b string) bool { return a != b && p.DependsOn(b, a) })
	})
}

func set(addresses []string) map[string]bool {
	out := map[string]bool{}
	for _, a := range addresses {
		out[a] = true
	}
	return out
}

func existing(addresses []string) string {
	if len(addresses) == 1 {
		return words.Quoted(addresses) + " exists"
	}
	return words.And(words.Quote(addresses)) + " exist"
}
