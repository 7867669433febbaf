package symbol

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestTokensSurviveInText(t *testing.T) {
	table := NewTable()
	region := table.Intern(Symbol{Key: "AWS::Region", Missing: fact.Missing{Kind: fact.Pseudo, Name: "AWS::Region"}})
	if again := table.Intern(Symbol{Key: "AWS::Region"}); again != region {
		t.Error("symbols of one key have two tokens")
	}
	vpc := table.Intern(Symbol{Key: "Vpc", Address: "Vpc"})
	text := table.Text("a." + region + ".b" + vpc)
	if text.String() != "a.${AWS::Region}.b${Vpc}" || len(text.Addresses()) != 1 || len(text.Missing()) != 2 {
		t.Errorf("text is %v", text)
	}
	if s, ok := table.Only(vpc); !ok || s.Key != "Vpc" {
		t.Error("a lone token is not recognised")
	}
	if _, ok := table.Only(vpc + "x"); ok {
		t.Error("a token and a literal are taken for a lone token")
	}
	if text := region + "a" + vpc; End(text+"b") != len(text) || End("ab") != 0 {
		t.Errorf("the last token of %q ends at %d, and that of none at %d", text+"b", End(text+"b"), End("ab"))
	}
}

func TestTextOfAFileCannotForgeATokenOnceEscaped(t *testing.T) {
	table := NewTable()
	token := table.Intern(Symbol{Key: "Secret"})
	if s, ok := table.Text(Escape("x" + token)).Literal(); !ok || s != "x\uFFFD0\uE001" {
		t.Errorf("forged text is %q", s)
	}
}
