package picture

import (
	"fmt"
	"strings"
)

// A scene is a document with places: boxes in the order in which they are painted, and the lines between them. VPCs
// stand below each other. In each, zones are columns and kinds of subnets are rows, so that a box has its place by what
// it is, and lines run in the free channels beside columns and above rows and cross no box.
type scene struct {
	width, height int
	boxes         []*box
	wires         []*wire
}

// box is a rectangle with lines of text. Node is what it stands for, or nil for headings.
type box struct {
	x, y, w, h int
	class      string
	lines      []string
	node       *Node
	group      *Group
	network    int
}

// wire is a line along points, from the box of one node to that of another.
type wire struct {
	from, to string
	points   []point
	class    string
	network  int
}

type point struct{ x, y int }

// textWidth is the most that the text takes. Characters of East Asia are twice as wide.
func textWidth(text string) int {
	width := 0.0
	for _, r := range text {
		if width += em; r >= 0x1100 {
			width += em
		}
	}
	return int(width) + 1
}

// cut shortens the text to the width. Its end stays, since it is what tells many names apart.
func cut(text string, width int) string {
	if textWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	head, tail := runes[:len(runes)*2/3], runes[len(runes)*2/3:]
	for len(head)+len(tail) > 0 && textWidth(string(head)+"…"+string(tail)) > width {
		if len(head) > 2*len(tail) {
			head = head[:len(head)-1]
		} else {
			tail = tail[1:]
		}
	}
	return string(head) + "…" + string(tail)
}

// wrap breaks a text between words into lines that are not too long. All but the first begin with the indent.
func wrap(text, indent string, isLong func(line string) bool) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		switch longer := line + " " + word; {
		case line == "":
			line += word
		case isLong(longer):
			lines, line = append(lines, line), indent+word
		default:
			line = longer
		}
	}
	return append(lines, line)
}

// Sizes in pixels. A character of the monospaced font is em wide at most.
const (
	fontSize    = 12
	em          = 0.615 * fontSize
	lineHeight  = 17
	pad         = 10
	boxWidth    = 310
	chipHeight  = 24
	chipGap     = 5
	gutter      = 36 // the channel left of a column
	channel     = 26 // the channel above a row
	lanes       = 4
	laneWidth   = 6
	borderWidth = 240 // of a gateway at a border
	borderBox   = 40
	rowHead     = 30
	maxRoutes   = 4
)

// stage lays out one network after the other.
type stage struct {
	scene
	n       *Network
	network int
	y       int
	// Of the VPC at hand, with the boxes of nodes by ID.
	at     *VPC
	grid   *grid
	frame  *box
	places map[string]*box
}

func newScene(d *Document) *scene {
	s := &stage{y: pad}
	for i, n := range d.Networks {
		s.n, s.network = n, i
		s.title()
		for _, vpc := range n.VPCs {
			s.vpc(vpc)
		}
		s.loose()
	}
	s.height = s.y + pad
	s.width += 2 * pad
	return &s.scene
}

func (s *stage) add(b *box) *box {
	b.network = s.network
	s.boxes = append(s.boxes, b)
	s.width = max(s.width, b.x+b.w)
	if b.node != nil {
		s.places[b.node.ID] = b
	}
	return b
}

func (s *stage) title() {
	lines := []string{s.n.Root}
	if len(s.n.Case) > 0 {
		lines = append(lines, "where "+strings.Join(s.n.Case, " and "))
	}
	if s.n.OtherCases > 0 {
		lines = append(lines, fmt.Sprintf("This is one of %d cases.", s.n.OtherCases+1))
	}
	s.places = map[string]*box{}
	h := 2*pad + (len(lines)-1)*lineHeight
	s.add(&box{x: pad, y: s.y, w: max(s.width-pad, 900), h: h, class: "root", lines: lines})
	s.y += h + pad
}

func (s *stage) vpc(vpc *VPC) {
	s.places = map[string]*box{}
	g := newGrid(vpc)
	s.at, s.grid = vpc, g
	top := s.y
	if len(vpc.Exits) > 0 {
		top += internetHeight*2 + borderBox/2
	}
	inner := top + 30
	grid := inner
	if len(vpc.Zones) > 0 {
		grid += 20
	}
	bottom := max(g.place(grid), inner+endpointsHeight(vpc)) + pad
	if len(vpc.Links) > 0 {
		bottom += channel + borderBox/2
	}
	title := vpcTitle(vpc)
	name := &box{x: g.left(len(vpc.Exits)) - gutter, y: top, w: textWidth(title) + 2*pad, h: 28,
		class: "heading vpcname", lines: []string{title}}
	right := max(g.right(), name.x+name.w, g.left(len(vpc.Links))-gutter)
	edge := right + pad
	if len(vpc.Endpoints) > 0 {
		edge += gutter + borderWidth
	}
	s.frame = s.add(&box{x: pad, y: top, w: edge - pad, h: bottom - top, class: "vpc", node: &vpc.Node})
	s.add(name)
	s.zones(inner)
	s.rows()
	s.borders()
	for _, subnet := range vpc.Subnets {
		s.subnet(subnet)
	}
	s.endpoints(right+gutter, inner)
	s.routes()
	s.y = bottom + 2*pad + borderBox/2*truth(len(vpc.Links) > 0)
}

func vpcTitle(vpc *VPC) string {
	title := strings.Join(append([]string{"VPC " + strings.TrimPrefix(vpc.Label, "VPC ")}, vpc.CIDRs...), "  ")
	if vpc.Detail != "" && !strings.Contains(vpc.Label, "not in these files") {
		title += ", " + vpc.Detail
	}
	return title
}

func (s *stage) zones(y int) {
	for i, zone := range s.at.Zones {
		x, end := s.grid.left(s.grid.first[i]), s.grid.left(s.grid.first[i+1])
		s.add(&box{x: x, y: y, w: end - gutter - x, h: 20, class: "heading zone", lines: []string{zone}})
	}
}

// rows paints a band behind each kind of subnets.
func (s *stage) rows() {
	g := s.grid
	for i, row := range s.at.Rows {
		first, last := g.rows[i], g.rows[i+1]-1
		y := g.tops[first] - 6
		h := g.tops[last] + g.heights[last] + 6 - y
		class := strings.ReplaceAll(row, " ", "-")
		s.add(&box{x: g.x + 4, y: y, w: g.right() - g.x - 2, h: h, class: "band " + class})
		s.add(&box{x: g.x + 4, y: y, w: rowHead - 4, h: h, class: "heading side " + class, lines: []string{row}})
	}
}

// borders puts gateways onto the border: those to the internet above, those to other networks below. Each stands at a
// channel of columns, so that its lines go straight down, or up.
func (s *stage) borders() {
	g, frame := s.grid, s.frame
	for i, n := range s.at.Exits {
		gate := s.add(&box{x: g.left(i) - gutter, y: frame.y - borderBox/2, w: borderWidth, h: borderBox,
			class: "node gateway", lines: []string{n.Label, nodeKind(n)}, node: n})
		x := gate.x + gate.w/2
		s.wire(n.ID, internetID, "out", point{x, gate.y}, point{x, gate.y - internetHeight})
	}
	if len(s.at.Exits) > 0 {
		s.add(&box{x: frame.x, y: frame.y - borderBox/2 - 2*internetHeight, w: frame.w, h: internetHeight,
			class: "internet", lines: []string{"Internet"}})
	}
	for i, n := range s.at.Links {
		s.add(&box{x: g.left(i) - gutter, y: frame.y + frame.h - borderBox/2, w: borderWidth, h: borderBox,
			class: "node link", lines: []string{n.Label, nodeKind(n)}, node: n})
	}
}

// internetID stands for the internet at the end of lines.
const (
	internetID     = "internet"
	internetHeight = 24
)

func nodeKind(n *Node) string {
	if strings.HasPrefix(n.Detail, "to ") {
		return "peering " + n.Detail
	}
	return strings.TrimSpace(n.Detail + " " + n.Kind)
}

func (s *stage) subnet(subnet *Subnet) {
	cell := s.grid.cells[subnet]
	x, y := s.grid.left(cell[0]), s.grid.tops[cell[1]]
	lines := subnetLines(subnet)
	s.add(&box{x: x, y: y, w: boxWidth, h: subnetHeight(subnet),
		class: "node subnet " + strings.ReplaceAll(subnet.Access, " ", "-"), lines: lines, node: &subnet.Node})
	y += pad + len(lines)*lineHeight
	chip := func(b *box) {
		b.x, b.y, b.w, b.h = x+pad, y, boxWidth-2*pad, chipHeight
		s.add(b)
		y += chipHeight + chipGap
	}
	for _, n := range subnet.NATs {
		chip(&box{class: "node chip nat", lines: []string{nodeKind(n) + " " + n.Label}, node: n})
	}
	for _, n := range subnet.Stores {
		chip(&box{class: "node chip store", lines: []string{n.Kind + " " + n.Label}, node: n})
	}
	for _, id := range subnet.Groups {
		chip(s.groupBox(id))
	}
}

func (s *stage) groupBox(id string) *box {
	for _, g := range s.n.Groups {
		if g.ID == id {
			return &box{class: "node chip function " + g.Severity, lines: []string{"λ " + g.Label}, group: g}
		}
	}
	return &box{}
}

func endpointsHeight(vpc *VPC) int {
	if len(vpc.Endpoints) == 0 {
		return 0
	}
	return 24 + len(vpc.Endpoints)*(borderBox+chipGap)
}

func (s *stage) endpoints(x, y int) {
	if len(s.at.Endpoints) == 0 {
		return
	}
	s.add(&box{x: x, y: y, w: borderWidth, h: 20, class: "heading zone", lines: []string{"endpoints"}})
	y += 24
	for _, n := range s.at.Endpoints {
		s.add(&box{x: x, y: y, w: borderWidth, h: borderBox, class: "node endpoint",
			lines: []string{n.Label, n.Detail + " endpoint"}, node: n})
		y += borderBox + chipGap
	}
}

// loose paints what is in no subnet that is known.
func (s *stage) loose() {
	s.places = map[string]*box{}
	for _, of := range []struct{ place, says string }{
		{elsewhere, "functions in subnets that the files do not tell"}, {outside, "functions outside of any VPC"},
	} {
		var chips []*box
		for _, g := range s.n.Groups {
			if g.Place == of.place {
				chips = append(chips, s.groupBox(g.ID))
			}
		}
		s.strip(of.says, chips)
	}
	var stores []*box
	for _, n := range s.n.Unplaced {
		stores = append(stores, &box{class: "node chip store", lines: []string{n.Kind + " " + n.Label}, node: n})
	}
	s.strip("data stores whose subnets the files do not tell", stores)
	s.y += 2 * pad
}

// strip is a heading with chips beneath it, four in a line.
func (s *stage) strip(says string, chips []*box) {
	if len(chips) == 0 {
		return
	}
	const inLine = 4
	lines := (len(chips) + inLine - 1) / inLine
	s.add(&box{x: pad, y: s.y, w: inLine*(boxWidth+pad) + pad, h: 30 + lines*(chipHeight+chipGap) + 5, class: "strip"})
	s.add(&box{x: pad, y: s.y, w: inLine * (boxWidth + pad), h: 26, class: "heading", lines: []string{says}})
	for i, b := range chips {
		b.x, b.y = 2*pad+i%inLine*(boxWidth+pad), s.y+28+i/inLine*(chipHeight+chipGap)
		b.w, b.h = boxWidth, chipHeight
		s.add(b)
	}
	s.y += 30 + lines*(chipHeight+chipGap) + 5 + pad
}
