package picture

import (
	"strings"
	"testing"
)

// overlap reports that two boxes share an area.
func (b *box) overlap(c *box) bool {
	return b.x < c.x+c.w && c.x < b.x+b.w && b.y < c.y+c.h && c.y < b.y+b.h
}

func (b *box) holds(c *box) bool {
	return b.x <= c.x && b.y <= c.y && c.x+c.w <= b.x+b.w && c.y+c.h <= b.y+b.h
}

func (b *box) is(class string) bool { return strings.Contains(" "+b.class+" ", " "+class+" ") }

// crosses reports that the line between two points enters the box.
func (b *box) crosses(p, q point) bool {
	line := &box{x: min(p.x, q.x), y: min(p.y, q.y), w: max(1, max(p.x, q.x)-min(p.x, q.x)), h: max(1, max(p.y, q.y)-min(p.y, q.y))}
	inner := &box{x: b.x + 1, y: b.y + 1, w: b.w - 2, h: b.h - 2}
	return inner.overlap(line)
}

// CheckScene reports boxes that overlap, and lines that run through boxes that they do not lead to.
func CheckScene(t *testing.T, d *Document) {
	t.Helper()
	s := newScene(d)
	for i, b := range s.boxes {
		if b.x < 0 || b.y < 0 || b.x+b.w > s.width || b.y+b.h > s.height {
			t.Errorf("%q is outside of the picture", b.lines)
		}
		for _, c := range s.boxes[i+1:] {
			nested := c.is("chip") && (b.is("subnet") || b.is("strip")) && b.holds(c) || b.is("vpc") || b.is("band") || b.is("strip") && b.holds(c)
			if !nested && b.overlap(c) {
				t.Errorf("%s %q overlaps %s %q", b.class, b.lines, c.class, c.lines)
			}
		}
	}
	for _, w := range s.wires {
		for i := range w.points[1:] {
			for _, b := range s.boxes {
				if !b.is("subnet") && !b.is("zone") && !b.is("vpcname") && !b.is("endpoint") {
					continue
				}
				isLast := i+2 == len(w.points) && b.is("subnet") // a NAT gateway lies inside of its subnet
				if b.crosses(w.points[i], w.points[i+1]) && !isLast {
					t.Errorf("the line from %s to %s runs through %q", w.from, w.to, b.lines)
				}
			}
		}
	}
}

func TestCutKeepsTheEnd(t *testing.T) {
	got := cut("InlineVpcPublicSubnet1RouteTable", 150)
	if textWidth(got) > 150 || !strings.HasPrefix(got, "InlineV") || !strings.HasSuffix(got, "Table") {
		t.Errorf("got %q", got)
	}
	if got := cut("日本語の名前です", 60); textWidth(got) > 60 {
		t.Errorf("%q is too wide", got)
	}
	if got := cut("short", 100); got != "short" {
		t.Errorf("got %q", got)
	}
}
