package cloudformation

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// importing finds what a stack imports among the exports of other templates, and makes their stacks part of the
// deployment.
type importing struct {
	deployment *Deployment
	bind       Bindings
	evaluator  *eval.Evaluator
	from       map[string]origin // by the name that is imported
}

// origin is one output of one stack of a template.
type origin struct {
	*Exporter
	output string
	holes  map[string]string
}

// stack tells the stacks of one template apart.
func (o origin) stack() string {
	var b strings.Builder
	b.WriteString(o.Name)
	for _, hole := range slices.Sorted(maps.Keys(o.holes)) {
		fmt.Fprintf(&b, " %s=%q", hole, o.holes[hole])
	}
	return b.String()
}

// Imports says by a look at the text of a template whether its stacks may import anything.
func Imports(text []byte) bool { return bytes.Contains(text, []byte("ImportValue")) }

// Exports says by a look at the text of a template whether its stacks may export anything.
func Exports(text []byte) bool { return bytes.Contains(text, []byte("Export")) }

// value is what the stack imports under the name, if the stack that exports it is certain.
func (i *importing) value(name string) (eval.Value, bool) {
	from, ok := i.from[i.plain(name)]
	if !ok {
		return eval.Value{}, false
	}
	s := i.beside(from)
	if s == nil {
		return eval.Value{}, false
	}
	v, ok := s.Outputs[from.output]
	return v, ok
}

// plain is the name with the symbols that all stacks share as text.
func (i *importing) plain(name string) string {
	if !symbol.Has(name) {
		return name
	}
	var b strings.Builder
	for _, part := range i.deployment.symbols.Split(name) {
		switch part := part.(type) {
		case string:
			b.WriteString(part)
		case symbol.Symbol:
			if isShared(part.Key) {
				b.WriteString(sharedText(part.Key))
			} else {
				b.WriteString(i.deployment.symbols.Intern(part))
			}
		}
	}
	return b.String()
}

// find decides which stack each name that the stack imports comes from: that of the only template whose stacks can export it. Templates in the
// same folder go before others. A stack is made from one template, so one whose names would come from several is not
// here, and a name that several templates export comes from the stack that others come from.
func (i *importing) find() {
	possible := map[string][]origin{}
	for _, name := range i.evaluator.Imported() {
		name = i.plain(name)
		possible[name] = origins(i.bind.Exporters, name, i.bind.Name)
	}
	templates := map[string]map[*Exporter]bool{} // by the stack's name
	stacks := map[string]bool{}
	for _, from := range possible {
		if len(from) != 1 {
			continue
		}
		s := from[0]
		stacks[s.stack()] = true
		if called, ok := s.holes[stackName]; ok {
			if templates[called] == nil {
				templates[called] = map[*Exporter]bool{}
			}
			templates[called][s.Exporter] = true
		}
	}
	for name, from := range possible {
		if len(from) > 1 {
			from = slices.DeleteFunc(from, func(o origin) bool { return !stacks[o.stack()] })
		}
		if len(from) == 1 && len(templates[from[0].holes[stackName]]) < 2 {
			i.from[name] = from[0]
		}
	}
}

// origins are the outputs that may be exported under the name.
func origins(exporters []*Exporter, name, own string) (near []origin) {
	var far []origin
	for _, x := range exporters {
		if x.Name == own {
			continue
		}
		for n := range x.names {
			if holes, ok := x.names[n].fill(name); ok {
				o := origin{x, x.names[n].output, holes}
				if path.Dir(x.Name) == path.Dir(own) {
					near = append(near, o)
				} else {
					far = append(far, o)
				}
			}
		}
	}
	if len(near) > 0 {
		return near
	}
	return far
}

// beside is the stack of another deployment, or nil while it is being made: stacks that import from each other cannot be.
func (i *importing) beside(from origin) *Stack {
	d, key := i.deployment, from.stack()
	if s, ok := d.others[key]; ok {
		return s
	}
	d.others[key] = nil
	if d.isFull() {
		return nil
	}
	d.grow(from.template)
	scope := from.Name
	if slices.ContainsFunc(d.network.Beside, func(b graph.Beside) bool { return b.Scope == scope }) {
		scope = fmt.Sprintf("%s#%d", scope, len(d.others))
	}
	d.network.Beside = append(d.network.Beside, graph.Beside{Scope: scope, Root: from.Name})
	own := eval.Bindings{
		Scope: scope, Beside: true, Given: from.given, Parameters: map[string]eval.Value{},
		Work: i.evaluator.Work, Region: i.bind.Region, AccountID: i.bind.AccountID, Partition: i.bind.Partition,
	}
	for hole, text := range from.holes {
		if hole != stackName {
			own.Parameters[hole] = eval.Value{Kind: eval.Text, Text: text}
		} else {
			own.StackName = text
		}
	}
	d.others[key] = d.Evaluate(from.template, Bindings{Bindings: own, Files: i.bind.Of(from.Name), Name: from.Name, Exporters: i.bind.Exporters})
	return d.others[key]
}
