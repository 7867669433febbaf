package terraform

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestFiltersTakeWildcards(t *testing.T) {
	for _, c := range []struct {
		text, wanted string // $ is what is not known
		want         fact.Truth
	}{
		{"a-public", "a-public", fact.True},
		{"a-public", "*-public", fact.True},
		{"a-public", "*public*", fact.True},
		{"a-public", "?-public", fact.True},
		{"a-public", "??-public", fact.False},
		{"a-public", "*-private*", fact.False},
		{"", "*", fact.True},
		{"", "?", fact.False},
		{"größe", "gr??e", fact.True},
		{"$-public", "*-public", fact.True},
		{"$-public", "*-public*", fact.True},
		{"$-public", "*-private", fact.False},
		{"$-public", "*-private*", fact.False},
		{"$-public", "*-private-*", fact.False},
		{"$-private-0", "*-public*", fact.False},
		{"$", "*-public*", fact.Unknown},
		{"$-$", "*-public*", fact.Unknown},
		{"$-subnet", "*dev*", fact.Unknown},
		{"$ate-subnet", "*-private-*", fact.Unknown},
		{"$-public", "?-public", fact.Unknown},
		{"$-public", "prod-*", fact.Unknown},
		{"dev-$-public", "prod-*", fact.False},
		{"dev-$", "dev-*", fact.True},
		{"$", "*", fact.True},
		{"$$", "**", fact.True},
		{"$-a-$", "*-b-*", fact.False},
		{"a", `\*`, fact.Unknown},
	} {
		var text fact.Text
		for i, literal := range strings.Split(c.text, "$") {
			if i > 0 {
				text = append(text, fact.Part{Symbol: "var.s", Missing: fact.Missing{Kind: fact.Parameter, Name: "var.s"}})
			}
			if literal != "" || i == 0 && c.text == "" {
				text = append(text, fact.Part{Literal: literal})
			}
		}
		if got := matches(text, c.wanted); got.Truth != c.want {
			t.Errorf("%q fits %q: %v, want %v", c.text, c.wanted, got.Truth, c.want)
		}
	}
}
