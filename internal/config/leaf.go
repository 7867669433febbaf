package config

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// leaf is a type that is written as text.
type leaf interface {
	// parse takes the text, or says what is wrong with it. names are the rules and packs that there are.
	parse(text string, names []string) error
	// schema says which texts there are.
	schema(names []string) map[string]any
}

// RuleName is the name of a rule or a pack.
type RuleName string

func (r *RuleName) parse(text string, names []string) error {
	if !slices.Contains(names, text) {
		return fmt.Errorf("no rule or pack is called %q%s", text, suggest.For(text, names))
	}
	*r = RuleName(text)
	return nil
}

func (*RuleName) schema(names []string) map[string]any { return map[string]any{"enum": names} }

// Level is what becomes of a rule: a severity, Off, or On for the rule's own severities.
type Level string

// The levels that are no severities.
const (
	Off Level = "off"
	On  Level = "on"
)

var levels = []string{"off", "note", "warning", "error", "on"}

func (l *Level) parse(text string, _ []string) error {
	*l = Level(text)
	return oneOf(text, levels)
}

func (*Level) schema([]string) map[string]any { return map[string]any{"enum": levels} }

// Threshold is a severity, or none.
type Threshold string

var thresholds = []string{"note", "warning", "error", "none"}

func (h *Threshold) parse(text string, _ []string) error {
	*h = Threshold(text)
	return oneOf(text, thresholds)
}

func (*Threshold) schema([]string) map[string]any { return map[string]any{"enum": thresholds} }

func oneOf(text string, all []string) error {
	if slices.Contains(all, text) {
		return nil
	}
	return fmt.Errorf("%q: want %s%s", text, words.Or(all), suggest.For(text, all))
}

// Glob is a pattern over addresses or names, in the syntax of doublestar.
type Glob string

// The limits on one glob. Every choice in braces may double the work of a match.
const (
	maxGlob    = 512
	maxChoices = 16
)

func (g *Glob) parse(text string, _ []string) error {
	*g = Glob(text)
	switch {
	case text == "":
		return fmt.Errorf("a glob must not be empty")
	case len(text) > maxGlob || strings.Count(text, "{")+strings.Count(text, ",") > maxChoices:
		return fmt.Errorf("this glob is too long: %d characters and %d choices are the limit", maxGlob, maxChoices)
	case !doublestar.ValidatePattern(text):
		return fmt.Errorf("%q is no glob: a bracket or brace is not closed, or a backslash stands at the end", text)
	}
	return nil
}

func (*Glob) schema([]string) map[string]any {
	return map[string]any{"type": "string", "minLength": 1}
}

// PathGlob is a pattern over paths relative to the directory of the configuration. It is clean, and "." for that
// directory itself.
type PathGlob string

func (g *PathGlob) parse(text string, names []string) error {
	if path.IsAbs(text) || strings.HasPrefix(text, "~") {
		return fmt.Errorf("%q: paths are relative to the directory of this file", text)
	}
	if err := (*Glob)(g).parse(text, names); err != nil {
		return err
	}
	*g = PathGlob(path.Clean(text))
	return nil
}

func (*PathGlob) schema([]string) map[string]any {
	return map[string]any{"type": "string", "minLength": 1, "pattern": "^[^/~]"}
}

// Date is a day; zero where none is written.
type Date struct{ time.Time }

func (d *Date) parse(text string, _ []string) (err error) {
	if d.Time, err = time.Parse(time.DateOnly, text); err != nil {
		return fmt.Errorf("%q is no day: want YYYY-MM-DD", text)
	}
	return nil
}

func (*Date) schema([]string) map[string]any {
	return map[string]any{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
}

// Days is a number of days; zero where none is written.
type Days int

func (d *Days) parse(text string, _ []string) error {
	n, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if err != nil || n < 1 || !strings.HasSuffix(text, "d") {
		return fmt.Errorf("%q is no number of days: want one such as 30d", text)
	}
	*d = Days(n)
	return nil
}

func (*Days) schema([]string) map[string]any {
	return map[string]any{"type": "string", "pattern": "^[1-9][0-9]*d$"}
}

// Destination is where a packet goes to, as trace.ParseFlow reads it.
type Destination string

func (d *Destination) parse(text string, _ []string) error {
	*d = Destination(text)
	if _, ok := trace.ParseFlow(text); !ok {
		return fmt.Errorf("%q: want internet, internet6, service:sqs, 10.0.3.4:5432 or the address of a resource", text)
	}
	return nil
}

func (*Destination) schema([]string) map[string]any {
	return map[string]any{
		"type": "string", "minLength": 1, "not": map[string]any{"const": "service:"},
		"examples": []string{"internet", "internet6", "service:sqs", "10.0.3.4:5432"},
	}
}
