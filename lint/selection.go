package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// choose keeps the rules that only names, or all when it names none, except those that disabled names. Both hold names
// of rules and of packs. Where neither names any, those are left out that the configuration switches off. A rule with
// OptIn is left out unless only or the configuration has its own name, and any rule whose name they have is asked for.
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
			asked := slices.Contains(only, r.Name) || c.AsksFor(r.Name)
			if off || r.OptIn && !asked || len(only) > 0 && !in(only) || in(disabled) {
				continue
			}
			chosen.Rules = append(chosen.Rules, r)
			if asked {
				chosen.Asked = append(chosen.Asked, r.Name)
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
			if severity, ok := parseSeverity(string(c.Level(r.Name, p.Name))); ok {
				out[r.Name] = severity
			}
		}
	}
	return out
}

// Severities are the values of FailOn, from the worst down. Nothing reaches the last.
func Severities() []string {
	return []string{rules.Error.String(), rules.Warning.String(), rules.Note.String(), "none"}
}

// threshold is the severity that FailOn or the configuration names.
func (r *run) threshold() (rules.Severity, error) {
	return threshold(cmp.Or(r.FailOn, string(r.settings.FailOn), "warning"))
}

// threshold is the severity of that name, which is one of Severities.
func threshold(name string) (rules.Severity, error) {
	severity, ok := parseSeverity(name)
	if !ok {
		return 0, fmt.Errorf("--fail-on %q: want %s", name, words.Or(Severities()))
	}
	return severity, nil
}

func parseSeverity(name string) (severity rules.Severity, ok bool) {
	switch i := slices.Index(Severities(), name); i {
	case -1:
		return 0, false
	case len(Severities()) - 1:
		return rules.Error + 1, true
	default:
		return rules.Error - rules.Severity(i), true
	}
}
