package picture

import "slices"

// wire adds a line unless it is there already.
func (s *stage) wire(from, to, class string, points ...point) {
	again := func(w *wire) bool { return w.network == s.network && w.from == from && w.to == to }
	if !slices.ContainsFunc(s.wires, again) {
		s.wires = append(s.wires, &wire{from: from, to: to, class: class, points: points, network: s.network})
	}
}

// routes draws a line from each subnet to each target of its table that has a box in the VPC. Lines to one target run
// in one lane of every channel, so that they join on their way, and those to others run beside it.
func (s *stage) routes() {
	var targets []string
	for _, subnet := range s.at.Subnets {
		if subnet.Table == nil {
			continue
		}
		for i, r := range subnet.Table.Routes {
			if to := s.places[r.Target]; to != nil && to.node != nil {
				lane := slices.Index(targets, r.Target)
				if lane < 0 {
					lane = len(targets)
					targets = append(targets, r.Target)
				}
				lines := len(subnetLines(subnet))
				row := min(lines-min(len(subnet.Table.Routes), maxRoutes+1)+i, lines-1)
				y := s.places[subnet.ID].y + pad + row*lineHeight + lineHeight/2
				s.route(subnet, to, y, lane)
			}
		}
	}
}

func (s *stage) route(from *Subnet, to *box, y, lane int) {
	cell := s.grid.cells[from]
	x := s.grid.left(cell[0])
	shift := lane % lanes * laneWidth
	side := x - gutter + 8 + shift
	start := []point{{x, y}, {side, y}}
	center := to.x + 8 + shift
	switch {
	case slices.Contains(s.at.Exits, to.node):
		over := s.grid.y + 1 + shift/2
		start = append(start, point{side, over}, point{center, over}, point{center, to.y + to.h})
		s.wire(from.ID, to.node.ID, "gateway", start...)
	case slices.Contains(s.at.Links, to.node):
		under := s.frame.y + s.frame.h - borderBox/2 - channel + 4 + shift/2
		start = append(start, point{side, under}, point{center, under}, point{center, to.y})
		s.wire(from.ID, to.node.ID, "link", start...)
	default:
		s.inward(from, to, start, shift)
	}
}

// inward leads to a chip in a subnet.
func (s *stage) inward(from *Subnet, to *box, start []point, shift int) {
	for home, cell := range s.grid.cells {
		if !slices.Contains(home.NATs, to.node) {
			continue
		}
		enter := s.grid.left(cell[0]) - gutter + 8 + shift
		middle := to.y + to.h/2
		if enter != start[1].x {
			above := s.grid.tops[cell[1]] - channel + 4 + shift/2
			start = append(start, point{start[1].x, above}, point{enter, above})
		}
		s.wire(from.ID, to.node.ID, "nat", append(start, point{enter, middle}, point{to.x, middle})...)
	}
}
