package eval

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// result is what a consumer sees of a template.
type result struct {
	Values      []Value
	Texts       []fact.Value[fact.Text]
	Lists       []fact.List[Value]
	Conditions  []string
	Depends     [][]string
	Open        []fact.Missing
	Diagnostics []source.Diagnostic
}

func evaluate(t *Template) result {
	e := New(t, Bindings{}, symbol.NewTable(), nil)
	var r result
	use := func(n *tree.Node) {
		v := e.Eval(n)
		r.Values = append(r.Values, v)
		r.Texts = append(r.Texts, read.Text(e.table, v))
		r.Lists = append(r.Lists, read.Flatten(e.table, v))
		read.Bool(e.table, v)
		read.Int(e.table, v)
		Plain(v)
	}
	for _, x := range e.Template().Resources {
		use(x.Properties)
		r.Conditions = append(r.Conditions, e.Condition(x.Condition).String())
		r.Depends = append(r.Depends, e.Depends(x))
	}
	for _, o := range e.Template().Outputs {
		use(o.Value)
		use(o.Export)
	}
	r.Open, r.Diagnostics = e.Open(), e.Diagnostics()
	return r
}

func FuzzEval(f *testing.F) {
	for _, seed := range fuzz.Fixtures(f, "template.yaml") {
		f.Add(string(seed.Data))
	}
	for _, expression := range []string{
		"!Join [',', [!If [Prod, a, !Ref 'AWS::NoValue'], !Sub '${Name}${!x}']]",
		"!Select [1, !Split [',', !Ref Subnets]]",
		"!FindInMap [ByEnv, !Ref Env, !If [Dev, nat, cidr]]", "!Cidr [!GetAtt Vpc.CidrBlock, 300, 40]",
		"{'Fn::ForEach::L': [Z, !Ref Zones, {'Z${Z}': !Ref Z}]}",
		"{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: x}}}", "'{{resolve:ssm:x}}{{resolve:'",
		"{'Fn::ToJsonString': {A: !ImportValue x}}",
	} {
		f.Add(header + "Outputs:\n  X:\n    Value: " + expression + "\n")
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "ForEach") > 2 {
			t.Skip("loops in loops are slow, not wrong")
		}
		set := source.NewFileSet()
		file := set.Add("t.yaml", []byte(text))
		root, _ := tree.Read(file)
		if root == nil {
			return
		}
		template, diagnostics := Parse(root)
		first, second := evaluate(template), evaluate(template)
		if !reflect.DeepEqual(first, second) { // package cmp is fifty times as slow
			everything := cmp.Exporter(func(reflect.Type) bool { return true })
			t.Errorf("two evaluations differ: %s", cmp.Diff(first, second, everything))
		}
		for _, d := range append(diagnostics, first.Diagnostics...) {
			inside(t, set, file, d.Span)
		}
		for _, v := range first.Values {
			walk(t, set, file, v)
		}
	})
}

func walk(t *testing.T, set *source.FileSet, file *source.File, v Value) {
	if v.Span.IsValid() {
		inside(t, set, file, v.Span)
	}
	for _, it := range v.Items {
		walk(t, set, file, it)
	}
	for _, f := range v.Fields {
		inside(t, set, file, f.NameSpan)
		walk(t, set, file, f.Value)
	}
	for _, m := range v.Missing {
		if m.Span.IsValid() {
			inside(t, set, file, m.Span)
		}
	}
	if v.Kind == Choice {
		walk(t, set, file, *v.Then)
		walk(t, set, file, *v.Else)
	}
}

func inside(t *testing.T, set *source.FileSet, file *source.File, s source.Span) {
	if set.File(s) != file || s.End < s.Pos {
		t.Errorf("span %v lies outside of the file", s)
	}
}
