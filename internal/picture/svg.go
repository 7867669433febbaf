package picture

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

//go:embed page/picture.css
var pictureCSS string

// listed bounds the findings, and the ways, that are told below a still picture.
const listed = 12

// SVG writes the picture, still, with what is wrong and the selected function's ways in words below it.
func SVG(w io.Writer, d *Document) error {
	s := newScene(d)
	s.words(d)
	p := &painter{d: d}
	p.svg(s, true)
	_, err := w.Write(p.Bytes())
	return err
}

// words adds the findings and the ways as text.
func (s *scene) words(d *Document) {
	for i, n := range d.Networks {
		for j, f := range n.Findings {
			if j < listed {
				s.say(i, "say "+f.Severity, fmt.Sprintf("%d  %s: %s [%s]", j+1, f.Severity, f.Message, f.Rule))
			}
		}
		if more := len(n.Findings) - listed; more > 0 {
			s.say(i, "say", fmt.Sprintf("and %d more findings", more))
		}
		if way := n.lit(); way != nil {
			s.say(i, "say "+way.Status, fmt.Sprintf("from %s to %s: %s", way.From, way.To, way.Status))
			for _, h := range way.Hops {
				text := "→ " + h.Message
				if h.Cause != "" {
					text = "✗ " + h.Message + " (" + h.Cause + ")"
				}
				s.say(i, "say hop", text)
			}
		}
	}
	s.height += pad
}

// say adds a text, in as many lines as it takes.
func (s *scene) say(network int, class, text string) {
	width := max(s.width-4*pad, 600)
	lines := wrap(text, "     ", func(line string) bool { return textWidth(line) > width })
	s.boxes = append(s.boxes, &box{x: pad, y: s.height, w: width + 2*pad, h: len(lines)*lineHeight + 6,
		class: class, lines: lines, network: network})
	s.width = max(s.width, width+4*pad)
	s.height += len(lines)*lineHeight + 8
}

// lit is the way that a still picture lights: the first of the selected function to something it is known to need that
// is blocked, else the first that is blocked, else the first.
func (n *Network) lit() *Way {
	f := n.function(n.Selected)
	if f == nil || len(f.Ways) == 0 {
		return nil
	}
	isBlocked := func(w int) bool { return n.Ways[w].Status == "blocked" }
	isNeeded := func(w int) bool { return isBlocked(w) && !n.Ways[w].toInternet() }
	i := slices.IndexFunc(f.Ways, isNeeded)
	if i < 0 {
		i = slices.IndexFunc(f.Ways, isBlocked)
	}
	return n.Ways[f.Ways[max(i, 0)]]
}

func (w *Way) toInternet() bool { return strings.HasSuffix(w.To, "internet") }

// steps are the nodes with boxes along the way, in order.
func (w *Way) steps() []string {
	out := []string{w.From}
	for _, h := range w.Hops {
		if h.Node != "" && !slices.Contains(out, h.Node) {
			out = append(out, h.Node)
		}
	}
	if w.Status == "reachable" && w.toInternet() {
		out = append(out, internetID)
	}
	return out
}

// joins says whether the way goes along the wire.
func joins(steps []string, from, to string) bool {
	i := slices.Index(steps, from)
	return i >= 0 && slices.Contains(steps[i+1:], to)
}

// painter writes a scene. All text goes through xml.EscapeText.
type painter struct {
	writer
	d *Document
}

func (p *painter) text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// svg writes the scene. A picture that stands alone brings its style along.
func (p *painter) svg(s *scene, alone bool) {
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" `+
		`width="%d" height="%d" role="%s" aria-label="network">`,
		s.width, s.height, s.width, s.height, map[bool]string{true: "img", false: "group"}[alone])
	if alone {
		p.printf("<style>%s</style><rect class=\"page\" width=\"100%%\" height=\"100%%\"/>", pictureCSS)
	}
	p.WriteString("\n")
	for _, b := range s.boxes {
		p.box(b, alone)
	}
	for _, w := range s.wires {
		p.wire(w)
	}
	for _, b := range s.boxes {
		p.badge(b)
	}
	p.WriteString("</svg>\n")
}

func (p *painter) box(b *box, alone bool) {
	n := p.d.Networks[b.network]
	id, title, class := "", "", b.class
	switch {
	case b.node != nil:
		id, title = b.node.ID, b.node.title()+" "+b.node.ID
		class += " " + n.worst(b.node.Findings)
	case b.group != nil:
		id, title = b.group.ID, strings.Join(b.group.Functions, ", ")
	}
	if way := n.lit(); way != nil && alone {
		switch {
		case b.node != nil && slices.Contains(way.steps(), id),
			b.group != nil && slices.Contains(b.group.Functions, n.Selected):
			class += " lit " + way.Status
		}
	}
	p.printf(`<g class="box %s"`, p.text(strings.TrimSpace(class)))
	if id != "" {
		p.printf(` data-id="%s" data-network="%d"`, p.text(id), b.network)
		if !alone && (b.class != "vpc") {
			p.printf(` tabindex="0" role="button" aria-label="%s"`, p.text(strings.Join(b.lines, ", ")))
		}
	}
	p.WriteString(">")
	if title != "" {
		p.printf("<title>%s</title>", p.text(title))
	}
	p.printf(`<rect x="%d" y="%d" width="%d" height="%d" rx="4"/>`, b.x, b.y, b.w, b.h)
	p.lines(b)
	p.WriteString("</g>\n")
}

// lines writes the text of a box: turned at the side of a row, else one line below the other.
func (p *painter) lines(b *box) {
	if strings.Contains(b.class, " side ") {
		x, y := b.x+b.w/2+4, b.y+b.h/2
		p.printf(`<text x="%d" y="%d" transform="rotate(-90 %d %d)" text-anchor="middle">%s</text>`, x, y, x, y,
			p.text(cut(b.lines[0], b.h)))
		return
	}
	y := b.y + pad + fontSize/2 + 4
	if b.h < pad*2+lineHeight || len(b.lines) > 1 && b.h == borderBox {
		y = b.y + (b.h-(len(b.lines)-1)*(lineHeight-1))/2 + 4
	}
	for i, line := range b.lines {
		class := ""
		if i == 0 {
			class = ` class="first"`
		}
		p.printf(`<text x="%d" y="%d"%s xml:space="preserve">%s</text>`,
			b.x+pad, y+i*lineHeight, class, p.text(cut(line, b.w-2*pad)))
	}
}

// badge marks a box with the numbers of its findings.
func (p *painter) badge(b *box) {
	var findings []int
	n := p.d.Networks[b.network]
	switch {
	case b.node != nil:
		findings = b.node.Findings
	case b.group != nil:
		for _, id := range b.group.Functions {
			findings = append(findings, n.function(id).Findings...)
		}
		slices.Sort(findings)
		findings = slices.Compact(findings)
	}
	if len(findings) == 0 {
		return
	}
	text := strconv.Itoa(findings[0] + 1)
	if len(findings) == 2 {
		text += "," + strconv.Itoa(findings[1]+1)
	} else if len(findings) > 2 {
		text += "+"
	}
	w := textWidth(text) + 8
	x, y := b.x+b.w-w/2-4, b.y-7
	if b.h == chipHeight {
		y = b.y + (b.h-16)/2
	}
	p.printf(`<g class="badge %s" aria-hidden="true"><rect x="%d" y="%d" width="%d" height="16" rx="8"/>`+
		`<text x="%d" y="%d" text-anchor="middle">%s</text></g>`+"\n",
		n.worst(findings), x-w/2, y, w, x, y+12, text)
}

func (p *painter) wire(w *wire) {
	n := p.d.Networks[w.network]
	class := "wire " + w.class
	if way := n.lit(); way != nil && joins(way.steps(), w.from, w.to) {
		class += " lit " + way.Status
	}
	p.printf(`<path class="%s" data-from="%s" data-to="%s" data-network="%d" d="`,
		class, p.text(w.from), p.text(w.to), w.network)
	for i, at := range w.points {
		p.printf("%s%d %d", map[bool]string{true: "M", false: "L"}[i == 0], at.x, at.y)
	}
	p.WriteString("\"/>")
	first, last := w.points[0], w.points[len(w.points)-1]
	p.printf(`<circle class="%s end" cx="%d" cy="%d" r="2.5"/>`+
		`<circle class="%s end" cx="%d" cy="%d" r="3.5"/>`+"\n",
		class, first.x, first.y, class, last.x, last.y)
}
