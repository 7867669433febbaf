package fix

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// layout is how a mapping is written: its form, what its lines begin with, and what those of a mapping inside it have
// more.
type layout struct {
	form
	lead, unit string
}

type form int8

const (
	inBlock form = iota // as YAML has it, by indentation
	onLines             // in braces, with a line for each entry
	inLine              // in braces, in one line
)

func (l layout) inside() layout {
	l.lead += l.unit
	return l
}

// layoutIn is that of the mapping.
func (t *templateEdits) layoutIn(mapping *tree.Node) layout {
	l := layout{unit: t.unit()}
	isInBraces := t.text[t.start(mapping.Span)] == '{'
	if len(mapping.Fields) == 0 {
		l.form = inLine
		return l
	}
	lead := t.lead(t.start(mapping.Fields[0].KeySpan))
	switch isBlank := strings.TrimSpace(lead) == ""; {
	case isInBraces && !isBlank:
		l.form = inLine
	case isInBraces:
		l.form, l.lead = onLines, lead
	default:
		l.lead = strings.Repeat(" ", len(lead)) // a mapping in a list begins behind its dash
	}
	return l
}

// layoutOf is that of a further mapping in the list.
func (t *templateEdits) layoutOf(list *tree.Node) layout {
	if len(list.Items) == 0 || list.Items[0].Kind != tree.Mapping {
		return layout{form: inLine}
	}
	return t.layoutIn(list.Items[0])
}

// unit is the indentation of the first resource.
func (t *templateEdits) unit() string {
	resources := t.root.Field("Resources")
	if len(resources.Value.Fields) > 0 {
		outer := t.lead(t.start(resources.KeySpan))
		inner := t.lead(t.start(resources.Value.Fields[0].KeySpan))
		if unit, ok := strings.CutPrefix(inner, outer); ok && unit != "" && strings.TrimSpace(unit) == "" {
			return unit
		}
	}
	return "  "
}

// render writes a value of a step on the resource in the language of the template. The layout is that of a mapping in
// its place.
func (t *templateEdits) render(of string, v rules.Value, at layout) (string, error) {
	if len(v.Properties) > 0 {
		return t.mapping(of, v.Properties, at)
	}
	text, err := t.scalar(of, v)
	if v.InList {
		text = "[" + text + "]"
	}
	return text, err
}

func (t *templateEdits) mapping(of string, ps []rules.Property, at layout) (string, error) {
	var entries []string
	for _, p := range ps {
		entry, err := t.entry(of, p, at)
		if err != nil {
			return "", err
		}
		entries = append(entries, entry)
	}
	newline := t.newline() + at.lead
	switch at.form {
	case inBlock:
		return strings.Join(entries, newline), nil
	case onLines:
		end := t.newline() + strings.TrimSuffix(at.lead, at.unit)
		return "{" + newline + strings.Join(entries, ","+newline) + end + "}", nil
	}
	return "{" + strings.Join(entries, ", ") + "}", nil
}

// entry is that of a mapping with the layout.
func (t *templateEdits) entry(of string, p rules.Property, at layout) (string, error) {
	value, err := t.render(of, p.Value, at.inside())
	key := p.Name + ": "
	if t.isJSON {
		key = fmt.Sprintf("%q: ", p.Name)
	}
	if len(p.Value.Properties) > 0 && at.form == inBlock {
		key = p.Name + ":" + t.newline() + at.inside().lead
	}
	return key + value, err
}

// scalar is a value without parts.
func (t *templateEdits) scalar(of string, v rules.Value) (string, error) {
	switch isSub := strings.Contains(v.Text, "${"); {
	case isSub && t.isJSON:
		return fmt.Sprintf(`{"Fn::Sub": %q}`, v.Text), nil
	case isSub:
		return fmt.Sprintf("!Sub %q", v.Text), nil
	case v.Ref == "":
		return t.quoted(v.Text), nil
	}
	id, err := near(of, v.Ref, false)
	switch {
	case err != nil:
		return "", err
	case t.isJSON && v.Attribute == "":
		return fmt.Sprintf(`{"Ref": %q}`, id), nil
	case t.isJSON:
		return fmt.Sprintf(`{"Fn::GetAtt": [%q, %q]}`, id, v.Attribute), nil
	case v.Attribute == "":
		return "!Ref " + id, nil
	}
	return "!GetAtt " + id + "." + v.Attribute, nil
}

// isBare matches what neither YAML nor JSON puts in quotes.
var isBare = regexp.MustCompile(`^(true|false|[0-9]+)$`)

// quoted is a text as the template writes it. Of what a fix writes, YAML needs quotes for ::/0 and -1 alone.
func (t *templateEdits) quoted(text string) string {
	if isBare.MatchString(text) || !t.isJSON && strings.Trim(text, ":-") == text {
		return text
	}
	return fmt.Sprintf("%q", text)
}
