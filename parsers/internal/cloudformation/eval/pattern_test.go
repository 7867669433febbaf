package eval

import (
	"slices"
	"testing"
)

func TestAlternatives(t *testing.T) {
	for pattern, want := range map[string][]string{
		"^(true|false)$":   {"true", "false"},
		"^(?:yes|no)$":     {"yes", "no"},
		"^true$|^false$":   {"true", "false"},
		"dev|prod":         {"dev", "prod"},
		"^only$":           {"only"},
		"^(true|false)?$":  nil,
		"^(a|b)(c|d)$":     nil,
		"^(true|false|)$":  nil,
		"^[a-z]+$":         nil,
		"":                 nil,
		"^(a.b|c)$":        nil,
		"(?i)(true|false)": nil,
	} {
		if got := alternatives(pattern); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}
