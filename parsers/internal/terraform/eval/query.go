package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// query is what a data source asks for.
type query struct {
	// asks are the words of each argument. A filter has the name "filter." and its own, a tag "tags." and its key.
	asks map[string][]string
	// known says that these are all, and that all are known.
	known bool
	// open are the values that are not known.
	open []cty.Value
	// lookup says what open waits for; nil where all is known.
	lookup *fact.Lookup
}

// query reads the arguments of the data source, once.
func (o *object) query() *query {
	if o.asked == nil {
		o.asked = &query{asks: map[string][]string{}}
		o.asked.known = o.ask(o.asked) && len(o.asked.open) == 0
		if len(o.asked.open) > 0 {
			o.asked.lookup = &fact.Lookup{Missing: o.waitsFor(o.asked.open)}
		}
	}
	return o.asked
}

func (q *query) take(name string, v cty.Value) {
	words, known := plainWords(v)
	if !known {
		q.open = append(q.open, v)
	}
	q.asks[name] = append(q.asks[name], words...)
}

// ask reads into q what the arguments are. It is false where one of them cannot be read.
func (o *object) ask(q *query) (ok bool) {
	ok = true
	for _, a := range sortedAttributes(o.set.block.Body) {
		if meta[a.Name] || a.Name == "region" {
			continue
		}
		switch v := o.argument(a.Name); {
		case v == cty.NilVal:
			_, err := o.configured(a)
			ok = ok && err == nil
		case a.Name == "config" && v.Type().IsObjectType() && !v.IsMarked():
			for _, key := range []string{"key", "path"} { // which alone say what the state is called
				if v.Type().HasAttribute(key) && !v.GetAttr(key).IsNull() {
					q.take("config."+key, v.GetAttr(key))
				}
			}
		case a.Name == "tags" && v.IsKnown() && !v.IsMarked() && v.CanIterateElements():
			for it := v.ElementIterator(); it.Next(); {
				key, value := it.Element()
				q.take("tags."+key.AsString(), value)
			}
		default:
			q.take(a.Name, v)
		}
	}
	return o.askByFilters(q) && ok
}

func (o *object) askByFilters(q *query) (ok bool) {
	if len(o.set.block.Body.Blocks) == 0 {
		return true
	}
	filters, err := o.blocks(o.set.block.Body, "filter")
	if err != nil || !filters.IsKnown() || filters.IsMarked() {
		return false
	}
	for _, f := range filters.AsValueSlice() {
		if f.IsMarked() || !f.Type().IsObjectType() || !f.Type().HasAttribute("name") ||
			!f.Type().HasAttribute("values") {
			return false
		}
		name := f.GetAttr("name")
		if !calc.IsText(name) || calc.HasToken(name) {
			return false
		}
		q.take("filter."+name.AsString(), f.GetAttr("values"))
	}
	return true
}

// waitsFor are the facts that the values wait for. One that is looked up itself stands beside those that its own query
// waits for.
func (o *object) waitsFor(vs []cty.Value) (out []fact.Missing) {
	add := func(m fact.Missing) {
		out = append(out, m)
		if m.Lookup != nil {
			out = append(out, m.Lookup.Missing...)
		}
	}
	for _, m := range o.Missing(vs...) {
		add(m)
	}
	for _, token := range o.Inputs(vs) {
		s, _ := o.Table.Only(token)
		for _, input := range s.Inputs {
			of, _ := o.Table.Only(input)
			add(of.Missing)
		}
	}
	return fact.Unique(out)
}
