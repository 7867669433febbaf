package picture

import (
	"io"
	"strconv"
	"strings"
)

// mermaid writes flowcharts of Mermaid. https://mermaid.js.org/syntax/flowchart.html
type mermaid struct {
	writer
	depth int
}

// Mermaid writes the picture for comments and pages on GitHub. With a selected function it is its ways alone.
func Mermaid(w io.Writer, d *Document) error {
	m := newMermaid()
	drawTo(m, d)
	_, err := w.Write(m.Bytes())
	return err
}

// mermaidClasses are readable in light and dark, for they bring their own text along.
const mermaidClasses = `  classDef error fill:#fbe3e1,stroke:#b3261e,stroke-width:2px,color:#5c120d
  classDef blocked fill:#fbe3e1,stroke:#b3261e,color:#5c120d
  classDef warning fill:#fdf0d5,stroke:#8a5a00,stroke-width:2px,color:#4d3200
  classDef unknown fill:#fdf0d5,stroke:#8a5a00,color:#4d3200
  classDef reachable fill:#dff3e5,stroke:#1b7a3d,color:#0d3f1f
`

func newMermaid() *mermaid {
	m := &mermaid{depth: 1}
	m.WriteString("flowchart TB\n" + mermaidClasses)
	return m
}

func (m *mermaid) indent() { m.WriteString(strings.Repeat("  ", m.depth)) }

func (m *mermaid) open(id, _ string, lines ...string) {
	m.indent()
	m.printf("subgraph %s[\"%s\"]\n", id, mermaidText(lines))
	m.depth++
}

func (m *mermaid) close() {
	m.depth--
	m.indent()
	m.WriteString("end\n")
}

func (m *mermaid) node(id, class string, lines ...string) {
	m.indent()
	m.printf("%s[\"%s\"]", id, mermaidText(lines))
	for _, c := range strings.Fields(class) {
		if strings.Contains(mermaidClasses, "classDef "+c+" ") {
			m.WriteString(":::" + c)
			break
		}
	}
	m.WriteString("\n")
}

func (m *mermaid) edge(from, to, label, class string) {
	m.indent()
	arrow := "-->"
	if class == "dotted" {
		arrow = "-.->"
	}
	if label != "" {
		arrow += "|\"" + mermaidText([]string{label}) + "\"|"
	}
	m.printf("%s %s %s\n", from, arrow, to)
}

// mermaidText writes all but letters, digits and harmless signs as codes, which Mermaid shows as the characters.
func mermaidText(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br/>")
		}
		for _, r := range line {
			switch {
			case r >= 0x80, r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9',
				strings.ContainsRune(" .,:/-+?!'", r):
				b.WriteRune(r)
			default:
				b.WriteString("#" + strconv.Itoa(int(r)) + ";")
			}
		}
	}
	return b.String()
}
