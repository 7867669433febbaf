package picture

import (
	"fmt"
	"io"
	"strings"
)

// dot writes the language of Graphviz. https://graphviz.org/doc/info/lang.html
type dot struct {
	writer
	depth int
}

// DOT writes the picture for Graphviz. With a selected function it is its ways alone.
func DOT(w io.Writer, d *Document) error {
	g := &dot{depth: 1}
	g.WriteString("digraph network {\n" +
		"  rankdir=BT; node [shape=box, style=\"rounded,filled\", fillcolor=white, " +
		"fontname=\"Helvetica\", fontsize=11];\n" +
		"  edge [fontname=\"Helvetica\", fontsize=9]; graph [fontname=\"Helvetica\", fontsize=12];\n")
	drawTo(g, d)
	g.WriteString("}\n")
	_, err := w.Write(g.Bytes())
	return err
}

// dotColors are the fill of a class, and its line.
var dotColors = map[string][2]string{
	"error": {"#fbe3e1", "#b3261e"}, "blocked": {"#fbe3e1", "#b3261e"}, "warning": {"#fdf0d5", "#8a5a00"},
	"unknown": {"#fdf0d5", "#8a5a00"}, "reachable": {"#dff3e5", "#1b7a3d"}, Public: {"#fdf3dc", "#9aa5b1"},
	Private: {"#e3f0fb", "#9aa5b1"}, Isolated: {"#eceaf6", "#9aa5b1"}, "vpc": {"white", "#52606d"},
}

// attributes are those of the last class that has colours.
func attributes(class string) string {
	out := ""
	for _, c := range strings.Fields(class) {
		if colors, ok := dotColors[c]; ok {
			out = fmt.Sprintf("fillcolor=\"%s\", color=\"%s\"", colors[0], colors[1])
		}
	}
	return out
}

func (g *dot) line(format string, args ...any) {
	g.WriteString(strings.Repeat("  ", g.depth))
	g.printf(format+"\n", args...)
}

func (g *dot) open(id, class string, lines ...string) {
	g.line("subgraph cluster_%s {", id)
	g.depth++
	g.line("label=\"%s\"; style=filled; fillcolor=white;", dotText(lines))
	if a := attributes(class); a != "" {
		g.line("%s", strings.ReplaceAll(a, ", ", "; "))
	}
}

func (g *dot) close() {
	g.depth--
	g.line("}")
}

func (g *dot) node(id, class string, lines ...string) {
	a := attributes(class)
	if a != "" {
		a = ", " + a
	}
	g.line("%s [label=\"%s\"%s];", id, dotText(lines), a)
}

func (g *dot) edge(from, to, label, class string) {
	style := "solid"
	if class == "dotted" {
		style = "dashed"
	}
	g.line("%s -> %s [label=\"%s\", style=%s];", from, to, dotText([]string{label}), style)
}

// dotText breaks long lines, as Graphviz does not.
func dotText(lines []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "&", "&amp;") // Graphviz reads entities
	var out []string
	for _, line := range lines {
		out = append(out, wrap(line, "", func(row string) bool { return len(row) > 49 })...)
	}
	return escape.Replace(strings.Join(out, "\n"))
}
