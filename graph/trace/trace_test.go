package trace

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// walk is one case: what is built on top of the lab, where the packet goes, and what becomes of it.
type walk struct {
	name  string
	build func(*lab)
	flow  Flow // the IPv4 internet unless set
	want  fact.Truth
	// blocks are "cause role address", missing the names of the facts that the answer waits for.
	blocks  []string
	missing []string
	via     string
}

func run(t *testing.T, cases []walk) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := newLab()
			c.build(x)
			flow := c.flow
			if flow.To.Class == "" {
				flow.To = Internet(4)
			}
			r := x.trace(flow)
			if r.Reachable.Truth != c.want {
				t.Errorf("reachable is %v (missing %v), want %v; hops:\n%s", r.Reachable.Truth, names(r), c.want,
					sentences(r.Hops))
			}
			var blocks []string
			for _, b := range r.Blocks {
				blocks = append(blocks, strings.TrimSpace(string(b.Cause)+" "+string(b.Key.Role)+" "+b.Address))
				want := Key{b.Cause, flow.To.Class, flow.To.Family, x.src.Compute, b.Role}
				if b.Key != want {
					t.Errorf("key %+v, want %+v", b.Key, want)
				}
			}
			if d := cmp.Diff(c.blocks, blocks); d != "" {
				t.Errorf("blocks (-want +got):\n%s%s", d, sentences(r.Hops))
			}
			if d := cmp.Diff(c.missing, names(r)); d != "" {
				t.Errorf("missing (-want +got):\n%s", d)
			}
			if c.via != "" && r.Via != c.via {
				t.Errorf("via %q, want %q", r.Via, c.via)
			}
		})
	}
}

func names(r *Result) []string {
	var out []string
	for _, m := range r.Reachable.Missing {
		out = append(out, m.Name)
	}
	return out
}

func sentences(hops []*Hop) string {
	var b strings.Builder
	for _, h := range hops {
		b.WriteString("  " + string(h.Role) + ": " + h.Message)
		if h.Cause != "" {
			b.WriteString(" [" + string(h.Cause) + "]")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (x *lab) natPath() *graph.NATGateway {
	x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
	return x.nat("Nat", "Edge")
}

func TestHopsNameEveryStepOfTheWay(t *testing.T) {
	x := newLab()
	x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gateway")
	r := x.trace(Flow{To: Internet(4)})
	want := `  subnet: subnet "App"
  route table: subnet "App" uses route table "AppTable"
  route: route 0.0.0.0/0 of "AppTable" leads to internet gateway "Gateway"
  internet gateway: a function's interface has no public IPv4 address, so internet gateway "Gateway" drops its packets [IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS]
`
	if d := cmp.Diff(want, sentences(r.Hops)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
