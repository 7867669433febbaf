package fact

import "strings"

// Part is a stretch of text: a literal, or a symbol whose content is not known.
type Part struct {
	Literal string
	// Symbol is the identity of an unknown part, such as "AWS::Region" or "Queue.Arn"; equal symbols have equal
	// content.
	Symbol string
	// Address is the resource of the deployment that the symbol is an attribute of, if any.
	Address string
	// Missing is what would make a symbol known.
	Missing Missing
}

// Text is a string that may be known in parts only.
type Text []Part

// Lit is a text that is wholly known.
func Lit(s string) Text { return Text{{Literal: s}} }

// Literal returns the content when all of it is known.
func (t Text) Literal() (string, bool) {
	if len(t) == 1 {
		return t[0].Literal, t[0].Symbol == ""
	}
	var b strings.Builder
	for _, p := range t {
		if p.Symbol != "" {
			return "", false
		}
		b.WriteString(p.Literal)
	}
	return b.String(), true
}

// String shows symbols as ${Name}.
func (t Text) String() string {
	if len(t) == 1 && t[0].Symbol == "" {
		return t[0].Literal
	}
	var b strings.Builder
	for _, p := range t {
		if p.Symbol != "" {
			b.WriteString("${" + p.Symbol + "}")
		} else {
			b.WriteString(p.Literal)
		}
	}
	return b.String()
}

// Missing lists what would make the text wholly known.
func (t Text) Missing() []Missing {
	var ms []Missing
	for _, p := range t {
		if p.Symbol != "" {
			ms = append(ms, p.Missing)
		}
	}
	return Unique(ms)
}

// Addresses lists the resources that the text refers to, in order of appearance.
func (t Text) Addresses() []string {
	var out []string
	for _, p := range t {
		if p.Address != "" {
			out = append(out, p.Address)
		}
	}
	return out
}

// Same says whether two texts have the same content: True when they are written alike, False when what is known of
// them at their ends differs, else Unknown.
func Same(a, b Text) Verdict {
	x, xok := a.Literal()
	y, yok := b.Literal()
	switch {
	case xok && yok:
		return Of(x == y)
	case a.String() == b.String():
		return Yes()
	}
	if !compatible(a.head(), b.head(), strings.HasPrefix) || !compatible(a.tail(), b.tail(), strings.HasSuffix) {
		return No()
	}
	return Wants(append(a.Missing(), b.Missing()...)...)
}

// HasPrefix says whether the text begins with s.
func (t Text) HasPrefix(s string) Verdict {
	head := t.head()
	_, whole := t.Literal()
	switch {
	case strings.HasPrefix(head, s):
		return Yes()
	case whole, !strings.HasPrefix(s, head):
		return No()
	}
	return Wants(t.Missing()...)
}

// HasSuffix says whether the text ends with s.
func (t Text) HasSuffix(s string) Verdict {
	tail := t.tail()
	_, whole := t.Literal()
	switch {
	case strings.HasSuffix(tail, s):
		return Yes()
	case whole, !strings.HasSuffix(s, tail):
		return No()
	}
	return Wants(t.Missing()...)
}

func (t Text) head() string {
	var b strings.Builder
	for _, p := range t {
		if p.Symbol != "" {
			break
		}
		b.WriteString(p.Literal)
	}
	return b.String()
}

func (t Text) tail() string {
	for i := len(t) - 1; i >= 0; i-- {
		if t[i].Symbol != "" {
			return Text(t[i+1:]).head()
		}
	}
	return t.head()
}

func compatible(a, b string, has func(s, affix string) bool) bool { return has(a, b) || has(b, a) }
