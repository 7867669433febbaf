package snapshot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// The keys of the lists that facts make, beside those that calls print.
const (
	factVPC    = "facts about VPCs"
	factSubnet = "facts about subnets"
	factGroup  = "facts about security groups"
)

// facts are the keys of a file that somebody has written by hand: ids by how they begin, and lists of names. See
// docs/context.schema.json.
var facts = map[string]struct {
	key    string
	states []string
}{
	"subnet-": {factSubnet, []string{"vpc", "public", "private", "nat", "isolated", "zone", "cidr"}},
	"vpc-":    {factVPC, []string{"cidr", "endpoints"}},
	"sg-":     {factGroup, []string{"vpc", "egress"}},
}

// factNames are the keys of the file that hold values by name, and the keys of the calls that print the same.
var factNames = map[string]string{"exports": "Exports", "ssm": "Parameters", "parameters": factParameters}

// factParameters is the key of values for parameters of templates, and for variables of Terraform.
const factParameters = "values of parameters"

// readFacts reads a file of facts.
func readFacts(f *source.File) (*Snapshot, []source.Diagnostic) {
	root, ds := tree.Read(f)
	if root == nil || len(ds) > 0 {
		return nil, ds
	}
	s := &Snapshot{Account: graph.Account{Name: f.Name, File: f}}
	r := &factReader{Snapshot: s}
	if root.Kind != tree.Mapping {
		r.fail(root.Span, "facts are a map of ids and names")
		return nil, r.problems
	}
	for i := range root.Fields {
		r.about(&root.Fields[i])
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return s, nil
}

type factReader struct {
	*Snapshot
	problems []source.Diagnostic
}

func (r *factReader) fail(at source.Span, format string, args ...any) {
	r.problems = append(r.problems, source.Diagnostic{File: r.Name, Span: at, Message: fmt.Sprintf(format, args...)})
}

// about reads what the file says under one key.
func (r *factReader) about(f *tree.Field) {
	switch f.Key {
	case "taken":
		at, err := time.Parse(time.DateOnly, f.Value.Literal())
		if err != nil {
			r.fail(f.Value.Span, "%q is no day: want YYYY-MM-DD", f.Value.Literal())
		}
		r.At, r.Taken = at, f.Value.Literal()
		return
	case "region":
		r.region = r.text(f)
		return
	}
	if key, ok := factNames[f.Key]; ok {
		r.valuesOf(key, f)
		return
	}
	prefix, _, _ := strings.Cut(f.Key, "-")
	about, ok := facts[prefix+"-"]
	if !ok {
		known := []string{"taken", "region", "exports", "ssm", "parameters", "subnet-…", "vpc-…", "sg-…"}
		r.fail(f.KeySpan, "unknown key %q%s", f.Key, suggest.For(f.Key, known))
		return
	}
	if f.Value.Kind != tree.Mapping {
		r.fail(f.Value.Span, "%q must be a map", f.Key)
		return
	}
	for _, fact := range f.Value.Fields {
		if !slices.Contains(about.states, fact.Key) {
			r.fail(fact.KeySpan, "unknown key %q%s", fact.Key, suggest.For(fact.Key, about.states))
		}
	}
	r.check(f)
	r.facts = append(r.facts, written{about.key, f.Key, f.KeySpan, f.Value})
}

// check refuses facts that no subnet or group has.
func (r *factReader) check(f *tree.Field) {
	is := func(name string) bool { return f.Value.Get(name).Literal() == "true" }
	for _, name := range []string{"public", "private", "nat", "isolated"} {
		if v := f.Value.Get(name); v != nil && v.Literal() != "true" && v.Literal() != "false" {
			r.fail(v.Span, "%q must be true or false", name)
		}
	}
	for i := range f.Value.Fields {
		switch fact := &f.Value.Fields[i]; fact.Key {
		case "vpc", "zone", "cidr":
			r.text(fact)
		case "endpoints":
			if fact.Value.Kind != tree.Sequence || len(texts(f.Value, fact.Key)) != len(fact.Value.Items) {
				r.fail(fact.Value.Span, "%q must be a list of texts", fact.Key)
			}
		}
	}
	switch egress := f.Value.Get("egress"); {
	case egress != nil && egress.Literal() != "all" && egress.Literal() != "none":
		r.fail(egress.Span, "%q must be all or none", "egress")
	case is("public") && (is("private") || is("nat") || is("isolated")), is("isolated") && is("nat"):
		r.fail(f.KeySpan, "%q is said to be of two kinds", f.Key)
	}
}

// text is the value of an entry that must be a text.
func (r *factReader) text(f *tree.Field) string {
	if f.Value.Literal() == "" {
		r.fail(f.Value.Span, "%q must be a text", f.Key)
	}
	return f.Value.Literal()
}

// valuesOf makes the values of one key what a call would have printed.
func (r *factReader) valuesOf(key string, f *tree.Field) {
	if f.Value.Kind != tree.Mapping {
		r.fail(f.Value.Span, "%q must be a map", f.Key)
		return
	}
	for _, v := range f.Value.Fields {
		items := []*tree.Node{v.Value}
		if v.Value.Kind == tree.Sequence {
			items = v.Value.Items
		}
		words := make([]string, len(items))
		for i, it := range items {
			if words[i] = it.Literal(); words[i] == "" {
				r.fail(v.Value.Span, "%q must be a text or a list of texts", v.Key)
			}
		}
		r.values = append(r.values, writtenValue{valueName{key, v.Key}, strings.Join(words, ","), words})
	}
}

// written is what a file of facts says of one thing, and writtenValue one value that it gives a name.
type (
	written struct {
		key, id string
		at      source.Span
		node    *tree.Node
	}
	writtenValue struct {
		name  valueName
		text  string
		words []string
	}
)

// takeFacts makes what the file says part of the account.
func (a *Account) takeFacts(s *Snapshot) {
	for _, v := range s.values {
		if v.name.key == factParameters {
			a.parameters[v.name.name] = v.words
			continue
		}
		a.values[v.name] = append(a.values[v.name], regional{s.region, v.text})
	}
	for _, w := range s.facts {
		t := &thing{key: w.key, id: w.id, region: s.region, node: w.node, from: s, in: a, at: w.at}
		t.vpcs = texts(w.node, "vpc")
		if w.key == factVPC {
			t.vpcs = []string{w.id}
			if w.node.Get("endpoints") != nil {
				for _, key := range []string{"VpcEndpoints", "DhcpOptions"} {
					a.covered = append(a.covered, coverage{key, s.region, t.vpcs})
				}
			}
		}
		a.add(t)
	}
}
