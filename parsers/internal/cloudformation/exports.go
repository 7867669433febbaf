package cloudformation

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Exporter is a template whose stacks export outputs to stacks of other templates. It does not change.
type Exporter struct {
	// Name is that of the template's deployment.
	Name string
	// Nested tells a template that others nest: what its stacks are given is not known here, so nothing comes from it.
	Nested   bool
	template *Template
	given    map[string]string
	names    []exportName
}

// Exporters are those of a run. They may be asked by several goroutines.
type Exporters struct {
	// fixed are the names without a slot, by their text, and open those with one.
	fixed map[string][]exported
	open  []exported
	// most is how much text the templates may have that one deployment imports from. The first always may.
	most int

	mu    sync.Mutex
	known map[string][]exported // by the names that were asked for
}

// exported is an output under the name that it is exported by.
type exported struct {
	*Exporter
	*exportName
	slots slots
}

// leastImported is what a deployment may import from, in bytes of templates, however many share budget.Imported.
// Without a bound the work would grow with the square of the templates.
const leastImported = 32 << 10

// NewExporters finds names among those of all, for so many templates that import. Nil is one without any.
func NewExporters(all []*Exporter, importers int) *Exporters {
	if len(all) == 0 {
		return nil
	}
	most := max(leastImported, budget.Imported.Max/max(importers, 1))
	out := &Exporters{most: most, fixed: map[string][]exported{}, known: map[string][]exported{}}
	for _, x := range all {
		for i := range x.names {
			if n := &x.names[i]; len(n.slots) > 0 {
				out.open = append(out.open, exported{x, n, nil})
			} else {
				out.fixed[n.text] = append(out.fixed[n.text], exported{x, n, slots{}})
			}
		}
	}
	return out
}

// under are the outputs that may be exported under the name. The work is how many were looked at.
func (x *Exporters) under(name string) (found []exported, work int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if found, ok := x.known[name]; ok {
		return found, 1
	}
	found = slices.Clone(x.fixed[name])
	for _, e := range x.open {
		if known, ok := e.fill(name); ok {
			found = append(found, exported{e.Exporter, e.exportName, known})
		}
	}
	x.known[name] = found
	return found, 1 + len(x.open)
}

// may says that an output may be exported under the name.
func (x *Exporters) may(name string) bool {
	if x == nil {
		return false
	}
	found, _ := x.under(name)
	return len(found) > 0
}

// exportName is the form of the names under which one output is exported: literals, and slots for the stack's own
// name or the value of a parameter.
type exportName struct {
	output      string // or the resource that writes to the parameter store
	stored      bool
	text        string // without slots
	first, last string // the literals at both ends, for a quick look
	form        *regexp.Regexp
	slots       []string
}

// NewExporter looks for what stacks of the template export that are given those parameters, or write to parameters of
// Systems Manager. It is nil if that is nothing. Region may be empty.
func NewExporter(name string, t *Template, given map[string]string, region string) *Exporter {
	exports := func(o *eval.Output) bool { return o.Export != nil }
	writes := func(r *eval.Resource) bool { return r.Type == parameterType }
	if !slices.ContainsFunc(t.template.Outputs, exports) && !slices.ContainsFunc(t.template.Resources, writes) {
		return nil
	}
	symbols := symbol.NewTable()
	open := map[string]eval.Value{}
	for _, p := range t.template.Parameters {
		open[p.Name] = eval.Value{Kind: eval.Text, Text: symbols.Intern(symbol.Symbol{Key: slotOf(p.Name)})}
	}
	e := eval.New(t.template, eval.Bindings{Parameters: open, Region: region}, symbols, nil)
	out := &Exporter{Name: name, template: t, given: given}
	for _, o := range e.Template().Outputs {
		if !exports(o) || e.Condition(o.Condition).IsNever() {
			continue
		}
		out.add(symbols, e.Eval(o.Export), "", o.Name)
	}
	for _, r := range e.Template().Resources {
		if writes(r) && !e.Condition(r.Condition).IsNever() {
			out.add(symbols, e.Eval(r.Properties.Get("Name")), eval.Store, r.ID)
		}
	}
	return out
}

// add adds the names, with something in front, under which the output is exported.
func (x *Exporter) add(symbols *symbol.Table, name eval.Value, front, output string) {
	for _, it := range read.Cases(symbols, name).Items {
		if _, ok := nameForm(symbols, it.Value.Text); ok && it.Value.Kind == eval.Text {
			n, _ := nameForm(symbols, front+it.Value.Text)
			n.output, n.stored = output, front == eval.Store
			x.names = append(x.names, n)
		}
	}
}

const parameterType = "AWS::SSM::Parameter"

const stackName = "AWS::StackName"

func slotOf(parameter string) string { return "parameter " + parameter }

// nameForm is false for names that hold what only the exporting stack can know, and for those without a literal, which
// any name could be.
func nameForm(symbols *symbol.Table, text string) (n exportName, ok bool) {
	var form strings.Builder
	parts := symbols.Split(text)
	for i, part := range parts {
		literal, isLiteral := part.(string)
		if s, is := part.(symbol.Symbol); is {
			slot, isSlot := strings.CutPrefix(s.Key, slotOf(""))
			if isSlot || s.Key == stackName {
				n.slots = append(n.slots, slot)
				form.WriteString("(.+)")
				continue
			}
			if !isShared(s.Key) {
				return n, false
			}
			literal = sharedText(s.Key)
		}
		ok = ok || isLiteral
		n.text += literal
		form.WriteString(regexp.QuoteMeta(literal))
		if i == 0 {
			n.first = literal
		}
		if i == len(parts)-1 {
			n.last = literal
		}
	}
	n.form = regexp.MustCompile(`(?s)\A` + form.String() + `\z`)
	return n, ok
}

// isShared tells the symbols that are one for all stacks between which values can be imported: those of one account in
// one region.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html
func isShared(key string) bool {
	return key == "AWS::Region" || key == "AWS::AccountId" || key == "AWS::Partition" || key == "AWS::URLSuffix"
}

func sharedText(key string) string { return "${" + key + "}" }

// fill gives the texts of the slots that make the name; ok is false when there are none. Where more than one text
// fits a slot, it is left out.
func (n *exportName) fill(name string) (known slots, ok bool) {
	if !strings.HasPrefix(name, n.first) || !strings.HasSuffix(name, n.last) {
		return nil, false
	}
	long := n.form.FindStringSubmatch(name)
	if long == nil {
		return nil, false
	}
	known = slots{}
	for i, slot := range n.slots {
		if before, twice := known[slot]; twice && before != long[i+1] {
			return nil, false
		}
		known[slot] = long[i+1]
	}
	if len(n.slots) > 1 && !n.isSure(name, long) {
		clear(known)
	}
	return known, true
}

// isSure reports that slots as short as possible are the same as those that are as long as possible.
func (n *exportName) isSure(name string, long []string) bool {
	lazy := regexp.MustCompile(strings.ReplaceAll(n.form.String(), "(.+)", "(.+?)"))
	return slices.Equal(lazy.FindStringSubmatch(name), long)
}
