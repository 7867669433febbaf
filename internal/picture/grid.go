package picture

import (
	"fmt"
	"strings"
)

// grid is the table of one VPC: columns of a width, lines of subnets with heights, and where they are.
type grid struct {
	x, y    int
	first   []int // column of each zone, and the end
	columns int
	cells   map[*Subnet][2]int // column and line
	rows    []int              // first line of each row, and the end
	tops    []int              // y of each line
	heights []int
}

// left is the x of a column.
func (g *grid) left(column int) int { return g.x + rowHead + gutter + column*(boxWidth+gutter) }

func (g *grid) right() int { return g.left(max(g.columns, 1)) - gutter }

// newGrid gives each subnet a column and a line. Few zones with many subnets have several columns each.
func newGrid(vpc *VPC) *grid {
	g := &grid{cells: map[*Subnet][2]int{}}
	of := map[[2]string][]*Subnet{} // a row and a zone
	for _, s := range vpc.Subnets {
		at := [2]string{s.Access, s.Zone}
		of[at] = append(of[at], s)
	}
	for _, zone := range vpc.Zones {
		most := 0
		for _, row := range vpc.Rows {
			most = max(most, len(of[[2]string{row, zone}]))
		}
		g.first = append(g.first, g.columns)
		g.columns += min(most, max(1, 4/len(vpc.Zones)))
	}
	g.first = append(g.first, g.columns)
	for _, row := range vpc.Rows {
		top := len(g.heights)
		g.rows = append(g.rows, top)
		for z, zone := range vpc.Zones {
			wide := g.first[z+1] - g.first[z]
			for i, s := range of[[2]string{row, zone}] {
				line := top + i/wide
				g.cells[s] = [2]int{g.first[z] + i%wide, line}
				if line == len(g.heights) {
					g.heights = append(g.heights, 0)
				}
				g.heights[line] = max(g.heights[line], subnetHeight(s))
			}
		}
	}
	g.rows = append(g.rows, len(g.heights))
	return g
}

// place says where lines are, from y on, and returns the y behind them.
func (g *grid) place(y int) int {
	g.x, g.y = pad, y
	for _, h := range g.heights {
		y += channel
		g.tops = append(g.tops, y)
		y += h
	}
	return y
}

func subnetHeight(s *Subnet) int {
	return pad + len(subnetLines(s))*lineHeight + (len(s.NATs)+len(s.Stores)+len(s.Groups))*(chipHeight+chipGap) + pad
}

// subnetLines are its texts: the name, the ranges, the table and the first routes.
func subnetLines(s *Subnet) []string {
	lines := []string{s.Label}
	if len(s.CIDRs) > 0 {
		lines = append(lines, strings.Join(s.CIDRs, " "))
	}
	if s.Table == nil {
		return append(lines, "route table not known")
	}
	name := s.Table.Label
	if s.Table.Main && name != "main table" {
		name += " (main table)"
	}
	lines = append(lines, name)
	for i, r := range s.Table.Routes {
		if i == maxRoutes && len(s.Table.Routes) > maxRoutes+1 {
			return append(lines, fmt.Sprintf("  and %d more routes", len(s.Table.Routes)-i))
		}
		lines = append(lines, "  "+r.Destination+" → "+r.Label)
	}
	if len(s.Table.Routes) == 0 {
		lines = append(lines, "  no route out of the VPC")
	}
	return lines
}
