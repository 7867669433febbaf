package eval

import (
	"errors"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Fn::ForEach::Name: [Identifier, Collection, {Key: Value}] stands among the entries of a mapping.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
const forEach = "Fn::ForEach::"

func isPending(f tree.Field) bool {
	return f.Key == "Fn::Transform" || strings.HasPrefix(f.Key, forEach)
}

// expandSections carries out the loops and includes among conditions, resources and outputs, and the includes of the
// Transform section.
func (e *Evaluator) expandSections() {
	t := *e.t
	// Clipped, for templates are shared and an append must not write into them.
	pending := slices.Clip(t.pendingResources)
	conditions, outputs := slices.Clip(t.pendingConditions), slices.Clip(t.pendingOutputs)
	for _, call := range t.Transforms {
		if call.Name != "AWS::Include" || call.Call.Kind != tree.Mapping {
			continue
		}
		fields, missing := e.transform(call.Call, call.Span)
		e.open = append(e.open, missing...)
		for _, f := range fields {
			switch f.Key {
			case "Resources":
				pending = append(pending, f.Value.Fields...)
			case "Conditions":
				conditions = append(conditions, f.Value.Fields...)
			case "Outputs":
				outputs = append(outputs, f.Value.Fields...)
			case "Mappings":
				if t.Mappings == nil {
					t.Mappings = f.Value
				} else {
					all := slices.Concat(t.Mappings.Fields, f.Value.Fields)
					t.Mappings = &tree.Node{Kind: tree.Mapping, Span: t.Mappings.Span, Fields: all}
				}
			}
		}
	}
	if len(pending)+len(conditions)+len(outputs) == 0 && t.Mappings == e.t.Mappings {
		return
	}
	for _, f := range e.section(conditions) {
		t.Conditions = append(slices.Clip(t.Conditions), f)
		delete(e.settled, f.Key)
		e.conditions[f.Key] = condition{node: f.Value, span: f.KeySpan}
	}
	var added []*Resource
	for _, f := range e.section(pending) {
		added = append(added, newResource(f.Key, f.KeySpan, f.Value))
	}
	t = *t.With(added...)
	for _, r := range added {
		e.resources[r.ID] = r
	}
	for _, f := range e.section(outputs) {
		t.Outputs = append(slices.Clip(t.Outputs), newOutput(f))
	}
	t.pendingConditions, t.pendingResources, t.pendingOutputs = nil, nil, nil
	e.t = &t
}

func (e *Evaluator) section(pending []tree.Field) []tree.Field {
	fields, missing := e.expand(pending)
	e.open = append(e.open, missing...)
	return fields
}

// expand carries out the loops and transforms among fields. missing explains those that could not be.
func (e *Evaluator) expand(fields []tree.Field) (out []tree.Field, missing []fact.Missing) {
	for _, f := range fields {
		var more []tree.Field
		var ms []fact.Missing
		switch {
		case f.Key == "Fn::Transform":
			more, ms = e.transform(f.Value, f.KeySpan)
		case strings.HasPrefix(f.Key, forEach):
			more, ms = e.loop(f)
		default:
			more = []tree.Field{f}
		}
		out = append(out, more...)
		missing = append(missing, ms...)
	}
	return out, missing
}

func (e *Evaluator) loop(f tree.Field) (out []tree.Field, missing []fact.Missing) {
	arg := f.Value
	why := fact.Missing{Kind: fact.Intrinsic, Name: f.Key, Span: f.KeySpan}
	if arg.Kind != tree.Sequence || len(arg.Items) != 3 ||
		arg.Items[0].Kind != tree.Scalar || arg.Items[2].Kind != tree.Mapping {
		e.say(f.KeySpan, "%s takes an identifier, a collection and a mapping", f.Key)
		return nil, []fact.Missing{why}
	}
	collection := e.Eval(arg.Items[1])
	if collection.Kind != List {
		return nil, e.reasons(collection, why)
	}
	for _, it := range flat(collection.Items) {
		text, ok := e.literal(it)
		if !ok {
			missing = append(missing, e.reasons(it, why)...)
			continue
		}
		body := e.substitute(arg.Items[2], arg.Items[0].Text, text)
		if e.elements > budget.EvalLoops.Max {
			e.spend(budget.EvalLoops, f.KeySpan)
			return out, append(missing, why)
		}
		more, ms := e.expand(body.Fields)
		out, missing = append(out, more...), append(missing, ms...)
	}
	for _, g := range collection.Open {
		missing = append(missing, g.Missing...)
	}
	return out, missing
}

// flat puts the elements of complete lists in the place of the lists.
func flat(vs []Value) []Value {
	if !slices.ContainsFunc(vs, func(v Value) bool { return v.Kind == List }) {
		return vs
	}
	var out []Value
	for _, v := range vs {
		if v.Kind == List && len(v.Open) == 0 {
			out = append(out, v.Items...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// reasons lists the facts that v waits for, or byDefault if there are none.
func (e *Evaluator) reasons(v Value, byDefault fact.Missing) []fact.Missing {
	if ms := e.missing(v); len(ms) > 0 {
		return ms
	}
	return []fact.Missing{byDefault}
}

// substitute replaces the identifier of a loop in n: ${id} and &{id} in texts and keys, and Ref of it. In place of
// &{id} stand only the alphanumeric characters of value. The result shares the nodes that do not change.
func (e *Evaluator) substitute(n *tree.Node, id, value string) *tree.Node {
	e.elements++
	if n == nil || e.elements > budget.EvalLoops.Max {
		return n
	}
	if name, arg, ok := n.Intrinsic(); ok && name == "Ref" && arg.Kind == tree.Scalar && arg.Text == id {
		return &tree.Node{Kind: tree.Scalar, Span: n.Span, Text: value, Quoted: true}
	}
	out := *n
	changed := false
	out.Text = replace(n.Text, id, value)
	changed = out.Text != n.Text
	if len(n.Items) > 0 {
		out.Items = make([]*tree.Node, len(n.Items))
		for i, it := range n.Items {
			out.Items[i] = e.substitute(it, id, value)
			changed = changed || out.Items[i] != it
		}
	}
	if len(n.Fields) > 0 {
		out.Fields = make([]tree.Field, len(n.Fields))
		for i, f := range n.Fields {
			inner := e.substitute(f.Value, id, value)
			out.Fields[i] = tree.Field{Key: replace(f.Key, id, value), KeySpan: f.KeySpan, Value: inner}
			changed = changed || out.Fields[i] != f
		}
	}
	if !changed {
		return n
	}
	return &out
}

func replace(s, id, value string) string {
	if !strings.Contains(s, "{"+id+"}") {
		return s
	}
	s = strings.ReplaceAll(s, "${"+id+"}", value)
	return strings.ReplaceAll(s, "&{"+id+"}", strings.Map(alphanumeric, value))
}

func alphanumeric(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

// BrokenInclude is the error for an included file that exists and cannot be read to its end.
type BrokenInclude struct{ Problems []source.Diagnostic }

func (b *BrokenInclude) Error() string { return "it cannot be read" }

// notIncluded reports why a file is not included. A missing file is only a notice, since a build may make it before the
// template is deployed.
func (e *Evaluator) notIncluded(span source.Span, path string, err error) {
	broken, ok := errors.AsType[*BrokenInclude](err)
	if !ok {
		e.say(span, "cannot include %q: %v", path, err)
		return
	}
	for _, p := range broken.Problems {
		p.Error = true
		if !e.said[p] {
			e.said[p] = true
			e.diagnostics = append(e.diagnostics, p)
		}
	}
}

// transform carries out {Name: AWS::Include, Parameters: {Location: file}} with a file that is here. Any other macro,
// and a file in S3, may bring anything.
func (e *Evaluator) transform(call *tree.Node, span source.Span) ([]tree.Field, []fact.Missing) {
	name := call.Get("Name").Literal()
	macro := []fact.Missing{{Kind: fact.Macro, Name: name, Span: span}}
	if name != "AWS::Include" {
		return nil, macro
	}
	v := e.Eval(call.Get("Parameters").Get("Location"))
	path, ok := e.literal(v)
	if !ok || path == "" || strings.Contains(path, "://") || e.include == nil {
		return nil, macro
	}
	key := "include " + path
	if e.active[key] {
		e.say(span, "%q includes itself", path)
		return nil, macro
	}
	n, err := e.include(path)
	if err != nil || n == nil || n.Kind != tree.Mapping {
		if err != nil {
			e.notIncluded(span, path, err)
		}
		return nil, macro
	}
	e.active[key] = true
	defer delete(e.active, key)
	if e.elements += len(n.Fields); e.elements > budget.EvalLoops.Max {
		e.spend(budget.EvalLoops, span)
		return nil, macro
	}
	return e.expand(n.Fields)
}
