package report

import (
	"bytes"
	"strings"
)

// margin is a line break and the spaces of the deepest level; deeper ones are written piecewise.
var margin = "\n" + strings.Repeat("  ", 32)

// indent appends JSON without blanks, which stands at the level depth, to out, laid out as json.Indent does with two
// spaces a level. It takes a fifth of the time, for it need not check what encoding/json has just written.
func indent(out, compact []byte, depth int) []byte {
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := i + 1 + closingQuote(compact[i+1:])
			out = append(out, compact[i:end+1]...)
			i = end
		case '{', '[':
			out = append(out, c)
			if compact[i+1] == c+2 { // the bracket that closes it
				out = append(out, c+2)
				i++
				continue
			}
			depth++
			out = newLine(out, depth)
		case '}', ']':
			depth--
			out = append(newLine(out, depth), c)
		case ',':
			out = newLine(append(out, c), depth)
		case ':':
			out = append(out, ": "...)
		default:
			out = append(out, c)
		}
	}
	return out
}

func newLine(out []byte, depth int) []byte {
	out = append(out, margin[:1+2*min(depth, 32)]...)
	for ; depth > 32; depth-- {
		out = append(out, "  "...)
	}
	return out
}

// closingQuote is where the string ends of which text is what follows the opening quote.
func closingQuote(text []byte) int {
	for at := 0; ; at++ {
		at += bytes.IndexByte(text[at:], '"')
		escapes := 0
		for at-escapes > 0 && text[at-escapes-1] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return at
		}
	}
}
