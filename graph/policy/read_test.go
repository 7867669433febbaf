package policy

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// The tests write policies as JSON. ${Name} is a parameter, ${Name.Attribute} an attribute of the resource Name,
// ${AWS::Name} a pseudo parameter, and ${aws:name} stays IAM's own variable.
var symbols = regexp.MustCompile(`\$\{([A-Z][A-Za-z:]*)(\.[A-Za-z]+)?\}`)

func text(s string) fact.Text {
	var out fact.Text
	for s != "" {
		m := symbols.FindStringSubmatchIndex(s)
		if m == nil {
			return append(out, fact.Part{Literal: s})
		}
		if m[0] > 0 {
			out = append(out, fact.Part{Literal: s[:m[0]]})
		}
		name := s[m[2]:m[3]]
		p := fact.Part{Symbol: s[m[0]+2 : m[1]-1], Missing: fact.Missing{Kind: fact.Parameter, Name: name}}
		if m[4] >= 0 {
			p.Address, p.Missing.Kind = name, fact.Attribute
		}
		if strings.HasPrefix(name, "AWS::") {
			p.Missing.Kind = fact.Pseudo
		}
		out = append(out, p)
		s = s[m[1]:]
	}
	return out
}

func texts(v any) fact.List[fact.Text] {
	var out fact.List[fact.Text]
	switch v := v.(type) {
	case string:
		out.Append(text(v), source.Span{})
	case []any:
		for _, e := range v {
			out.Append(text(e.(string)), source.Span{})
		}
	}
	return out
}

func principals(v any) fact.List[Principal] {
	var out fact.List[Principal]
	switch v := v.(type) {
	case string:
		out.Append(Principal{Kind: v, Value: text(v)}, source.Span{})
	case map[string]any:
		for _, kind := range slices.Sorted(maps.Keys(v)) {
			for _, it := range texts(v[kind]).Items {
				out.Append(Principal{Kind: kind, Value: it.Value}, source.Span{})
			}
		}
	}
	return out
}

func statement(t *testing.T, src string) Statement {
	t.Helper()
	var raw map[string]any
	if err := json.Unmarshal([]byte(src), &raw); err != nil {
		t.Fatalf("%v in %s", err, src)
	}
	s := Statement{
		Actions: texts(raw["Action"]), NotActions: texts(raw["NotAction"]),
		Resources: texts(raw["Resource"]), NotResources: texts(raw["NotResource"]),
		Principals: principals(raw["Principal"]), NotPrincipals: principals(raw["NotPrincipal"]),
	}
	if effect, ok := raw["Effect"].(string); ok {
		s.Effect = fact.Known(text(effect), source.Span{})
	}
	conditions, _ := raw["Condition"].(map[string]any)
	for operator, keys := range conditions {
		for key, values := range keys.(map[string]any) {
			s.Conditions.Append(Condition{Operator: operator, Key: key, Values: texts(values)}, source.Span{})
		}
	}
	return s
}

// document reads statements separated by lines.
func document(t *testing.T, src string) *Document {
	t.Helper()
	d := &Document{}
	for line := range strings.Lines(strings.TrimSpace(src)) {
		d.Statements.Append(statement(t, line), source.Span{})
	}
	return d
}

func attached(t *testing.T, src string) Attached {
	t.Helper()
	if strings.HasPrefix(src, "arn:") || strings.HasPrefix(src, "${") {
		return Attached{By: "Role", ARN: text(src)}
	}
	return Attached{By: "Role", Document: document(t, src)}
}

func identity(t *testing.T, policies ...string) Identity {
	t.Helper()
	var id Identity
	for _, p := range policies {
		id.Policies.Append(attached(t, p), source.Span{})
	}
	return id
}
