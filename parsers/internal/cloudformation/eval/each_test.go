package eval

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Evaluation several at a time gives what evaluation in order gives. It is given up where the order may matter.
func TestEachGivesWhatTheOrderGives(t *testing.T) {
	for name, test := range map[string]struct {
		properties string // of every resource, %d is its number
		atOnce     bool
	}{
		"what resources are":               {"{A: !Ref R3, B: !GetAtt R4.Arn, C: !Sub '${AWS::Region}-${R5}-%d'}", true},
		"parameters and conditions":        {"{A: !If [Prod, !Ref P, %d], B: !Select [0, !Ref List], C: !Sub '${P}-x'}", true},
		"keys of a mapping":                {"{A: !FindInMap [M, !Ref P, x]}", true},
		"one import":                       {"{A: !ImportValue I%d}", true},
		"an import of several":             {"{A: !ImportValue I, B: !Join ['-', [!ImportValue I, x]]}", false},
		"what is defined elsewhere":        {"{A: !Ref Gone, B: !Base64 {Ref: Gone}}", false},
		"a dynamic reference":              {"{A: '{{resolve:ssm:x}}%d'}", false},
		"something wrong":                  {"{A: !Select [9, [a]], B: !Ref R1}", false},
		"something wrong in a case":        {"{A: !Select [!If [Prod, 9, 0], [a]]}", false},
		"a condition that refers back":     {"{A: !If [Back, a, b], B: !If [Forth, a, b]}", false},
		"a file":                           {"{A: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: f}}}}", false},
		"a default that names a parameter": {"{A: !Ref Self}", false},
		"a long text":                      {"{A: !Join ['', [!Ref Long, !Ref Long, !Ref Long, !Ref Long, !Ref Long]]}", false},
	} {
		t.Run(name, func(t *testing.T) {
			text := `
Parameters:
  P: {Type: String, Default: prod}
  Q: {Type: String, AllowedValues: [x, y]}
  List: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Self: {Type: String, Default: [!Ref Self]}
  Long: {Type: String, Default: ` + strings.Repeat("x", maxText/9) + `}
Mappings: {M: {prod: {x: 1}, test: {x: 2}}}
Conditions:
  Prod: !Equals [!Ref Q, x]
  Back: !Not [!Condition Forth]
  Forth: !Not [!Condition Back]
Resources:
`
			for i := range runs * leastOf {
				properties := test.properties
				if strings.Contains(properties, "%d") {
					properties = fmt.Sprintf(properties, i)
				}
				text += fmt.Sprintf("  R%d: {Type: 'AWS::X::Y', Properties: %s}\n", i, properties)
			}
			e, _ := evaluatorOf(t, Bindings{}, text)
			evaluate := func(each func(e *Evaluator, f func(*Evaluator, int))) []string {
				include := func(string) (*tree.Node, error) { return e.t.Mappings, nil }
				e := New(e.t, Bindings{}, symbol.NewTable(), include)
				values := make([]Value, len(e.t.Resources))
				each(e, func(e *Evaluator, i int) { values[i] = e.Eval(e.t.Resources[i].Properties) })
				var out []string
				for _, v := range values {
					out = append(out, fmt.Sprint(e.canonical(v), e.missing(v)))
				}
				return append(out, fmt.Sprint(e.Diagnostics()))
			}
			ordered := evaluate(func(e *Evaluator, f func(*Evaluator, int)) {
				for i := range e.t.Resources {
					f(e, i)
				}
			})
			for range 3 {
				got := evaluate(func(e *Evaluator, f func(*Evaluator, int)) { e.Each(len(e.t.Resources), f) })
				if !slices.Equal(got, ordered) {
					t.Fatalf("got %v\nwant %v", got, ordered)
				}
			}
			evaluate(func(e *Evaluator, f func(*Evaluator, int)) {
				if got := e.atOnce(len(e.t.Resources), f); got != test.atOnce {
					t.Errorf("at once: %v", got)
				}
			})
		})
	}
}
