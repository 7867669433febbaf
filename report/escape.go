package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// notation writes a character as an escape.
type notation func(c rune) string

// visible is for people: the escapes of Go.
func visible(c rune) string {
	switch {
	case c < 0x100:
		return fmt.Sprintf(`\x%02x`, c)
	case c < 0x10000:
		return fmt.Sprintf(`\u%04x`, c)
	}
	return fmt.Sprintf(`\U%08x`, c)
}

// inJSON and inXML are escapes that readers of these languages undo, so that the text stays what it is.
func inJSON(c rune) string {
	if c < 0x10000 {
		return fmt.Sprintf(`\u%04x`, c)
	}
	c -= 0x10000
	return fmt.Sprintf(`\u%04x\u%04x`, 0xd800+c>>10, 0xdc00+c&0x3ff)
}

func inXML(c rune) string { return fmt.Sprintf("&#x%X;", c) }

// escapeJSON passes a JSON document on to w. Characters of its strings that a terminal or an editor obeys rather than
// shows become escapes, which mean the same. Close passes on the last of it.
func escapeJSON(w io.Writer) io.WriteCloser { return transform.NewWriter(w, escaper{notation: inJSON}) }

// EncodeJSON writes doc with two spaces a level, and no character in it that a terminal or an editor obeys.
func EncodeJSON(w io.Writer, doc any) error {
	out := escapeJSON(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	return out.Close()
}

// escaper is a Transformer that escapes what steers who shows a text, and leaves line breaks and tabs.
type escaper struct {
	transform.NopResetter
	notation
}

// Transform implements transform.Transformer.
func (e escaper) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		n := copy(dst[nDst:], src[nSrc:nSrc+harmless(src[nSrc:])])
		nDst, nSrc = nDst+n, nSrc+n
		if nSrc == len(src) {
			break
		}
		rest := src[nSrc:]
		if !atEOF && len(rest) < longestCommand && (rest[0] == '#' || !utf8.FullRune(rest)) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		c, size := utf8.DecodeRune(rest)
		next := rest[:size]
		switch {
		case c == utf8.RuneError && size == 1:
			next = []byte(e.notation(rune(rest[0])))
		case steers(c) || beginsCommand(rest):
			next = []byte(e.notation(c))
		}
		if nDst+len(next) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], next)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// harmless is the length of the letters, digits and signs that text begins with, which nearly all of a report is.
func harmless(text []byte) int {
	n := 0
	for n < len(text) && ' ' <= text[n] && text[n] < 0x7f && text[n] != '#' {
		n++
	}
	return n
}

// steers reports whether c changes how other text is shown, or is not shown itself: control characters, those that turn
// the direction of writing, and breaks of lines that only some readers know. Joiners are a part of words and emoji.
func steers(c rune) bool {
	if c == '\t' || c == '\n' || c == '\u200c' || c == '\u200d' {
		return false
	}
	return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// longestCommand is the length of the longer beginning of a command.
const longestCommand = len("##vso[")

// beginsCommand reports whether text begins with what the agents of Azure Pipelines and GitHub take for a command
// wherever it stands in a line.
// https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Agent.Sdk/Util/CommandStringConvertor.cs
// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
func beginsCommand(text []byte) bool {
	if len(text) < 3 || text[0] != '#' || text[1] != '#' {
		return false
	}
	return text[2] == '[' || len(text) >= longestCommand && strings.EqualFold(string(text[:longestCommand]), "##vso[")
}

// clean makes a part of a line safe to show: it stays in its line, and cannot steer a terminal or an agent of a build.
func clean(s string) string {
	return strings.ReplaceAll(shown(s), "\n", visible('\n'))
}

// shown escapes what is not safe to show, line breaks and tabs excepted.
func shown(s string) string {
	out, _, err := transform.String(escaper{notation: visible}, s)
	if err != nil {
		return fmt.Sprintf("%+q", s) // no error is known that could come here
	}
	return out
}

// Line makes text that may come from an input safe to print as a part of a line.
func Line(s string) string { return clean(strings.Join(strings.Fields(s), " ")) }

// Lines makes text that may come from an input safe to print, with its line breaks.
func Lines(s string) string {
	lines := strings.Split(shown(s), "\n")
	for i, line := range lines {
		lines[i] = asLine(line)
	}
	return strings.Join(lines, "\n")
}

// asLine keeps a line from being a command of GitHub Actions, which begins with two colons, if blanks are left out.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func asLine(line string) string {
	text := strings.TrimLeftFunc(line, unicode.IsSpace)
	if !strings.HasPrefix(text, "::") {
		return line
	}
	return line[:len(line)-len(text)] + visible(':') + text[1:]
}
