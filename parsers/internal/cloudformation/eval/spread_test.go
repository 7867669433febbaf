package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// independent is a template of n conditions on n parameters, with an expression that may use them.
func independent(n int, expression string) string {
	var b strings.Builder
	b.WriteString("Parameters:\n")
	for i := range n {
		fmt.Fprintf(&b, "  P%d: {Type: String}\n", i)
	}
	b.WriteString("Conditions:\n")
	for i := range n {
		fmt.Fprintf(&b, "  C%d: !Equals [!Ref P%d, x]\n", i, i)
	}
	return b.String() + "Outputs:\n  X:\n    Value: " + expression + "\n"
}

func TestAFewConditionsMakeCasesAndManyMakeOneSymbol(t *testing.T) {
	join := func(n int) string {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf("!If [C%d, a, b]", i))
		}
		return "!Join ['', [" + strings.Join(parts, ", ") + "]]"
	}
	e, n := evaluatorOf(t, Bindings{}, independent(2, join(2)))
	if got := show(e, e.Eval(n)); got != "(P0=x ? (P1=x ? aa : ab) : (P1=x ? ba : bb))" {
		t.Errorf("two conditions give %s", got)
	}
	e, n = evaluatorOf(t, Bindings{}, independent(40, join(40)))
	first, second := e.Eval(n), e.Eval(n)
	s, ok := e.table.Only(first.Text)
	if !ok || first.Text != second.Text || s.Missing.Name != "P0" || s.Missing.Atom != nil {
		t.Errorf("forty conditions give %s, waiting for %v", show(e, first), s.Missing)
	}
	e, n = evaluatorOf(t, Bindings{}, independent(40, "!If [{'Fn::Equals': ["+join(40)+", ab]}, a, b]"))
	if got := show(e, e.Eval(n)); !strings.HasPrefix(got, "(Join(") {
		t.Errorf("a comparison of forty conditions gives %s", got)
	}
}

func TestEvaluationLeavesTheTemplateAsItIs(t *testing.T) {
	template := mustParse(t,
		"Transform: AWS::LanguageExtensions\nParameters: {P: {Type: CommaDelimitedList}}\nResources: {'Fn::ForEach::L': [I, !Ref P, {'R${I}': {Type: T}}]}\n")
	for given, want := range map[string]int{"a,b": 2, "c": 1} {
		e := New(template, Bindings{Given: map[string]string{"P": given}}, symbol.NewTable(), nil)
		if got := len(e.Template().Resources); got != want || len(template.Resources) != 0 {
			t.Errorf("%s makes %d resources, want %d", given, got, want)
		}
	}
}
