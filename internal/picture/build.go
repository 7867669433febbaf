package picture

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Options choose what is drawn.
type Options struct {
	// Function is the address of the function whose ways are lit, in the network In. Empty: none is.
	Function string
	In       *graph.Network
	// VPC is the ID or label of the only VPC to draw. Empty: all.
	VPC string
}

// worlds bounds the cases of conditions that are counted.
const worlds = 16

// New says what to draw of the networks. The report is about them. Networks without a VPC and without a function that
// may be in one are left out.
func New(r *report.Report, networks []*graph.Network, o Options) *Document {
	d := &Document{SchemaVersion: schemaVersion, Networks: []*Network{}}
	for _, n := range networks {
		if o.In != nil && o.In != n {
			continue
		}
		drawn := newBuilder(r, n).build()
		if n == o.In {
			drawn.Selected = report.Line(o.Function)
		}
		if o.VPC != "" {
			drawn.keep(o.VPC)
		}
		if len(drawn.VPCs) > 0 || o.VPC == "" && slices.ContainsFunc(drawn.Groups, (*Group).isInside) {
			d.Networks = append(d.Networks, drawn)
		}
	}
	return d
}

func (g *Group) isInside() bool { return g.Place != outside }

// builder makes the picture of one network in one world.
type builder struct {
	report   *report.Report
	v        *graph.View
	engine   *trace.Engine
	out      *Network
	vpcs     map[string]*VPC
	subnets  map[string]*Subnet
	nodes    map[string]*Node // all that have a box, by ID
	results  map[wayKey]int
	findings map[string][]int // by the resource and by those affected
}

func newBuilder(r *report.Report, n *graph.Network) *builder {
	w, others := usualWorld(n)
	v := n.In(w)
	b := &builder{
		report: r, v: v, engine: trace.New(v), vpcs: map[string]*VPC{}, subnets: map[string]*Subnet{},
		nodes: map[string]*Node{}, results: map[wayKey]int{}, findings: map[string][]int{},
		out: &Network{
			Root: report.Line(n.Root), Case: []string{}, OtherCases: others, VPCs: []*VPC{}, Groups: []*Group{},
			Functions: []*Function{}, Ways: []*Way{}, Findings: []*Finding{}, Unplaced: []*Node{},
		},
	}
	for _, a := range w.Assignments() {
		is := " is "
		if !a.Is {
			is = " is not "
		}
		b.out.Case = append(b.out.Case, report.Line(a.Subject+is+a.Literal))
	}
	return b
}

// usualWorld is the case that is drawn: of those that go against no default the one in which most exists. Others is
// how many more there are.
func usualWorld(n *graph.Network) (best *fact.World, others int) {
	type census struct {
		w       *fact.World
		there   int
		missing []fact.Missing
	}
	count := func(w *fact.World) census {
		c := census{w: w}
		for _, when := range conditions(n) {
			switch v := w.Holds(when); v.Truth {
			case fact.True:
				c.there++
			case fact.Unknown:
				c.missing = append(c.missing, v.Missing...)
			}
		}
		return c
	}
	all := fact.Leaves(nil, worlds, count, func(c census) []fact.Missing { return c.missing })
	first := slices.MaxFunc(all, func(a, b census) int {
		return cmp.Or(cmp.Compare(truth(a.w.IsUsual()), truth(b.w.IsUsual())), cmp.Compare(a.there, b.there))
	})
	return first.w, len(all) - 1
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// conditions are those under which what is drawn exists.
func conditions(n *graph.Network) (out []fact.Cond) {
	out = append(conditionsOf(&n.VPCs), conditionsOf(&n.Subnets)...)
	out = append(out, conditionsOf(&n.RouteTableAssociations)...)
	out = append(out, conditionsOf(&n.Routes)...)
	out = append(out, conditionsOf(&n.NATGateways)...)
	out = append(out, conditionsOf(&n.GatewayAttachments)...)
	out = append(out, conditionsOf(&n.Endpoints)...)
	out = append(out, conditionsOf(&n.DataStores)...)
	return append(out, conditionsOf(&n.Functions)...)
}

func conditionsOf[T any](t *graph.Table[T]) (out []fact.Cond) {
	for node := range t.All() {
		if when := any(node).(graph.Node).Head().When; !when.IsAlways() {
			out = append(out, when)
		}
	}
	return out
}

func (b *builder) build() *Network {
	b.addFindings()
	for vpc := range b.v.VPCs.All() {
		if !b.absent(vpc) {
			b.addVPC(vpc)
		}
	}
	for s := range b.v.Subnets.All() {
		if !b.absent(s) {
			b.addSubnet(s)
		}
	}
	b.addNATs()
	b.addInstances()
	b.addBorders()
	b.addEndpoints()
	b.addStores()
	b.addFunctions()
	for _, vpc := range b.out.VPCs {
		vpc.arrange()
	}
	return b.out
}

// absent reports that the node does not exist in the world that is drawn.
func (b *builder) absent(n graph.Node) bool { return b.v.Exists(n).IsFalse() }

// node makes the box of a resource. The first of an address counts.
func (b *builder) node(h *graph.Header, kind, detail string) Node {
	findings := b.findings[h.Address]
	if findings == nil {
		findings = []int{}
	}
	return Node{
		ID: report.Line(h.Address), Label: label(h), Kind: kind, Detail: report.Line(detail),
		Location: b.place(h.Span), Findings: findings,
	}
}

func (b *builder) place(s source.Span) *Place {
	at, ok := b.report.Files.Location(s)
	if !ok {
		return nil
	}
	return &Place{report.Line(at.File), at.StartLine}
}

// hash is what AWS CDK puts behind the path in a logical id.
// https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html
var hash = regexp.MustCompile(`^(.+[a-z].*)[0-9A-F]{8}$`)

// label is a short name of the resource: its path in a CDK app, its Name in the account, or the end of its address.
func label(h *graph.Header) string {
	if path := h.Tags["aws:cdk:path"]; path != "" {
		_, inner, _ := strings.Cut(strings.TrimSuffix(path, "/Resource"), "/")
		return report.Line(cmp.Or(inner, path))
	}
	if name := h.Tags["Name"]; h.Account != nil && name != "" {
		return report.Line(name)
	}
	_, address := rules.SplitAddress(h.Address, true)
	if kind, name, ok := strings.Cut(address, "."); ok && strings.HasPrefix(kind, "aws_") {
		address = name
	}
	return report.Line(hash.ReplaceAllString(address, "$1"))
}

// addFindings takes those of the report that are about the network.
func (b *builder) addFindings() {
	for _, f := range b.report.Findings() {
		if f.Root != b.v.Root {
			continue
		}
		i := len(b.out.Findings)
		affects := []string{}
		for _, a := range f.Affects {
			affects = append(affects, report.Line(a))
		}
		b.out.Findings = append(b.out.Findings, &Finding{
			Rule: f.Rule.Name, Severity: report.Severity(f).String(), Message: report.Line(f.Message),
			Remedy: report.Line(f.Remedy), Resource: report.Line(f.Resource), Affects: affects,
			Location: b.place(f.Span),
		})
		about := append(slices.Clone(f.Affects), f.Resource)
		slices.Sort(about)
		for _, address := range slices.Compact(about) {
			b.findings[address] = append(b.findings[address], i)
		}
	}
}

// worst is the highest severity of the findings, or "".
func (n *Network) worst(findings []int) string {
	for _, s := range []rules.Severity{rules.Error, rules.Warning, rules.Note} {
		if slices.ContainsFunc(findings, func(i int) bool { return n.Findings[i].Severity == s.String() }) {
			return s.String()
		}
	}
	return ""
}
