package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Walk is how a flow of one sender fares: what the command trace tells.
type Walk struct {
	// Files holds the text that the spans point into.
	Files *source.FileSet
	// From is the address of the sender in the deployment Root, To the destination as the user called it.
	From, Root, To string
	// Reach is the answer for all worlds together.
	Reach fact.Verdict
	// Worlds are the cases of conditions, and Reaches say how the flow fares in each.
	Worlds  []*fact.World
	Reaches []trace.Reach
}

// Text writes the way from the subnets of each world, and the answer last. Subnets from which the way is alike are told
// once, unless all is set.
func (k *Walk) Text(w io.Writer, all bool, opts Options) error {
	var b strings.Builder
	p := newPrinter(&b, &Report{Files: k.Files}, opts)
	for i, reach := range k.Reaches {
		if len(k.Reaches) > 1 {
			p.line("if %s:", world(k.Worlds[i]))
		}
		if reach.Outside {
			p.line("  %q is attached to no VPC and sends from Lambda's own network", Line(k.From))
		}
		for _, paths := range together(reach.Paths, all) {
			p.walked(paths)
		}
	}
	p.line("%s", k.answer())
	_, err := io.WriteString(w, b.String())
	return err
}

// together puts paths together that differ in nothing but names and places, or none.
func together(paths []trace.Path, none bool) [][]trace.Path {
	return grouped(paths, func(path trace.Path) string {
		if none {
			return path.Subnet.Address
		}
		key := path.Via + ending(path)
		for _, h := range path.Hops {
			key += "\x00" + anyName.ReplaceAllString(h.Message, "") + string(h.Cause)
		}
		return key
	})
}

func (p *printer) walked(paths []trace.Path) {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = fmt.Sprintf("%q", Line(path.Subnet.Address))
	}
	also := ""
	if len(names) > 1 {
		also = ", and so from " + list(names[1:], 4)
	}
	p.line("  from subnet %s: %s%s", names[0], ending(paths[0]), also)
	p.path(paths[0].Evidence())
}

func ending(p trace.Path) string {
	switch p.Reachable.Truth {
	case fact.True:
		if p.Via != "" {
			return "arrives through " + Line(p.Via)
		}
		return "arrives"
	case fact.False:
		return "is blocked"
	}
	return "unknown; " + Line(Hint(p.Reachable.Missing))
}

func (k *Walk) answer() string {
	from, to := Line(k.From), Line(k.To)
	switch k.Reach.Truth {
	case fact.True:
		return fmt.Sprintf("reachable: %q reaches %s", from, to)
	case fact.False:
		return fmt.Sprintf("blocked: %q does not reach %s", from, to)
	}
	return fmt.Sprintf("unknown: whether %q reaches %s; %s", from, to, Line(Hint(k.Reach.Missing)))
}

func world(w *fact.World) string {
	var parts []string
	for _, a := range w.Assignments() {
		not := ""
		if !a.Is {
			not = "not "
		}
		parts = append(parts, not+a.Subject+"="+a.Literal)
	}
	return Line(strings.Join(parts, " and "))
}
