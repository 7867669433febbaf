package picture

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func (b *builder) addVPC(vpc *graph.VPC) *VPC {
	out := emptyVPC(b.node(&vpc.Header, "VPC", ""))
	for r := range fact.Certain(vpc.CIDRs, b.v.World) {
		out.CIDRs = append(out.CIDRs, r.String())
	}
	b.keepVPC(out)
	return out
}

func emptyVPC(n Node) *VPC {
	return &VPC{Node: n, CIDRs: []string{}, Zones: []string{}, Rows: []string{}, Subnets: []*Subnet{}, Exits: []*Node{},
		Links: []*Node{}, Endpoints: []*Node{}}
}

func (b *builder) keepVPC(out *VPC) {
	b.vpcs[out.ID] = out
	b.nodes[out.ID] = &out.Node
	b.out.VPCs = append(b.out.VPCs, out)
}

// vpcOf is the box of the VPC that ref names, which may lie outside of the files.
func (b *builder) vpcOf(ref graph.Ref[graph.VPC]) *VPC {
	id, ok := ref.Get(b.v.World)
	name := report.Line(string(id))
	switch {
	case ok.IsFalse():
		name = "default VPC of the account"
	case ok.IsUnknown():
		name = "VPC that is not in these files"
	}
	if vpc := b.vpcs[name]; vpc != nil {
		return vpc
	}
	elsewhere := emptyVPC(Node{ID: name, Label: name, Kind: "VPC", Detail: "not in these files", Findings: []int{}})
	b.keepVPC(elsewhere)
	return elsewhere
}

func (b *builder) addSubnet(s *graph.Subnet) {
	out := &Subnet{
		Node: b.node(&s.Header, "subnet", ""), Zone: b.zone(s), Access: b.access(s), CIDRs: b.ranges(s),
		Table: b.table(s), NATs: []*Node{}, Stores: []*Node{}, Groups: []string{},
	}
	b.subnets[s.Address] = out
	b.nodes[out.ID] = &out.Node
	vpc := b.vpcOf(s.VPC)
	vpc.Subnets = append(vpc.Subnets, out)
	if out.Table != nil {
		b.adopt(out, out.Table.ID)
		for _, r := range b.routes(s) {
			b.adopt(out, report.Line(r.Address))
		}
	}
}

// adopt shows the findings of what has no box of its own at the subnet.
func (b *builder) adopt(s *Subnet, address string) {
	for _, i := range b.findings[address] {
		if !slices.Contains(s.Findings, i) {
			s.Findings = append(slices.Clip(s.Findings), i)
		}
	}
}

// nth is how the files mean a zone by its number, from 0.
var nth = regexp.MustCompile(`^\$\{AZ\[(\d{1,3})\]\}$`)

const anyZone = "zone that AWS chooses"

func (b *builder) zone(s *graph.Subnet) string {
	zone, ok := s.AZ.Get(b.v.World)
	switch ok.Truth {
	case fact.True:
		name := zone.String()
		if m := nth.FindStringSubmatch(name); m != nil {
			i, _ := strconv.Atoi(m[1])
			name = fmt.Sprint("zone ", i+1)
		}
		return report.Line(name)
	case fact.False:
		return anyZone
	}
	return "zone that is not known"
}

// ranges are those that are known; for an IPv6 range that is not, the text says so.
func (b *builder) ranges(s *graph.Subnet) []string {
	out := []string{}
	if r, ok := s.CIDR.Get(b.v.World); ok.IsTrue() {
		out = append(out, r.String())
	}
	switch r, ok := s.IPv6CIDR.Get(b.v.World); {
	case ok.IsTrue():
		out = append(out, r.String())
	case b.v.IPv6(s).IsTrue():
		out = append(out, "IPv6")
	}
	return out
}

// access asks where packets of a function without rules of its own would get to.
func (b *builder) access(s *graph.Subnet) string {
	v4 := b.engine.Trace(trace.SomeFunction(s), trace.Flow{To: trace.Internet(4)})
	switch {
	case slices.ContainsFunc(v4.Blocks, rules.AtGateway):
		return Public
	case !slices.ContainsFunc(v4.Blocks, rules.AtTable):
		return decided(v4)
	case b.v.IPv6(s).IsFalse():
		return Isolated
	}
	v6 := b.engine.Trace(trace.SomeFunction(s), trace.Flow{To: trace.Internet(6)})
	if slices.ContainsFunc(v6.Blocks, rules.AtTable) {
		return Isolated
	}
	return decided(v6)
}

// decided is what a subnet is from which packets find some route. The way names the gateway where one is known.
func decided(r *trace.Result) string {
	switch {
	case strings.Contains(r.Via, string(trace.RoleEgressOnly)):
		return Private
	case strings.Contains(r.Via, string(trace.RoleGateway)):
		return Public
	case r.Reachable.IsUnknown() && r.Via == "":
		return Unclear
	}
	return Private
}

func (b *builder) table(s *graph.Subnet) *Table {
	table, explicit, _ := b.v.RouteTable(s)
	if table == nil {
		return nil
	}
	out := &Table{
		ID: report.Line(table.Address), Label: label(&table.Header), Main: explicit == nil, Routes: []*Route{},
	}
	if table.Implicit {
		out.Label = "main table"
	}
	for _, r := range b.routes(s) {
		out.Routes = append(out.Routes, b.route(r)...)
	}
	return out
}

// routes are those in force for the subnet.
func (b *builder) routes(s *graph.Subnet) (out []*graph.Route) {
	table, _, _ := b.v.RouteTable(s)
	if table == nil {
		return nil
	}
	for _, it := range graph.Existing(b.v, table.Routes).Items {
		out = append(out, it.Value)
	}
	return out
}

// route has an element for each target, most often one.
func (b *builder) route(r *graph.Route) (out []*Route) {
	for _, it := range r.Targets.In(b.v.World).Items {
		t, ok := it.Value.Get(b.v.World)
		switch {
		case ok.IsTrue() && t.Kind == graph.ToLocal:
		case !ok.IsTrue():
			out = append(out, &Route{Destination: b.destination(r), Label: "a target that is not known"})
		default:
			id := report.Line(t.ID)
			to := &Route{Destination: b.destination(r), Target: id, Label: string(t.Kind) + " " + id}
			if n, _ := b.v.Target(t); n != nil {
				to.Label = targetKind(n, t.Kind) + " " + label(n.Head())
				if e, ok := n.(*graph.VPCEndpoint); ok {
					to.Destination = cmp.Or(b.service(e), to.Destination)
				}
			}
			out = append(out, to)
		}
	}
	return out
}

// targetKind is what a person calls the target of a route.
func targetKind(n graph.Node, kind graph.TargetKind) string {
	switch n.(type) {
	case *graph.InternetGateway:
		return "internet gateway"
	case *graph.VPNGateway:
		return "VPN gateway"
	case *graph.EgressOnlyGateway:
		return "egress-only gateway"
	case *graph.Peering:
		return "peering"
	}
	return string(kind)
}

func (b *builder) destination(r *graph.Route) string {
	prefix, ok := r.Destination.Get(b.v.World)
	list, listed := r.PrefixList.Get(b.v.World)
	switch {
	case ok.IsTrue():
		return prefix.String()
	case listed.IsTrue():
		return report.Line(string(list))
	}
	return "a range that is not known"
}

// rows are the kinds of subnets from the border of the VPC inwards.
var rows = []string{Public, Private, Isolated, Unclear}

// arrange puts zones, rows and subnets into the order in which they are read.
func (vpc *VPC) arrange() {
	for _, s := range vpc.Subnets {
		if !slices.Contains(vpc.Zones, s.Zone) {
			vpc.Zones = append(vpc.Zones, s.Zone)
		}
	}
	slices.Sort(vpc.Zones)
	for _, row := range rows {
		if slices.ContainsFunc(vpc.Subnets, func(s *Subnet) bool { return s.Access == row }) {
			vpc.Rows = append(vpc.Rows, row)
		}
	}
	slices.SortStableFunc(vpc.Subnets, func(x, y *Subnet) int {
		return cmp.Or(slices.Index(rows, x.Access)-slices.Index(rows, y.Access), strings.Compare(x.Zone, y.Zone),
			first(x).Compare(first(y)))
	})
}

// first is the lowest address of the subnet, where it is known.
func first(s *Subnet) netip.Addr {
	for _, text := range s.CIDRs {
		if p, err := netip.ParsePrefix(text); err == nil {
			return p.Addr()
		}
	}
	return netip.Addr{}
}

// title is how the node is called in full.
func (n *Node) title() string { return fmt.Sprintf("%s %s", n.Kind, n.Label) }
