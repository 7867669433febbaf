package resilience

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// interfaces are the network interfaces that Lambda makes for functions in some subnets at least: one for each subnet
// and set of security groups, whatever the number of functions with both.
// https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html
type interfaces struct {
	// sets are the sets of groups in use, by the subnet.
	sets map[*graph.Subnet]map[string]bool
	// functions are those that have one.
	functions []string
	// open is what may add more.
	open []fact.Missing
}

// count is the number of interfaces.
func (i *interfaces) count() (n int) {
	for _, sets := range i.sets {
		n += len(sets)
	}
	return n
}

// interfacesIn counts in the subnets for which in is true.
func interfacesIn(p *rules.Pass, in func(*graph.Subnet) bool) *interfaces {
	out := &interfaces{sets: map[*graph.Subnet]map[string]bool{}}
	for s := range p.Senders() {
		if s.Compute != trace.Hyperplane {
			continue
		}
		set, open := groupSet(p, s)
		subnets := p.SubnetsOf(s)
		p.Spend(len(subnets.Items))
		inside := false
		for _, it := range subnets.Items {
			if !in(it.Value) {
				continue
			}
			inside = true
			if out.sets[it.Value] == nil {
				out.sets[it.Value] = map[string]bool{}
			}
			if len(open) == 0 {
				out.sets[it.Value][set] = true
			}
		}
		if inside {
			out.functions = append(out.functions, s.Address)
			out.open = append(out.open, open...)
		}
	}
	out.open = fact.Unique(out.open)
	return out
}

// groupSet tells sets of groups apart. Two references to what is not here are two groups if they are written
// differently.
func groupSet(p *rules.Pass, s rules.Sender) (set string, open []fact.Missing) {
	in := s.Groups.In(p.World)
	open = in.Open
	var ids []string
	for _, it := range in.Items {
		id, known := it.Value.Get(p.World)
		open = append(open, known.Missing...)
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " "), open
}
