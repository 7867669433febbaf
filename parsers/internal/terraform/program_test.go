package terraform_test

import (
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// args are the arguments of a resource: Go values, with these forms for what is not known.
type args map[string]any

// unknown is a value that waits for what it names.
type unknown string

// either is a text that a condition decides.
type either struct {
	when      fact.Cond
	then, not string
}

// program evaluates resources by hand. Their keys are addresses; in texts, ${aws_vpc.main.id} is an attribute of a
// resource and ${var.name} anything else.
type program struct {
	*eval.Program
	t *testing.T
}

func build(t *testing.T, resources map[string]args) *program {
	p := &program{&eval.Program{Symbols: symbol.NewTable()}, t}
	for _, address := range slices.Sorted(maps.Keys(resources)) {
		bare, data := address[strings.Index(address, "aws_"):], strings.Contains(address, "data.aws_")
		typ, name, _ := strings.Cut(bare, ".")
		p.Instances = append(p.Instances, &eval.Instance{
			Address: address, Type: typ, Name: name, Data: data,
			Config: p.value(map[string]any(resources[address])),
		})
	}
	return p
}

// instance is the one at address, to be changed.
func (p *program) instance(address string) *eval.Instance {
	i := slices.IndexFunc(p.Instances, func(in *eval.Instance) bool { return in.Address == address })
	return p.Instances[i]
}

func (p *program) lower() *graph.Network {
	b := graph.NewBuilder("infra", "terraform")
	terraform.Lower(b, p.Program)
	return b.Link()
}

func lower(t *testing.T, resources map[string]args) *graph.Network {
	return build(t, resources).lower()
}

func (p *program) value(v any) cty.Value {
	switch v := v.(type) {
	case nil:
		return cty.NullVal(cty.DynamicPseudoType)
	case string:
		return cty.StringVal(p.text(v))
	case bool:
		return cty.BoolVal(v)
	case int:
		return cty.NumberIntVal(int64(v))
	case unknown:
		return cty.DynamicVal.Mark(calc.Source{Missing: fact.Missing{Kind: fact.Parameter, Name: string(v)}})
	case either:
		return cty.StringVal(p.Symbols.Intern(symbol.Symbol{
			Key: v.then + "|" + v.not, Choice: &symbol.Choice{When: v.when, Then: p.text(v.then), Else: p.text(v.not)},
		}))
	case []any:
		items := make([]cty.Value, len(v))
		for i, it := range v {
			items[i] = p.value(it)
		}
		return cty.TupleVal(items)
	case args:
		return p.value(map[string]any(v))
	case map[string]any:
		fields := map[string]cty.Value{}
		for name, it := range v {
			fields[name] = p.value(it)
		}
		return cty.ObjectVal(fields)
	}
	p.t.Fatalf("no value: %v", v)
	return cty.NilVal
}

func (p *program) text(s string) string {
	for {
		start := strings.Index(s, "${")
		if start < 0 {
			return s
		}
		end := start + strings.Index(s[start:], "}")
		key := s[start+2 : end]
		symbolOf := symbol.Symbol{Key: key, Missing: fact.Missing{Kind: fact.Parameter, Name: key}}
		if !strings.HasPrefix(key, "var.") {
			at := strings.LastIndex(key, ".")
			symbolOf.Address, symbolOf.Attribute = key[:at], key[at+1:]
			symbolOf.Missing.Kind = fact.Attribute
		}
		s = s[:start] + p.Symbols.Intern(symbolOf) + s[end+1:]
	}
}

// list is shorthand for a list.
func list(items ...any) []any { return items }

// show writes what a value is in the world in which no condition is decided: its content, nothing, or "?" and what it
// waits for.
func show[T any](v fact.Value[T], text func(T) string) string {
	content, ok := v.Get(nil)
	switch ok.Truth {
	case fact.True:
		return text(content)
	case fact.False:
		return "nothing"
	}
	var names []string
	for _, m := range ok.Missing {
		names = append(names, m.Name)
	}
	return "? " + strings.Join(names, ", ")
}

func id[T any](v graph.Ref[T]) string {
	return show(v, func(id graph.ID[T]) string { return string(id) })
}

func words(v fact.Value[fact.Text]) string { return show(v, fact.Text.String) }

func ids[T any](l fact.List[graph.Ref[T]]) []string {
	out := []string{}
	in := l.In(nil)
	for _, it := range in.Items {
		out = append(out, id(it.Value))
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func addresses[P graph.Node](l fact.List[P]) []string {
	out := []string{}
	in := l.In(nil)
	for _, it := range in.Items {
		out = append(out, it.Value.Head().Address)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func expect(t *testing.T, what string, got any, want ...string) {
	t.Helper()
	var words []string
	switch got := got.(type) {
	case string:
		words = []string{got}
	case []string:
		words = got
	}
	if !slices.Equal(words, want) && len(words)+len(want) > 0 {
		t.Errorf("%s: got %q, want %q", what, words, want)
	}
}

var (
	isProd = &fact.Atom{Subject: "var.env", Literal: "prod"}
	inProd = fact.If(isProd)
	prod   = (*fact.World)(nil).With(isProd, true)
	dev    = (*fact.World)(nil).With(isProd, false)
)

// span is a made-up place, told apart by n.
func span(n int) source.Span { return source.Span{Pos: token.Pos(n), End: token.Pos(n + 1)} }
