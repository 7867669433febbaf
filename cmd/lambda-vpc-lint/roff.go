package main

import "strings"

// page writes the requests of man(7).
// https://man7.org/linux/man-pages/man7/man.7.html
type page struct{ strings.Builder }

// macro writes a request; its arguments stand in quotes.
func (p *page) macro(request string, args ...string) {
	p.WriteString("." + request)
	for _, a := range args {
		p.WriteString(` "` + strings.ReplaceAll(roff(a), `"`, `\(dq`) + `"`)
	}
	p.WriteByte('\n')
}

// text writes paragraphs, which empty lines separate.
func (p *page) text(s string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if i > 0 {
			p.macro("PP")
		}
		p.WriteString(roff(paragraph) + "\n")
	}
}

// item writes a term and, indented, what it means.
func (p *page) item(term, meaning string) {
	p.macro("TP")
	p.macro("B", term)
	p.text(meaning)
}

// example writes lines as they are.
func (p *page) example(s string) {
	p.macro("EX")
	p.WriteString(roff(s) + "\n")
	p.macro("EE")
}

// roff is text without meaning for the formatter: no escapes, no hyphens that it may change, no requests.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
