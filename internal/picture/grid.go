package picture

import (
	"fmt"
	"slices"
	"strings"
)

// grid is the table of one VPC: columns of a width, lines of subnets with heights, and where they are.
type grid struct {
	x, y    int
	first   []int // column of each zone
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
	crowd := map[[2]int]int{}
	index := func(s *Subnet) [2]int {
		return [2]int{slices.Index(vpc.Rows, s.Access), slices.Index(vpc.Zones, s.Zone)}
	}
	most := make([]int, len(vpc.Zones))
	for _, s := range vpc.Subnets {
		at := index(s)
		crowd[at]++
		most[at[1]] = max(most[at[1]], crowd[at])
	}
	wide := make([]int, len(vpc.Zones))
	for z := range vpc.Zones {
		g.first = append(g.first, g.columns)
		wide[z] = min(most[z], max(1, 4/len(vpc.Zones)))
		g.columns += wide[z]
	}
	seen := map[[2]int]int{}
	for r := range vpc.Rows {
		g.rows = append(g.rows, len(g.heights))
		for _, s := range vpc.Subnets {
			at := index(s)
			if at[0] != r {
				continue
			}
			line := g.rows[r] + seen[at]/wide[at[1]]
			g.cells[s] = [2]int{g.first[at[1]] + seen[at]%wide[at[1]], line}
			seen[at]++
			for len(g.heights) <= line {
				g.heights = append(g.heights, 0)
			}
			g.heights[line] = max(g.heights[line], subnetHeight(s))
		}
	}
	g.rows = append(g.rows, len(g.heights))
	return g
}

// place says where lines are, from y on, and returns the y behind them.
func (g *grid) place(x, y int) int {
	g.x, g.y = x, y
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
