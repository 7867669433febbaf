package picture

import (
	"fmt"
	"slices"
	"strings"
)

// sketch is a language that is given nodes and edges, and lays them out itself. IDs are letters and digits, and texts
// are lines.
type sketch interface {
	open(id, class string, lines ...string)
	close()
	node(id, class string, lines ...string)
	edge(from, to, label, class string)
}

// outline tells a sketch what to draw.
type outline struct {
	sketch
	n   *Network
	ids map[string]string // of what has been drawn, by ID and kind
	// prefix keeps the IDs of networks apart.
	prefix string
}

func drawTo(s sketch, d *Document) {
	for i, n := range d.Networks {
		o := &outline{sketch: s, n: n, ids: map[string]string{}, prefix: fmt.Sprintf("n%d", i)}
		if f := n.function(n.Selected); f != nil {
			o.ways(f)
			continue
		}
		o.network()
	}
}

func (o *outline) id(of string) string {
	if id, ok := o.ids[of]; ok {
		return id
	}
	id := fmt.Sprintf("%sx%d", o.prefix, len(o.ids))
	o.ids[of] = id
	return id
}

func (o *outline) network() {
	o.open(o.id("root"), "root", o.n.Root)
	for _, vpc := range o.n.VPCs {
		o.vpc(vpc)
	}
	for _, g := range o.n.Groups {
		if g.Place != inSubnets {
			says := map[string]string{outside: "outside of any VPC", elsewhere: "in subnets that are not known"}
			o.group(g, "", says[g.Place])
		}
	}
	for _, n := range o.n.Unplaced {
		o.box(n, "store", "")
	}
	o.close()
	o.findings()
}

func (o *outline) vpc(vpc *VPC) {
	o.open(o.id("vpc "+vpc.ID), "vpc", vpcTitle(vpc))
	for _, n := range slices.Concat(vpc.Exits, vpc.Links) {
		o.box(n, "gateway", "")
	}
	for _, n := range vpc.Endpoints {
		o.box(n, "endpoint", "")
	}
	for _, row := range vpc.Rows {
		for _, s := range vpc.Subnets {
			if s.Access == row {
				o.subnet(s)
			}
		}
	}
	o.close()
	for _, n := range vpc.Exits {
		if _, drawn := o.ids[internetID]; !drawn {
			o.node(o.id(internetID), "internet", "Internet")
		}
		o.edge(o.id(n.ID), o.id(internetID), "", "")
	}
	for _, s := range vpc.Subnets {
		o.routes(s)
	}
}

func (o *outline) subnet(s *Subnet) {
	about := strings.Join(append([]string{s.Zone}, s.CIDRs...), " ")
	o.open(o.id("in "+s.ID), strings.ReplaceAll(s.Access, " ", "-"), s.Access+" subnet "+s.Label, about)
	table := "route table not known"
	if s.Table != nil {
		table = s.Table.Label
	}
	o.node(o.id(s.ID), "table "+o.n.worst(s.Findings), table)
	for _, n := range s.NATs {
		o.box(n, "nat", "")
	}
	for _, n := range s.Stores {
		o.box(n, "store", s.ID)
	}
	for _, g := range o.n.Groups {
		if slices.Contains(s.Groups, g.ID) {
			o.group(g, s.ID, "")
		}
	}
	o.close()
}

// box draws a node, once in each place.
func (o *outline) box(n *Node, class, place string) {
	key := strings.TrimSpace(place + " " + n.ID)
	if _, again := o.ids[key]; !again {
		o.node(o.id(key), class+" "+o.n.worst(n.Findings), n.Label, nodeKind(n))
	}
}

func (o *outline) group(g *Group, place, says string) {
	lines := []string{"λ " + g.Label}
	if says != "" {
		lines = append(lines, says)
	}
	o.node(o.id(place+" group "+g.ID), "function "+g.Severity, lines...)
	if place != "" {
		o.edge(o.id(place+" group "+g.ID), o.id(place), "", "")
	}
}

// routes leads from the table of a subnet to what has been drawn.
func (o *outline) routes(s *Subnet) {
	if s.Table == nil {
		return
	}
	for _, r := range s.Table.Routes {
		if id, drawn := o.ids[r.Target]; drawn && r.Target != "" {
			o.edge(o.id(s.ID), id, r.Destination, "")
		}
	}
}

// findings stand beside what they are about.
func (o *outline) findings() {
	for i, f := range o.n.Findings {
		at, drawn := o.ids[f.Resource]
		if f.Severity == "note" || i >= listed {
			continue
		}
		id := o.id(fmt.Sprint("finding ", i))
		o.node(id, "say "+f.Severity, f.Severity+": "+f.Message)
		if drawn {
			o.edge(id, at, "", "dotted")
		}
	}
}

// chains bounds the ways of one function that are drawn.
const chains = 6

// ways draws the ways of a function, blocked ones first, each hop a node.
func (o *outline) ways(f *Function) {
	ways := []*Way{}
	for _, status := range []string{"blocked", "unknown", "reachable"} {
		for _, i := range f.Ways {
			if w := o.n.Ways[i]; w.Status == status {
				ways = append(ways, w)
			}
		}
	}
	from := o.id(f.ID)
	o.node(from, "function "+o.n.worst(f.Findings), "λ "+f.Label)
	for i, w := range ways {
		if i == chains {
			break
		}
		var steps []step
		for _, h := range w.Hops {
			steps = append(steps, step{h.Message, h.Cause})
		}
		chain(o.sketch, fmt.Sprintf("%sw%d", o.prefix, i), from, steps, fmt.Sprintf("%s: %s", w.To, w.Status), w.Status)
	}
}

// step is a hop of a way, as text.
type step struct{ message, cause string }

// chain draws hops in a row, and the end of the way.
func chain(s sketch, prefix, from string, steps []step, end, status string) {
	for i, h := range steps {
		id, class, lines := fmt.Sprintf("%sh%d", prefix, i), "hop", []string{h.message}
		if h.cause != "" {
			class = "hop error"
			lines = append(lines, h.cause)
		}
		s.node(id, class, lines...)
		s.edge(from, id, "", "")
		from = id
	}
	s.node(prefix+"end", "internet "+status, end)
	style := ""
	if status == "blocked" {
		style = "dotted"
	}
	s.edge(from, prefix+"end", "", style)
}
