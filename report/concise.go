package report

import (
	"bufio"
	"io"
)

// Concise writes one line for each finding, with the remedy after a dash, for hooks, problem matchers and long reports.
// It ends with the last lines of Text.
func Concise(w io.Writer, r *Report, opts Options) error {
	out := bufio.NewWriter(w)
	p := newPrinter(out, r, opts)
	for _, f := range r.Findings() {
		line := p.head(f, f.Message)
		if f.Remedy != "" {
			line += " - " + Line(f.Remedy)
		}
		p.line("%s", line)
	}
	if opts.Undecided {
		p.undecided()
	}
	p.summary(opts)
	return out.Flush()
}
