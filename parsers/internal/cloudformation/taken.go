package cloudformation

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Taken are the stacks of templates that are parts of a deployment in another language, which takes values from them.
type Taken struct{ importing }

// Take starts with none. The stacks become nodes of b in Lower.
func Take(b *graph.Builder, bind Bindings) *Taken {
	return &Taken{importing{deployment: NewDeployment(b, symbol.NewTable()), bind: bind}}
}

// Lower adds the resources of the stacks to the network.
func (t *Taken) Lower() { t.deployment.Lower() }

// Stored is what the only template whose stacks may do so writes to the parameter of Systems Manager of that name, with
// the addresses of nodes in the place of ids.
func (t *Taken) Stored(name fact.Text) (text string, ok bool) {
	by := t.bind.Exporters.writers(name)
	if len(by) != 1 || by[0].Nested {
		return "", false
	}
	from := origin{by[0].Exporter, by[0].output, true, slots{}}
	for slot, text := range by[0].slots {
		if !strings.Contains(text, unread) { // what only the other language can know
			from.slots[slot] = text
		}
	}
	stack := t.beside(from)
	if stack == nil {
		return "", false
	}
	v := stack.stored[from.output]
	if v.Kind != eval.Text {
		return "", false
	}
	return t.deployment.nodes.Named(v.Text)
}

// Writes says that a template may write the parameter of Systems Manager of that name.
func (x *Exporters) Writes(name fact.Text) bool { return len(x.writers(name)) > 0 }

func (x *Exporters) writers(name fact.Text) []exported {
	if x == nil {
		return nil
	}
	var b strings.Builder
	b.WriteString(eval.Store)
	for _, part := range name {
		switch {
		case part.Symbol == "":
			b.WriteString(part.Literal)
		case isShared(part.Symbol):
			b.WriteString(sharedText(part.Symbol))
		default:
			b.WriteString(unread + part.Symbol + unread)
		}
	}
	found, _ := x.under(b.String())
	return found
}

// unread encloses what of a name is not known. No name holds it.
const unread = "\x00"
