package config

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

// Names are the names that a configuration may use for rules and packs, sorted.
func Names(packs []rules.Pack) []string {
	known := map[string]bool{}
	for _, p := range packs {
		known[p.Name] = true
		for _, r := range p.Rules {
			known[r.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// Level is what the file says of a rule of the pack: On where it says nothing.
func (c *Config) Level(rule, pack string) Level {
	for _, name := range []string{rule, pack} {
		if level, ok := c.Rules.Get(RuleName(name)); ok {
			return level
		}
	}
	return On
}

// AsksFor reports that the file switches the rule on by its own name.
func (c *Config) AsksFor(rule string) bool {
	level, ok := c.Rules.Get(RuleName(rule))
	return ok && level != Off
}

// Declared is what the file declares about the network.
func (c *Config) Declared() rules.Intent {
	isolated := c.Intent.Isolated
	out := rules.Intent{Isolated: rules.Isolated{
		Functions: texts(isolated.Functions), Subnets: texts(isolated.Subnets), Tags: tags(isolated.Tags),
	}}
	for _, a := range c.Intent.Assertions {
		out.Assertions = append(out.Assertions, rules.Assertion{
			Functions: texts(a.Value.Functions), Tags: tags(a.Value.Tags), Reason: a.Value.Reason, Span: a.Span,
			MustReach: asserted(a.Value.MustReach), MustNotReach: asserted(a.Value.MustNotReach),
		})
	}
	return out
}

// Accepted are the exceptions with their paths relative to the boundary, from which the configuration lies in dir.
func (c *Config) Accepted(dir string) []filter.Exception {
	var out []filter.Exception
	for _, e := range c.Exceptions {
		x := filter.Exception{
			Rules: texts(e.Value.Rules), Resources: texts(e.Value.Resources), For: texts(e.Value.Functions),
			Reason: e.Value.Reason, Expires: e.Value.Expires.Time, Span: e.Span,
		}
		for _, g := range e.Value.Paths {
			x.Paths = append(x.Paths, g.below(dir)...)
		}
		out = append(out, x)
	}
	return out
}

// IsLiteral reports that the glob matches nothing but itself.
func (g PathGlob) IsLiteral() bool { return literally(string(g)) == string(g) }

// below are globs relative to a directory above dir: one for the path itself and one for what it holds.
func (g PathGlob) below(dir string) []string {
	if literal := literally(dir); literal != "." {
		g = PathGlob(path.Join(literal, string(g)))
	}
	if g == "." {
		return []string{"**"}
	}
	return []string{string(g), string(g) + "/**"}
}

// literally is a glob that matches the path and no other.
func literally(name string) string {
	escape := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `{`, `\{`, `}`, `\}`)
	return escape.Replace(name)
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

func tags(es Entries[string, Glob]) []rules.Tag {
	var out []rules.Tag
	for _, e := range es {
		out = append(out, rules.Tag{Key: e.Key.Value, Value: string(e.Value)})
	}
	return out
}

func asserted(list []At[Destination]) []rules.Asserted {
	var out []rules.Asserted
	for _, d := range list {
		flow, _ := trace.ParseFlow(string(d.Value)) // it was parsed when it was read
		out = append(out, rules.Asserted{Name: string(d.Value), Flow: flow, Span: d.Span})
	}
	return out
}
