package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// choose keeps the rules that only names, or all when it names none, except those that disabled names. Both hold names
// of rules and of packs. Where neither names any, those are left out that the configuration switches off.
func choose(packs []rules.Pack, only, disabled []string, c *config.Config) ([]rules.Pack, error) {
	names := config.Names(packs)
	for _, n := range slices.Concat(only, disabled) {
		if !slices.Contains(names, n) {
			return nil, fmt.Errorf("no rule or pack is called %q%s", n, suggest.For(n, names))
		}
	}
	var out []rules.Pack
	for _, p := range packs {
		chosen := rules.Pack{Name: p.Name}
		for _, r := range p.Rules {
			in := func(list []string) bool { return slices.Contains(list, r.Name) || slices.Contains(list, p.Name) }
			off := len(only)+len(disabled) == 0 && c.Level(r.Name, p.Name) == config.Off
			if (len(only) == 0 || in(only)) && !in(disabled) && !off {
				chosen.Rules = append(chosen.Rules, r)
			}
		}
		if len(chosen.Rules) > 0 {
			out = append(out, chosen)
		}
	}
	return out, nil
}

// severitiesOf are those that the configuration gives to rules.
func severitiesOf(c *config.Config, packs []rules.Pack) map[string]rules.Severity {
	out := map[string]rules.Severity{}
	for _, p := range packs {
		for _, r := range p.Rules {
			if severity, err := threshold(string(c.Level(r.Name, p.Name))); err == nil {
				out[r.Name] = severity
			}
		}
	}
	return out
}

// severities are the values of --fail-on, from the worst down. Nothing reaches the last.
var severities = []string{rules.Error.String(), rules.Warning.String(), rules.Note.String(), "none"}

func threshold(name string) (rules.Severity, error) {
	switch i := slices.Index(severities, name); i {
	case -1:
		return 0, fmt.Errorf("--fail-on %q: want %s", name, either(severities))
	case len(severities) - 1:
		return rules.Error + 1, nil
	default:
		return rules.Error - rules.Severity(i), nil
	}
}

// trimmed removes the spaces that people leave in comma-separated lists.
func trimmed(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
